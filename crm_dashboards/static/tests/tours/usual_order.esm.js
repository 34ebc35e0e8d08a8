/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {loadedTile} from "./dashboard_steps.esm";

const row = `${loadedTile("missing_orders")} .o_crm_dashboards_row:has([data-action=usual_order])`;

registry.category("web_tour.tours").add("crm_dashboards_usual_order", {
    url: "/odoo/account-manager-dashboard",
    steps: () => [
        {
            content: "The buttons of a row come with the focus",
            trigger: `${row} .o_crm_dashboards_row_title`,
            run() {
                this.anchor.focus();
            },
        },
        {
            content: "First click: the usual order",
            trigger: `${row}:focus-within [data-action=usual_order]`,
            run: "click",
        },
        {
            content: "Its products are there, at today's prices",
            trigger: ".o_crm_dashboards_usual_row:contains(Cards):contains(96.00)",
        },
        {
            content: "Second click: a quotation",
            trigger: ".o_crm_dashboards_usual_send:enabled",
            run: "click",
        },
        {
            content: "Third click: it is sent",
            trigger: ".modal .o_mail_send:enabled",
            run: "click",
        },
        {
            content: "The quotation is there, and was sent",
            trigger:
                ".o_form_view:contains(Cards) .o_arrow_button_current:contains(Quotation Sent)",
        },
    ],
});
