/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {describe, expect, test} from "@odoo/hoot";
import {mockDate} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {makeMockEnv, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {currencies} from "@web/core/currency";
import {localization} from "@web/core/l10n/localization";

import {exactHint, formatCell} from "@crm_dashboards/core/format_cell.esm";

import {count, money} from "./block_test_helpers.esm";

const NBSP = "\u00a0";

describe.current.tags("headless");
defineMailModels();

test("an amount is in whole units, with the exact one as hint", async () => {
    await makeMockEnv();
    for (const [value, words, exact] of [
        [84312.4, "84,312", "84,312.40"],
        [999.5, "1,000", "999.50"],
        [94.8, "95", "94.80"],
        [9.996, "10", "10.00"],
        [7, "7", "7.00"],
        [0, "0", "0.00"],
        [0.004, "0", "0.00"],
    ]) {
        expect(formatCell(money(value))).toBe(`$${NBSP}${words}`);
        expect(formatCell(money(value), {exact: true})).toBe(`$${NBSP}${exact}`);
        expect(exactHint(money(value))).toBe(`$${NBSP}${exact}`);
    }
    expect(formatCell(money(-0.004))).toBe(`$${NBSP}0`);
    expect(formatCell(money(-94.8))).toBe(`−$${NBSP}95`);
});

test("what rounding would make another amount keeps its decimals, and needs no hint", async () => {
    await makeMockEnv();
    for (const [value, words] of [
        [0.4, "0.40"],
        [1.5, "1.50"],
        [9.99, "9.99"],
    ]) {
        expect(formatCell(money(value))).toBe(`$${NBSP}${words}`);
        expect(exactHint(money(value))).toBe("");
    }
    expect(formatCell(money(-0.4))).toBe(`−$${NBSP}0.40`);
});

test("decimals are those of the currency", async () => {
    await makeMockEnv();
    patchWithCleanup(currencies, {
        98: {name: "JPY", symbol: "¥", position: "before", digits: [69, 0]},
        99: {name: "KWD", symbol: "KD", position: "after", digits: [69, 3]},
    });
    const yen = (value) => formatCell({value, unit: "money", currency_id: 98});
    const dinars = (value) => formatCell({value, unit: "money", currency_id: 99});
    expect([yen(0), yen(4), yen(125000)]).toEqual([
        `¥${NBSP}0`,
        `¥${NBSP}4`,
        `¥${NBSP}125,000`,
    ]);
    expect([dinars(0.005), dinars(4.125), dinars(12.345)]).toEqual([
        `0.005${NBSP}KD`,
        `4.125${NBSP}KD`,
        `12${NBSP}KD`,
    ]);
});

test("from right to left the minus stays before its number", async () => {
    await makeMockEnv();
    expect(formatCell({value: -0.48, unit: "percent"})).toBe("−48%");
    patchWithCleanup(localization, {direction: "rtl"});
    expect(formatCell({value: -0.48, unit: "percent"})).toBe("\u200e−48%");
    expect(formatCell(money(-2000))).toBe(`\u200e−$${NBSP}2,000`);
    expect(formatCell(money(2000))).toBe(`$${NBSP}2,000`);
});

test("shares, counts, days and text", async () => {
    await makeMockEnv();
    expect(formatCell({value: 0.68, unit: "percent"})).toBe("68%");
    expect(formatCell({value: 0.042, unit: "percent"})).toBe("4.2%");
    expect(formatCell({value: -0.48, unit: "percent"})).toBe("−48%");
    expect(formatCell(count(1147))).toBe("1,147");
    expect(formatCell({value: 1, unit: "days"})).toBe("1 day");
    expect(formatCell({value: 31, unit: "days"})).toBe("31 days");
    expect(formatCell({value: "Won", unit: "text"})).toBe("Won");
});

test("zero is a figure, false is nothing", async () => {
    await makeMockEnv();
    expect(formatCell(count(0))).toBe("0");
    expect(formatCell({value: false, unit: "days"})).toBe("—");
});

test("dates and times are those of the user", async () => {
    mockDate("2026-11-21 12:00:00", +1);
    await makeMockEnv();
    expect(formatCell({value: "2026-10-22", unit: "date"})).toBe("Oct 22");
    expect(formatCell({value: "2026-10-22 10:40:00", unit: "datetime"})).toMatch(
        /^Oct 22, 11:40\sAM$/
    );
});

test("a page has digits of one script", async () => {
    patchWithCleanup(luxon.Settings, {defaultNumberingSystem: "arab"});
    await makeMockEnv();
    const day = formatCell({value: "2026-10-22", unit: "date"});
    expect(day).toInclude("22");
    const moment = formatCell({value: "2026-10-22 10:40:00", unit: "datetime"});
    expect(moment).toInclude(":40");
});
