/**
 * @param {Object} context of the report's action
 * @returns {string | undefined} code of the report, if it has a workbook
 */
export function getReportCode(context) {
    return context.crm_dashboards_report;
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
 * @param {{domain: Array, groupBy: string[]}} parameters.list
 * @param {Object[]} parameters.facets of the search bar
 */
export async function exportReport({orm, action, code, list, facets}) {
    const workbook = await orm.call("crm.dashboard.tile", "export_report", [
        code,
        {
            domain: list.domain,
            group_by: list.groupBy,
            facets: facets.map(describeFacet),
        },
    ]);
    await action.doAction(workbook);
}
