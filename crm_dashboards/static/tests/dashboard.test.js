/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {describe, expect, test} from "@odoo/hoot";
import {click, press, queryAllTexts, queryFirst, queryOne} from "@odoo/hoot-dom";
import {animationFrame, Deferred, mockDate, runAllTimers} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    getMockEnv,
    makeMockEnv,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

import {getDefaultConfig} from "@web/views/view";

import {Component, useState, xml} from "@odoo/owl";

import {FigureBlock} from "@crm_dashboards/blocks/figure/figure_block.esm";
import {Dashboard} from "@crm_dashboards/dashboard/dashboard.esm";
import {UNDONE} from "@crm_dashboards/loader/answer_action.esm";

import {
    answerDashboard,
    chooseScope,
    HEADER,
    MODEL,
    mountDashboard,
    PERIOD_HEADER,
    readyTile,
    stepOnSave,
    tileText,
} from "./dashboard_test_helpers.esm";

defineMailModels();

test("one call for the layout and one for all tiles", async () => {
    await mountDashboard({
        onCall: (method, args) => expect.step(`${method} ${JSON.stringify(args)}`),
    });
    expect.verifySteps([
        'get_dashboard ["account_manager"]',
        'get_tiles ["account_manager",["orders","rfm"],' +
            '{"account_manager":"me","all_sales":false,"tabs":{"rfm":"all"}}]',
    ]);
    expect(queryAllTexts("h2")).toEqual(["Orders", "RFM Analysis"]);
});

test("header: company, scope, as-of with its zone, time of refresh, documentation", async () => {
    mockDate("2026-11-22 08:14:00", +1);
    await mountDashboard();
    const {textContent: company} = queryFirst(".o_crm_dashboards_freshness > .fw-bold");
    expect(company).toBe("Northwind Supplies Ltd");
    expect(".o_crm_dashboards_as_of").toHaveText("As of Nov 21 GMT+1");
    const whole = /^Segments as of Nov 21 \(Europe\/Brussels\) · refreshed 9:14\sAM$/;
    expect(".o_crm_dashboards_as_of").toHaveAttribute("data-tooltip", whole);
    expect(queryFirst(".o_crm_dashboards_as_of_whole").textContent).toMatch(whole);
    expect(".o_crm_dashboards_scope").toHaveText(/My customers/);
    expect(".o_crm_dashboards_documentation").toHaveAttribute(
        "href",
        "https://docs.example.com"
    );
});

test("what the header notices stands above the tiles", async () => {
    const notice = "Your appointment waits for confirmation.";
    await mountDashboard({header: {...HEADER, notice}});
    expect(".o_crm_dashboards_container > .o_crm_dashboards_notice").toHaveText(notice);
    expect(".o_crm_dashboards_notice + .o_crm_dashboards_grid").toHaveCount(1);
});

const reading = (text) => ({type: "reading", text, tone: "muted"});

test("of which records tiles are stands once above them, on demand for each", async () => {
    const content = readyTile(1, {blocks: [reading("Of the orders you may read.")]});
    const getTiles = () => ({orders: content, rfm: readyTile(2)});
    await mountDashboard({header: {...HEADER, reading: "Your own."}, getTiles});
    expect(".o_crm_dashboards_reading > div").toHaveText(/Your own\./);
    expect("[data-tile=orders] .o_crm_dashboards_text").toHaveCount(0);
    expect(".o_crm_dashboards_reading dl").toHaveCount(0);
    await contains(".o_crm_dashboards_reading button").click();
    expect(queryAllTexts(".o_crm_dashboards_reading dl > div")).toEqual([
        "Orders\nOf the orders you may read.",
    ]);
    expect(".o_crm_dashboards_reading button").toHaveAttribute("aria-expanded", "true");
});

test("where nothing is said above, a tile says of which records it is", async () => {
    const content = readyTile(1, {blocks: [reading("Of the orders you may read.")]});
    await mountDashboard({getTiles: () => ({orders: content, rfm: readyTile(2)})});
    expect(".o_crm_dashboards_reading").toHaveCount(0);
    expect("[data-tile=orders] .o_crm_dashboards_text").toHaveText(/you may read/);
});

test("ⓘ tells what a tile shows, and gives the focus back", async () => {
    onRpc(MODEL, "explain_tile", ({args}) => {
        expect.step(`explain ${args}`);
        return {
            purpose: "Whether this month is on a par with last month.",
            terms: [{name: "Order", meaning: "A confirmed sales order."}],
            guide: "/guide#orders",
        };
    });
    await mountDashboard();
    const help = "[data-tile=orders] .o_crm_dashboards_help";
    expect(help).toHaveAttribute("aria-label", "What Orders shows");
    expect(help).toHaveAttribute("aria-expanded", "false");
    expect.verifySteps([]);
    queryOne(help).focus();
    await contains(help).click();
    await animationFrame();
    expect.verifySteps(["explain orders"]);
    expect("[role=dialog] p").toHaveText(/on a par/);
    expect("[role=dialog] dl").toHaveText(/Order\s+A confirmed sales order\./);
    expect("[role=dialog] a").toHaveAttribute("href", "/guide#orders");
    expect("[role=dialog] .btn-close").toBeFocused();
    expect(help).toHaveAttribute("aria-expanded", "true");
    await press("Escape");
    await animationFrame();
    expect("[role=dialog]").toHaveCount(0);
    expect(help).toHaveAttribute("aria-expanded", "false");
    expect(help).toBeFocused();
});

test("ⓘ says so where nothing could be loaded", async () => {
    onRpc(MODEL, "explain_tile", () => {
        throw makeServerError();
    });
    await mountDashboard();
    await contains("[data-tile=rfm] .o_crm_dashboards_help").click();
    await animationFrame();
    expect("[role=dialog] p").toHaveText(/could not be loaded/);
});

test("tiles are drawn as loading until their figures arrive", async () => {
    const answer = new Deferred();
    await mountDashboard({getTiles: () => answer});
    expect("[data-state=loading] .o_crm_dashboards_skeleton").toHaveCount(2);
    expect("[data-tile=orders]").toHaveAttribute("aria-busy", "true");
    answer.resolve({orders: readyTile(5), rfm: readyTile(6)});
    await animationFrame();
    expect(".o_crm_dashboards_skeleton").toHaveCount(0);
    expect(tileText("orders")).toHaveText("5");
    expect("[data-tile=orders]").toHaveAttribute("aria-busy", "false");
});

test("empty and failed tiles say so and leave the others alone", async () => {
    await mountDashboard({
        header: {
            ...HEADER,
            tiles: [
                ...HEADER.tiles,
                {code: "third", name: "3", size: 3, see_more: true},
            ],
        },
        getTiles: () => ({
            orders: readyTile(5),
            rfm: {state: "failed", message: "Worked out wrong.", blocks: [], tabs: []},
            third: {
                state: "empty",
                message: "No orders. 2 are drafts. Confirm them.",
                blocks: [],
                tabs: [],
            },
        }),
    });
    expect(tileText("orders")).toHaveText("5");
    expect("[data-tile=rfm] [role=alert]").toHaveText(/Worked out wrong\./);
    expect(queryAllTexts("[data-tile=third] .o_crm_dashboards_empty p")).toEqual([
        "No orders.",
        "2 are drafts. Confirm them.",
    ]);
});

test("Retry loads the failed tile only", async () => {
    let isBroken = true;
    await mountDashboard({
        getTiles: (codes) => {
            expect.step(codes.join());
            return Object.fromEntries(
                codes.map((code) => [
                    code,
                    code === "rfm" && isBroken
                        ? {state: "failed", message: "No.", blocks: [], tabs: []}
                        : readyTile(2),
                ])
            );
        },
    });
    isBroken = false;
    await contains("[data-tile=rfm] .o_crm_dashboards_retry").click();
    expect("[data-tile=rfm]").toHaveAttribute("data-state", "ready");
    expect.verifySteps(["orders,rfm", "rfm"]);
});

test("a failing call turns every tile into a failed one with Retry", async () => {
    patchWithCleanup(console, {warn: () => expect.step("warn")});
    let isBroken = true;
    await mountDashboard({
        getTiles: (codes) => {
            if (isBroken) {
                throw makeServerError();
            }
            return Object.fromEntries(codes.map((code) => [code, readyTile(3)]));
        },
    });
    expect("[data-state=failed] .o_crm_dashboards_retry").toHaveCount(2);
    expect(".o_dialog").toHaveCount(0);
    expect.verifySteps(["warn"]);
    isBroken = false;
    await contains("[data-tile=orders] .o_crm_dashboards_retry").click();
    expect(tileText("orders")).toHaveText("3");
    expect("[data-state=failed]").toHaveCount(1);
});

test("a block that cannot be drawn fails its tile only", async () => {
    patchWithCleanup(console, {warn: () => expect.step("warn")});
    patchWithCleanup(FigureBlock, {
        template: xml`<t t-esc="props.block.missing.key"/>`,
    });
    await mountDashboard({
        getTiles: () => ({
            orders: readyTile(5),
            rfm: readyTile(1, {blocks: [{type: "text", text: "still here"}]}),
        }),
    });
    await animationFrame();
    expect("[data-tile=orders]").toHaveAttribute("data-state", "failed");
    expect("[data-tile=rfm] .o_crm_dashboards_text").toHaveText("still here");
    expect.verifySteps(["warn"]);
});

test("a tile the user may not see leaves no frame", async () => {
    await mountDashboard({getTiles: () => ({orders: readyTile(1)})});
    expect("[data-tile]").toHaveCount(1);
});

test("an unknown block draws nothing and is logged", async () => {
    patchWithCleanup(console, {warn: (message) => expect.step(message)});
    await mountDashboard({
        getTiles: () => ({
            orders: readyTile(1, {
                blocks: [{type: "mystery"}, {type: "text", text: "a"}],
            }),
            rfm: readyTile(1),
        }),
    });
    expect("[data-tile=orders] .o_crm_dashboards_body").toHaveText("a");
    expect.verifySteps(['No block draws "mystery".']);
});

test("two rows of bars are told apart in the header of their tile", async () => {
    const chart = {
        type: "chart",
        kind: "bar",
        label: "Months",
        unit: "count",
        points: [
            {key: "a", label: "A", title: "A", value: 1, previous: 2, drill: false},
        ],
    };
    const series = ["this year", "a year before"];
    await mountDashboard({
        getTiles: () => ({
            orders: readyTile(1, {blocks: [{...chart, series}]}),
            rfm: readyTile(1, {blocks: [chart]}),
        }),
    });
    expect(
        queryAllTexts("[data-tile=orders] header .o_crm_dashboards_legend_entry")
    ).toEqual(series);
    expect("[data-tile=rfm] .o_crm_dashboards_legend_entry").toHaveCount(0);
});

describe("scope", () => {
    test("a new scope is remembered and reloads all tiles", async () => {
        onRpc(MODEL, "save_preference", ({args}) => {
            expect.step(`save ${JSON.stringify(args)}`);
            return true;
        });
        await mountDashboard({
            getTiles: (codes, scope) => {
                expect.step(`${codes} for ${scope.account_manager}`);
                return {orders: readyTile(1), rfm: readyTile(1)};
            },
        });
        await chooseScope("Marc Demo");
        expect.verifySteps([
            "orders,rfm for me",
            "orders,rfm for 7",
            'save ["account_manager",{"scope":{"account_manager":7}}]',
        ]);
        expect(".o_crm_dashboards_scope").toHaveText(/Marc Demo/);
    });

    test("a late answer for an earlier scope does not overwrite the newer one", async () => {
        onRpc(MODEL, "save_preference", () => true);
        const answers = {me: new Deferred(), all: new Deferred(), 7: new Deferred()};
        await mountDashboard({
            getTiles: (codes, scope) => answers[scope.account_manager],
        });
        answers.me.resolve({orders: readyTile(1), rfm: readyTile(1)});
        await animationFrame();
        await chooseScope("Everyone");
        await chooseScope("Marc Demo");
        answers[7].resolve({orders: readyTile(7), rfm: readyTile(7)});
        await animationFrame();
        expect(tileText("orders")).toHaveText("7");
        answers.all.resolve({orders: readyTile(100), rfm: readyTile(100)});
        await animationFrame();
        expect(tileText("orders")).toHaveText("7");
        expect(tileText("rfm")).toHaveText("7");
    });

    test("all active companies, only where there are others", async () => {
        onRpc(MODEL, "save_preference", () => true);
        await mountDashboard({
            header: {...HEADER, companies: ["Other Ltd"]},
            getTiles: (codes, scope) => {
                expect.step(`all_sales ${scope.all_sales}`);
                return {orders: readyTile(1), rfm: readyTile(1)};
            },
        });
        await contains(".o_crm_dashboards_all_companies").click();
        expect(".o_crm_dashboards_all_companies").toHaveAttribute(
            "aria-pressed",
            "true"
        );
        expect.verifySteps(["all_sales false", "all_sales true"]);
    });
});

describe("tabs", () => {
    const withTabs = (value, active) =>
        readyTile(value, {
            tabs: [
                {key: "all", label: "All", count: 41, active: active === "all"},
                {key: "open", label: "Open", count: 17, active: active === "open"},
            ],
        });

    test("a period reloads the tiles that follow it and is remembered", async () => {
        stepOnSave();
        await mountDashboard({
            header: {
                ...PERIOD_HEADER,
                scope: {...PERIOD_HEADER.scope, tabs: {rfm: "all", orders: "last"}},
            },
            getTiles: (codes, {period, comparison, tabs}) => {
                expect.step(`${codes} ${period} ${comparison} ${JSON.stringify(tabs)}`);
                return Object.fromEntries(codes.map((code) => [code, readyTile(1)]));
            },
        });
        expect(".o_crm_dashboards_period").toHaveText(
            /This month\s*vs same days of October/
        );
        await contains(".o_crm_dashboards_period").click();
        expect(queryAllTexts(".o-dropdown-item")).toEqual([
            "This month",
            "This year",
            "vs same days of October",
            "vs same days of November 2025",
        ]);
        expect(queryAllTexts("[role=menuitemradio][aria-checked=true]")).toEqual([
            "This month",
            "vs same days of October",
        ]);
        // a tab that stands for a period of its own gives way
        await contains(".o-dropdown-item:contains(This year)").click();
        expect(".o_crm_dashboards_period").toHaveText(
            /This year\s*vs same days of 2025/
        );
        expect.verifySteps([
            'orders,rfm month before {"rfm":"all","orders":"last"}',
            'orders year before {"rfm":"all"}',
            'save {"scope":{"period":"year","tabs":{"rfm":"all"}}}',
        ]);
    });

    test("what a period is compared with can be chosen and leaves tabs alone", async () => {
        stepOnSave();
        await mountDashboard({
            header: {
                ...PERIOD_HEADER,
                scope: {...PERIOD_HEADER.scope, tabs: {orders: "last"}},
            },
        });
        await contains(".o_crm_dashboards_period").click();
        await contains(".o-dropdown-item:contains(November 2025)").click();
        expect(".o_crm_dashboards_period").toHaveText(/vs same days of November 2025/);
        // a year is compared with the year before, whatever was chosen for months
        await contains(".o_crm_dashboards_period").click();
        await contains(".o-dropdown-item:contains(This year)").click();
        expect(".o_crm_dashboards_period").toHaveText(/vs same days of 2025/);
        expect.verifySteps([
            'save {"scope":{"comparison":"year"}}',
            'save {"scope":{"comparison":"year","period":"year","tabs":{}}}',
        ]);
    });

    test("no period to choose where no tile follows one", async () => {
        await mountDashboard();
        expect(".o_crm_dashboards_period").toHaveCount(0);
    });

    test("a tab reloads its tile only and is remembered", async () => {
        onRpc(MODEL, "save_preference", ({args: [, values]}) => {
            expect.step(`save ${JSON.stringify(values.scope)}`);
            return true;
        });
        await mountDashboard({
            getTiles: (codes, scope) => {
                expect.step(`${codes} ${scope.tabs.orders}`);
                return Object.fromEntries(
                    codes.map((code) => [code, withTabs(1, scope.tabs.orders || "all")])
                );
            },
        });
        expect(
            queryAllTexts("[data-tile=orders] .o_crm_dashboards_tabs button")
        ).toEqual(["All 41", "Open 17"]);
        await contains("[data-tile=orders] [data-tab=open]").click();
        expect("[data-tile=orders] [data-tab=open]").toHaveAttribute(
            "aria-pressed",
            "true"
        );
        expect.verifySteps([
            "orders,rfm undefined",
            "orders open",
            'save {"tabs":{"rfm":"all","orders":"open"}}',
        ]);
    });

    test("an answer for all tiles does not overwrite a tab chosen meanwhile", async () => {
        onRpc(MODEL, "save_preference", () => true);
        const all = new Deferred();
        let calls = 0;
        await mountDashboard({
            getTiles: (codes) => {
                calls++;
                if (calls === 1) {
                    return {orders: withTabs(1, "all"), rfm: readyTile(1)};
                }
                return codes.length > 1 ? all : {orders: withTabs(2, "open")};
            },
        });
        await click(".o_crm_dashboards_refresh");
        await animationFrame();
        await contains("[data-tile=orders] [data-tab=open]").click();
        all.resolve({orders: withTabs(9, "all"), rfm: readyTile(9)});
        await animationFrame();
        expect(tileText("orders")).toHaveText("2");
        expect(tileText("rfm")).toHaveText("9");
    });
});

describe("search", () => {
    const found = [
        {id: 5, name: "Azure Interior", details: "Leeds"},
        {id: 6, name: "Azurra", details: ""},
    ];

    test("a few letters find customers, Enter opens the first one", async () => {
        onRpc(MODEL, "find_customers", ({args}) => {
            expect.step(args.join());
            return found;
        });
        onRpc("res.partner", "action_open_crm_dashboard", ({args}) => {
            expect.step(`open ${args}`);
            return {type: "ir.actions.client", tag: "crm_dashboards.dashboard"};
        });
        mockService("action", {
            doAction: ({tag}) => expect.step(tag),
        });
        await mountDashboard();
        await contains(".o_crm_dashboards_search input").edit("azu", {confirm: false});
        await runAllTimers();
        expect(queryAllTexts("[role=option]")).toEqual([
            "Azure InteriorLeeds",
            "Azurra",
            "Figures of all customers with “azu”",
        ]);
        // its list is one, and belongs to the field
        const list = queryOne(".o_crm_dashboards_search [role=listbox]");
        expect(".o_crm_dashboards_search input").toHaveAttribute(
            "aria-controls",
            list.id
        );
        await press("ArrowDown");
        await animationFrame();
        await press("Enter");
        await animationFrame();
        expect(".o_crm_dashboards_search input").toHaveValue("");
        expect.verifySteps([
            "account_manager,azu",
            "open 6",
            "crm_dashboards.dashboard",
        ]);
    });

    test("the figures of those found, until all are asked for again", async () => {
        onRpc(MODEL, "find_customers", () => found);
        stepOnSave();
        await mountDashboard({
            getTiles: (codes, {search}) => {
                expect.step(`tiles of ${search}`);
                return {orders: readyTile(search ? 1 : 2)};
            },
        });
        const filter = ".o_crm_dashboards_search_filter";
        expect(filter).toHaveCount(0);
        await contains(".o_crm_dashboards_search input").edit("azu", {confirm: false});
        await runAllTimers();
        await contains(".o_crm_dashboards_search_all").click();
        expect(tileText("orders")).toHaveText("1");
        expect(filter).toHaveText("azu");
        expect(filter).toHaveAttribute(
            "aria-label",
            "Only customers with “azu”: show all again"
        );
        expect(".o_crm_dashboards_search input").toHaveValue("");
        await contains(filter).click();
        expect(filter).toHaveCount(0);
        expect(tileText("orders")).toHaveText("2");
        expect(".o_crm_dashboards_search input").toBeFocused();
        // nothing of it is saved
        expect.verifySteps(["tiles of undefined", "tiles of azu", "tiles of "]);
    });

    test("nobody is found", async () => {
        onRpc(MODEL, "find_customers", () => []);
        await mountDashboard();
        await contains(".o_crm_dashboards_search input").edit("xyz", {confirm: false});
        await runAllTimers();
        expect(".o-autocomplete--dropdown-menu").toHaveText("No customer found.");
        await press("Enter");
        await animationFrame();
        expect(".o_crm_dashboards_search input").toHaveValue("xyz");
    });

    test("a slash leads to the field, but is written in one", async () => {
        await mountDashboard();
        await press("/");
        expect(".o_crm_dashboards_search input").toBeFocused();
        expect(".o_crm_dashboards_search input").toHaveValue("");
        await press("/");
        expect(".o_crm_dashboards_search input").toHaveValue("/");
    });

    test("its name is told", async () => {
        await mountDashboard();
        expect(".o_crm_dashboards_search").toHaveAttribute("role", "search");
        expect("label[for=o_crm_dashboards_search_input]").toHaveText(
            "Find a customer"
        );
    });
});

test("See More and drill open the report that the server names", async () => {
    const action = {type: "ir.actions.act_window", res_model: "sale.order"};
    onRpc(MODEL, "open_report", ({args}) => {
        expect.step(JSON.stringify(args));
        return action;
    });
    mockService("action", {
        doAction: (opened) => expect.step(`open ${opened.res_model}`),
    });
    await mountDashboard();
    const scope = JSON.stringify(HEADER.scope);
    await contains("[data-tile=orders] .o_crm_dashboards_see_more").click();
    await contains("[data-tile=orders] .o_crm_dashboards_figure button").click();
    expect.verifySteps([
        `["orders",${scope},false]`,
        "open sale.order",
        `["orders",${scope},"month"]`,
        "open sale.order",
    ]);
    expect("[data-tile=rfm] .o_crm_dashboards_see_more").toHaveCount(0);
});

test("the help of a report comes as HTML", async () => {
    onRpc(MODEL, "open_report", () => ({
        type: "ir.actions.act_window",
        help: "<p>No orders</p>",
    }));
    mockService("action", {
        doAction: ({help}) => expect.step(typeof help),
    });
    await mountDashboard();
    await contains("[data-tile=orders] .o_crm_dashboards_see_more").click();
    expect.verifySteps(["object"]);
});

test("Refresh asks for everything anew, Excel for the workbook", async () => {
    onRpc(MODEL, "export_dashboard", () => {
        expect.step("export_dashboard");
        return {type: "ir.actions.report"};
    });
    mockService("action", {doAction: ({type}) => expect.step(`do ${type}`)});
    await mountDashboard({onCall: (method) => expect.step(method)});
    expect.verifySteps(["get_dashboard", "get_tiles"]);
    await contains(".o_crm_dashboards_refresh").click();
    expect.verifySteps(["get_dashboard", "get_written_tiles"]);
    await contains(".o_crm_dashboards_export").click();
    expect.verifySteps(["export_dashboard", "do ir.actions.report"]);
});

test("a row action reloads its tile", async () => {
    onRpc(MODEL, "run_row_action", ({args: [code, key, id]}) => {
        expect.step(`${code} ${key} ${id}`);
        return false;
    });
    const row = {
        id: 4,
        title: "Azure",
        actions: [{key: "snooze", label: "Snooze", icon: "fa-bell"}],
    };
    await mountDashboard({
        onCall: (method, [, codes]) =>
            codes?.length && expect.step(`${method} ${codes}`),
        getTiles: () => ({
            orders: readyTile(1, {blocks: [{type: "rows", rows: [row]}]}),
            rfm: readyTile(1),
        }),
    });
    await click("[data-action=snooze]");
    await animationFrame();
    expect.verifySteps([
        "get_tiles orders,rfm",
        "orders snooze 4",
        "get_written_tiles orders",
    ]);
});

test("a tile is loaded anew once the dialog of a row action is closed", async () => {
    onRpc(MODEL, "run_row_action", () => ({
        type: "ir.actions.act_window",
        res_model: "crm.log.engagement",
    }));
    let closeDialog = null;
    mockService("action", {
        doAction: ({res_model: model}, {onClose}) => {
            expect.step(model);
            closeDialog = onClose;
        },
    });
    const row = {
        id: 4,
        title: "Azure",
        actions: [{key: "log_engagement", label: "Log engagement", icon: "fa-pencil"}],
    };
    await mountDashboard({
        getTiles: (codes) => {
            expect.step(codes.join());
            return {
                orders: readyTile(1, {blocks: [{type: "rows", rows: [row]}]}),
                rfm: readyTile(1),
            };
        },
    });
    await click("[data-action=log_engagement]");
    await animationFrame();
    expect.verifySteps(["orders,rfm", "crm.log.engagement"]);
    closeDialog();
    await animationFrame();
    expect.verifySteps(["orders"]);
});

test("what a dialog did with a row is shown, also when it is taken back", async () => {
    onRpc(MODEL, "run_row_action", ({args: [code, key, id]}) => {
        expect.step(`${code} ${key} ${id}`);
        return {type: "ir.actions.act_window", res_model: "dialog"};
    });
    let closeDialog = null;
    mockService("action", {
        doAction: (_action, {onClose}) => {
            closeDialog = onClose;
        },
    });
    const row = {
        id: 4,
        title: "Azure",
        actions: [{key: "snooze", label: "Snooze", icon: "fa-clock-o"}],
    };
    const next = {...row, id: 5, title: "Gemini"};
    let rows = [row, next];
    await mountDashboard({
        getTiles: (codes) => {
            expect.step(codes.join());
            return {
                orders: readyTile(1, {blocks: [{type: "rows", rows}]}),
                rfm: readyTile(1),
            };
        },
    });
    await click("[data-row='4'] [data-action=snooze]");
    await animationFrame();
    rows = [next];
    closeDialog({isDone: true});
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["orders,rfm", "orders snooze 4", "orders"]);
    expect("[data-row='5'] [data-action=snooze]").toBeFocused();
    rows = [row, next];
    const detail = {isHandled: false};
    getMockEnv().bus.trigger(UNDONE, detail);
    expect(detail.isHandled).toBe(true);
    await animationFrame();
    expect.verifySteps(["orders"]);
    expect("[data-row='4']").toHaveCount(1);
});

test("focus goes on to the next row where the row stays and tells what is planned", async () => {
    onRpc(MODEL, "run_row_action", () => ({
        type: "ir.actions.act_window",
        res_model: "dialog",
    }));
    let closeDialog = null;
    mockService("action", {
        doAction: (_action, {onClose}) => {
            closeDialog = onClose;
        },
    });
    const actions = [{key: "schedule", label: "Schedule", icon: "fa-calendar-plus-o"}];
    const rows = [4, 5].map((id) => ({id, title: `Customer ${id}`, actions}));
    await mountDashboard({
        getTiles: () => ({
            orders: readyTile(1, {blocks: [{type: "rows", rows: [...rows]}]}),
            rfm: readyTile(1),
        }),
    });
    await click("[data-row='4'] [data-action=schedule]");
    await animationFrame();
    closeDialog();
    await animationFrame();
    expect("[data-row='5'] [data-action=schedule]").not.toBeFocused();
    await click("[data-row='4'] [data-action=schedule]");
    await animationFrame();
    rows[0] = {...rows[0], status: "Call planned for Fri"};
    closeDialog({isDone: true});
    await animationFrame();
    await animationFrame();
    expect("[data-row='4'] .o_crm_dashboards_row_status").toHaveText(
        "Call planned for Fri"
    );
    expect("[data-row='5'] [data-action=schedule]").toBeFocused();
});

test("the customer of a row is opened among those of the other rows", async () => {
    onRpc(MODEL, "open_report", ({args: [, , {value}]}) => ({
        type: "ir.actions.act_window",
        res_model: value === 4 ? "res.partner" : "sale.order",
        res_id: 40,
    }));
    mockService("action", {
        doAction: (_action, {props}) => expect.step(props),
    });
    const rows = [
        {id: 4, title: "Azure", customer_id: 40, drill: {key: "customer", value: 4}},
        {id: 5, title: "Gemini", customer_id: 50, drill: {key: "order", value: 5}},
        {id: 6, title: "Azure again", customer_id: 40},
        {id: 7, title: "Nobody", customer_id: false},
    ];
    await mountDashboard({
        getTiles: () => ({
            orders: readyTile(1, {blocks: [{type: "rows", rows}]}),
            rfm: readyTile(1),
        }),
    });
    await click("[data-row='4'] .o_crm_dashboards_row_title");
    await animationFrame();
    await click("[data-row='5'] .o_crm_dashboards_row_title");
    await animationFrame();
    expect.verifySteps([{resIds: [40, 50]}, {}]);
});

/** A page that can be left and opened again. */
class Pages extends Component {
    static components = {Dashboard};
    static props = {page: Object};
    static template = xml`<Dashboard t-if="state.page" t-props="state.page"/>`;

    setup() {
        this.state = useState({page: this.props.page});
    }
}

async function leaveAndOpen(dashboard, props) {
    let answer = {orders: readyTile(1), rfm: readyTile(2)};
    answerDashboard({getTiles: () => answer});
    const page = {action: {}, dashboard};
    const env = await makeMockEnv({config: getDefaultConfig()});
    const {state} = await mountWithCleanup(Pages, {env, props: {page}});
    await animationFrame();
    state.page = null;
    await animationFrame();
    expect("[data-tile]").toHaveCount(0);
    answer = new Deferred();
    state.page = {...page, ...props};
    await animationFrame();
    return {resolve: (tiles) => answer.resolve(tiles)};
}

test("who comes back finds what was there, and then what is new", async () => {
    const answer = await leaveAndOpen("one", {state: {}});
    expect(tileText("orders")).toHaveText("1");
    await animationFrame();
    expect("[data-tile=orders]").toHaveAttribute("aria-busy", "true");
    answer.resolve({orders: readyTile(5), rfm: readyTile(6)});
    await animationFrame();
    expect(tileText("orders")).toHaveText("5");
});

test("who opens a dashboard anew finds nothing of what was there", async () => {
    await leaveAndOpen("two", {});
    expect("[data-state=loading]").toHaveCount(2);
});

test("without any order, one invitation takes the place of the tiles", async () => {
    mockService("action", {doAction: (action) => expect.step(action)});
    onRpc(MODEL, "get_tiles", () => expect.step("get_tiles"));
    await mountDashboard({
        header: {
            ...HEADER,
            empty: {
                title: "No orders yet",
                message: "Confirm a quotation.",
                action_label: "Create a quotation",
                action: "sale.action_quotations",
            },
        },
    });
    expect("[data-tile]").toHaveCount(0);
    expect(".o_nocontent_help").toHaveText(/No orders yet/);
    await contains(".o_nocontent_help button").click();
    expect.verifySteps(["sale.action_quotations"]);
});

test.tags("mobile");
test("on a phone tiles take the whole width and buttons keep their names", async () => {
    await mountDashboard();
    const [orders, rfm] = document.querySelectorAll("[data-tile]");
    expect(orders.offsetWidth).toBe(rfm.offsetWidth);
    expect(rfm.offsetTop).toBeGreaterThan(orders.offsetTop);
    expect(".o_crm_dashboards_refresh").toHaveAttribute("aria-label", "Refresh");
    expect(document.querySelector(".o_content").scrollWidth).toBeLessThan(
        window.innerWidth + 1
    );
});
