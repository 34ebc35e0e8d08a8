/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {
    backToDashboard,
    chooseTab,
    tryRowAction,
    waitForTile,
} from "./dashboard_steps.esm";

const URL = "/odoo/account-manager-dashboard";

const SEGMENTS = {
    champions: "Champions",
    loyal: "Loyal Customer",
    potential_loyalist: "Potential Loyalist",
    promising: "Promising",
    new: "New Customer",
    needs_attention: "Needs Attention",
    about_to_sleep: "About to Sleep",
    hibernating: "Hibernating",
    at_risk: "At Risk",
    dont_lose_them: "Don't Lose Them",
};

const MONTHS = Array.from({length: 12}, (_, index) => index + 1);

const tours = registry.category("web_tour.tours");

tours.add("crm_dashboards_tabs", {
    url: URL,
    steps: () => [
        waitForTile("rfm"),
        ...["last_month", "last_90_days", "this_month"].flatMap((tab) =>
            chooseTab("close_rate", tab)
        ),
        ...["growing", "static", "declining", "all"].flatMap((tab) =>
            chooseTab("customer_trend", tab)
        ),
        ...["value", "count"].flatMap((shown) => [
            {
                content: `Show the ${shown} of each segment`,
                trigger: `[data-tile=rfm] [data-tab=${shown}]`,
                run: "click",
            },
            {
                content: `The areas show the ${shown}`,
                trigger: `[data-tile=rfm] [data-tab=${shown}][aria-pressed=true]`,
            },
        ]),
    ],
});

tours.add("crm_dashboards_segments", {
    url: URL,
    steps: () => [
        waitForTile("rfm"),
        ...Object.entries(SEGMENTS).flatMap(([segment, label]) => [
            {
                content: `Open the customers in the segment ${segment}`,
                trigger: `[data-tile=rfm] button.o_crm_dashboards_segment_${segment}`,
                run: "click",
            },
            {
                content: "Their list has a facet that can be removed",
                trigger: `.o_list_view .o_searchview_facet:has(.o_facet_remove):contains("${label}")`,
            },
            {
                content: "Nobody of another segment is in it",
                trigger: `.o_list_view:is(:has(.o_view_sample_data), :not(:has(.o_data_row .o_crm_dashboards_badge:not(.o_crm_dashboards_segment_${segment}))))`,
            },
            ...backToDashboard("rfm"),
        ]),
    ],
});

tours.add("crm_dashboards_bars", {
    url: URL,
    steps: () => [
        waitForTile("twelve_months"),
        ...MONTHS.flatMap((month) => [
            {
                content: `Open the month of bar ${month}`,
                trigger: `[data-tile=twelve_months] tr:nth-child(${month}) button[data-point]`,
                run: "click",
            },
            {
                content: "The orders of a month, with a facet that can be removed",
                trigger: ".o_list_view .o_searchview_facet .o_facet_remove",
            },
            ...backToDashboard("twelve_months"),
        ]),
    ],
});

tours.add("crm_dashboards_row_actions", {
    url: URL,
    steps: () => [
        waitForTile("missing_orders"),
        ...["snooze", "not_a_loss", "schedule"].flatMap((action) =>
            tryRowAction("missing_orders", action)
        ),
        ...["log_engagement", "schedule"].flatMap((action) =>
            tryRowAction("needs_engagement", action)
        ),
    ],
});

tours.add("crm_dashboards_customize", {
    url: URL,
    steps: () => [
        waitForTile("rfm"),
        {
            content: "Arrange the tiles",
            trigger: ".o_crm_dashboards_customize",
            run: "click",
        },
        {
            content: "Hide a tile",
            trigger: "[data-tile=rfm] .o_crm_dashboards_hide",
            run: "click",
        },
        {
            content: "The tile is gone",
            trigger: ".o_crm_dashboards_grid:not(:has([data-tile=rfm]))",
        },
        {
            content: "Move the first tile to the right",
            trigger: "[data-tile=who_next]:first-child [data-move='1']",
            run: "click",
        },
        {
            content: "It stands second; drag it to the third place",
            trigger: "[data-tile=who_next]:nth-child(2) .o_crm_dashboards_handle",
            run: (helpers) =>
                helpers.drag_and_drop(".o_crm_dashboards_tile:nth-child(3)"),
        },
        {
            content: "It stands third",
            trigger: "[data-tile=who_next]:nth-child(3)",
        },
        {
            content: "Leave the dashboard",
            trigger: ".o_crm_dashboards_done",
            run: "click",
        },
        {
            content: "for a report",
            trigger: "[data-tile=orders] .o_crm_dashboards_see_more",
            run: "click",
        },
        {
            content: "The report is open",
            trigger: ".o_list_view",
        },
        ...backToDashboard("orders"),
        {
            content: "The tiles are remembered as they were arranged",
            trigger:
                ".o_crm_dashboards_grid:not(:has([data-tile=rfm])) [data-tile=who_next]:nth-child(3)",
        },
        {
            content: "Arrange the tiles again",
            trigger: ".o_crm_dashboards_customize",
            run: "click",
        },
        {
            content: "Show the hidden tile",
            trigger: ".o_crm_dashboards_show[data-code=rfm]",
            run: "click",
        },
        waitForTile("rfm"),
        {
            content: "Take everything back",
            trigger: ".o_crm_dashboards_reset",
            run: "click",
        },
        {
            content: "The first tile is the first one again",
            trigger: "[data-tile=who_next]:first-child",
        },
    ],
});
