/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component, onWillUpdateProps, useState} from "@odoo/owl";

import {hasDrill} from "../blocks/block_props.esm";
import {formatCell} from "../core/format_cell.esm";
import {getBarChartConfig, hasPrevious} from "./bar_chart_config.esm";
import {readTheme} from "./chart_theme.esm";
import {ChartTooltip} from "./chart_tooltip.esm";
import {makeOverlayPlugin} from "./overlay_plugin.esm";
import {useChart} from "./use_chart.esm";
import {usePressDrag} from "./use_press_drag.esm";

/**
 * Bars of figures over time, with a crosshair under the pointer, zoom by dragging over a
 * range, and drill-down. A table that only screen readers see holds the same figures; its
 * buttons move the crosshair when they get the focus.
 */
export class BarChart extends Component {
    static template = "crm_dashboards.BarChart";
    static components = {ChartTooltip};
    static props = {block: Object, onDrill: Function};

    setup() {
        /** Points within `range` are shown; `active` is what the crosshair reads. */
        this.state = useState({range: null, active: null});
        this.overlay = {crosshair: null, selection: null};
        this.tappedIndex = -1;
        this.holder = useChart(
            (canvas) => this.getConfig(canvas),
            () => [this.props.block, this.state.range]
        );
        this.pointer = usePressDrag(this.holder.canvas, {
            onMove: (position) => this.showCrosshair(position),
            onDrag: (from, to) => this.showSelection(from, to),
            onDrop: (from, to) => this.zoom(from, to),
            onClick: (position, isTouch) => this.onClick(position, isTouch),
            onAway: () => this.hideCrosshair(),
        });
        onWillUpdateProps(({block}) => {
            if (block !== this.props.block) {
                this.resetZoom();
            }
        });
    }

    /** @returns {import("./bar_chart_config.esm").BarPoint[]} */
    get points() {
        const {points} = this.props.block;
        const {range} = this.state;
        return range ? points.slice(range.first, range.last + 1) : points;
    }

    get activePoint() {
        return this.points[this.state.active?.index];
    }

    get cursor() {
        return hasDrill(this.activePoint?.drill) ? "pointer" : "crosshair";
    }

    getConfig(canvas) {
        const color = readTheme(canvas);
        const {points, overlay} = this;
        const plugins = [makeOverlayPlugin({points, color, overlay})];
        return getBarChartConfig({points, kind: this.props.block, color, plugins});
    }

    exact(value) {
        const {unit, currency_id} = this.props.block;
        return formatCell({value, unit, currency_id}, {exact: true});
    }

    /** @returns {{label: string, value: string}[]} what is known of a point, exactly */
    lines({value, previous}) {
        const [label = "", previousLabel = ""] = this.props.block.series || [];
        const lines = [{label, value: this.exact(value)}];
        if (hasPrevious(this.points)) {
            lines.push({label: previousLabel, value: this.exact(previous ?? false)});
        }
        return lines;
    }

    /** @returns {number} index of the bar at a place of the canvas, -1 beside the bars */
    indexAt({x, y}) {
        const {chartArea, scales} = this.holder.chart;
        const isInside =
            x >= chartArea.left &&
            x <= chartArea.right &&
            y >= chartArea.top &&
            y <= chartArea.bottom;
        return isInside ? this.nearestIndex(scales.x, x) : -1;
    }

    nearestIndex(scale, x) {
        const index = Math.round(scale.getValueForPixel(x));
        return Math.max(0, Math.min(this.points.length - 1, index));
    }

    showCrosshair(position) {
        if (!this.holder.chart) {
            return;
        }
        const index = this.indexAt(position);
        if (index < 0) {
            this.hideCrosshair();
            return;
        }
        const {x, y} = position;
        const isOnLeft = x > this.holder.chart.width / 2;
        this.state.active = {index, x, y, isOnLeft};
        this.draw({crosshair: {x, y}});
    }

    /** @param {number} index of a point whose button in the table got the focus */
    showCrosshairAtBar(index) {
        const {chart} = this.holder;
        if (!chart) {
            return;
        }
        const bars = chart.getDatasetMeta(chart.data.datasets.length - 1).data;
        const {x, y} = bars[index].getProps(["x", "y"], true);
        this.showCrosshair({x, y});
    }

    hideCrosshair() {
        this.state.active = null;
        this.tappedIndex = -1;
        this.draw({crosshair: null, selection: null});
    }

    showSelection(from, to) {
        const {left, right} = this.holder.chart.chartArea;
        const within = (x) => Math.max(left, Math.min(right, x));
        this.draw({selection: [within(from), within(to)]});
    }

    zoom(from, to) {
        const scale = this.holder.chart.scales.x;
        const ends = [from, to].map((x) => this.nearestIndex(scale, x));
        const offset = this.state.range?.first || 0;
        this.hideCrosshair();
        this.state.range = {
            first: offset + Math.min(...ends),
            last: offset + Math.max(...ends),
        };
    }

    resetZoom() {
        this.hideCrosshair();
        this.state.range = null;
    }

    draw(change) {
        Object.assign(this.overlay, change);
        this.holder.chart?.draw();
    }

    onClick(position, isTouch) {
        const index = this.indexAt(position);
        // The first tap on a bar reads its value, as hovering does; the second opens it.
        const isFirstTap = isTouch && index !== this.tappedIndex;
        this.tappedIndex = index;
        this.showCrosshair(position);
        if (index >= 0 && !isFirstTap) {
            this.openPoint(this.points[index]);
        }
    }

    openPoint({drill}) {
        if (hasDrill(drill)) {
            this.props.onDrill(drill);
        }
    }

    canOpen({drill}) {
        return hasDrill(drill);
    }
}
