/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {getChartOptions} from "./bar_chart_config.esm";

const isNumber = (value) => typeof value === "number";

/** A line ends where there is no figure any more; its last figure is marked. */
function makeDataset(values, borderColor) {
    const last = values.findLastIndex(isNumber);
    return {
        data: values.map((value) => (isNumber(value) ? value : null)),
        borderColor,
        backgroundColor: borderColor,
        borderWidth: 2,
        pointRadius: values.map((_value, index) => (index === last ? 3 : 0)),
    };
}

/**
 * @param {Object} parameters
 * @param {{label: string, value: number | false, previous: number | false}[]} parameters.points
 * @param {{unit: string, currency_id?: number}} parameters.kind of the values
 * @param {(name: string) => string} parameters.color
 * @param {Object[]} parameters.plugins
 * @returns {Object} configuration for Chart.js
 */
export function getLineChartConfig({points, kind, color, plugins}) {
    const previous = points.map((point) => point.previous);
    const values = points.map((point) => point.value);
    return {
        type: "line",
        data: {
            labels: points.map(({label}) => label),
            datasets: [
                makeDataset(previous, color("chart_previous")),
                makeDataset(values, color("chart_bar")),
            ],
        },
        options: getChartOptions({kind, color}),
        plugins,
    };
}
