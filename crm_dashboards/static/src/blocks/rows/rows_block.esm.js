/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component, onPatched, useRef} from "@odoo/owl";

import {SegmentBadge} from "../../badge/segment_badge.esm";
import {getBadgeProps} from "../../badge/segments.esm";
import {Sparkline} from "../../core/sparkline.esm";
import {blockProps} from "../block_props.esm";
import {CellText} from "../cell_text.esm";
import {Direction} from "../direction.esm";
import {Drill} from "../drill/drill.esm";
import {Chips} from "./chips.esm";
import {RowActions} from "./row_actions.esm";
import {RowAvatar} from "./row_avatar.esm";

/** What a row says, to see whether something was done with it. */
const tell = ({status, cell, cell_note}) => JSON.stringify([status, cell, cell_note]);

/** A short list of records, each with who, what and how much. */
export class RowsBlock extends Component {
    static template = "crm_dashboards.RowsBlock";
    static components = {
        CellText,
        Chips,
        Direction,
        Drill,
        RowActions,
        RowAvatar,
        SegmentBadge,
        Sparkline,
    };
    static props = blockProps;

    setup() {
        this.list = useRef("list");
        /** The row that something was done with, and its place. */
        this.acted = false;
        onPatched(() => this.focusNext());
    }

    onAction(key, row) {
        const {rows} = this.props.block;
        this.acted = {id: row.id, place: rows.indexOf(row), told: tell(row)};
        this.props.onRowAction(key, row.id);
    }

    /** Who works through a list goes on with the next row, once something was done. */
    focusNext() {
        const {rows} = this.props.block;
        const acted = this.acted && rows.find(({id}) => id === this.acted.id);
        if (!this.acted || (acted && tell(acted) === this.acted.told)) {
            return;
        }
        const place = acted ? rows.indexOf(acted) + 1 : this.acted.place;
        const last = rows.length - 1;
        this.acted = false;
        this.list.el.children[Math.min(place, last)]
            ?.querySelector("button, a")
            ?.focus();
    }

    badgeProps(badge) {
        return getBadgeProps(badge);
    }

    /** Words that may not fit, and what one should know of the value. */
    tooltip({subtitle, cell_hint}) {
        return [subtitle, cell_hint].filter(Boolean).join(" · ") || false;
    }

    /** @returns {string} a place from 0 to 1 as a length */
    percent(place) {
        return `${100 * place}%`;
    }

    /** Rows of whom to call have more to say, and room for it. */
    isToCall({chips, phone, email, add_phone}) {
        return Boolean(chips?.length || phone || email || add_phone);
    }

    /** The number as a telephone dials it. */
    phoneNumber({phone}) {
        return phone.replace(/[^\d+*#]/g, "");
    }

    directionTone(direction) {
        return {up: "positive", down: "negative", level: "muted"}[direction];
    }
}

registry.category("crm_dashboards.blocks").add("rows", RowsBlock);
