/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {beforeEach, expect, test} from "@odoo/hoot";
import {press, queryAllAttributes, queryOne} from "@odoo/hoot-dom";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {contains, onRpc} from "@web/../tests/web_test_helpers";

import {
    emptyTile,
    HEADER,
    MODEL,
    mountCustomerDashboard,
    mountDashboard,
    readyTile,
    stepOnSave,
} from "./dashboard_test_helpers.esm";

defineMailModels();

beforeEach(stepOnSave);

const TILES = ["orders", "rfm", "trend"].map((code) => ({
    code,
    name: `Tile ${code}`,
    size: 4,
    see_more: true,
}));

const THREE = {...HEADER, tiles: TILES};

const shownCodes = () => queryAllAttributes("[data-tile]", "data-tile");

async function customize() {
    await contains(".o_crm_dashboards_customize").click();
}

test("tiles can be moved and hidden only while the dashboard is customized", async () => {
    await mountDashboard({header: THREE});
    expect(".o_crm_dashboards_tile_tools").toHaveCount(0);
    await customize();
    expect(".o_crm_dashboards_tile_tools").toHaveCount(3);
    expect(".o_crm_dashboards_customize").toHaveAttribute("aria-pressed", "true");
    expect("[data-tile=orders] .o_crm_dashboards_body").toHaveAttribute("inert");
    await contains(".o_crm_dashboards_done").click();
    expect(".o_crm_dashboards_tile_tools").toHaveCount(0);
    expect("[data-tile=orders] .o_crm_dashboards_body").not.toHaveAttribute("inert");
    expect.verifySteps([]);
});

test("a tile dragged by its handle stands where it was dropped", async () => {
    await mountDashboard({header: THREE});
    await customize();
    const {moveTo, drop} = await contains(
        "[data-tile=orders] .o_crm_dashboards_handle"
    ).drag();
    await moveTo("[data-tile=rfm]");
    await moveTo("[data-tile=trend]");
    await drop();
    expect(shownCodes()).toEqual(["rfm", "trend", "orders"]);
    expect.verifySteps(['save {"order":["rfm","trend","orders"]}']);
});

test("a tile cannot be dragged by anything but its handle", async () => {
    await mountDashboard({header: THREE});
    await customize();
    await contains("[data-tile=orders] h2").dragAndDrop("[data-tile=trend]");
    expect(shownCodes()).toEqual(["orders", "rfm", "trend"]);
    expect.verifySteps([]);
});

test("buttons move a tile by the keyboard and keep the focus", async () => {
    await mountDashboard({header: THREE});
    await customize();
    const right = "[data-tile=orders] [data-move='1']";
    queryOne(right).focus();
    await press("Enter");
    await animationFrame();
    expect(shownCodes()).toEqual(["rfm", "orders", "trend"]);
    expect(right).toBeFocused();
    expect(".o_crm_dashboards_container [role=status]").toHaveText(
        "Tile orders is now tile 2 of 3."
    );
    await press("Enter");
    await animationFrame();
    expect(shownCodes()).toEqual(["rfm", "trend", "orders"]);
    expect(right).toHaveAttribute("aria-disabled", "true");
    await press("Enter");
    await animationFrame();
    expect(shownCodes()).toEqual(["rfm", "trend", "orders"]);
    await contains("[data-tile=orders] [data-move='-1']").click();
    expect(shownCodes()).toEqual(["rfm", "orders", "trend"]);
    expect.verifySteps([
        'save {"order":["rfm","orders","trend"]}',
        'save {"order":["rfm","trend","orders"]}',
        'save {"order":["rfm","orders","trend"]}',
    ]);
});

test("a tile moves past those that are not drawn", async () => {
    await mountCustomerDashboard({
        getTiles: () => ({
            trend: readyTile(1),
            months: emptyTile("No order."),
            due: readyTile(2),
        }),
    });
    await customize();
    await contains("[data-tile=due] [data-move='-1']").click();
    expect(shownCodes()).toEqual(["due", "trend"]);
    await contains("[data-tile=due] [data-move='1']").click();
    expect(shownCodes()).toEqual(["trend", "due"]);
    expect.verifySteps([
        'save {"order":["due","trend","months"]}',
        'save {"order":["trend","due","months"]}',
    ]);
});

test("a hidden tile goes, can be shown again, and is loaded then", async () => {
    await mountDashboard({
        header: THREE,
        onCall: (method, args) =>
            expect.step(`${method} ${method === "get_tiles" ? args[1] : ""}`.trim()),
    });
    expect.verifySteps(["get_dashboard", "get_tiles orders,rfm,trend"]);
    await customize();
    expect(".o_crm_dashboards_show").toHaveCount(0);
    await contains("[data-tile=rfm] .o_crm_dashboards_hide").click();
    expect(shownCodes()).toEqual(["orders", "trend"]);
    expect.verifySteps(['save {"hidden":["rfm"]}']);
    await contains(".o_crm_dashboards_show[data-code=rfm]").click();
    await animationFrame();
    expect(shownCodes()).toEqual(["orders", "rfm", "trend"]);
    expect(".o_crm_dashboards_show").toHaveCount(0);
    expect.verifySteps(['save {"hidden":[]}', "get_dashboard", "get_tiles rfm"]);
});

test("tiles hidden before are offered", async () => {
    await mountDashboard({
        header: {...HEADER, hidden_tiles: [{code: "trend", name: "Customer Trend"}]},
    });
    await customize();
    expect(".o_crm_dashboards_show").toHaveText("Customer Trend");
    expect(".o_crm_dashboards_show").toHaveAttribute(
        "aria-label",
        "Show Customer Trend"
    );
});

test("moves in a row are saved one after the other, the last one wins", async () => {
    const saved = new Deferred();
    onRpc(MODEL, "save_preference", async ({args: [, {order}]}) => {
        expect.step(`begin ${order}`);
        await saved;
        expect.step(`end ${order}`);
        return true;
    });
    await mountDashboard({header: THREE});
    await customize();
    const right = "[data-tile=orders] [data-move='1']";
    await contains(right).click();
    await contains(right).click();
    await contains("[data-tile=trend] [data-move='-1']").click();
    expect.verifySteps(["begin rfm,orders,trend"]);
    saved.resolve();
    await animationFrame();
    expect.verifySteps([
        "end rfm,orders,trend",
        "begin trend,rfm,orders",
        "end trend,rfm,orders",
    ]);
});

test("Reset to default takes order and hidden tiles back", async () => {
    let header = {
        ...THREE,
        tiles: [TILES[2], TILES[0]],
        hidden_tiles: [{code: "rfm", name: "RFM Analysis"}],
    };
    await mountDashboard({header: () => header});
    await customize();
    header = THREE;
    await contains(".o_crm_dashboards_reset").click();
    await animationFrame();
    expect(shownCodes()).toEqual(["orders", "rfm", "trend"]);
    expect("[data-tile=rfm]").toHaveAttribute("data-state", "ready");
    expect.verifySteps(['save {"order":[],"hidden":[]}']);
});

test("a dashboard of which all tiles are hidden says so", async () => {
    await mountDashboard({
        header: {...HEADER, tiles: [], hidden_tiles: TILES},
    });
    expect(".o_crm_dashboards_no_tiles").toHaveCount(1);
    await customize();
    expect(".o_crm_dashboards_show").toHaveCount(3);
});
