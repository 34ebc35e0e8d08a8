import {registry} from "@web/core/registry";
import {listView} from "@web/views/list/list_view";

import {ReportListController} from "./report_list_controller";
import {ReportListRenderer} from "./report_list_renderer";

export const reportListView = {
    ...listView,
    Controller: ReportListController,
    Renderer: ReportListRenderer,
    buttonTemplate: "crm_dashboards.ReportList.Buttons",
};

registry.category("views").add("crm_orders_list", reportListView);
