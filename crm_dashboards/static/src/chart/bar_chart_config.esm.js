/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {getTickFormatter} from "./axis_format.esm";
import {prefersReducedMotion} from "./use_chart.esm";

/**
 * @typedef {Object} BarPoint
 * @property {string} key
 * @property {string} label shown below the bar
 * @property {string} title names the bar exactly
 * @property {number} value
 * @property {number} [previous]
 * @property {any} drill
 * @property {boolean} unfinished the period is not over yet
 */

/**
 * @param {BarPoint[]} points
 * @returns {boolean} whether the points come with those of an earlier period
 */
export function hasPrevious(points) {
    return points.some(({previous}) => typeof previous === "number");
}

function previousDataset(points, color) {
    return {
        data: points.map(({previous}) => previous || 0),
        backgroundColor: color("chart_previous"),
    };
}

function valueDataset(points, color) {
    return {
        data: points.map(({value}) => value),
        backgroundColor: points.map(({unfinished}) =>
            color(unfinished ? "chart_unfinished" : "chart_bar")
        ),
    };
}

/**
 * @param {Object} parameters
 * @param {{unit: string, currency_id?: number}} parameters.kind of the values
 * @param {(name: string) => string} parameters.color
 * @returns {Object} what charts over time have in common
 */
export function getChartOptions({kind, color}) {
    const ticks = {color: color("chart_label"), font: {size: 11}};
    return {
        responsive: true,
        maintainAspectRatio: false,
        animation: prefersReducedMotion() ? false : {duration: 300},
        // Pointer, tooltip and crosshair are the component's own.
        events: [],
        plugins: {legend: {display: false}, tooltip: {enabled: false}},
        scales: {
            x: {
                grid: {display: false},
                border: {color: color("chart_grid")},
                ticks: {...ticks, maxRotation: 0, autoSkipPadding: 4},
            },
            y: {
                beginAtZero: true,
                border: {display: false},
                grid: {color: color("chart_grid")},
                ticks: {
                    ...ticks,
                    maxTicksLimit: 6,
                    callback: getTickFormatter(kind),
                },
            },
        },
    };
}

/**
 * @param {Object} parameters
 * @param {BarPoint[]} parameters.points in the order in which the bars stand
 * @param {{unit: string, currency_id?: number}} parameters.kind of the values
 * @param {(name: string) => string} parameters.color
 * @param {Object[]} parameters.plugins
 * @returns {Object} configuration for Chart.js
 */
export function getBarChartConfig({points, kind, color, plugins}) {
    const datasets = [valueDataset(points, color)];
    if (hasPrevious(points)) {
        datasets.unshift(previousDataset(points, color));
    }
    return {
        type: "bar",
        data: {
            labels: points.map(({label}) => label),
            datasets: datasets.map((dataset) => ({
                ...dataset,
                borderRadius: 2,
                maxBarThickness: 64,
                categoryPercentage: 0.8,
                barPercentage: 0.92,
            })),
        },
        options: getChartOptions({kind, color}),
        plugins,
    };
}
