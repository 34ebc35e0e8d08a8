/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component, useState} from "@odoo/owl";

import {blockProps} from "../block_props.esm";
import {CellText} from "../cell_text.esm";
import {Drill} from "../drill/drill.esm";

/** A longer list is folded: the tile would outgrow its neighbours. */
const SHOWN = 5;

/** Things that happened or will happen, one below the other. */
export class TimelineBlock extends Component {
    static template = "crm_dashboards.TimelineBlock";
    static components = {CellText, Drill};
    static props = blockProps;

    setup() {
        this.state = useState({isFolded: true});
    }

    get shownEvents() {
        const {events} = this.props.block;
        return this.state.isFolded ? events.slice(0, SHOWN) : events;
    }

    get foldedCount() {
        return this.props.block.events.length - this.shownEvents.length;
    }

    /** @returns {boolean} whether the words on the right say what a click opens */
    isLink({cell}) {
        return cell && cell.unit === "text";
    }

    /** An event of a whole day, or one told in words, comes with a cell of its own. */
    moment({cell, datetime}) {
        return cell || {value: datetime, unit: "datetime"};
    }

    unfold() {
        this.state.isFolded = false;
    }
}

registry.category("crm_dashboards.blocks").add("timeline", TimelineBlock);
