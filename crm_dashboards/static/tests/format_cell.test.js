/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {describe, expect, test} from "@odoo/hoot";
import {mockDate} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {makeMockEnv, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {localization} from "@web/core/l10n/localization";

import {exactHint, formatCell} from "@crm_dashboards/core/format_cell.esm";

import {count, money} from "./block_test_helpers.esm";

const NBSP = "\u00a0";

describe.current.tags("headless");
defineMailModels();

test("an amount of a thousand and more is rounded, with the exact one as hint", async () => {
    await makeMockEnv();
    expect(formatCell(money(84312.4))).toBe(`$${NBSP}84,312`);
    expect(formatCell(money(84312.4), {exact: true})).toBe(`$${NBSP}84,312.40`);
    expect(exactHint(money(84312.4))).toBe(`$${NBSP}84,312.40`);
});

test("a small amount keeps its cents and needs no hint", async () => {
    await makeMockEnv();
    expect(formatCell(money(999.5))).toBe(`$${NBSP}999.50`);
    expect(exactHint(money(999.5))).toBe("");
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
