/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

import {Component, onWillStart, useState} from "@odoo/owl";

import {LeadBlock} from "../../blocks/lead/lead_block.esm";
import {StripBlock} from "../../blocks/strip/strip_block.esm";
import {GLANCE} from "../customer_controller.esm";
import {MODEL} from "../dashboard_controller.esm";

/** How the customer of a form stands, above its fields; nothing where that is not told. */
export class CustomerStrip extends Component {
    static template = "crm_dashboards.CustomerStrip";
    static components = {LeadBlock, StripBlock};
    static props = {
        customerId: Number,
        customerIds: {type: Array, element: Number},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({lead: null, strip: null});
        // Not awaited: the form must not wait for it.
        onWillStart(() => void this.load());
    }

    async load() {
        const scope = {customer_id: this.props.customerId};
        const call = this.orm.silent.call(MODEL, "get_tiles", [
            "customer",
            [GLANCE],
            scope,
        ]);
        // The dashboard below tells what failed.
        const {[GLANCE]: tile} = await call.catch(() => ({}));
        for (const block of tile?.blocks || []) {
            this.state[block.type] = block;
        }
    }

    openDashboard() {
        return this.action.doAction("crm_dashboards.crm_dashboard_action_customer", {
            additionalContext: {
                active_id: this.props.customerId,
                active_ids: this.props.customerIds,
            },
        });
    }
}

registry.category("lazy_components").add("crm_dashboards.CustomerStrip", CustomerStrip);
