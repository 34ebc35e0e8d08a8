/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component, useExternalListener, useState} from "@odoo/owl";

import {hasDrill} from "../blocks/block_props.esm";
import {CellText} from "../blocks/cell_text.esm";
import {Drill} from "../blocks/drill/drill.esm";
import {formatCell} from "../core/format_cell.esm";
import {readTheme} from "./chart_theme.esm";
import {ChartTooltip} from "./chart_tooltip.esm";
import {getDoughnutConfig} from "./doughnut_config.esm";
import {useChart} from "./use_chart.esm";

/**
 * Parts of a whole around a figure. The legend, hidden from sight where the block wants
 * none, gives keyboard and screen reader the same values and the same way on.
 */
export class Doughnut extends Component {
    static template = "crm_dashboards.Doughnut";
    static components = {CellText, ChartTooltip, Drill};
    static props = {block: Object, onDrill: Function};

    setup() {
        this.state = useState({active: null});
        this.holder = useChart(
            (canvas) =>
                getDoughnutConfig({
                    points: this.props.block.points,
                    color: readTheme(canvas),
                }),
            () => [this.props.block]
        );
        // A finger does not leave by hovering elsewhere, only by touching elsewhere.
        useExternalListener(window, "pointerdown", (ev) => {
            if (ev.target !== this.holder.canvas.el) {
                this.onPointerLeave();
            }
        });
    }

    /** @returns {boolean} whether there is anything to share out */
    get hasRing() {
        return this.props.block.points.some(({cell}) => cell.value > 0);
    }

    get activePoint() {
        return this.props.block.points[this.state.active?.index];
    }

    get cursor() {
        return hasDrill(this.activePoint?.drill) ? "pointer" : "default";
    }

    get centerText() {
        const {cell, text} = this.props.block.center || {};
        return text || (cell ? formatCell(cell) : "");
    }

    get activeLines() {
        return [{value: formatCell(this.activePoint.cell, {exact: true})}];
    }

    onPointerMove(ev) {
        const [element] = this.holder.chart.getElementsAtEventForMode(
            ev,
            "nearest",
            {intersect: true},
            false
        );
        this.state.active = element
            ? {index: element.index, x: ev.offsetX, y: ev.offsetY}
            : null;
    }

    onPointerLeave() {
        this.state.active = null;
    }

    onClick(ev) {
        this.onPointerMove(ev);
        const drill = this.activePoint?.drill;
        if (hasDrill(drill)) {
            this.props.onDrill(drill);
        }
    }
}
