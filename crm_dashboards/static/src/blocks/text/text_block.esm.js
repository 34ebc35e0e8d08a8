/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {blockProps} from "../block_props.esm";
import {Drill} from "../drill/drill.esm";

/** A paragraph, and where it leads. */
export class TextBlock extends Component {
    static template = "crm_dashboards.TextBlock";
    static components = {Drill};
    static props = blockProps;
}

registry
    .category("crm_dashboards.blocks")
    .add("text", TextBlock)
    .add("reading", TextBlock);
