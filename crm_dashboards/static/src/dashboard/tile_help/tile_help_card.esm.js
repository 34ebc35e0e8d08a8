/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";

import {Component, onWillStart} from "@odoo/owl";

/** What a tile shows, what its words mean, where its figures are from, and more to read. */
export class TileHelpCard extends Component {
    static template = "crm_dashboards.TileHelpCard";
    static props = {
        title: String,
        explain: Function,
        close: {type: Function, optional: true},
    };

    setup() {
        this.help = {purpose: "", terms: [], guide: ""};
        onWillStart(async () => {
            try {
                this.help = await this.props.explain();
            } catch {
                this.help.purpose = _t("This could not be loaded. Please try again.");
            }
        });
    }
}
