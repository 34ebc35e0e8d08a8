/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {useService} from "@web/core/utils/hooks";

import {useEnv} from "@odoo/owl";

/** @returns {Object} the services that the controller of a dashboard works with */
export function useDashboardServices() {
    return {
        orm: useService("orm"),
        // Of the whole client: what the user arranged is saved even if the page is left.
        keeper: useEnv().services.orm,
        action: useService("action"),
        notification: useService("notification"),
    };
}
