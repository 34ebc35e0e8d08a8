/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";

import {Component, useState} from "@odoo/owl";

import {DashboardController} from "../dashboard_controller.esm";
import {inPlainDigits} from "../../core/format_cell.esm";

const {DateTime} = luxon;

/** Of when the figures are, and what can be done with the dashboard as a whole. */
export class DashboardTools extends Component {
    static template = "crm_dashboards.DashboardTools";
    static props = {
        controller: DashboardController,
        isPage: {type: Boolean, optional: true},
    };

    setup() {
        this.controller = useState(this.props.controller);
    }

    get header() {
        return this.controller.header;
    }

    get asOf() {
        const {label, zone} = this.header.as_of;
        return label && zone ? _t("%(as_of)s (%(zone)s)", {as_of: label, zone}) : label;
    }

    /** What there is always room for; the rest is told on hovering or touching it. */
    get shortAsOf() {
        const {date, short, zone} = this.header.as_of;
        if (!date || !zone) {
            return short;
        }
        const {offsetNameShort} = deserializeDateTime(date, {tz: zone});
        return `${short} ${offsetNameShort}`;
    }

    get refreshed() {
        const {refreshedAt} = this.controller;
        if (!refreshedAt) {
            return "";
        }
        // One clock: beside a moment of the company's zone, no figure is of the future.
        const {zone} = this.header.as_of;
        const at = zone ? refreshedAt.setZone(zone) : refreshedAt;
        return _t("refreshed %(time)s", {
            time: inPlainDigits(at).toLocaleString(DateTime.TIME_SIMPLE),
        });
    }

    get freshness() {
        return [this.asOf, this.refreshed].filter(Boolean).join(" · ");
    }

    /** A form has hotkeys of its own. */
    get hotkey() {
        return this.props.isPage ? "shift+r" : undefined;
    }

    toggleAllSales() {
        this.controller.changeScope({all_sales: !this.controller.scope.all_sales});
    }

    toggleCustomizing() {
        this.controller.isCustomizing = !this.controller.isCustomizing;
    }
}
