/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";

import {Component, useState} from "@odoo/owl";

import {DashboardController} from "../dashboard_controller.esm";

/** Asks, once a user, whether Odoo shall open here after the login. */
export class StartOffer extends Component {
    static template = "crm_dashboards.StartOffer";
    static props = {controller: DashboardController};

    setup() {
        this.controller = useState(this.props.controller);
    }

    /** @param {boolean} starts */
    async onAnswer(starts) {
        const {controller} = this;
        controller.header.offers_start = false;
        await controller.call("answer_start", starts);
        if (starts) {
            const words = _t(
                "Odoo opens here from the next login on. Your preferences change that."
            );
            controller.notification.add(words, {type: "success"});
        }
    }
}
