/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";
import {listView} from "@web/views/list/list_view";

import {ReportListController} from "./report_list_controller.esm";
import {ReportListRenderer} from "./report_list_renderer.esm";

export const reportListView = {
    ...listView,
    Controller: ReportListController,
    Renderer: ReportListRenderer,
    buttonTemplate: "crm_dashboards.ReportList.Buttons",
};

registry.category("views").add("crm_orders_list", reportListView);
