/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {KeepLast} from "@web/core/utils/concurrency";

import {markRaw, reactive} from "@odoo/owl";

/** What the foot can show of a column, in the order of its lines. */
export const AGGREGATES = ["sum", "avg"];

/**
 * @param {{type: string, attrs: Object}} column of a list's arch
 * @returns {string[]} the aggregates that the arch asks for
 */
export function getAggregates({type, attrs}) {
    return type === "field" ? AGGREGATES.filter((aggregate) => attrs[aggregate]) : [];
}

/**
 * Totals and averages of a list over all records that its filters let through, whatever
 * the page and the grouping. `values` is false until the server has answered.
 */
export class ListTotals {
    constructor(orm, columns) {
        this.orm = orm;
        this.aggregates = columns.flatMap((column) =>
            getAggregates(column).map((aggregate) => `${column.name}:${aggregate}`)
        );
        this.keepLast = new KeepLast();
        this.state = reactive({values: false});
    }

    /**
     * @param {{resModel: string, domain: Array, context: Object}} root of a list's model
     */
    async load({resModel, domain, context}) {
        if (!this.aggregates.length) {
            return;
        }
        const [group] = await this.keepLast.add(
            this.orm.formattedReadGroup(resModel, domain, [], this.aggregates, {
                context,
            })
        );
        this.state.values = markRaw(group);
    }
}
