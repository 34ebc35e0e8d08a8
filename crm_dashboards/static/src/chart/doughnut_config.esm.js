/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {prefersReducedMotion} from "./use_chart.esm";

/**
 * @param {Object} parameters
 * @param {{cell: {value: number}, tone: string}[]} parameters.points
 * @param {(name: string) => string} parameters.color
 * @returns {Object} configuration for Chart.js
 */
export function getDoughnutConfig({points, color}) {
    const data = points.map(({cell}) => Math.max(0, cell.value));
    const isWhole = data.filter(Boolean).length === 1;
    return {
        type: "doughnut",
        data: {
            datasets: [
                {
                    data,
                    backgroundColor: points.map(({tone}) => color(`tone_${tone}`)),
                    borderColor: color("tile"),
                    borderWidth: isWhole ? 0 : 1,
                    hoverOffset: 0,
                },
            ],
        },
        options: {
            responsive: true,
            maintainAspectRatio: true,
            aspectRatio: 1,
            cutout: "70%",
            animation: prefersReducedMotion() ? false : {duration: 300},
            // Pointer and tooltip are the component's own.
            events: [],
            plugins: {legend: {display: false}, tooltip: {enabled: false}},
        },
    };
}
