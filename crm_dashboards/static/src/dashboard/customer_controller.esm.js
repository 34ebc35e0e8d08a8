/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";

import {DashboardController, MODEL} from "./dashboard_controller.esm";

/** Code of the tile of what matters most. */
export const GLANCE = "customer_at_a_glance";

/** Data of the dashboard of one customer. */
export class CustomerController extends DashboardController {
    /**
     * @param {Object} services as `useDashboardServices` gives them
     * @param {number} customerId any contact of the customer
     * @param {string} [dashboard] code of the dashboard
     */
    constructor(services, customerId, dashboard = "customer") {
        super(services, dashboard, {customer_id: customerId});
    }

    get customerId() {
        return this.fixedScope.customer_id;
    }

    /** A tile without figures is not drawn, unless another of its tabs may have some. */
    isDrawn(content) {
        const isEmpty = content?.state === "empty" && !content.tabs.length;
        return super.isDrawn(content) && !isEmpty;
    }

    /** @returns {{code: string, title: string, reason: string}[]} tiles not drawn, and why */
    get missingTiles() {
        const {tiles, hidden_tiles} = this.header;
        const missing = tiles
            .filter(({code}) => !this.isDrawn(this.contents[code]))
            .map((tile) => ({
                code: tile.code,
                title: this.getTitle(tile),
                reason:
                    this.contents[tile.code].message ||
                    _t("You have no access to these records."),
            }));
        const hidden = hidden_tiles.map(({code, name}) => ({
            code,
            title: name,
            reason: _t("You have hidden this tile."),
        }));
        return [...missing, ...hidden];
    }

    /** The figures that are stored at night are worked out anew for this customer. */
    async recompute() {
        const {stored, message} = await this.callForCustomer("refresh_customer");
        if (message) {
            this.notification.add(message, {type: stored ? "success" : "info"});
        }
    }

    /** @param {string} key of one of the header's actions */
    async runAction(key) {
        const action = await this.callForCustomer("run_customer_action", key);
        await this.follow(action, () => this.loadWritten());
    }

    /** What is done with a customer is told in many of its tiles. */
    loadLists() {
        return this.loadWritten();
    }

    async printBrief() {
        await this.open(await this.callForCustomer("print_brief"));
    }

    callForCustomer(method, ...args) {
        return this.orm.call(MODEL, method, [this.customerId, ...args]);
    }
}
