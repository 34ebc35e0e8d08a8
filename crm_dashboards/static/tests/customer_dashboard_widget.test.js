/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    mockService,
    models,
    mountView,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

import {assets} from "@web/core/assets";

import {
    answerDashboard,
    CUSTOMER_HEADER,
    readyTile,
    tileText,
} from "./dashboard_test_helpers.esm";

class Buyer extends models.Model {
    name = fields.Char();

    _records = [
        {id: 5, name: "Azure Interior"},
        {id: 6, name: "Deco Addict"},
    ];
}

defineMailModels();
defineModels([Buyer]);

const DASHBOARD_PAGE = `
    <page name="dashboard" string="Dashboard">
        <widget name="crm_customer_dashboard"/>
    </page>`;
const STRIP_PAGE = `
    <page name="strip" string="Strip">
        <widget name="crm_customer_strip"/>
    </page>`;
const NOTES_PAGE = `
    <page name="notes" string="Notes">
        <field name="name"/>
    </page>`;

/**
 * @param {string[]} pages of the notebook, the first of which is open
 * @param {Object} [answers] as for `answerDashboard`; its calls become steps
 */
async function mountForm(pages, answers) {
    answerDashboard({
        header: CUSTOMER_HEADER,
        getTiles: (codes, {customer_id}) => ({trend: readyTile(customer_id)}),
        onCall: (method, [, ...args]) =>
            expect.step(`${method} ${args.at(-1).customer_id}`),
        ...answers,
    });
    // The tests hold the bundle already.
    patchWithCleanup(assets, {loadBundle: () => Promise.resolve()});
    await mountView({
        type: "form",
        resModel: "buyer",
        resId: 5,
        resIds: [5, 6],
        arch: `
            <form>
                <sheet><notebook>${pages.join("")}</notebook></sheet>
            </form>`,
    });
    await animationFrame();
}

test("the dashboard of the record, with a bar of its own for a header", async () => {
    await mountForm([DASHBOARD_PAGE, NOTES_PAGE]);
    await animationFrame();
    expect.verifySteps(["get_dashboard 5", "get_tiles 5"]);
    expect(tileText("trend")).toHaveText("5");
    expect(".o_control_panel").toHaveCount(1);
    expect(".o_crm_dashboards_customer_bar .o_crm_dashboards_badge").toHaveText(
        "Don't Lose Them"
    );
    expect(".o_crm_dashboards_customer_bar .o_crm_dashboards_refresh").toHaveCount(1);
});

test("a form opened on another page asks nothing until the dashboard is opened", async () => {
    await mountForm([NOTES_PAGE, DASHBOARD_PAGE]);
    expect("[data-tile]").toHaveCount(0);
    expect.verifySteps([]);
    await contains(".nav-link:contains(Dashboard)").click();
    await animationFrame();
    expect.verifySteps(["get_dashboard 5", "get_tiles 5"]);
    await contains(".nav-link:contains(Notes)").click();
    expect("[data-tile]").toHaveCount(0);
    expect.verifySteps([]);
});

test("the pager brings the dashboard of the next record", async () => {
    await mountForm([DASHBOARD_PAGE]);
    await animationFrame();
    expect(tileText("trend")).toHaveText("5");
    await contains(".o_pager_next").click();
    await animationFrame();
    expect(tileText("trend")).toHaveText("6");
    expect.verifySteps([
        "get_dashboard 5",
        "get_tiles 5",
        "get_dashboard 6",
        "get_tiles 6",
    ]);
});

test("a dashboard that fails leaves the form alone and can be tried again", async () => {
    let isBroken = true;
    await mountForm([DASHBOARD_PAGE, NOTES_PAGE], {
        header: () => {
            if (isBroken) {
                throw makeServerError({message: "Not your customer."});
            }
            return CUSTOMER_HEADER;
        },
        onCall: () => undefined,
    });
    await animationFrame();
    expect("[role=alert]").toHaveText(/Not your customer\./);
    expect(".o_dialog").toHaveCount(0);
    isBroken = false;
    await contains(".o_crm_dashboards_retry").click();
    await animationFrame();
    expect(tileText("trend")).toHaveText("5");
    await contains(".nav-link:contains(Notes)").click();
    expect(".o_field_widget[name=name] input").toHaveValue("Azure Interior");
});

const GLANCE = {
    ...readyTile(""),
    blocks: [
        {
            type: "lead",
            text: "Orders on time.",
            mark: "",
            tone: false,
            evidence: "Every 14 days.",
            step: "Offer Ines the usual order.",
        },
        {
            type: "strip",
            figures: [
                {label: "Next order", cell: {value: "Nov 30", unit: "text"}, note: ""},
            ],
        },
    ],
};

test("the strip shows figures, sentence and next step, and leads on", async () => {
    mockService("action", {
        doAction: (action, {additionalContext}) =>
            expect.step([action, additionalContext]),
    });
    await mountForm([STRIP_PAGE], {
        getTiles: (codes) => ({[codes[0]]: GLANCE}),
    });
    await animationFrame();
    expect.verifySteps(["get_tiles 5"]);
    expect(".o_crm_dashboards_strip_figure").toHaveText("Next order\nNov 30");
    expect(".o_crm_dashboards_lead_text").toHaveText("Orders on time.");
    expect(".o_crm_dashboards_lead_step").toHaveText(/Offer Ines the usual order\./);
    expect(".o_crm_dashboards_lead_evidence").toHaveCount(0);
    await contains(".o_crm_dashboards_see_more").click();
    expect.verifySteps([
        [
            "crm_dashboards.crm_dashboard_action_customer",
            {active_id: 5, active_ids: [5, 6]},
        ],
    ]);
});

test("no strip where the user may not know, or it fails", async () => {
    let answer = () => ({});
    await mountForm([STRIP_PAGE], {getTiles: () => answer(), onCall: () => undefined});
    await animationFrame();
    expect(".o_crm_dashboards_customer_strip").toHaveCount(0);
    answer = () => {
        throw makeServerError({message: "Broken."});
    };
    await contains(".o_pager_next").click();
    await animationFrame();
    expect(".o_crm_dashboards_customer_strip").toHaveCount(0);
    expect(".o_dialog").toHaveCount(0);
});

test("the page below the strip does not say it again", async () => {
    const glance = {...CUSTOMER_HEADER.tiles[0], code: "customer_at_a_glance"};
    await mountForm([DASHBOARD_PAGE], {
        header: {...CUSTOMER_HEADER, tiles: [glance, ...CUSTOMER_HEADER.tiles]},
        getTiles: (codes, {customer_id}) => {
            expect.step(codes.join());
            return {trend: readyTile(customer_id)};
        },
    });
    await animationFrame();
    expect.verifySteps(["get_dashboard 5", "get_tiles 5", "trend,months,due"]);
    expect("[data-tile=customer_at_a_glance]").toHaveCount(0);
    expect(tileText("trend")).toHaveText("5");
});
