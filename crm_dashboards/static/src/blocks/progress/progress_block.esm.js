/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {blockProps} from "../block_props.esm";

/** How far something has come, with marks to reach. */
export class ProgressBlock extends Component {
    static template = "crm_dashboards.ProgressBlock";
    static props = blockProps;

    get percentage() {
        return Math.round(this.limit(this.props.block.value) * 100);
    }

    limit(share) {
        return Math.max(0, Math.min(1, share));
    }
}

registry.category("crm_dashboards.blocks").add("progress", ProgressBlock);
