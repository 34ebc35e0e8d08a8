/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";

/** Opens the dialogue of the usual order over whatever is open; it is fetched on first use. */
export async function openUsualOrder(env, {params}) {
    await loadBundle("crm_dashboards.assets_dashboard");
    const UsualOrderDialog = registry
        .category("lazy_components")
        .get("crm_dashboards.UsualOrderDialog");
    env.services.dialog.add(UsualOrderDialog, {customerId: params.customer_id});
}

registry.category("actions").add("crm_dashboards.usual_order", openUsualOrder);
