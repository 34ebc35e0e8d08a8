/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatSelection} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

import {Component} from "@odoo/owl";

import {SegmentBadge} from "./segment_badge.esm";
import {SEGMENT_CODES} from "./segments.esm";

const METRIC_MODEL = "crm.customer.metric";
const METRIC_FIELD = "crm_metric_id";

/** The RFM segment of a partner, or of a metric itself, as a badge. */
export class RfmBadgeField extends Component {
    static template = "crm_dashboards.RfmBadgeField";
    static components = {SegmentBadge};
    static props = {...standardFieldProps};

    get segment() {
        return this.props.record.data[this.props.name];
    }

    get badgeProps() {
        const {record, name} = this.props;
        const {selection} = record.fields[name];
        return {
            segment: this.segment,
            short: SEGMENT_CODES[this.segment] || "",
            label: formatSelection(this.segment, {selection}),
            metricId: this.metricId,
        };
    }

    get metricId() {
        const {record} = this.props;
        return record.resModel === METRIC_MODEL
            ? record.resId
            : record.data[METRIC_FIELD]?.id || false;
    }
}

export const rfmBadgeField = {
    component: RfmBadgeField,
    displayName: _t("RFM Badge"),
    supportedTypes: ["selection"],
    // A metric is its own metric; every other record has a field that leads to it.
    fieldDependencies: ({name}) =>
        name === "segment"
            ? []
            : [{name: METRIC_FIELD, type: "many2one", relation: METRIC_MODEL}],
};

registry.category("fields").add("crm_rfm_badge", rfmBadgeField);
