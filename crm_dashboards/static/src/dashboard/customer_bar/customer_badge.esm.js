/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component, xml} from "@odoo/owl";

import {SegmentBadge} from "../../badge/segment_badge.esm";
import {getBadgeProps} from "../../badge/segments.esm";

/** The RFM segment of the customer whose dashboard it is, where there is one. */
export class CustomerBadge extends Component {
    static components = {SegmentBadge};
    static template = xml`
        <SegmentBadge t-if="props.customer.badge" t-props="badgeProps"/>`;
    static props = {customer: Object};

    get badgeProps() {
        return getBadgeProps(this.props.customer.badge);
    }
}
