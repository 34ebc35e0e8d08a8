/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {session} from "@web/session";

/**
 * @param {Object} context of the report's action
 * @returns {string | undefined} code of the report, if it has a workbook for this user
 */
export function getReportCode(context) {
    return session.crm_dashboards_excel === false
        ? undefined
        : context.crm_dashboards_report;
}

/** @returns {string} the order of a list, as a search wants it */
function describeOrder(orderBy) {
    return orderBy.map(({name, asc}) => (asc ? name : `${name} desc`)).join(",");
}

/**
 * @param {{title?: string, values: string[], separator?: string}} facet
 * @returns {string} the facet in words, as the search bar shows it
 */
export function describeFacet({title, values, separator}) {
    const words = values.join(` ${separator || ","} `);
    return title ? `${title}: ${words}` : words;
}

/**
 * Downloads the workbook of what a list shows at the moment.
 *
 * @param {Object} parameters
 * @param {Object} parameters.orm
 * @param {Object} parameters.action
 * @param {string} parameters.code of the report
 * @param {{domain: Array, groupBy: string[], orderBy: Object[]}} parameters.list
 * @param {string[]} parameters.columns names of the fields that the list shows
 * @param {Object[]} parameters.facets of the search bar
 */
export async function exportReport({orm, action, code, list, columns, facets}) {
    const workbook = await orm.call("crm.dashboard.tile", "export_report", [
        code,
        {
            domain: list.domain,
            columns,
            order_by: describeOrder(list.orderBy),
            group_by: list.groupBy,
            facets: facets.map(describeFacet),
        },
    ]);
    await action.doAction(workbook);
}
