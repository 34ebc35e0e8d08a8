/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect, test} from "@odoo/hoot";
import {click, hover, press, queryAll, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {advanceTime, animationFrame, mockDate, mockTouch} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

import {FactsBlock} from "@crm_dashboards/blocks/facts/facts_block.esm";
import {FigureBlock} from "@crm_dashboards/blocks/figure/figure_block.esm";
import {GridBlock} from "@crm_dashboards/blocks/grid/grid_block.esm";
import {LeadBlock} from "@crm_dashboards/blocks/lead/lead_block.esm";
import {NoteBlock} from "@crm_dashboards/blocks/note/note_block.esm";
import {ProgressBlock} from "@crm_dashboards/blocks/progress/progress_block.esm";
import {RowsBlock} from "@crm_dashboards/blocks/rows/rows_block.esm";
import {ShareBlock} from "@crm_dashboards/blocks/share/share_block.esm";
import {StackBlock} from "@crm_dashboards/blocks/stack/stack_block.esm";
import {StripBlock} from "@crm_dashboards/blocks/strip/strip_block.esm";
import {TextBlock} from "@crm_dashboards/blocks/text/text_block.esm";
import {TimelineBlock} from "@crm_dashboards/blocks/timeline/timeline_block.esm";

import {count, money, mountBlock} from "./block_test_helpers.esm";

defineMailModels();

test("note: cell and words, a button only when something lies behind", async () => {
    await mountBlock(NoteBlock, {
        type: "note",
        cell: count(1147),
        text: "customers",
        drill: {key: "all"},
    });
    expect(".o_crm_dashboards_note").toHaveText("1,147 customers");
    await click("button.o_crm_dashboards_note");
    expect.verifySteps(['drill {"key":"all"}']);
});

test("note without drill is plain text", async () => {
    await mountBlock(NoteBlock, {type: "note", text: "more than 30 days"});
    expect("button").toHaveCount(0);
    expect(".o_crm_dashboards_note").toHaveText("more than 30 days");
});

test("figure: sizes, tone, direction, exact value on hover", async () => {
    await mountBlock(FigureBlock, {
        type: "figure",
        figures: [
            {
                cell: money(57204.11),
                label: "November so far",
                size: "large",
                drill: "m",
            },
            {
                cell: {value: 0.042, unit: "percent"},
                label: "on Oct 1 – 21",
                size: "small",
                tone: "positive",
                direction: "up",
            },
        ],
    });
    expect(".o_crm_dashboards_figure_large").toHaveText("$ 57,204\nNovember so far");
    expect(".o_crm_dashboards_figure_large [data-tooltip]").toHaveAttribute(
        "data-tooltip",
        "$\u00a057,204.11"
    );
    expect(".o_crm_dashboards_figure_small.o_crm_dashboards_tone_positive").toHaveText(
        /▲\s*4.2%\s*on Oct 1 – 21/
    );
    await click(".o_crm_dashboards_figure_large button");
    expect.verifySteps(['drill "m"']);
});

test("figure: an addition has its amounts below each other", async () => {
    await mountBlock(FigureBlock, {
        type: "figure",
        figures: [
            {cell: money(100), label: "so far", size: "small"},
            {cell: money(150), label: "expected"},
        ],
        adds_up: true,
    });
    const [part, whole] = queryAll(".o_crm_dashboards_figure");
    const value = ".o_crm_dashboards_figure_value";
    expect(queryOne(value, {root: part}).getBoundingClientRect().right).toBe(
        queryOne(value, {root: whole}).getBoundingClientRect().right
    );
    expect(queryOne(value, {root: part}).getBoundingClientRect().x).toBeGreaterThan(
        queryOne(".o_crm_dashboards_figure_label", {root: part}).getBoundingClientRect()
            .right
    );
});

const GRID = {
    type: "grid",
    columns: 5,
    rows: 5,
    column_label: "frequency and value",
    row_label: "recency",
    switch: [
        {key: "count", label: "Count"},
        {key: "value", label: "Value"},
    ],
    areas: [
        {
            key: "champions",
            label: "Champions",
            short: "C",
            segment: "champions",
            cells: {count: count(148), value: money(61234.5)},
            column: [4, 5],
            row: [5, 5],
            drill: {key: "segment", value: "champions"},
        },
        {
            key: "dont_lose_them",
            label: "Don't Lose Them",
            short: "DLT",
            segment: "dont_lose_them",
            cells: {count: count(23), value: money(900)},
            column: [5, 5],
            row: [1, 2],
            drill: {key: "segment", value: "dont_lose_them"},
        },
    ],
};

test("grid: areas stand by their scores, the highest row on top", async () => {
    await mountBlock(GridBlock, GRID);
    const champions = queryOne(".o_crm_dashboards_segment_champions");
    expect(champions.style.gridArea).toBe("1 / 5 / 2 / 7");
    const last = queryOne(".o_crm_dashboards_segment_dont_lose_them");
    expect(last.style.gridArea).toBe("4 / 6 / 6 / 7");
    await click(last);
    expect.verifySteps(['drill {"key":"segment","value":"dont_lose_them"}']);
});

const PORTRAIT = {
    who: "Ordered often.",
    advice: "Call them.",
    shares: "12% of the customers",
    links: [
        {label: "Open list", drill: {key: "segment", value: "champions"}},
        {label: "Campaign…", drill: {key: "campaign", value: "champions"}},
    ],
};
const [CHAMPIONS, OTHERS] = GRID.areas;
const GRID_TOLD = {...GRID, areas: [{...CHAMPIONS, portrait: PORTRAIT}, OTHERS]};
const CARD = ".o_crm_dashboards_area_card";
const AREA = ".o_crm_dashboards_area.o_crm_dashboards_segment_champions";

test.tags("desktop");
test("grid: hovering an area tells who they are and what to do", async () => {
    await mountBlock(GridBlock, GRID_TOLD);
    await hover(AREA);
    expect(CARD).toHaveCount(0);
    await advanceTime(250);
    expect(CARD).toHaveText(
        /Champions[^]*12% of the customers[^]*Ordered often\. Call them\./
    );
    // The way into the card keeps it open.
    await hover(`${CARD} button`);
    await advanceTime(1000);
    await click(`${CARD} button:contains(Campaign)`);
    await animationFrame();
    expect.verifySteps(['drill {"key":"campaign","value":"champions"}']);
    expect(CARD).toHaveCount(0);
    await hover(".o_crm_dashboards_area:not(.o_crm_dashboards_segment_champions)");
    await advanceTime(1000);
    expect(CARD).toHaveCount(0);
});

test.tags("desktop");
test("grid: the card of an area is reached and left by keyboard", async () => {
    await mountBlock(GridBlock, GRID_TOLD);
    queryOne(AREA).focus();
    await advanceTime(250);
    expect(CARD).toHaveCount(1);
    expect(AREA).toHaveAttribute("aria-describedby", "o_crm_dashboards_area_card");
    await press("ArrowDown");
    expect(`${CARD} button:first`).toBeFocused();
    await press("Escape");
    await animationFrame();
    expect(CARD).toHaveCount(0);
    expect(AREA).toBeFocused();
    expect(AREA).not.toHaveAttribute("aria-describedby");
    await press("Enter");
    expect.verifySteps(['drill {"key":"segment","value":"champions"}']);
});

test("grid: a finger's first touch tells, its buttons open", async () => {
    mockTouch(true);
    await mountBlock(GridBlock, GRID_TOLD);
    await click(AREA);
    await animationFrame();
    expect.verifySteps([]);
    await click(`${CARD} button:first`);
    expect.verifySteps(['drill {"key":"segment","value":"champions"}']);
});

test("grid: the switch changes what the areas count", async () => {
    await mountBlock(GridBlock, GRID);
    expect(queryAllTexts(".o_crm_dashboards_area b")).toEqual(["148", "23"]);
    await click("[data-tab=value]");
    await animationFrame();
    expect(queryAllTexts(".o_crm_dashboards_area b")).toEqual(["$ 61,235", "$ 900"]);
    expect("[data-tab=value]").toHaveAttribute("aria-pressed", "true");
});

test("rows: avatar, badge, figure, drill and action", async () => {
    await mountBlock(RowsBlock, {
        type: "rows",
        rows: [
            {
                id: 7,
                avatar: {user_id: 2, name: "Marc"},
                badge_from: {
                    segment: "champions",
                    short: "C",
                    label: "Champions",
                    metric_id: 1,
                },
                direction: "down",
                badge: {
                    segment: "at_risk",
                    short: "AR",
                    label: "At Risk",
                    metric_id: 1,
                },
                title: "Gemini Furniture",
                subtitle: "every 30 days",
                cell: money(2940),
                cell_note: "22 days late",
                cell_hint: "may be chance",
                tone: "negative",
                drill: {key: "customer", value: 7},
                actions: [{key: "snooze", label: "Snooze", icon: "fa-bell-slash-o"}],
            },
            {id: 8, avatar: {user_id: false, name: "Unassigned"}, title: "Ready Mat"},
        ],
    });
    expect("[data-row='7'] img.o_crm_dashboards_avatar").toHaveAttribute("alt", "Marc");
    expect(queryAllTexts("[data-row='7'] .o_crm_dashboards_badge")).toEqual([
        "C",
        "AR",
    ]);
    expect("[data-row='7'] .o_crm_dashboards_row_value").toHaveText(
        "$ 2,940\n22 days late"
    );
    // The title lies over the row: whatever is hovered, it is hovered.
    const hovered = queryOne("[data-row='7'] .o_crm_dashboards_row_title");
    expect(hovered.closest("[data-tooltip]")).toHaveAttribute(
        "data-tooltip",
        "every 30 days · may be chance"
    );
    expect("[data-row='8'] .o_crm_dashboards_avatar_empty").toHaveCount(1);
    expect("[data-row='8'] button").toHaveCount(0);
    await click("[data-row='7'] .o_crm_dashboards_row_title");
    await click("[data-row='7'] [data-action=snooze]");
    expect.verifySteps(['drill {"key":"customer","value":7}', "snooze 7"]);
});

test("sparkline: from the oldest value to a dot on the last, told in words", async () => {
    const row = {id: 7, title: "Gemini Furniture", cell: money(2940)};
    const spark = {
        values: [0, 50, 100, 25],
        label: "4 months: rising.",
        tone: "positive",
    };
    await mountBlock(RowsBlock, {
        type: "rows",
        rows: [
            {...row, spark},
            {...row, id: 8, spark: {values: [-100, 0], label: "Credit notes."}},
            {...row, id: 9, spark: {values: [0, 0], label: "Nothing."}},
            {...row, id: 10, spark: false},
        ],
    });
    expect("svg").toHaveCount(3);
    expect("[data-row='7'] svg").toHaveAttribute("role", "img");
    expect("[data-row='7'] svg").toHaveAttribute("aria-label", "4 months: rising.");
    expect("[data-row='7'] svg").toHaveClass("o_crm_dashboards_tone_positive");
    // 80 wide and 24 high with 3 around: 100 is at the top, 0 at the bottom
    expect("[data-row='7'] polyline").toHaveAttribute(
        "points",
        "3,21 27.67,12 52.33,3 77,16.5"
    );
    expect("[data-row='7'] circle").toHaveAttribute("cx", "77");
    expect("[data-row='8'] polyline").toHaveAttribute("points", "3,21 77,3");
    expect("[data-row='9'] polyline").toHaveAttribute("points", "3,21 77,21");
});

test("rows: whom to call, with contact, chips and number", async () => {
    const chips = [
        {text: "silent 68 days, usually 15", level: "danger"},
        {text: "quotation expires Fri · $ 3,200", level: "warning"},
        {text: "fell to At Risk", level: "neutral"},
        {text: "$ 4,147 overdue for 9 days", level: "danger"},
        {text: "not spoken to for 61 days", level: "neutral"},
    ];
    await mountBlock(RowsBlock, {
        type: "rows",
        rows: [
            {
                id: 7,
                title: "Gemini Furniture",
                contact: "Edwin Hansen",
                phone: "+1 (555) 010-0199 ext. 4",
                chips,
                status: "Call planned for 1 Dec",
                cell: money(2940),
                cell_note: "next 90 days",
                actions: [{key: "snooze", label: "Snooze", icon: "fa-clock-o"}],
            },
        ],
    });
    expect(".o_crm_dashboards_row_contact").toHaveText("Edwin Hansen");
    expect(queryAllTexts(".o_crm_dashboards_chip")).toEqual([
        ...chips.slice(0, 3).map(({text}) => text),
        "+2",
    ]);
    expect(".o_crm_dashboards_chip_danger").toHaveCount(1);
    const others = "$ 4,147 overdue for 9 days · not spoken to for 61 days";
    expect(`[data-tooltip="${others}"]`).toHaveText("+2");
    expect(".o_crm_dashboards_row_status").toHaveText("Call planned for 1 Dec");
    const phone = queryOne("a.o_crm_dashboards_row_phone");
    expect(phone).toHaveAttribute("href", "tel:+155501001994");
    expect(phone).toHaveAttribute(
        "aria-label",
        "Call Edwin Hansen: +1 (555) 010-0199 ext. 4"
    );
    await click(".o_crm_dashboards_row_actions [data-action=snooze]");
    expect.verifySteps(["snooze 7"]);
});

test("rows: who cannot be called is written to, or gets a number", async () => {
    const chips = [{text: "silent 68 days", level: "danger"}];
    const action = {key: "add_phone", label: "Add phone", icon: "fa-phone"};
    await mountBlock(RowsBlock, {
        type: "rows",
        rows: [
            {id: 7, title: "Gemini Furniture", email: "gemini@example.com", chips},
            {id: 8, title: "Ready Mat", add_phone: action, chips},
            {id: 9, title: "Deco Addict", chips},
        ],
    });
    const mail = queryOne("[data-row='7'] a.o_crm_dashboards_row_phone");
    expect(mail).toHaveText("Write mail");
    expect(mail).toHaveAttribute("href", "mailto:gemini@example.com");
    expect(mail).toHaveAttribute(
        "aria-label",
        "Write to Gemini Furniture: gemini@example.com"
    );
    expect("[data-row='8'] .o_crm_dashboards_row_phone span").toHaveText("Add phone");
    expect("[data-row='9'] .o_crm_dashboards_row_phone").toHaveCount(0);
    await click("[data-row='8'] .o_crm_dashboards_row_phone");
    expect.verifySteps(["add_phone 8"]);
});

test("rows: where there is little room, the segment is told in words", async () => {
    const badge = {segment: "at_risk", short: "AR", label: "At Risk", metric_id: 4};
    await mountBlock(RowsBlock, {
        type: "rows",
        rows: [{id: 7, title: "Gemini Furniture", badge}],
    });
    const block = queryOne(".o_crm_dashboards_rows");
    block.parentElement.style.containerType = "inline-size";
    expect(".o_crm_dashboards_badge").toHaveText("At Risk");
});

test("share: bars are as long as their share", async () => {
    await mountBlock(ShareBlock, {
        type: "share",
        items: [
            {label: "Lago", cell: money(12400), share: 0.46, drill: "lago"},
            {label: "Muuto", cell: money(430), share: 0.16, mark: "never ordered"},
        ],
    });
    expect(queryOne("li:first-child .o_crm_dashboards_bar i").style.width).toBe("46%");
    expect("li:first-child").toHaveText(/Lago\s*\$ 12,400\s*46%/);
    expect("li:last-child .o_crm_dashboards_mark").toHaveText("never ordered");
    await click("li:first-child button");
    expect.verifySteps(['drill "lago"']);
});

test("timeline: icon, who and when", async () => {
    mockDate("2026-11-21 12:00:00", +1);
    await mountBlock(TimelineBlock, {
        type: "timeline",
        events: [
            {
                icon: "fa-phone",
                title: "Call",
                subtitle: "Mitchell Admin",
                datetime: "2026-10-22 10:40:00",
                drill: 3,
            },
        ],
    });
    expect("li .fa-phone").toHaveCount(1);
    expect("li .o_crm_dashboards_row_value").toHaveText(/Oct 22, 11:40\sAM/);
    await click("li button");
    expect.verifySteps(["drill 3"]);
});

test("timeline: folded after five, cell and tone of its own, more", async () => {
    await mountBlock(TimelineBlock, {
        type: "timeline",
        events: [
            {
                icon: "fa-car",
                title: "Visit",
                cell: {value: "Tomorrow", unit: "text"},
                tone: "negative",
            },
            ...Array.from({length: 6}, (_, index) => ({
                icon: "fa-phone",
                title: `Call ${index}`,
                datetime: "2026-10-22 10:40:00",
            })),
        ],
        more: {label: "All events", drill: "all"},
    });
    expect("li").toHaveCount(5);
    expect("li:first-child .o_crm_dashboards_row_value").toHaveText("Tomorrow");
    expect("li:first-child .o_crm_dashboards_tone_negative").toHaveText("Visit");
    expect(".o_crm_dashboards_unfold").toHaveText("Show 2 more");
    await click(".o_crm_dashboards_unfold");
    await animationFrame();
    expect("li").toHaveCount(7);
    expect(".o_crm_dashboards_unfold").toHaveCount(0);
    await click(".o_crm_dashboards_more");
    expect.verifySteps(['drill "all"']);
});

test("stack: parts as wide as their share, named below", async () => {
    await mountBlock(StackBlock, {
        type: "stack",
        parts: [
            {label: "not due", cell: money(6000), share: 0.75, level: 0},
            {label: "0–30", cell: money(2000), share: 0.25, level: 1, drill: "young"},
            {label: "31–60", cell: money(0), share: 0, level: 2},
            {label: "credits", cell: money(-10), share: -0.1, tone: "neutral"},
        ],
    });
    const bar = queryOne(".o_crm_dashboards_stack_bar");
    const [notDue, young] = queryAll("i", {root: bar});
    expect(bar.children).toHaveLength(2);
    expect(Math.round(notDue.offsetWidth / young.offsetWidth)).toBe(3);
    expect(notDue).toHaveClass("o_crm_dashboards_swatch_level_0");
    expect(queryAllTexts("li").map((text) => text.replace(/\s+/g, " "))).toEqual([
        "not due $ 6,000",
        "0–30 $ 2,000",
        "31–60 $ 0",
        "credits −$ 10",
    ]);
    expect("li:last-child .o_crm_dashboards_swatch_neutral").toHaveCount(1);
    await click("li button");
    expect.verifySteps(['drill "young"']);
});

test("progress never leaves its bar", async () => {
    await mountBlock(ProgressBlock, {
        type: "progress",
        value: 1.2,
        label: "$ 90,000 of $ 75,000",
        marks: [{at: 0.9, label: "3%"}],
    });
    expect("[role=progressbar]").toHaveAttribute("aria-valuenow", "100");
    expect(queryOne("[role=progressbar] i").style.width).toBe("100%");
    expect("[role=progressbar] b").toHaveAttribute("data-tooltip", "3%");
});

test("text is a paragraph in its tone, not markup", async () => {
    await mountBlock(TextBlock, {type: "text", text: "<b>late</b>", tone: "muted"});
    expect("p.o_crm_dashboards_tone_muted").toHaveText("<b>late</b>");
    expect("button").toHaveCount(0);
});

test("text: where a sentence leads stands behind it", async () => {
    await mountBlock(TextBlock, {
        type: "text",
        text: "40% came in time.",
        tone: "muted",
        link: {label: "What followed", drill: {key: "followed", value: true}},
    });
    expect("p").toHaveText("40% came in time. What followed");
    await click("p button");
    expect.verifySteps(['drill {"key":"followed","value":true}']);
});

test("lead: the part that matters stands out, and what to do next follows", async () => {
    await mountBlock(LeadBlock, {
        type: "lead",
        text: "Orders on time, but $ 4,147 is overdue.",
        mark: "$ 4,147",
        tone: "negative",
        evidence: "The next order is expected on Nov 30.",
        step: "Call Amara about the overdue $ 4,147.",
    });
    expect(".o_crm_dashboards_lead_text").toHaveText(
        "Orders on time, but $ 4,147 is overdue."
    );
    expect(".o_crm_dashboards_lead_mark.o_crm_dashboards_tone_negative").toHaveText(
        "$ 4,147"
    );
    expect(".o_crm_dashboards_lead_evidence").toHaveText(/Nov 30/);
    expect(".o_crm_dashboards_lead_step").toHaveText(/Next:\s*Call Amara/);
});

test("lead: a sentence alone", async () => {
    await mountBlock(LeadBlock, {
        type: "lead",
        text: "No order yet.",
        mark: "",
        tone: false,
        evidence: "",
        step: "",
    });
    expect(".o_crm_dashboards_lead").toHaveText("No order yet.");
    expect(".o_crm_dashboards_lead_mark").toHaveCount(0);
    expect(".o_crm_dashboards_lead_step").toHaveCount(0);
});

test("strip: figures with remarks, each in its own tone", async () => {
    await mountBlock(StripBlock, {
        type: "strip",
        figures: [
            {
                label: "Next order",
                cell: {value: "61 days late", unit: "text"},
                note: "about $ 2,543",
                tone: "negative",
                note_tone: false,
                direction: false,
                drill: false,
            },
            {
                label: "12 months",
                cell: money(39832),
                note: "33% on the year before",
                tone: false,
                note_tone: "negative",
                direction: "down",
                drill: {key: "year"},
            },
        ],
    });
    const [late, year] = queryAll(".o_crm_dashboards_strip_figure");
    expect(late).toHaveText("Next order\n61 days late\nabout $ 2,543");
    expect(late.querySelector("dd")).toHaveClass("o_crm_dashboards_tone_negative");
    expect(year).toHaveText(/\$ 39,832\s*▼\s*33% on the year before/);
    await click(year.querySelector("button"));
    expect.verifySteps(['drill {"key":"year"}']);
});

test("facts: what is to be looked up, with links", async () => {
    await mountBlock(FactsBlock, {
        type: "facts",
        facts: [
            {label: "Phone", text: "+1 608-555-0125", link: "tel:+1 608-555-0125"},
            {label: "Terms", text: "45 days", link: false},
        ],
    });
    expect(queryAllTexts("dt")).toEqual(["Phone", "Terms"]);
    expect(queryAllTexts("dd")).toEqual(["+1 608-555-0125", "45 days"]);
    expect("dd a").toHaveAttribute("href", "tel:+1 608-555-0125");
});

test("rows: days with an order as dots, and the silence since the last one", async () => {
    const row = {id: 1, title: "Baker", subtitle: "every 14 days"};
    await mountBlock(RowsBlock, {
        type: "rows",
        rows: [
            {...row, rhythm: {places: [0, 0.25, 0.5]}},
            {...row, id: 2},
        ],
    });
    expect(".o_crm_dashboards_rhythm").toHaveCount(1);
    const dots = queryAll(".o_crm_dashboards_rhythm i").map(
        ({style}) => style.insetInlineStart
    );
    expect(dots).toEqual(["0%", "25%", "50%"]);
    const silence = queryOne(".o_crm_dashboards_rhythm b");
    expect(silence.style.insetInlineStart).toBe("50%");
});
