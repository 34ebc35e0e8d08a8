/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {backToDashboard, loadedTile, waitForTile} from "./dashboard_steps.esm";

const tours = registry.category("web_tour.tours");

/** Needs a customer called Champion A who has ordered. */
tours.add("crm_dashboards_customer_form", {
    url: "/odoo/contacts?view_type=list",
    steps: () => [
        {
            content: "Look for a customer",
            trigger: ".o_searchview_input",
            run: "edit Champion A",
        },
        {
            content: "by the name",
            trigger: ".o_searchview_input",
            run: "press Enter",
        },
        {
            content: "The list is of that name",
            trigger: ".o_searchview_facet:contains(Champion A)",
        },
        {
            content: "Open the customer",
            trigger:
                ".o_data_row:contains(Champion A) .o_data_cell[name=complete_name]",
            run: "click",
        },
        {
            content: "What one sees first is the dashboard",
            trigger: ".o_notebook .nav-link.active:contains(Dashboard)",
        },
        waitForTile("customer_sales_trend"),
        {
            content: "It has no control panel of its own",
            trigger: "body:not(:has(.o_control_panel ~ * .o_control_panel))",
        },
        {
            content: "Open another page",
            trigger: ".o_notebook .nav-link:contains(Contacts)",
            run: "click",
        },
        {
            content: "The dashboard is gone",
            trigger: ".o_notebook:not(:has(.o_crm_dashboards_panel))",
        },
        {
            content: "Back to its page",
            trigger: ".o_notebook .nav-link:contains(Dashboard)",
            run: "click",
        },
        waitForTile("customer_sales_trend"),
        {
            content: "Have the figures made anew",
            trigger: ".o_crm_dashboards_panel .o_crm_dashboards_refresh",
            run: "click",
        },
        {
            content: "The button can be pressed again",
            trigger: ".o_crm_dashboards_refresh:not([disabled])",
        },
        waitForTile("customer_sales_trend"),
        {
            content: "Open the dashboard as a page of its own",
            trigger: "button[name=action_open_crm_dashboard]",
            run: "click",
        },
        {
            content: "It is a page with a title",
            trigger: `.o_action.o_crm_dashboards:has(.o_breadcrumb .active) ${loadedTile("customer_sales_trend")}`,
        },
        ...backToDashboard("customer_sales_trend"),
        {
            content: "The form is back",
            trigger: ".o_form_view .o_crm_dashboards_panel",
        },
    ],
});

/** Started on `/odoo/customer-dashboard/<id>` of a customer who has ordered. */
tours.add("crm_dashboards_customer_page", {
    steps: () => [
        waitForTile("customer_sales_trend"),
        {
            content: "Log an engagement",
            trigger: ".o_crm_dashboards_actions [data-action=log_engagement]",
            run: "click",
        },
        {
            content: "Close the dialog",
            trigger: ".modal .modal-header .btn-close",
            run: "click",
        },
        {content: "The dialog is gone", trigger: "body:not(:has(.modal))"},
        waitForTile("customer_months"),
        {
            content: "Open the orders of a month",
            trigger: "[data-tile=customer_months] tr:nth-child(12) button[data-point]",
            run: "click",
        },
        {
            content: "The orders of the month, with a facet that can be removed",
            trigger: ".o_list_view .o_searchview_facet .o_facet_remove",
        },
        ...backToDashboard("customer_months"),
        {
            content: "Ask for what is not here",
            trigger: ".o_crm_dashboards_missing button[aria-expanded=false]",
            run: "click",
        },
        {
            content: "A reason is given",
            trigger: ".o_crm_dashboards_missing [data-missing] dd",
        },
        {
            content: "Begin a quotation",
            trigger: ".o_crm_dashboards_actions [data-action=new_quotation]",
            run: "click",
        },
        {
            content: "It is for the customer",
            trigger: ".o_form_view .o_field_widget[name=partner_id] input:value(/./)",
        },
        ...backToDashboard("customer_sales_trend"),
    ],
});
