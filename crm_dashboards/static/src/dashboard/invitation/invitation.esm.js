/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {useService} from "@web/core/utils/hooks";

import {Component} from "@odoo/owl";

/** Shown instead of tiles while there is nothing to count: the next step to take. */
export class Invitation extends Component {
    static template = "crm_dashboards.Invitation";
    static props = {
        title: String,
        message: String,
        action_label: {type: [String, Boolean], optional: true},
        action: {type: [Object, String, Number, Boolean], optional: true},
    };

    setup() {
        this.action = useService("action");
    }

    onClick() {
        this.action.doAction(this.props.action);
    }
}
