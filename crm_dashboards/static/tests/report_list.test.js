/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeMockServer,
    MockServer,
    mockService,
    models,
    mountView,
    onRpc,
    pagerNext,
    patchWithCleanup,
    removeFacet,
} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";

class Order extends models.Model {
    _name = "crm.test.order";

    name = fields.Char();
    state = fields.Char();
    currency_id = fields.Many2one({relation: "res.currency", default: 1});
    crm_base_net_value = fields.Monetary({currency_field: "currency_id"});
    line_count = fields.Integer();
    share = fields.Float({aggregator: "avg"});

    _records = [10, 20, 30, 60].map((value, index) => ({
        id: index + 1,
        name: `S0000${index + 1}`,
        state: value === 60 ? "draft" : "sale",
        currency_id: 1,
        crm_base_net_value: value,
        line_count: index + 1,
    }));
    _views = {
        search: `<search>
            <filter name="confirmed" string="Confirmed" domain="[('state', '=', 'sale')]"/>
            <filter name="by_state" string="Status" context="{'group_by': 'state'}"/>
        </search>`,
    };
}

class Currency extends models.Model {
    _name = "res.currency";

    name = fields.Char();

    _records = [{id: 1, name: "USD"}];
}

class Line extends models.Model {
    _name = "crm.test.line";

    partner_id = fields.Many2one({relation: "res.partner"});
}

defineMailModels();
defineModels([Order, Currency, Line]);

const ARCH = `<list js_class="crm_orders_list" limit="2">
    <field name="name"/>
    <field name="state" optional="hide"/>
    <field name="currency_id" column_invisible="1"/>
    <field name="crm_base_net_value" sum="Total" avg="Average"/>
    <field name="line_count" sum="Total"/>
</list>`;

/** The mock server takes an average for a sum. */
function getTotals({domain}) {
    const orders = MockServer.env["crm.test.order"].search_read(domain);
    const sum = (name) => orders.reduce((total, order) => total + order[name], 0);
    return [
        {
            "crm_base_net_value:sum": sum("crm_base_net_value"),
            "crm_base_net_value:avg":
                orders.length && sum("crm_base_net_value") / orders.length,
            "line_count:sum": sum("line_count"),
        },
    ];
}

const footTexts = (aggregate) =>
    queryAllTexts(`.o_crm_dashboards_foot_${aggregate} > *`).filter(Boolean);

async function mountReport({getAnswer = getTotals, ...parameters} = {}) {
    onRpc("crm.test.order", "formatted_read_group", ({kwargs}) => getAnswer(kwargs));
    await mountView({
        type: "list",
        resModel: "crm.test.order",
        arch: ARCH,
        searchViewId: false,
        ...parameters,
    });
    await animationFrame();
}

test("a button of a row that is an icon only has a name", async () => {
    await mountReport({
        arch: `<list js_class="crm_orders_list">
            <field name="name"/>
            <button name="call" type="object" icon="fa-phone" title="Call"/>
            <button name="open" type="object" string="Open"/>
        </list>`,
    });
    expect(".o_data_row:first button[name=call]").toHaveAttribute("aria-label", "Call");
    expect(".o_data_row:first button[name=open]").not.toHaveAttribute("aria-label");
});

test("total and average are those of all pages", async () => {
    await mountReport();
    expect(".o_data_row").toHaveCount(2);
    expect(footTexts("sum")).toEqual(["Total", "$ 120.00", "10"]);
    expect(footTexts("avg")).toEqual(["Average", "$ 30.00"]);
    await pagerNext();
    expect(footTexts("sum")).toEqual(["Total", "$ 120.00", "10"]);
});

test("a total of millions is not cut off", async () => {
    await mountReport({
        getAnswer: () => [
            {
                "crm_base_net_value:sum": 13909629.35,
                "crm_base_net_value:avg": 1348.61,
                "line_count:sum": 10,
            },
        ],
    });
    const cells = [...queryAll(".o_crm_dashboards_foot_sum > td")];
    expect(cells[0]).toHaveText("$ 13,909,629.35");
    const isWhole = ({scrollWidth, clientWidth}) => scrollWidth <= clientWidth;
    expect(cells.every(isWhole)).toBe(true);
});

test("they follow the filters and stay when grouped", async () => {
    await mountReport({
        context: {search_default_confirmed: 1, search_default_by_state: 1},
    });
    expect(".o_group_header").toHaveCount(1);
    expect(footTexts("sum")).toEqual(["Total", "$ 60.00", "6"]);
    expect(footTexts("avg")).toEqual(["Average", "$ 20.00"]);
    await removeFacet("Confirmed");
    await animationFrame();
    expect(footTexts("avg")).toEqual(["Average", "$ 30.00"]);
});

test("a group without a share shows none, which is not one of 0%", async () => {
    onRpc("crm.test.order", "web_read_group", ({parent}) => {
        const answer = parent();
        const [first, second] = answer.groups;
        first["share:avg"] = false;
        second["share:avg"] = 0;
        return answer;
    });
    await mountReport({
        arch: `<list js_class="crm_orders_list">
            <field name="name"/>
            <field name="share" widget="percentage"/>
        </list>`,
        context: {search_default_by_state: 1},
    });
    const shares = queryAllTexts(".o_group_header .o_list_number");
    expect(shares).toEqual(["", "0%"]);
});

test("the list does not wait for its totals, and a late total does not stay", async () => {
    const late = new Deferred();
    let calls = 0;
    await mountReport({
        context: {search_default_confirmed: 1},
        async getAnswer(kwargs) {
            calls++;
            if (calls === 1) {
                await late;
            }
            return getTotals(kwargs);
        },
    });
    expect(".o_data_row").toHaveCount(2);
    expect(footTexts("sum")).toEqual(["Total"]);
    await removeFacet("Confirmed");
    await animationFrame();
    expect(footTexts("sum")).toEqual(["Total", "$ 120.00", "10"]);
    late.resolve();
    await animationFrame();
    expect(footTexts("sum")).toEqual(["Total", "$ 120.00", "10"]);
});

test("an empty list has a foot without an average", async () => {
    await mountReport({
        domain: [["id", "=", 0]],
        // What the database says of no rows.
        getAnswer: () => [
            {"crm_base_net_value:sum": false, "crm_base_net_value:avg": false},
        ],
    });
    expect(footTexts("avg")).toEqual(["Average"]);
});

test.tags("desktop");
test("Excel exports what the list shows: columns, filters, facets in words", async () => {
    onRpc("crm.dashboard.tile", "export_report", ({args}) => {
        expect.step(args);
        return {type: "ir.actions.report"};
    });
    mockService("action", {doAction: ({type}) => expect.step(type)});
    await mountReport({
        context: {
            crm_dashboards_report: "orders",
            search_default_confirmed: 1,
            search_default_by_state: 1,
        },
    });
    await contains(".o_crm_dashboards_export_report").click();
    expect.verifySteps([
        [
            "orders",
            {
                domain: [["state", "=", "sale"]],
                columns: ["name", "crm_base_net_value", "line_count"],
                order_by: "",
                group_by: ["state"],
                facets: ["Confirmed", "Status"],
            },
        ],
        "ir.actions.report",
    ]);
});

test.tags("desktop");
test("Excel has the columns and the order that the user chose", async () => {
    onRpc("crm.dashboard.tile", "export_report", ({args: [, options]}) => {
        expect.step(options.columns);
        expect.step(options.order_by);
        return {type: "ir.actions.report"};
    });
    mockService("action", {doAction: () => undefined});
    await mountReport({context: {crm_dashboards_report: "orders"}});
    await contains(".o_optional_columns_dropdown .dropdown-toggle").click();
    await contains(".o-dropdown--menu input[name=state]").click();
    await contains(".o_column_sortable[data-name=line_count]").click();
    await contains(".o_column_sortable[data-name=line_count]").click();
    await contains(".o_crm_dashboards_export_report").click();
    expect.verifySteps([
        ["name", "state", "crm_base_net_value", "line_count"],
        "line_count desc",
    ]);
});

test.tags("desktop");
test("without the right to Excel there is no button", async () => {
    patchWithCleanup(session, {crm_dashboards_excel: false});
    await mountReport({context: {crm_dashboards_report: "orders"}});
    expect(".o_crm_dashboards_export_report").toHaveCount(0);
});

test.tags("desktop");
test("Excel needs no right to export other lists", async () => {
    onRpc("has_group", () => false);
    await mountReport({context: {crm_dashboards_report: "orders"}});
    expect(".o_crm_dashboards_export_report").toHaveCount(1);
});

test("no Excel button without a workbook", async () => {
    await mountReport();
    expect(".o_crm_dashboards_export_report").toHaveCount(0);
});

test.tags("mobile");
test("on a phone Excel is among the other buttons", async () => {
    onRpc("crm.dashboard.tile", "export_report", ({args: [code]}) => {
        expect.step(code);
        return {type: "ir.actions.report"};
    });
    mockService("action", {doAction: () => undefined});
    await mountReport({context: {crm_dashboards_report: "orders"}});
    await contains("button.o-control-panel-adaptive-dropdown").click();
    await contains(".o-dropdown--menu .o_crm_dashboards_export_report").click();
    expect.verifySteps(["orders"]);
});

test("the customer of a row is opened among those of the other rows", async () => {
    const {env} = await makeMockServer();
    const [azure, gemini] = env["res.partner"].create([
        {name: "Azure"},
        {name: "Gemini"},
    ]);
    env["crm.test.line"].create(
        [azure, gemini, azure].map((partner_id) => ({partner_id}))
    );
    onRpc("crm.test.line", "action_open_customer", ({args: [[id]]}) => ({
        type: "ir.actions.act_window",
        res_model: "res.partner",
        res_id: env["crm.test.line"].browse(id)[0].partner_id,
    }));
    mockService("action", {
        doAction: ({res_id: id}, {props}) => expect.step([id, props]),
    });
    await mountView({
        type: "list",
        resModel: "crm.test.line",
        arch: `<list js_class="crm_orders_list" action="action_open_customer" type="object">
            <field name="partner_id"/>
        </list>`,
    });
    await contains(".o_data_row:eq(1) .o_data_cell").click();
    expect.verifySteps([[gemini, {resIds: [azure, gemini]}]]);
});
