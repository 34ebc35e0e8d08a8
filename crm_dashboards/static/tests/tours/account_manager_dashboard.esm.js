/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {backToDashboard, waitForTile} from "./dashboard_steps.esm";

registry.category("web_tour.tours").add("crm_dashboards_account_manager", {
    url: "/odoo/account-manager-dashboard",
    steps: () => [
        waitForTile("rfm"),
        {
            content: "Open the customers who are Champions",
            trigger:
                "[data-tile=rfm] button.o_crm_dashboards_segment_champions:contains(Champions)",
            run: "click",
        },
        {
            content: "Each customer of the list is a Champion",
            trigger:
                ".o_list_view .o_data_row .o_crm_dashboards_segment_champions:contains(C)",
        },
        {
            content: "The filter can be taken away",
            trigger: ".o_searchview_facet:contains(Champions) .o_facet_remove",
        },
        {
            content: "Nobody else is in the list",
            trigger:
                ".o_list_view:not(:has(.o_data_row .o_crm_dashboards_badge:not(.o_crm_dashboards_segment_champions)))",
        },
        ...backToDashboard("orders"),
        {
            content: "Open the orders of this month",
            trigger:
                "[data-tile=orders][data-state=ready] button.o_crm_dashboards_see_more",
            run: "click",
        },
        {
            content: "The foot shows the total",
            trigger: ".o_crm_dashboards_foot_sum:contains(Total) td:contains(/[1-9]/)",
        },
        {
            content: "The foot shows the average",
            trigger:
                ".o_crm_dashboards_foot_avg:contains(Average) td:contains(/[1-9]/)",
        },
    ],
});
