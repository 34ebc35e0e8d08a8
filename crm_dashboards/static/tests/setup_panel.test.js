/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {contains, mockService, onRpc} from "@web/../tests/web_test_helpers";

import {HEADER, MODEL, mountDashboard} from "./dashboard_test_helpers.esm";

defineMailModels();

const makeStep = (key, values) => ({
    key,
    title: `Title of ${key}`,
    text: `Text of ${key}`,
    state: "done",
    button: "Change",
    method: `action_${key}`,
    is_strong: false,
    progress: false,
    ...values,
});

const RUNNING = {
    steps: [
        makeStep("time_zone"),
        makeStep("managers", {state: "open", button: "Assign…", is_strong: true}),
        makeStep("figures", {state: "running", progress: 0.64, button: false}),
    ],
};
const SETTLED = {steps: [makeStep("managers", {state: "open"}), makeStep("figures")]};

test("steps say what is done, what is to do and how far the figures are", async () => {
    onRpc(MODEL, "get_setup", () => RUNNING);
    await mountDashboard({header: {...HEADER, setup: RUNNING}});
    expect(queryAllTexts(".o_crm_dashboards_setup h3")).toEqual([
        "Title of time_zone",
        "Title of managers",
        "Title of figures",
    ]);
    expect("[data-step=figures] .o_crm_dashboards_bar i").toHaveStyle("width: 64%", {
        inline: true,
    });
    expect("[data-step=managers] button").toHaveClass("btn-primary");
    expect("[data-step=figures] button").toHaveCount(0);
});

test.tags("mobile");
test("on a phone, what is done makes room for the tiles", async () => {
    onRpc(MODEL, "get_setup", () => RUNNING);
    await mountDashboard({header: {...HEADER, setup: RUNNING}});
    expect("[data-step=managers]").toBeVisible();
    expect("[data-step=time_zone]").not.toBeVisible();
});

test("nothing stands above the tiles once all is done", async () => {
    await mountDashboard({header: {...HEADER, setup: false}});
    expect(".o_crm_dashboards_setup, .o_crm_dashboards_setup_line").toHaveCount(0);
});

test("asks until the figures are there, then shows them", async () => {
    let answer = RUNNING;
    onRpc(MODEL, "get_setup", () => {
        expect.step("asked");
        return answer;
    });
    await mountDashboard({
        header: () => ({...HEADER, setup: answer}),
        onCall: (method) => expect.step(method),
    });
    expect.verifySteps(["get_dashboard", "get_tiles"]);
    await advanceTime(2000);
    expect.verifySteps(["asked"]);
    answer = SETTLED;
    await advanceTime(2000);
    await animationFrame();
    expect.verifySteps(["asked", "get_dashboard", "get_written_tiles"]);
    await advanceTime(10000);
    expect.verifySteps([]);
});

test("with figures to work with, a line says what is next, and leads to the rest", async () => {
    await mountDashboard({header: {...HEADER, setup: SETTLED}});
    expect(".o_crm_dashboards_setup").toHaveCount(0);
    expect(".o_crm_dashboards_setup_line > span").toHaveText(
        "Set-up: 1 of 2 steps done"
    );
    expect(".o_crm_dashboards_setup_line p").toHaveText(
        "Title of managers Text of managers"
    );
    await contains(".o_crm_dashboards_setup_whole").click();
    expect(".o_crm_dashboards_setup_line").toHaveCount(0);
    expect(".o_crm_dashboards_setup h3").toHaveCount(2);
});

test("a step opens what is behind it", async () => {
    mockService("action", {
        doAction: (action) => expect.step(action.xml_id),
    });
    onRpc("onboarding.onboarding.step", "action_managers", () => ({xml_id: "wizard"}));
    await mountDashboard({header: {...HEADER, setup: SETTLED}});
    await contains("button[data-step=managers]").click();
    expect.verifySteps(["wizard"]);
});

test("closed it goes", async () => {
    onRpc("onboarding.onboarding", "action_close_panel_crm_dashboards", () => {
        expect.step("closed");
        return true;
    });
    await mountDashboard({header: {...HEADER, setup: SETTLED}});
    await contains(".o_crm_dashboards_setup_close").click();
    expect.verifySteps(["closed"]);
    expect(".o_crm_dashboards_setup_line").toHaveCount(0);
});

test("nobody is asked where to start while there is something to set up", async () => {
    await mountDashboard({header: {...HEADER, setup: SETTLED, offers_start: true}});
    expect(".o_crm_dashboards_start_offer").toHaveCount(0);
});

for (const [label, starts] of [
    ["Open here", true],
    ["No, thanks", false],
]) {
    test(`"${label}" is the answer, and nothing is asked any more`, async () => {
        onRpc(MODEL, "answer_start", ({args}) => {
            expect.step(args);
            return true;
        });
        await mountDashboard({header: {...HEADER, offers_start: true}});
        await contains(
            `.o_crm_dashboards_start_offer button:contains(${label})`
        ).click();
        expect(".o_crm_dashboards_start_offer").toHaveCount(0);
        expect.verifySteps([["account_manager", starts]]);
    });
}
