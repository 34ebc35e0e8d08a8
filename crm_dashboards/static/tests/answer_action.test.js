/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect, test} from "@odoo/hoot";
import {click} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    makeMockEnv,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";

import {MainComponentsContainer} from "@web/core/main_components_container";

import {answer, UNDONE} from "@crm_dashboards/loader/answer_action.esm";

defineMailModels();

const UNDO = {model: "crm.call.wizard", method: "action_undo", ids: [7]};

async function tell(params) {
    mockService("action", {doAction: (action) => expect.step(action)});
    const env = await makeMockEnv();
    await mountWithCleanup(MainComponentsContainer, {env});
    const close = answer(env, {params});
    await animationFrame();
    return {env, close};
}

test("what was done is told and closes the dialog", async () => {
    const {close} = await tell({message: "Azure is snoozed.", undo: false});
    expect(".o_notification").toHaveText(/Azure is snoozed\./);
    expect(".o_notification button:contains(Undo)").toHaveCount(0);
    expect(close).toEqual({type: "ir.actions.act_window_close", infos: {isDone: true}});
});

test("undo takes it back, and loads what is behind anew", async () => {
    onRpc("crm.call.wizard", "action_undo", ({args}) => {
        expect.step(`undo ${JSON.stringify(args)}`);
        return false;
    });
    const {env} = await tell({message: "Azure is snoozed.", undo: UNDO});
    await click(".o_notification button:contains(Undo)");
    await animationFrame();
    expect(".o_notification").toHaveCount(0);
    expect.verifySteps(["undo [[7]]", "soft_reload"]);
    expect(env.services.action).not.toBe(undefined);
});

test("a dashboard loads its own tiles anew, and nothing else is", async () => {
    onRpc("crm.call.wizard", "action_undo", () => false);
    const {env} = await tell({message: "Azure is snoozed.", undo: UNDO});
    env.bus.addEventListener(UNDONE, ({detail}) => {
        detail.isHandled = true;
        expect.step("tiles");
    });
    await click(".o_notification button:contains(Undo)");
    await animationFrame();
    expect.verifySteps(["tiles"]);
});
