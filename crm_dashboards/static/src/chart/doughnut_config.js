import {prefersReducedMotion} from "./use_chart";

/**
 * @param {Object} parameters
 * @param {{cell: {value: number}, tone: string}[]} parameters.points
 * @param {(name: string) => string} parameters.color
 * @returns {Object} configuration for Chart.js
 */
export function getDoughnutConfig({points, color}) {
    return {
        type: "doughnut",
        data: {
            datasets: [
                {
                    data: points.map(({cell}) => Math.max(0, cell.value)),
                    backgroundColor: points.map(({tone}) => color(`tone_${tone}`)),
                    borderColor: color("tile"),
                    borderWidth: 1,
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
