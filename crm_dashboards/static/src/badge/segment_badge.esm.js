/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {browser} from "@web/core/browser/browser";
import {hasTouch} from "@web/core/browser/feature_detection";
import {usePopover} from "@web/core/popover/popover_hook";

import {Component, onWillUnmount, useRef} from "@odoo/owl";

import {RfmExplanation} from "./rfm_explanation.esm";

/** Passing over a badge on the way elsewhere must not ask the server. */
const OPEN_DELAY = 300;

/** Square badge of an RFM segment; hover or focus tells why the customer is in it. */
export class SegmentBadge extends Component {
    static template = "crm_dashboards.SegmentBadge";
    static props = {
        segment: String,
        short: String,
        label: String,
        metricId: {type: [Number, Boolean], optional: true},
    };

    setup() {
        this.root = useRef("root");
        this.popover = usePopover(RfmExplanation, {
            animation: false,
            popoverClass: "o_crm_dashboards_explanation_popover",
            role: "tooltip",
            setActiveElement: false,
        });
        onWillUnmount(() => this.close());
    }

    openSoon() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.open(), OPEN_DELAY);
    }

    open() {
        const {metricId, label} = this.props;
        if (!this.popover.isOpen) {
            this.popover.open(this.root.el, {metricId: metricId || false, label});
        }
    }

    close() {
        browser.clearTimeout(this.timer);
        this.popover.close();
    }

    onClick(ev) {
        // There is no hovering with a finger: the first touch explains.
        if (hasTouch() && !this.popover.isOpen) {
            ev.stopPropagation();
            this.open();
        }
    }
}
