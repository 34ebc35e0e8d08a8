/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {useService} from "@web/core/utils/hooks";
import {ListController} from "@web/views/list/list_controller";

import {useSubEnv} from "@odoo/owl";

import {exportReport, getReportCode} from "./export_report.esm";
import {ListTotals} from "./list_totals.esm";

/** List of a report: knows the totals of everything the filters let through. */
export class ReportListController extends ListController {
    setup() {
        this.totals = new ListTotals(useService("orm"), this.props.archInfo.columns);
        this.shown = {columns: []};
        useSubEnv({reportTotals: this.totals, reportShown: this.shown});
        super.setup();
    }

    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRootLoaded = (root) => {
            this.totals.load(root);
        };
        return params;
    }

    get canExportReport() {
        return Boolean(getReportCode(this.props.context));
    }

    async onClickExport() {
        await exportReport({
            orm: this.orm,
            action: this.actionService,
            code: getReportCode(this.props.context),
            list: this.model.root,
            columns: this.shown.columns,
            facets: this.env.searchModel.facets,
        });
    }
}
