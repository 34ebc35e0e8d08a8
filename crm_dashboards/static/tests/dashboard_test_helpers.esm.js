/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
    contains,
    makeMockEnv,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";

import {getDefaultConfig} from "@web/views/view";

import {Dashboard} from "@crm_dashboards/dashboard/dashboard.esm";

import {count} from "./block_test_helpers.esm";

export const MODEL = "crm.dashboard.tile";

export const HEADER = {
    company: {id: 1, name: "Northwind Supplies Ltd", currency_id: 1},
    companies: [],
    scope: {account_manager: "me", all_sales: false, tabs: {rfm: "all"}},
    scopes: [
        {value: "me", label: "My customers"},
        {value: "all", label: "Everyone"},
        {value: 7, label: "Marc Demo"},
    ],
    as_of: {
        date: "2026-11-21 22:00:00",
        label: "Segments as of Nov 21",
        short: "As of Nov 21",
        zone: "Europe/Brussels",
    },
    empty: false,
    can_export: true,
    notice: false,
    setup: false,
    documentation_url: "https://docs.example.com",
    tiles: [
        {code: "orders", name: "Orders", size: 3, see_more: true},
        {code: "rfm", name: "RFM Analysis", size: 6, see_more: false},
    ],
    hidden_tiles: [],
};

/** With a period to choose, which one of the tiles follows. */
export const PERIOD_HEADER = {
    ...HEADER,
    scope: {...HEADER.scope, period: "month", comparison: "before"},
    periods: [
        {
            value: "month",
            label: "This month",
            comparisons: [
                {value: "before", label: "vs same days of October"},
                {value: "year", label: "vs same days of November 2025"},
            ],
        },
        {
            value: "year",
            label: "This year",
            comparisons: [{value: "before", label: "vs same days of 2025"}],
        },
    ],
    tiles: HEADER.tiles.map((tile) => ({
        ...tile,
        follows_period: tile.code === "orders",
    })),
};

export const CUSTOMER_HEADER = {
    ...HEADER,
    scopes: [],
    scope: {account_manager: "me", all_sales: false, tabs: {}},
    tiles: [
        {code: "trend", name: "Sales Trend", size: 4, see_more: true},
        {code: "months", name: "Last 12 Months", size: 8, see_more: true},
        {code: "due", name: "Due Amount", size: 4, see_more: true},
    ],
    customer: {
        id: 5,
        name: "Azure Interior",
        kind: "customer",
        notice: false,
        badge: {
            segment: "dont_lose_them",
            short: "DLT",
            label: "Don't Lose Them",
            metric_id: 3,
        },
        phone: "+32 2 290 34 90",
        email: "info@azure.example.com",
    },
    toggle: false,
    actions: [
        {
            key: "call",
            label: "Call",
            detail: "+32 2 290 34 90",
            icon: "fa-phone",
            href: "tel:+3222903490",
        },
        {
            key: "new_quotation",
            label: "New quotation",
            icon: "fa-file-text-o",
            href: false,
        },
    ],
};

export function readyTile(value, content = {}) {
    return {
        title: false,
        state: "ready",
        message: false,
        tabs: [],
        blocks: [
            {
                type: "figure",
                figures: [{cell: count(value), label: "orders", drill: "month"}],
            },
        ],
        ...content,
    };
}

export const emptyTile = (message, content = {}) =>
    readyTile(0, {state: "empty", message, blocks: [], ...content});

export const tileText = (code) => `[data-tile=${code}] .o_crm_dashboards_cell`;

/**
 * Answers what a dashboard asks the server.
 *
 * @param {Object} [answers]
 * @param {Object} [answers.header]
 * @param {(codes: string[], scope: Object) => any} [answers.getTiles]
 * @param {(method: string, args: any[]) => void} [answers.onCall]
 */
export function answerDashboard({
    header = HEADER,
    getTiles = (codes) => Object.fromEntries(codes.map((code) => [code, readyTile(1)])),
    onCall = () => undefined,
} = {}) {
    onRpc(MODEL, "get_dashboard", ({method, args}) => {
        onCall(method, args);
        return typeof header === "function" ? header(args) : header;
    });
    const answerTiles = ({method, args}) => {
        const [, codes, scope] = args;
        onCall(method, args);
        return getTiles(codes, scope);
    };
    onRpc(MODEL, "get_tiles", answerTiles);
    onRpc(MODEL, "get_written_tiles", answerTiles);
}

/**
 * @param {Object} [answers] as for `answerDashboard`
 * @param {Object} [props] of the page
 */
export async function mountDashboard(answers, props = {}) {
    answerDashboard(answers);
    await mountWithCleanup(Dashboard, {
        env: await makeMockEnv({config: getDefaultConfig()}),
        props: {action: {}, dashboard: "account_manager", ...props},
    });
    await animationFrame();
}

/**
 * @param {Object} [answers] as for `answerDashboard`
 * @param {Object} [props] of the page
 */
export async function mountCustomerDashboard(answers, props = {}) {
    await mountDashboard(
        {header: CUSTOMER_HEADER, ...answers},
        {dashboard: "customer", isOfCustomer: true, resId: 5, ...props}
    );
}

/** Saved preferences become steps. */
export function stepOnSave() {
    onRpc(MODEL, "save_preference", ({args: [, values]}) => {
        expect.step(`save ${JSON.stringify(values)}`);
        return true;
    });
}

export async function chooseScope(label) {
    await contains(".o_crm_dashboards_scope").click();
    await contains(`.o-dropdown-item:contains(${label})`).click();
}
