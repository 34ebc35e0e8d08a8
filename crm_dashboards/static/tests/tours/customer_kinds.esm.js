/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {ALL_LOADED, backToDashboard, loadedTile} from "./dashboard_steps.esm";

/** The widgets of a customer with everything, in the order in which they stand. */
const WIDGETS = [
    "Sales Trend",
    "Next Order and Month Projection",
    "Not Re-ordered",
    "Last 12 Months",
    "Latest Events",
    "Due Amount",
    "Activities by Type",
    "Upcoming Activities",
];

const NO_ACCESS = "You have no access to these records.";
const NOTHING_DONE = "No visit, call, meeting or e-mail in the last 12 months.";
const NOTHING_OPEN = "Nothing is open.";
const NOTHING_PLANNED = "Nothing is planned with this customer.";
const NOTHING_LEFT_OUT =
    "No product with a rhythm of its own was left out of the latest orders.";
const NO_PRODUCT_TO_READ = "This customer has no ordered product that you may read.";
const NO_ORDER_TO_READ = "This customer has no confirmed order that you may read.";
const NO_STORED_ORDERS = "There are no stored figures of orders.";

/** Fails the tour unless what is seen is exactly what should be. */
function check(what, seen, expected) {
    if (JSON.stringify(seen) !== JSON.stringify(expected)) {
        throw new Error(
            `${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`
        );
    }
}

const textsOf = (selector) =>
    [...document.querySelectorAll(selector)].map((el) => el.textContent.trim());

/**
 * @param {Object<string, string>} missing titles of widgets that are not drawn, each with
 *      the reason that the foot gives
 * @returns {Object[]} steps; all widgets but those must be drawn, in their order
 */
function seeAllBut(missing) {
    const drawn = WIDGETS.filter((title) => !(title in missing));
    const steps = [
        {
            content: `${drawn.length} widgets are drawn`,
            trigger: ALL_LOADED,
            run: () => check("Widgets", textsOf("[data-tile] h2"), drawn),
        },
    ];
    if (drawn.length === WIDGETS.length) {
        return [
            ...steps,
            {
                content: "Nothing is missing",
                trigger: `${ALL_LOADED}:not(:has(~ .o_crm_dashboards_missing))`,
            },
        ];
    }
    return [
        ...steps,
        {
            content: "Ask for those that are not drawn",
            trigger: ".o_crm_dashboards_missing button[aria-expanded=false]",
            run: "click",
        },
        {
            content: "Each of them has its reason",
            trigger: ".o_crm_dashboards_missing [data-missing]",
            run() {
                const titles = textsOf("[data-missing] dt");
                const reasons = textsOf("[data-missing] dd");
                const seen = titles.map((title, index) => [title, reasons[index]]);
                check("Reasons", seen, Object.entries(missing));
            },
        },
    ];
}

/** @returns {Object} a step: the form of a partner opens on its dashboard */
const seeDashboardFirst = {
    content: "What one sees first is the dashboard",
    trigger: ".o_form_view .o_notebook .nav-link.active:contains(Dashboard)",
};

function see(content, trigger) {
    return {content, trigger};
}

const ALL_SALES = ".o_crm_dashboards_all_sales";
const MONTH = `${loadedTile("customer_sales_trend")} .o_crm_dashboards_figure_large`;

/** Each is started on the form of a partner of its kind. */
const KINDS = {
    buyer: [seeDashboardFirst, ...seeAllBut({})],

    prospect: [
        seeDashboardFirst,
        ...seeAllBut({
            "Sales Trend": NO_ORDER_TO_READ,
            "Next Order and Month Projection": NO_STORED_ORDERS,
            "Not Re-ordered": NO_PRODUCT_TO_READ,
            "Last 12 Months": "No order in the last 24 months.",
            "Due Amount": NOTHING_OPEN,
        }),
    ],

    individual: [
        seeDashboardFirst,
        ...seeAllBut({
            "Not Re-ordered": NOTHING_LEFT_OUT,
            "Due Amount": NOTHING_OPEN,
            "Activities by Type": NOTHING_DONE,
            "Upcoming Activities": NOTHING_PLANNED,
        }),
        see(
            "An individual is not compared, which is said",
            `${loadedTile("customer_next_order")}:contains(Not counted: Individual. Such customers are projected together.)`
        ),
        see(
            "and has no segment",
            ".o_crm_dashboards_panel:not(:has(.o_crm_dashboards_badge))"
        ),
    ],

    contact: [
        seeDashboardFirst,
        see(
            "The figures are said to be those of the company",
            ".o_crm_dashboards_notice:contains(Ann belongs to Harbour)"
        ),
        ...seeAllBut({
            "Not Re-ordered": NOTHING_LEFT_OUT,
            "Due Amount": NOTHING_OPEN,
            "Activities by Type": NOTHING_DONE,
            "Upcoming Activities": NOTHING_PLANNED,
        }),
    ],

    one_order: [
        seeDashboardFirst,
        ...seeAllBut({
            "Not Re-ordered": NOTHING_LEFT_OUT,
            "Due Amount": "Due amounts are off in the settings.",
            "Activities by Type": NOTHING_DONE,
            "Upcoming Activities": NOTHING_PLANNED,
        }),
        see(
            "One order makes no rhythm",
            `${loadedTile("customer_next_order")}:contains(too few for a rhythm)`
        ),
        see(
            "and no projection",
            `${loadedTile("customer_next_order")}:contains(A projection of the month needs 3 whole months since the first order.)`
        ),
    ],

    overdue: [
        seeDashboardFirst,
        ...seeAllBut({
            "Not Re-ordered": NOTHING_LEFT_OUT,
            "Activities by Type": NOTHING_DONE,
            "Upcoming Activities": NOTHING_PLANNED,
        }),
        see(
            "The missing order is an alert",
            `${loadedTile("customer_next_order")} .o_crm_dashboards_tone_negative:contains(days late)`
        ),
        ...["snooze", "not_a_loss", "schedule"].map((action) =>
            see(
                `${action} is offered`,
                `[data-tile=customer_next_order] [data-action=${action}]`
            )
        ),
        see(
            "What is due is overdue",
            `${loadedTile("customer_due_amount")} .o_crm_dashboards_tone_negative:contains(overdue, 100% of what is charged)`
        ),
    ],

    foreign: [
        seeDashboardFirst,
        ...seeAllBut({
            "Sales Trend": NO_ORDER_TO_READ,
            "Next Order and Month Projection": NO_ACCESS,
            "Not Re-ordered": NO_PRODUCT_TO_READ,
            "Last 12 Months": "No order in the last 24 months.",
            "Due Amount": NO_ACCESS,
            "Activities by Type": NOTHING_DONE,
            "Upcoming Activities": NOTHING_PLANNED,
        }),
    ],

    of_two_companies: [
        seeDashboardFirst,
        see("Orders of this company", `${MONTH}:contains(/\\b300\\b/)`),
        see(
            "Nothing is told of the other one",
            ".o_crm_dashboards_panel:not(:contains(Sister))"
        ),
        {
            content: "Show all sales",
            trigger: `${ALL_SALES}[aria-pressed=false]`,
            run: "click",
        },
        see("Orders of both companies", `${MONTH}:contains(/4,300/)`),
        see(
            "Companies and partners that are added up are named",
            ".o_crm_dashboards_sales_hint:contains(Sister):contains(Bakery Abroad)"
        ),
        see(
            "The order of the other company is an event, which names it",
            "[data-tile=customer_events] .o_crm_dashboards_row:contains(4,000):contains(Sister)"
        ),
        see(
            "What stays this company's says so",
            "[data-tile=customer_due_amount]:contains(Of Wholesale only)"
        ),
        ...seeAllBut({
            "Not Re-ordered": NOTHING_LEFT_OUT,
            "Activities by Type": NOTHING_DONE,
            "Upcoming Activities": NOTHING_PLANNED,
        }),
        {
            content: "Open the orders of the month",
            trigger: `${MONTH} button`,
            run: "click",
        },
        see(
            "Their total is that of both companies",
            ".o_crm_dashboards_foot_sum td:contains(/4,300/)"
        ),
        ...backToDashboard("customer_sales_trend"),
        {
            content: "Only this company again",
            trigger: `${ALL_SALES}[aria-pressed=true]`,
            run: "click",
        },
        see("Its orders alone", `${MONTH}:contains(/\\b300\\b/)`),
        see(
            "Nobody else is named",
            ".o_crm_dashboards_panel:not(:has(.o_crm_dashboards_sales_hint))"
        ),
    ],

    refused: [
        see(
            "A message says why there is nothing",
            ".o_crm_dashboards [role=alert]:contains(You have no access to this customer)"
        ),
        see(
            "There are no figures, and not even the customer's name",
            "body:not(:has([data-tile])):not(:contains(Secretive))"
        ),
    ],

    none: [
        see(
            "The form opens as before, without a dashboard",
            ".o_form_view .o_notebook:not(:has(.nav-link:contains(Dashboard))) .nav-link.active:contains(Contacts)"
        ),
        see(
            "and without a button that leads to one",
            ".o_form_view:not(:has(button[name=action_open_crm_dashboard]))"
        ),
    ],
};

const tours = registry.category("web_tour.tours");

for (const [kind, steps] of Object.entries(KINDS)) {
    tours.add(`crm_dashboards_customer_${kind}`, {steps: () => steps});
}
