/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect, test} from "@odoo/hoot";
import {queryAllTexts, queryAllValues} from "@odoo/hoot-dom";
import {Deferred, advanceTime, animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    contains,
    makeDialogMockEnv,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";

import {assets} from "@web/core/assets";

import {openUsualOrder} from "@crm_dashboards/loader/usual_order_action.esm";
import {UsualOrderDialog} from "@crm_dashboards/usual_order/usual_order_dialog.esm";

defineMailModels();

const MODEL = "crm.usual.order";
const CARDS = {
    product_id: 1,
    name: "Cards",
    evidence: "in 7 of the last 10 orders",
    due: "due since Nov 14",
    is_late: true,
    unit_id: 1,
    unit: "Units",
    quantity: 12,
    ticked: true,
    warning: false,
    stock: "40 on hand",
    unit_price: 7.9,
    discount: 0,
    subtotal: 94.8,
    last_price: 7.6,
    large_quantity: 48,
};
const LIGHTS = {
    ...CARDS,
    product_id: 2,
    name: "Lights",
    due: "due tomorrow",
    is_late: false,
    quantity: 2,
    unit_price: 9,
    discount: 10,
    subtotal: 18,
    last_price: false,
    large_quantity: false,
};
const VASE = {...LIGHTS, product_id: 3, name: "Vase", ticked: false, due: false};
const WRONG = {
    ...VASE,
    product_id: 4,
    name: "Wreath",
    warning: "Unit or price changed? Usually $ 10, now $ 120.",
};
const BOWL = {...VASE, product_id: 5, name: "Bowl", large_quantity: 6};

function makeProposal(values = {}) {
    return {
        title: "Usual order: Shop",
        subtitle: "From the last 10 orders, at today's prices for this customer.",
        message: false,
        sections: [
            {code: "usual", title: "", lines: [{...CARDS}, {...LIGHTS}]},
            {code: "sometimes", title: "Sometimes", lines: [{...VASE}, {...WRONG}]},
            {code: "large", title: "In the last large order", lines: [{...BOWL}]},
        ],
        gone: [{product_id: 9, name: "Wrap", note: "last Jun 3 · replaced by Kraft"}],
        large: "As the large order of Nov 5 (2 products)",
        draft: {id: 77, name: "S00077", text: "S00077 of Nov 2 is still a draft."},
        notices: [],
        usual: "An order is usually about $ 394.",
        currency_id: 1,
        digits: 2,
        can_create: true,
        product_domain: [["sale_ok", "=", true]],
        ...values,
    };
}

const price = ({quantity}, unitPrice = 5) => ({
    unit_price: unitPrice,
    discount: 0,
    subtotal: unitPrice * quantity,
});

async function openDialog(proposal = makeProposal()) {
    serverState.currencies = [
        {id: 1, name: "USD", symbol: "$", position: "before", digits: [69, 2]},
    ];
    onRpc(MODEL, "get_proposal", ({args}) => {
        expect(args).toEqual([5]);
        return proposal;
    });
    await mountWithCleanup(UsualOrderDialog, {
        env: await makeDialogMockEnv(),
        props: {customerId: 5, close: () => expect.step("close")},
    });
    await animationFrame();
}

const names = () => queryAllTexts(".o_crm_dashboards_usual_name");
const total = () => queryAllTexts(".o_crm_dashboards_usual_sum")[0].replace(/\s/g, " ");
const row = (id) => `[data-product='${id}']`;

test("an action opens the dialogue over whatever is open", async () => {
    // The tests hold the bundle already.
    patchWithCleanup(assets, {loadBundle: () => Promise.resolve()});
    const dialog = {
        add: (Dialog, {customerId}) => expect.step(`${Dialog.name} ${customerId}`),
    };
    await openUsualOrder({services: {dialog}}, {params: {customer_id: 5}});
    expect.verifySteps(["UsualOrderDialog 5"]);
});

test("what is usual is ticked and summed up, the rest stands below", async () => {
    await openDialog();
    expect(".modal-title").toHaveText("Usual order: Shop");
    expect(names()).toEqual(["Cards", "Lights", "Vase", "Wreath", "Wrap"]);
    expect("input[type=checkbox]:checked").toHaveCount(2);
    expect(total()).toBe("$ 112.80");
    expect(".o_crm_dashboards_usual_foot").toHaveText(/2 products, before tax/);
    expect(".o_crm_dashboards_usual_foot").toHaveText(/usually about \$ 394/);
    expect(`${row(1)} .o_crm_dashboards_usual_price`).toHaveText(/7\.90\s*was .*7\.60/);
    expect(`${row(2)} .o_crm_dashboards_usual_price`).toHaveText(/9\.00\s*10% off/);
    expect(`${row(1)} .o_crm_dashboards_chip_warning`).toHaveText("due since Nov 14");
    expect(`${row(2)} .o_crm_dashboards_chip_warning`).toHaveCount(0);
    expect(`${row(3)} .o_crm_dashboards_usual_due`).toHaveText("");
    expect(`${row(3)} .o_crm_dashboards_usual_total`).toHaveText("–");
    expect(`${row(4)} [role=note]`).toHaveText(/Unit or price changed/);
    expect(`${row(1)} .o_crm_dashboards_usual_quantity`).toHaveText(/40 on hand/);
    expect("[data-section=gone]").toHaveText(/replaced by Kraft/);
});

test("it is there at once, and says when it cannot be read", async () => {
    const answer = new Deferred();
    await openDialog(answer);
    expect("[role=status]").toHaveText(/Looking for what was ordered/);
    expect(".modal-footer button").toHaveCount(0);
    answer.resolve(makeProposal({sections: [], gone: [], message: "No order."}));
    await animationFrame();
    expect(".modal-body").toHaveText(/No order\./);
    expect(".o_crm_dashboards_usual_create").not.toBeEnabled();
});

test("a price may depend on the quantity: the server is asked, once", async () => {
    onRpc(MODEL, "get_prices", ({args: [, lines]}) => {
        expect.step(lines.map(({product_id, quantity}) => [product_id, quantity]));
        return {
            prices: lines.map((line) => price(line)),
            notices: ["Shop has reached its credit limit."],
        };
    });
    await openDialog();
    await contains(`${row(1)} button:last`).click();
    await contains(`${row(1)} button:last`).click();
    // As much a piece as before, until the answer is there
    expect(total()).toBe("$ 128.60");
    await contains(`${row(3)} input[type=text]`).edit("4.5");
    expect(`${row(3)} input[type=checkbox]`).toBeChecked();
    expect.verifySteps([]);
    await advanceTime(500);
    await animationFrame();
    expect.verifySteps([
        [
            [1, 14],
            [2, 2],
            [3, 4.5],
            [4, 2],
        ],
    ]);
    expect(total()).toBe("$ 102.50");
    expect(".alert-warning").toHaveText("Shop has reached its credit limit.");
});

test("what is no quantity is forgotten", async () => {
    await openDialog();
    for (const text of ["", "many", "0", "-3"]) {
        await contains(`${row(1)} input[type=text]`).edit(text);
        expect(`${row(1)} input[type=text]`).toHaveValue("12");
    }
});

test("as the last large order, and as usual again", async () => {
    onRpc(MODEL, "get_prices", ({args: [, lines]}) => ({
        prices: lines.map((line) => price(line)),
        notices: [],
    }));
    await openDialog();
    const quantities = () => queryAllValues(".o_crm_dashboards_stepper input");
    await contains(".o_crm_dashboards_usual_large").click();
    expect(names()).toEqual(["Cards", "Lights", "Vase", "Wreath", "Bowl", "Wrap"]);
    expect(quantities()).toEqual(["48", "2", "2", "2", "6"]);
    expect(`${row(1)} input[type=checkbox]`).toBeChecked();
    expect(`${row(2)} input[type=checkbox]`).not.toBeChecked();
    expect(`${row(5)} input[type=checkbox]`).toBeChecked();
    expect(".o_crm_dashboards_usual_large").toHaveAttribute("aria-pressed", "true");
    await contains(".o_crm_dashboards_usual_large").click();
    expect(quantities()).toEqual(["12", "2", "2", "2"]);
    expect("input[type=checkbox]:checked").toHaveCount(2);
});

test("what is ticked becomes a quotation, which opens", async () => {
    const action = {type: "ir.actions.act_window", res_model: "sale.order", res_id: 8};
    mockService("action", {doAction: (opened) => expect.step(opened)});
    onRpc(MODEL, "create_quotation", ({args}) => {
        expect.step(args);
        return action;
    });
    await openDialog();
    await contains(`${row(2)} input[type=checkbox]`).click();
    await contains(".o_crm_dashboards_usual_create").click();
    await animationFrame();
    const line = {product_id: 1, unit_id: 1, quantity: 12, ticked: true};
    expect.verifySteps([[5, [line], false], "close", action]);
});

test("added to the draft, and sent", async () => {
    const action = {type: "ir.actions.act_window", res_model: "sale.order", res_id: 77};
    mockService("action", {
        doAction: (opened, options) => {
            expect.step(opened.name || opened);
            options?.onClose();
        },
    });
    onRpc(MODEL, "create_quotation", ({args: [, , draft]}) => {
        expect.step(draft);
        return action;
    });
    onRpc("sale.order", "action_quotation_send", ({args: [ids]}) => ({
        name: `mail of ${ids}`,
    }));
    await openDialog();
    await contains("[name=add_to_draft]").click();
    expect(".o_crm_dashboards_usual_create").toHaveText("Add to S00077");
    await contains(".o_crm_dashboards_usual_send").click();
    await animationFrame();
    expect.verifySteps([77, "close", action, "mail of 77", "soft_reload"]);
});

test("who may make no quotation only looks", async () => {
    await openDialog(makeProposal({can_create: false}));
    expect(".alert-info").toHaveText(/you may not make quotations/);
    expect(".o_crm_dashboards_usual_create").toHaveCount(0);
    expect(".o_crm_dashboards_usual_addition").toHaveCount(0);
});

// A phone chooses products in a dialog of Odoo's own.
test.tags("desktop");
test("a product that was never ordered is added", async () => {
    onRpc("product.product", "name_search", ({kwargs}) => {
        expect.step(kwargs.domain);
        return [[6, "Jug"]];
    });
    onRpc(MODEL, "get_line", ({args}) => {
        expect.step(args);
        return {...VASE, product_id: 6, name: "Jug", evidence: "never ordered"};
    });
    onRpc(MODEL, "get_prices", ({args: [, lines]}) => ({
        prices: lines.map((line) => price(line)),
        notices: [],
    }));
    await openDialog();
    await contains(".o_crm_dashboards_usual_addition button").click();
    expect(".o_crm_dashboards_usual_addition input").toBeFocused();
    await contains(".o_crm_dashboards_usual_addition input").click();
    await contains(".o-autocomplete--dropdown-item:contains(Jug)").click();
    await animationFrame();
    expect.verifySteps([
        ["&", ["sale_ok", "=", true], "!", ["id", "in", [1, 2, 3, 4]]],
        [5, 6],
    ]);
    expect(names()).toEqual(["Cards", "Lights", "Vase", "Wreath", "Jug", "Wrap"]);
    expect(`${row(6)} input[type=checkbox]`).toBeChecked();
});
