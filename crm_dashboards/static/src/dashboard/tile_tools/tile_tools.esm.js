/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component} from "@odoo/owl";

/** Handle and buttons with which a tile is moved or hidden. */
export class TileTools extends Component {
    static template = "crm_dashboards.TileTools";
    static props = {
        title: String,
        isFirst: Boolean,
        isLast: Boolean,
        onMove: Function,
        onHide: Function,
    };
}
