/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {describe, expect, test} from "@odoo/hoot";
import {click, hover, leave, press, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, mockTouch} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";

import {SegmentBadge} from "@crm_dashboards/badge/segment_badge.esm";

import {count} from "./block_test_helpers.esm";

const SEGMENTS = [
    ["champions", "Champions"],
    ["dont_lose_them", "Don't Lose Them"],
];

class Metric extends models.Model {
    _name = "crm.customer.metric";

    segment = fields.Selection({selection: SEGMENTS});

    _records = [{id: 11, segment: "dont_lose_them"}];
}

class Customer extends models.Model {
    _name = "crm.test.customer";

    name = fields.Char();
    crm_metric_id = fields.Many2one({relation: "crm.customer.metric"});
    crm_rfm_segment = fields.Selection({selection: SEGMENTS});

    _records = [
        {id: 1, name: "Azure", crm_metric_id: 11, crm_rfm_segment: "dont_lose_them"},
        {id: 2, name: "Vendor"},
    ];
}

defineMailModels();
defineModels([Customer, Metric]);

const EXPLANATION = {
    title: "Don't Lose Them",
    lines: [
        {
            label: "Days since last order",
            cell: {value: 31, unit: "days"},
            percentile_rank: 0.18,
        },
        {label: "Orders", cell: count(43), percentile_rank: false},
    ],
    move: "One more order would make it Champions.",
};

function explain() {
    onRpc("crm.dashboard.tile", "get_rfm_explanation", ({args: [metricId]}) => {
        expect.step(`explain ${metricId}`);
        return EXPLANATION;
    });
}

const BADGE = {
    segment: "dont_lose_them",
    short: "DLT",
    label: "Don't Lose Them",
    metricId: 11,
};

describe("badge", () => {
    test.tags("desktop");
    test("hovering long enough tells why, leaving closes it", async () => {
        explain();
        await mountWithCleanup(SegmentBadge, {props: BADGE});
        expect(".o_crm_dashboards_badge").toHaveText("DLT");
        await hover(".o_crm_dashboards_badge");
        await advanceTime(400);
        await animationFrame();
        expect.verifySteps(["explain 11"]);
        expect(queryAllTexts(".o_crm_dashboards_explanation td")).toEqual([
            "Days since last order",
            "31 days",
            "better than 18% of customers",
            "Orders",
            "43",
            "",
        ]);
        expect(".o_crm_dashboards_explanation p").toHaveText(EXPLANATION.move);
        await leave();
        await animationFrame();
        expect(".o_crm_dashboards_explanation").toHaveCount(0);
    });

    test.tags("desktop");
    test("passing over it asks nothing", async () => {
        explain();
        await mountWithCleanup(SegmentBadge, {props: BADGE});
        await hover(".o_crm_dashboards_badge");
        await leave();
        await advanceTime(1000);
        expect.verifySteps([]);
    });

    test("keyboard focus tells why as well", async () => {
        explain();
        await mountWithCleanup(SegmentBadge, {props: BADGE});
        await press("Tab");
        expect(".o_crm_dashboards_badge").toBeFocused();
        await advanceTime(400);
        await animationFrame();
        expect.verifySteps(["explain 11"]);
        expect(".o_crm_dashboards_explanation").toHaveCount(1);
    });

    test("a finger opens it by a tap", async () => {
        explain();
        mockTouch(true);
        await mountWithCleanup(SegmentBadge, {props: BADGE});
        await click(".o_crm_dashboards_badge");
        await animationFrame();
        expect(".o_crm_dashboards_explanation").toHaveCount(1);
        expect.verifySteps(["explain 11"]);
    });

    test.tags("desktop");
    test("without a metric it only names the segment", async () => {
        explain();
        await mountWithCleanup(SegmentBadge, {props: {...BADGE, metricId: false}});
        await hover(".o_crm_dashboards_badge");
        await advanceTime(400);
        await animationFrame();
        expect(".o_crm_dashboards_explanation").toHaveText("Don't Lose Them");
        expect.verifySteps([]);
    });
});

describe("field", () => {
    test.tags("desktop");
    test("of a customer leads to the customer's metric", async () => {
        explain();
        await mountView({
            type: "list",
            resModel: "crm.test.customer",
            arch: `<list>
                <field name="name"/>
                <field name="crm_rfm_segment" widget="crm_rfm_badge"/>
            </list>`,
        });
        expect(queryAllTexts(".o_data_row td[name=crm_rfm_segment]")).toEqual([
            "DLT",
            "",
        ]);
        expect(".o_crm_dashboards_badge").toHaveAttribute(
            "aria-label",
            "Don't Lose Them"
        );
        await hover(".o_crm_dashboards_badge");
        await advanceTime(400);
        await animationFrame();
        expect.verifySteps(["explain 11"]);
    });

    test.tags("desktop");
    test("of a metric is about the metric itself", async () => {
        explain();
        await mountView({
            type: "kanban",
            resModel: "crm.customer.metric",
            arch: `<kanban><templates><t t-name="card">
                <field name="segment" widget="crm_rfm_badge"/>
            </t></templates></kanban>`,
        });
        await hover(".o_crm_dashboards_badge");
        await advanceTime(400);
        await animationFrame();
        expect.verifySteps(["explain 11"]);
    });
});
