/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

import {Component, useState} from "@odoo/owl";

import {blockProps} from "../block_props.esm";
import {CellText} from "../cell_text.esm";
import {Drill} from "../drill/drill.esm";
import {Tabs} from "../tabs/tabs.esm";
import {useAreaCard} from "./use_area_card.esm";

/** Areas on a grid of scores; the highest row is on top. */
export class GridBlock extends Component {
    static template = "crm_dashboards.GridBlock";
    static components = {CellText, Drill, Tabs};
    static props = blockProps;

    setup() {
        this.state = useState({shown: this.props.block.switch[0].key});
        this.card = useAreaCard(
            (element) => this.getArea(element),
            (drill) => this.props.onDrill(drill)
        );
    }

    /** @returns {Object | undefined} the area that an element draws */
    getArea(element) {
        const place = [...element.parentElement.children].indexOf(element);
        return this.props.block.areas[place];
    }

    /** @returns {string} towards the highest column */
    get arrow() {
        return localization.direction === "rtl" ? "←" : "→";
    }

    get tabs() {
        return this.props.block.switch.map(({key, label}) => ({
            key,
            label,
            active: key === this.state.shown,
        }));
    }

    get switchLabel() {
        return _t("Shown in the areas");
    }

    get columns() {
        return Array.from({length: this.props.block.columns}, (_, index) => index + 1);
    }

    get rows() {
        return Array.from({length: this.props.block.rows}, (_, index) => index + 1);
    }

    get gridStyle() {
        const {columns, rows} = this.props.block;
        return (
            `grid-template-columns: 18px repeat(${columns}, minmax(0, 1fr)); ` +
            `grid-template-rows: repeat(${rows}, minmax(50px, 1fr)) auto`
        );
    }

    /** @returns {number} the line of the grid above a row, 1 being the top */
    lineAbove(row) {
        return this.props.block.rows - row + 1;
    }

    areaStyle({column: [left, right], row: [bottom, top]}) {
        return (
            `grid-column: ${left + 1} / ${right + 2}; ` +
            `grid-row: ${this.lineAbove(top)} / ${this.lineAbove(bottom) + 1}`
        );
    }

    onSwitch(key) {
        this.state.shown = key;
    }
}

registry.category("crm_dashboards.blocks").add("grid", GridBlock);
