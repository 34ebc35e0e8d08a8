/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {formatFloat, formatInteger, formatMonetary} from "@web/views/fields/formatters";
import {ListRenderer} from "@web/views/list/list_renderer";

import {useState} from "@odoo/owl";

import {AGGREGATES, getAggregates} from "./list_totals.esm";

const LABELS = {sum: _t("Total"), avg: _t("Average")};

/**
 * Pixels, where Odoo's own columns are too narrow: it makes room for an amount, but not
 * for the total of many, and takes it from names. The least, and the most if any.
 */
const TOTAL_WIDTH = [135, 135];
const CUSTOMER_WIDTH = [130];

function withWidth(column, listViewWidth) {
    return {...column, field: {...column.field, listViewWidth}};
}

/**
 * @param {Object} column of the list
 * @returns {Object} the same, wide enough for what stands in it
 */
function widen(column) {
    if (column.name === "partner_id") {
        return withWidth(column, CUSTOMER_WIDTH);
    }
    if (column.fieldType === "monetary" && getAggregates(column).length) {
        return withWidth(column, TOTAL_WIDTH);
    }
    return column;
}

/** List whose foot shows total and average of all records, on a line each. */
export class ReportListRenderer extends ListRenderer {
    static template = "crm_dashboards.ReportListRenderer";
    static recordRowTemplate = "crm_dashboards.ReportListRenderer.RecordRow";

    setup() {
        super.setup();
        this.totals = useState(this.env.reportTotals.state);
    }

    /** Which optional columns are shown is known here alone. */
    getActiveColumns() {
        const columns = super.getActiveColumns().map(widen);
        this.env.reportShown.columns = columns
            .filter(({type}) => type === "field")
            .map(({name}) => name);
        return columns;
    }

    /** Odoo has no name for a button of a row that is an icon only. */
    getButtonName({string, title}) {
        return string ? {} : {"aria-label": title};
    }

    /** A share that a group has not is not one of 0%. */
    formatGroupAggregate(group, column) {
        if (column.widget === "percentage" && group.aggregates[column.name] === false) {
            return {value: ""};
        }
        return super.formatGroupAggregate(group, column);
    }

    /** @returns {number} index of the first column with a figure at the foot, else -1 */
    get firstTotalledIndex() {
        return this.columns.findIndex((column) => getAggregates(column).length);
    }

    get footLines() {
        return AGGREGATES.filter((aggregate) =>
            this.columns.some((column) => getAggregates(column).includes(aggregate))
        ).map((aggregate) => ({aggregate, label: LABELS[aggregate]}));
    }

    get footLabelColspan() {
        return this.firstTotalledIndex + (this.hasSelectors ? 1 : 0);
    }

    get footColumns() {
        return this.columns.slice(this.firstTotalledIndex);
    }

    /** @returns {string} "" for columns without that aggregate */
    formatTotal(column, aggregate) {
        const value = this.totals.values?.[`${column.name}:${aggregate}`];
        if (typeof value !== "number") {
            return "";
        }
        switch (this.fields[column.name].type) {
            case "monetary":
                return formatMonetary(value, {
                    currencyId: user.activeCompany.currency_id,
                });
            case "integer":
                return aggregate === "sum" ? formatInteger(value) : formatFloat(value);
            default:
                return formatFloat(value);
        }
    }
}
