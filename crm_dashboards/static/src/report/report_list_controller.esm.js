/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {useService} from "@web/core/utils/hooks";
import {ListController} from "@web/views/list/list_controller";

import {useSubEnv} from "@odoo/owl";

import {exportReport, getReportCode} from "./export_report.esm";
import {ListTotals} from "./list_totals.esm";

/** The method of a row that opens its customer. */
const OPEN_CUSTOMER = "action_open_customer";

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

    /** The customer behind a row knows those of the other rows, as a record its list. */
    async openRecord(record, options = {}) {
        const name = this.archInfo.openAction?.action;
        if (name !== OPEN_CUSTOMER || options.newWindow) {
            return super.openRecord(record, options);
        }
        const action = await this.orm.call(record.resModel, name, [[record.resId]]);
        const customers = this.model.root.records.map(({data}) => data.partner_id?.id);
        const resIds = [...new Set([...customers.filter(Boolean), action.res_id])];
        return this.actionService.doAction(action, {props: {resIds}});
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
