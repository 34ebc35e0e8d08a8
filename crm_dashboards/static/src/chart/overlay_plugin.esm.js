/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

/**
 * Chart.js plugin that draws on top of the bars: the dashed outline of bars of unfinished
 * periods, the crosshair and the range being selected.
 */

function drawUnfinished(chart, points, color) {
    const {ctx} = chart;
    const bars = chart.getDatasetMeta(chart.data.datasets.length - 1).data;
    ctx.save();
    ctx.strokeStyle = color("chart_bar");
    ctx.setLineDash([3, 3]);
    for (const [index, {unfinished}] of points.entries()) {
        if (unfinished && bars[index]) {
            const {x, y, base, width} = bars[index].getProps(
                ["x", "y", "base", "width"],
                true
            );
            ctx.strokeRect(x - width / 2, Math.min(y, base), width, Math.abs(base - y));
        }
    }
    ctx.restore();
}

function drawCrosshair({ctx, chartArea}, {x, y}, color) {
    ctx.save();
    ctx.strokeStyle = color("chart_crosshair");
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(x, chartArea.top);
    ctx.lineTo(x, chartArea.bottom);
    ctx.moveTo(chartArea.left, y);
    ctx.lineTo(chartArea.right, y);
    ctx.stroke();
    ctx.restore();
}

function drawSelection({ctx, chartArea}, [from, to], color) {
    ctx.save();
    ctx.fillStyle = color("chart_selection");
    ctx.fillRect(
        Math.min(from, to),
        chartArea.top,
        Math.abs(to - from),
        chartArea.bottom - chartArea.top
    );
    ctx.restore();
}

/**
 * @param {Object} parameters
 * @param {import("./bar_chart_config.esm").BarPoint[]} parameters.points
 * @param {(name: string) => string} parameters.color
 * @param {{crosshair: {x: number, y: number} | null, selection: number[] | null}} parameters.overlay
 *      in pixels of the canvas; change it and call `chart.draw()`
 * @returns {Object}
 */
export function makeOverlayPlugin({points, color, overlay}) {
    return {
        id: "crm_dashboards_overlay",
        afterDatasetsDraw(chart) {
            drawUnfinished(chart, points, color);
            if (overlay.selection) {
                drawSelection(chart, overlay.selection, color);
            }
            if (overlay.crosshair) {
                drawCrosshair(chart, overlay.crosshair, color);
            }
        },
    };
}
