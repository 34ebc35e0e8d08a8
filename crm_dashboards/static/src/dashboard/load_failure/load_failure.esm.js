/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component} from "@odoo/owl";

/** In the place of a dashboard that could not be loaded: why, and another try. */
export class LoadFailure extends Component {
    static template = "crm_dashboards.LoadFailure";
    static props = {message: String, onRetry: Function};
}
