/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {blockProps} from "../block_props.esm";

/** What matters most in a sentence, what it rests on, and what to do next. */
export class LeadBlock extends Component {
    static template = "crm_dashboards.LeadBlock";
    static props = blockProps;

    /** @returns {string[]} the sentence before the part that stands out, it, and after */
    get parts() {
        const {text, mark} = this.props.block;
        const start = mark ? text.indexOf(mark) : -1;
        if (start < 0) {
            return [text, "", ""];
        }
        const end = start + mark.length;
        return [text.slice(0, start), text.slice(start, end), text.slice(end)];
    }
}

registry.category("crm_dashboards.blocks").add("lead", LeadBlock);
