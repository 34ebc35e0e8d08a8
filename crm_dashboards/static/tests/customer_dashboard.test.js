/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {describe, expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, Deferred, runAllTimers} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    makeMockEnv,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";

import {assets} from "@web/core/assets";
import {user} from "@web/core/user";
import {getDefaultConfig} from "@web/views/view";

import {DashboardLoader} from "@crm_dashboards/loader/dashboard_loader.esm";

import {
    answerDashboard,
    CUSTOMER_HEADER,
    emptyTile,
    MODEL,
    mountCustomerDashboard,
    mountDashboard,
    readyTile,
    tileText,
} from "./dashboard_test_helpers.esm";

defineMailModels();

/** @returns {Object} the header with changes to what it says of the customer */
const headerOf = (customer) => ({
    ...CUSTOMER_HEADER,
    customer: {...CUSTOMER_HEADER.customer, ...customer},
});

test("every call is about the customer of the address", async () => {
    await mountCustomerDashboard({
        onCall: (method, args) => expect.step(`${method} ${JSON.stringify(args)}`),
    });
    expect.verifySteps([
        'get_dashboard ["customer",{"customer_id":5}]',
        'get_tiles ["customer",["trend","months","due"],' +
            '{"account_manager":"me","all_sales":false,"tabs":{},"customer_id":5}]',
    ]);
});

test("title, badge, notice for a contact, no scope to choose", async () => {
    await mountCustomerDashboard({
        header: headerOf({notice: "Brandon belongs to Azure Interior."}),
    });
    expect(".o_breadcrumb .active").toHaveText("Azure Interior");
    expect(".o_control_panel .o_crm_dashboards_badge").toHaveText("Don't Lose Them");
    expect(".o_crm_dashboards_badge").toHaveCount(1);
    expect(".o_crm_dashboards_notice").toHaveText("Brandon belongs to Azure Interior.");
    expect(".o_crm_dashboards_scope").toHaveCount(0);
    expect(".o_crm_dashboards_all_sales").toHaveCount(0);
});

test("a prospect has no badge, a company no notice", async () => {
    await mountCustomerDashboard({header: headerOf({badge: false})});
    expect(".o_crm_dashboards_badge").toHaveCount(0);
    expect(".o_crm_dashboards_notice").toHaveCount(0);
});

describe("pager", () => {
    const context = {active_id: 9, active_ids: [7, 5, 9]};
    const TO_THE_NEXT = [
        4,
        {additionalContext: context, stackPosition: "replaceCurrentAction"},
    ];

    test("it goes on to the next customer of the list", async () => {
        mockService("action", {
            doAction: (action, options) => expect.step([action, options]),
        });
        await mountCustomerDashboard({}, {action: {id: 4}, resIds: context.active_ids});
        await contains(".o_pager_next").click();
        expect.verifySteps([TO_THE_NEXT]);
    });

    // Odoo's pager has arrows alone on a phone.
    test.tags("desktop");
    test("it tells the place in the list", async () => {
        await mountCustomerDashboard({}, {action: {id: 4}, resIds: context.active_ids});
        expect(".o_pager_counter").toHaveText("2 / 3");
    });

    test("the list is that of the form from which the page was opened", async () => {
        answerDashboard({header: CUSTOMER_HEADER});
        // The tests hold the bundle already.
        patchWithCleanup(assets, {loadBundle: () => Promise.resolve()});
        mockService("action", {
            currentController: {props: {resIds: context.active_ids}},
            doAction: (action, options) => expect.step([action, options]),
        });
        const params = {dashboard: "customer", is_of_customer: true};
        const ofOne = {active_id: 5, active_ids: [5]};
        await mountWithCleanup(DashboardLoader, {
            env: await makeMockEnv({config: getDefaultConfig()}),
            props: {action: {id: 4, params, context: ofOne}, resId: 5},
        });
        await animationFrame();
        await contains(".o_pager_next").click();
        expect.verifySteps([TO_THE_NEXT]);
    });

    test("whoever comes without a list has none", async () => {
        await mountCustomerDashboard({}, {resIds: [5]});
        expect(".o_pager").toHaveCount(0);
    });
});

test("without a customer the page sends to the customers", async () => {
    mockService("action", {doAction: (action) => expect.step(action)});
    await mountDashboard(
        {onCall: (method) => expect.step(method)},
        {
            dashboard: "customer",
            isOfCustomer: true,
        }
    );
    await contains(".o_nocontent_help button").click();
    expect.verifySteps(["contacts.action_contacts"]);
});

test("a customer out of reach leaves a message and nothing else", async () => {
    await mountCustomerDashboard({
        header: () => {
            throw makeServerError({message: "Not your customer."});
        },
        onCall: (method) => expect.step(method),
    });
    expect("[role=alert]").toHaveText(/Not your customer\./);
    expect("[data-tile]").toHaveCount(0);
    expect(".o_dialog").toHaveCount(0);
    await contains(".o_crm_dashboards_retry").click();
    expect.verifySteps(["get_dashboard", "get_dashboard"]);
});

describe("tiles that are not drawn", () => {
    const answers = {
        header: {
            ...CUSTOMER_HEADER,
            tiles: [
                ...CUSTOMER_HEADER.tiles,
                {code: "problems", name: "Problems", size: 4, see_more: true},
            ],
            hidden_tiles: [{code: "brands", name: "Quotes by Brand"}],
        },
        getTiles: () => ({
            trend: readyTile(1),
            months: emptyTile("No order in 24 months.", {title: "24 Months"}),
            problems: emptyTile("No open ticket.", {
                tabs: [
                    {key: "open", label: "Open", count: 0, active: true},
                    {key: "closed", label: "Closed", count: 4, active: false},
                ],
            }),
        }),
    };

    test("empty ones leave no frame, unless another tab may have something", async () => {
        await mountCustomerDashboard(answers);
        expect("[data-tile]").toHaveCount(2);
        expect("[data-tile=trend]").toHaveCount(1);
        expect("[data-tile=problems] [data-tab=closed]").toHaveCount(1);
    });

    test("the foot tells why, once it is asked", async () => {
        await mountCustomerDashboard(answers);
        const button = ".o_crm_dashboards_missing button";
        expect(button).toHaveText("Why don't I see …?");
        expect(button).toHaveAttribute("aria-expanded", "false");
        expect("[data-missing]").toHaveCount(0);
        await contains(button).click();
        expect(button).toHaveAttribute("aria-expanded", "true");
        expect(
            queryAllTexts("[data-missing]").map((text) => text.replace(/\s+/g, " "))
        ).toEqual([
            "24 Months No order in 24 months.",
            "Due Amount You have no access to these records.",
            "Quotes by Brand You have hidden this tile.",
        ]);
        await contains(button).click();
        expect("[data-missing]").toHaveCount(0);
    });

    test("no foot where nothing is missing", async () => {
        await mountCustomerDashboard();
        expect("[data-tile]").toHaveCount(3);
        expect(".o_crm_dashboards_missing").toHaveCount(0);
    });

    test("no foot while the tiles are on their way", async () => {
        const answer = new Deferred();
        await mountCustomerDashboard({getTiles: () => answer});
        expect(".o_crm_dashboards_skeleton").toHaveCount(3);
        expect(".o_crm_dashboards_missing").toHaveCount(0);
        answer.resolve({});
        await animationFrame();
        expect("[data-tile]").toHaveCount(0);
        expect(".o_crm_dashboards_missing").toHaveCount(1);
    });
});

describe("header", () => {
    test.tags("desktop");
    test("a link calls, a button runs its action and shows what has changed", async () => {
        onRpc(MODEL, "run_customer_action", ({args}) => {
            expect.step(`run ${JSON.stringify(args)}`);
            return {type: "ir.actions.act_window", target: "new"};
        });
        mockService("action", {
            doAction: ({target}, {onClose}) => {
                expect.step(`open ${target}`);
                return onClose();
            },
        });
        await mountCustomerDashboard({
            getTiles: (codes) => {
                expect.step(codes.join());
                return {trend: readyTile(1)};
            },
        });
        expect(".o_crm_dashboards_reach[data-action=call]").toHaveAttribute(
            "href",
            "tel:+3222903490"
        );
        await contains(".o_crm_dashboards_actions [data-action=new_quotation]").click();
        await animationFrame();
        expect.verifySteps([
            "trend,months,due",
            'run [5,"new_quotation"]',
            "open new",
            "trend,months,due",
        ]);
    });

    test("Refresh works the stored figures out first, and says what became of it", async () => {
        mockService("notification", {
            add: (message, {type}) => expect.step(`${type}: ${message}`),
        });
        onRpc(MODEL, "refresh_customer", ({args}) => {
            expect.step(`refresh ${args}`);
            return {stored: false, message: "The nightly job is at work."};
        });
        await mountCustomerDashboard({onCall: (method) => expect.step(method)});
        expect.verifySteps(["get_dashboard", "get_tiles"]);
        await contains(".o_crm_dashboards_refresh").click();
        await animationFrame();
        expect.verifySteps([
            "refresh 5",
            "info: The nightly job is at work.",
            "get_dashboard",
            "get_written_tiles",
        ]);
        expect(".o_crm_dashboards_refresh").toBeEnabled();
    });

    test("Show all sales adds the other companies and names whose sales they are", async () => {
        onRpc(MODEL, "save_preference", () => true);
        await mountCustomerDashboard({
            header: {
                ...CUSTOMER_HEADER,
                toggle: {label: "Show all sales", active: false, hint: "A and B."},
            },
            getTiles: (codes, scope) => {
                expect.step(`${scope.customer_id} ${scope.all_sales}`);
                return {trend: readyTile(scope.all_sales ? 20 : 10)};
            },
        });
        expect(tileText("trend")).toHaveText("10");
        expect(".o_crm_dashboards_sales_hint").toHaveCount(0);
        await contains(".o_crm_dashboards_all_sales").click();
        await animationFrame();
        expect(tileText("trend")).toHaveText("20");
        expect(".o_crm_dashboards_all_sales").toHaveAttribute("aria-pressed", "true");
        expect(".o_crm_dashboards_sales_hint").toHaveText("A and B.");
        expect.verifySteps(["5 false", "5 true"]);
    });

    test("what is opened reads the companies that its figures come from", async () => {
        serverState.companies = [
            {id: 1, name: "A"},
            {id: 2, name: "B"},
            {id: 3, name: "C"},
        ];
        let context = {allowed_company_ids: [1, 3]};
        onRpc(MODEL, "open_report", () => ({type: "ir.actions.act_window", context}));
        mockService("action", {
            doAction: () => expect.step(`${user.context.allowed_company_ids}`),
        });
        await mountCustomerDashboard();
        await contains("[data-tile=trend] .o_crm_dashboards_see_more").click();
        expect.verifySteps(["1,3"]);
        context = "{}";
        await contains("[data-tile=trend] .o_crm_dashboards_see_more").click();
        expect.verifySteps(["1,3"]);
    });

    test("Brief and Excel are of this customer", async () => {
        onRpc(MODEL, "print_brief", ({args}) => {
            expect.step(`print_brief ${JSON.stringify(args)}`);
            return {type: "ir.actions.report"};
        });
        onRpc(MODEL, "export_dashboard", ({args: [dashboard, scope]}) => {
            expect.step(`export ${dashboard} ${scope.customer_id}`);
            return {type: "ir.actions.report"};
        });
        mockService("action", {doAction: ({type}) => expect.step(`do ${type}`)});
        await mountCustomerDashboard();
        await contains(".o_crm_dashboards_brief").click();
        await contains(".o_crm_dashboards_export").click();
        expect.verifySteps([
            "print_brief [5]",
            "do ir.actions.report",
            "export customer 5",
            "do ir.actions.report",
        ]);
    });

    test.tags("mobile");
    test("on a phone the actions are in a menu", async () => {
        onRpc(MODEL, "run_customer_action", ({args}) => {
            expect.step(`run ${JSON.stringify(args)}`);
            return false;
        });
        await mountCustomerDashboard();
        expect(".o_crm_dashboards_actions").not.toBeVisible();
        expect(".o_crm_dashboards_reach").toHaveText("Call +32 2 290 34 90");
        await contains(".o_crm_dashboards_actions_menu").click();
        await runAllTimers();
        expect(queryAllTexts(".o-dropdown-item")).toEqual(["New quotation"]);
        await contains(".o-dropdown-item:contains(New quotation)").click();
        expect.verifySteps(['run [5,"new_quotation"]']);
        const [content] = queryAll(".o_content");
        expect(content.scrollWidth).toBeLessThan(window.innerWidth + 1);
    });
});
