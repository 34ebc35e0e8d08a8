/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

/**
 * Knows whether the page that is being opened is one that the user goes back to, by the
 * button of the browser. Odoo opens it like any other.
 */
export const backService = {
    start({bus}) {
        const back = {isGoing: false};
        browser.addEventListener("popstate", () => {
            back.isGoing = true;
        });
        bus.addEventListener("ACTION_MANAGER:UI-UPDATED", () => {
            back.isGoing = false;
        });
        return back;
    },
};

registry.category("services").add("crm_dashboards.back", backService);
