/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect, test} from "@odoo/hoot";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    makeServerError,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";

import {Component, useState, xml} from "@odoo/owl";

import {WrittenSummary} from "@crm_dashboards_ai/written_summary/written_summary.esm";

defineMailModels();

const RULES = {
    type: "written_summary",
    text: "Steady.",
    tone: "muted",
    code: "customer_sales_trend",
    customer_id: 7,
    source_label: "By rules",
};
const WRITTEN = {
    text: "Steady <b>as</b> ever.",
    source_label: "Written by small-model",
    generated: true,
};

/**
 * @param {Object} block
 * @param {(customerId: number) => any} [writeSummary] the server's answer
 * @returns {Promise<Object>} with the block, which may be replaced
 */
async function mountText(block, writeSummary) {
    onRpc("crm.dashboard.tile", "write_summary", ({args: [code, customerId]}) => {
        expect(code).toBe(RULES.code);
        expect.step(`ask for ${customerId}`);
        return writeSummary(customerId);
    });
    let shown = null;
    class Parent extends Component {
        static components = {WrittenSummary};
        static template = xml`<WrittenSummary block="state.block" onDrill="() => {}"/>`;
        static props = {};

        setup() {
            this.state = shown = useState({block});
        }
    }
    await mountWithCleanup(Parent);
    return shown;
}

test("the rules' words stay until the model has written", async () => {
    const answer = new Deferred();
    await mountText(RULES, () => answer);
    expect.verifySteps(["ask for 7"]);
    expect(".o_crm_dashboards_text").toHaveText("Steady.");
    expect(".o_crm_dashboards_summary_source").toHaveText("By rules");
    answer.resolve(WRITTEN);
    await animationFrame();
    // as text, whatever it looks like
    expect(".o_crm_dashboards_text").toHaveText("Steady <b>as</b> ever.");
    expect(".o_crm_dashboards_text b").toHaveCount(0);
    expect(".o_crm_dashboards_summary_source").toHaveText("Written by small-model");
});

test("the rules' words stay where no model writes", async () => {
    await mountText(RULES, () => ({
        text: false,
        source_label: false,
        generated: false,
    }));
    await animationFrame();
    expect(".o_crm_dashboards_text").toHaveText("Steady.");
    expect(".o_crm_dashboards_summary_source").toHaveText("By rules");
    expect.verifySteps(["ask for 7"]);
});

test("the rules' words stay when the call fails", async () => {
    patchWithCleanup(console, {warn: (words) => expect.step(words)});
    await mountText(RULES, () => {
        throw makeServerError({message: "Oh no"});
    });
    await animationFrame();
    expect(".o_crm_dashboards_text").toHaveText("Steady.");
    expect(".o_dialog").toHaveCount(0);
    expect.verifySteps(["ask for 7", "The summary could not be written:"]);
});

test("new figures are written anew, and an older answer comes too late", async () => {
    const [older, newer] = [new Deferred(), new Deferred()];
    const waiting = [older, newer];
    const shown = await mountText(RULES, () => waiting.shift());
    shown.block = {...RULES, text: "Growing."};
    await animationFrame();
    expect(".o_crm_dashboards_text").toHaveText("Growing.");
    older.resolve(WRITTEN);
    await animationFrame();
    expect(".o_crm_dashboards_text").toHaveText("Growing.");
    newer.resolve({...WRITTEN, text: "Growing well."});
    await animationFrame();
    expect(".o_crm_dashboards_text").toHaveText("Growing well.");
    expect.verifySteps(["ask for 7", "ask for 7"]);
});

test("refreshing without news does not flicker", async () => {
    const answers = [WRITTEN, new Deferred()];
    const shown = await mountText(RULES, () => answers.shift());
    await animationFrame();
    shown.block = {...RULES};
    await animationFrame();
    expect(".o_crm_dashboards_text").toHaveText("Steady <b>as</b> ever.");
    expect.verifySteps(["ask for 7", "ask for 7"]);
});
