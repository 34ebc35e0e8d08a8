/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {imageUrl} from "@web/core/utils/urls";

import {Component, xml} from "@odoo/owl";

/** The picture of a user, or an empty seat where nobody is in charge. */
export class RowAvatar extends Component {
    static template = xml`
        <img
            t-if="props.userId"
            class="o_crm_dashboards_avatar rounded"
            t-att-src="source"
            t-att-alt="props.name"
            t-att-data-tooltip="props.name"
        />
        <span
            t-else=""
            class="o_crm_dashboards_avatar o_crm_dashboards_avatar_empty rounded"
            role="img"
            t-att-aria-label="props.name"
            t-att-data-tooltip="props.name"
        >
            <i class="fa fa-user-o" role="presentation"/>
        </span>`;
    static props = {
        userId: {type: [Number, Boolean], optional: true},
        name: String,
    };

    get source() {
        return imageUrl("res.users", this.props.userId, "avatar_128");
    }
}
