/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {describe, expect, test} from "@odoo/hoot";
import {
    click,
    hover,
    manuallyDispatchProgrammaticEvent,
    pointerDown,
    pointerUp,
    press,
    queryAllTexts,
    queryOne,
} from "@odoo/hoot-dom";
import {animationFrame, mockTouch} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {setupChartJsForTests} from "@web/../tests/views/graph/graph_test_helpers";
import {makeMockEnv, patchWithCleanup} from "@web/../tests/web_test_helpers";

import {assets} from "@web/core/assets";

import {ChartBlock} from "@crm_dashboards/blocks/chart/chart_block.esm";
import {LineBlock} from "@crm_dashboards/blocks/line/line_block.esm";
import {getTickFormatter, tickDecimals} from "@crm_dashboards/chart/axis_format.esm";

import {count, money, mountBlock, USD} from "./block_test_helpers.esm";

defineMailModels();
setupChartJsForTests();

const MONTHS = ["Jul", "Aug", "Sep", "Oct", "Nov"];
const VALUES = [72000, 58000, 81000, 84310.4, 57204.11];

const BARS = {
    type: "chart",
    kind: "bar",
    label: "Orders by month",
    unit: "money",
    currency_id: USD,
    points: MONTHS.map((label, index) => ({
        key: label,
        label,
        title: `${label} 2026`,
        value: VALUES[index],
        drill: {key: "month", value: label},
        unfinished: label === "Nov",
    })),
};

/* global Chart */

const getChart = () => Chart.getChart(queryOne("canvas"));
const getLabels = () => getChart().data.labels;

/** Where the bar stands on the canvas, halfway up the chart. */
function placeOf(label) {
    const chart = getChart();
    const {top, bottom} = chart.chartArea;
    return {
        x: chart.scales.x.getPixelForValue(getLabels().indexOf(label)),
        y: (top + bottom) / 2,
    };
}

async function dragOver(from, to) {
    await pointerDown("canvas", {position: placeOf(from), relative: true});
    await hover("canvas", {position: placeOf(to), relative: true});
    await pointerUp("canvas", {position: placeOf(to), relative: true});
    await animationFrame();
}

describe("bars", () => {
    test("one bar a point, in order, the unfinished one lighter", async () => {
        await mountBlock(ChartBlock, BARS);
        const [dataset] = getChart().data.datasets;
        expect(getLabels()).toEqual(MONTHS);
        expect(dataset.data).toEqual(VALUES);
        const colors = new Set(dataset.backgroundColor);
        expect(colors.size).toBe(2);
        expect(dataset.backgroundColor[4]).not.toBe(dataset.backgroundColor[3]);
    });

    test("with a year before, its bars stand in front of those of this year", async () => {
        await mountBlock(ChartBlock, {
            ...BARS,
            series: ["this year", "a year before"],
            points: BARS.points.map((point) => ({...point, previous: 50000})),
        });
        const [previous, current] = getChart().data.datasets;
        expect(previous.data).toEqual(VALUES.map(() => 50000));
        expect(current.data).toEqual(VALUES);
        expect(queryAllTexts("tbody tr:first-child td")).toEqual([
            "$ 72,000.00",
            "$ 50,000.00",
        ]);
    });

    test("hovering crosses two lines at the pointer and names month and exact value", async () => {
        await mountBlock(ChartBlock, BARS);
        const lines = [];
        const {ctx} = getChart();
        const moveTo = ctx.moveTo.bind(ctx);
        ctx.moveTo = (x, y) => {
            if (ctx.getLineDash().join() === "2,3") {
                lines.push([Math.round(x), Math.round(y)]);
            }
            moveTo(x, y);
        };
        const place = placeOf("Oct");
        await hover("canvas", {position: place, relative: true});
        await animationFrame();
        const {left, top} = getChart().chartArea;
        const [vertical, horizontal] = lines.slice(-2);
        expect(Math.abs(vertical[0] - place.x)).toBeLessThan(2);
        expect(vertical[1]).toBe(Math.round(top));
        expect(horizontal[0]).toBe(Math.round(left));
        expect(Math.abs(horizontal[1] - place.y)).toBeLessThan(2);
        expect(".o_crm_dashboards_chart_tooltip").toHaveText("Oct 2026\n$ 84,310.40");
    });

    test("on a screen of many pixels the chart keeps its size under the pointer", async () => {
        await mountBlock(ChartBlock, BARS);
        const {width, height} = queryOne("canvas").style;
        expect(width).toMatch(/^\d+px$/);
        await hover("canvas", {position: placeOf("Oct"), relative: true});
        await animationFrame();
        expect(".o_crm_dashboards_canvas").toHaveStyle({cursor: "pointer"});
        expect("canvas").toHaveStyle({width, height}, {inline: true});
    });

    test.tags("desktop");
    test("a click on a bar opens what is behind it", async () => {
        await mountBlock(ChartBlock, BARS);
        await click("canvas", {position: placeOf("Aug"), relative: true});
        expect.verifySteps(['drill {"key":"month","value":"Aug"}']);
    });

    test("press, drag, release zooms to the range and keeps its order", async () => {
        await mountBlock(ChartBlock, BARS);
        await dragOver("Aug", "Oct");
        expect(getLabels()).toEqual(["Aug", "Sep", "Oct"]);
        expect.verifySteps([]);
    });

    test("dragging to the left selects the same range", async () => {
        await mountBlock(ChartBlock, BARS);
        await dragOver("Oct", "Aug");
        expect(getLabels()).toEqual(["Aug", "Sep", "Oct"]);
    });

    test.tags("desktop");
    test("a zoomed chart opens its own bars, zooms further and resets", async () => {
        await mountBlock(ChartBlock, BARS);
        await dragOver("Aug", "Nov");
        await dragOver("Sep", "Oct");
        expect(getLabels()).toEqual(["Sep", "Oct"]);
        await click("canvas", {position: placeOf("Sep"), relative: true});
        expect.verifySteps(['drill {"key":"month","value":"Sep"}']);
        await click(".o_crm_dashboards_reset_zoom");
        await animationFrame();
        expect(getLabels()).toEqual(MONTHS);
        expect(".o_crm_dashboards_reset_zoom").toHaveCount(0);
    });

    test("Escape gives a drag up", async () => {
        await mountBlock(ChartBlock, BARS);
        await pointerDown("canvas", {position: placeOf("Aug"), relative: true});
        await hover("canvas", {position: placeOf("Oct"), relative: true});
        await press("Escape");
        await pointerUp("canvas");
        await animationFrame();
        expect(getLabels()).toEqual(MONTHS);
        expect.verifySteps([]);
    });

    test("the hidden table gives keyboards values, crosshair and drill-down", async () => {
        await mountBlock(ChartBlock, BARS);
        expect("table caption").toHaveText("Orders by month");
        expect(queryAllTexts("tbody th")).toEqual([
            "Jul 2026",
            "Aug 2026",
            "Sep 2026",
            "Oct 2026",
            "Nov 2026 (unfinished)",
        ]);
        expect("tbody tr:nth-child(4) td").toHaveText("$ 84,310.40");
        queryOne("[data-point=Oct]").focus();
        await animationFrame();
        expect(".o_crm_dashboards_chart_tooltip").toHaveText("Oct 2026\n$ 84,310.40");
        await press("Enter");
        expect.verifySteps(['drill {"key":"month","value":"Oct"}']);
    });

    test("by finger, the first tap reads a bar and the second opens it", async () => {
        mockTouch(true);
        await mountBlock(ChartBlock, BARS);
        await click("canvas", {position: placeOf("Aug"), relative: true});
        await animationFrame();
        expect(".o_crm_dashboards_chart_tooltip").toHaveText("Aug 2026\n$ 58,000.00");
        expect.verifySteps([]);
        await click("canvas", {position: placeOf("Aug"), relative: true});
        expect.verifySteps(['drill {"key":"month","value":"Aug"}']);
    });

    test.tags("mobile");
    test("by finger, dragging zooms and a tap takes it back", async () => {
        await mountBlock(ChartBlock, BARS);
        await dragOver("Aug", "Oct");
        expect(getLabels()).toEqual(["Aug", "Sep", "Oct"]);
        expect(".o_crm_dashboards_chart_tooltip").toHaveCount(0);
        await click(".o_crm_dashboards_reset_zoom");
        await animationFrame();
        expect(getLabels()).toEqual(MONTHS);
        expect.verifySteps([]);
    });

    test.tags("mobile");
    test("by finger, scrolling the page from a chart leaves the chart alone", async () => {
        await mountBlock(ChartBlock, BARS);
        expect("canvas").toHaveStyle({touchAction: "pan-y"});
        await pointerDown("canvas", {position: placeOf("Aug"), relative: true});
        await hover("canvas", {position: placeOf("Oct"), relative: true});
        // what the browser says when it takes the finger for scrolling
        await manuallyDispatchProgrammaticEvent(window, "pointercancel");
        await animationFrame();
        expect(".o_crm_dashboards_chart_tooltip").toHaveCount(0);
        await pointerUp("canvas");
        await animationFrame();
        expect(getLabels()).toEqual(MONTHS);
        expect.verifySteps([]);
    });

    test("the hidden table does not make the page wider", async () => {
        await mountBlock(ChartBlock, {
            ...BARS,
            series: ["a very long name of a year, ".repeat(9), "a year before"],
            points: BARS.points.map((point) => ({...point, previous: 1})),
        });
        const figure = queryOne("figure");
        expect(figure.scrollWidth).toBeLessThan(figure.clientWidth + 1);
    });

    test("ticks are short, with a decimal only where it tells them apart", async () => {
        await makeMockEnv();
        expect(tickDecimals(20000, 80000)).toBe(0);
        expect(tickDecimals(500, 2500)).toBe(1);
        expect(tickDecimals(0.5, 2)).toBe(1);
        expect(tickDecimals(250000, 1000000)).toBe(1);
        const ticks = [0, 20000, 40000].map((value) => ({value}));
        const format = getTickFormatter({unit: "money", currency_id: 1});
        expect(format(40000, 2, ticks)).toBe("$\u00a040k");
        expect(format(-20000, 0, ticks)).toBe("\u2212$\u00a020k");
        expect(format(0, 1, ticks)).toBe("0");
        expect(getTickFormatter({unit: "count"})(20000, 1, ticks)).toBe("20k");
    });
});

const LINE = {
    type: "line",
    label: "Orders adding up",
    unit: "money",
    currency_id: USD,
    series: ["November", "October"],
    points: [
        {key: "a", label: "1", title: "Nov 1", value: 10, previous: 5},
        {key: "b", label: "2", title: "Nov 2", value: 10, previous: 20},
        {key: "c", label: "3", title: "Nov 3", value: 40, previous: 20},
        {key: "d", label: "4", title: "Nov 4", value: false, previous: 50},
        {key: "e", label: "5", title: "Oct 5", value: false, previous: false},
    ],
};

describe("line", () => {
    test("two lines, each to its last figure, which is marked", async () => {
        await mountBlock(LineBlock, LINE);
        expect(getChart().config.type).toBe("line");
        const [previous, current] = getChart().data.datasets;
        expect(getLabels()).toEqual(["1", "2", "3", "4", "5"]);
        expect(current.data).toEqual([10, 10, 40, null, null]);
        expect(previous.data).toEqual([5, 20, 20, 50, null]);
        expect(current.pointRadius).toEqual([0, 0, 3, 0, 0]);
        expect(previous.pointRadius).toEqual([0, 0, 0, 3, 0]);
        expect(current.borderColor).not.toBe(previous.borderColor);
    });

    test("a table holds the same figures, nothing where there is none", async () => {
        await mountBlock(LineBlock, LINE);
        expect("caption").toHaveText("Orders adding up");
        expect(queryAllTexts("thead th")).toEqual(["November", "October"]);
        expect(queryAllTexts("tbody tr:nth-child(3) :is(th, td)")).toEqual([
            "Nov 3",
            "$ 40.00",
            "$ 20.00",
        ]);
        expect(queryAllTexts("tbody tr:nth-child(4) td")).toEqual(["—", "$ 50.00"]);
        expect("tbody button").toHaveCount(0);
    });

    test("hovering reads both lines", async () => {
        await mountBlock(LineBlock, LINE);
        await hover("canvas", {position: placeOf("3"), relative: true});
        await animationFrame();
        expect(".o_crm_dashboards_chart_tooltip").toHaveText(
            "Nov 3\n$ 40.00November\n$ 20.00October"
        );
    });

    test("its two names stand in the header of the tile", () => {
        expect(LineBlock.getLegend(LINE)).toEqual([
            {label: "November", swatch: "bar"},
            {label: "October", swatch: "previous"},
        ]);
    });
});

const RING = {
    type: "chart",
    kind: "doughnut",
    label: "Opportunities by outcome",
    legend: true,
    center: {cell: {value: 0.64, unit: "percent"}, label: "close rate"},
    points: [
        {label: "Positive", cell: count(14), tone: "positive", drill: "positive"},
        {label: "Negative", cell: count(8), tone: "negative"},
    ],
};

describe("doughnut", () => {
    test("parts, centre and legend", async () => {
        await mountBlock(ChartBlock, RING);
        expect(getChart().data.datasets[0].data).toEqual([14, 8]);
        expect(".o_crm_dashboards_center").toHaveText("64%\nclose rate");
        expect(queryAllTexts(".o_crm_dashboards_legend li")).toEqual([
            "Positive\n14",
            "Negative\n8",
        ]);
        await click(".o_crm_dashboards_legend button");
        expect.verifySteps(['drill "positive"']);
    });

    test("hovering a part tells its exact value", async () => {
        await mountBlock(ChartBlock, {
            ...RING,
            points: [{label: "November", cell: money(57204.11), tone: "primary"}],
        });
        const {width, height} = getChart();
        await hover("canvas", {
            position: {x: width - 5, y: height / 2},
            relative: true,
        });
        await animationFrame();
        expect(".o_crm_dashboards_chart_tooltip").toHaveText("November\n$ 57,204.11");
    });

    test("by finger, touching elsewhere takes the value away", async () => {
        mockTouch(true);
        const points = [{label: "November", cell: money(57204.11), tone: "primary"}];
        await mountBlock(ChartBlock, {...RING, points});
        const {width, height} = getChart();
        const position = {x: width - 5, y: height / 2};
        await click("canvas", {position, relative: true});
        await animationFrame();
        expect(".o_crm_dashboards_chart_tooltip").toHaveCount(1);
        await click(".o_crm_dashboards_body");
        await animationFrame();
        expect(".o_crm_dashboards_chart_tooltip").toHaveCount(0);
    });

    test("nothing to share out leaves words instead of a ring", async () => {
        await mountBlock(ChartBlock, {
            ...RING,
            legend: false,
            center: {text: "no orders last month", label: ""},
            points: [],
        });
        expect("canvas").toHaveCount(0);
        expect(".o_crm_dashboards_center").toHaveText("no orders last month");
    });

    test("without a legend the values stay for screen readers", async () => {
        await mountBlock(ChartBlock, {...RING, legend: false});
        expect(".o_crm_dashboards_legend.visually-hidden li").toHaveCount(2);
    });
});

describe("without the chart library", () => {
    function withoutLibrary() {
        patchWithCleanup(console, {warn: () => expect.step("warned")});
        patchWithCleanup(assets, {
            loadBundle: () => Promise.reject(new Error("offline")),
        });
    }

    test("bars: the table stands in sight, with its way on", async () => {
        withoutLibrary();
        await mountBlock(ChartBlock, BARS);
        expect.verifySteps(["warned"]);
        expect("canvas").toHaveCount(0);
        expect(".visually-hidden table").toHaveCount(0);
        expect(queryAllTexts("tbody tr").at(-2)).toMatch(/Oct 2026\s*\$ 84,310\.40/);
        await click("[data-point=Oct]");
        expect.verifySteps(['drill {"key":"month","value":"Oct"}']);
    });

    test("ring: figure and legend, also where a legend is hidden beside a ring", async () => {
        withoutLibrary();
        await mountBlock(ChartBlock, {
            type: "chart",
            kind: "doughnut",
            label: "Share",
            points: [{label: "Won", cell: count(3), tone: "positive", drill: false}],
            center: {cell: count(3), label: "won"},
            legend: false,
        });
        expect.verifySteps(["warned"]);
        expect("canvas").toHaveCount(0);
        expect(".o_crm_dashboards_center").toHaveText(/3\s*won/);
        expect(".o_crm_dashboards_legend").not.toHaveClass("visually-hidden");
        expect(".o_crm_dashboards_legend").toHaveText(/Won\s*3/);
    });
});
