/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {mockDate} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {defineModels, fields, models, mountView} from "@web/../tests/web_test_helpers";

class Dialog extends models.Model {
    _name = "call.dialog";
    choice = fields.Selection({
        selection: [
            ["tomorrow", "Tomorrow"],
            ["week", "In a week"],
            ["expected", "When the next order is expected"],
            ["day", "On another day"],
        ],
    });
    expected_date = fields.Date();

    _records = [
        {id: 1, choice: "tomorrow", expected_date: "2026-12-26"},
        {id: 2, choice: "day", expected_date: false},
    ];
}

defineMailModels();
defineModels([Dialog]);

async function mountChoice(resId) {
    mockDate("2026-11-24 10:00:00", +1);
    await mountView({
        type: "form",
        resModel: "call.dialog",
        resId,
        arch: `<form><field name="choice" widget="crm_day_choice"/></form>`,
    });
    return queryAllTexts(".o_radio_item");
}

test("each choice tells its day", async () => {
    expect(await mountChoice(1)).toEqual([
        "Tomorrow · Wed, 11/25/2026",
        "In a week · Tue, 12/01/2026",
        "When the next order is expected · Sat, 12/26/2026",
        "On another day",
    ]);
});

test("without a next order, that is no choice", async () => {
    expect(await mountChoice(2)).toEqual([
        "Tomorrow · Wed, 11/25/2026",
        "In a week · Tue, 12/01/2026",
        "On another day",
    ]);
});
