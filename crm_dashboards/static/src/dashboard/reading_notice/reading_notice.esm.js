/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {formatList} from "@web/core/l10n/utils";

import {Component, useState} from "@odoo/owl";

import {DashboardController} from "../dashboard_controller.esm";

/** Says once for all tiles that others see more; on demand of which tile what is counted. */
export class ReadingNotice extends Component {
    static template = "crm_dashboards.ReadingNotice";
    static props = {controller: DashboardController};

    setup() {
        this.controller = useState(this.props.controller);
        this.state = useState({isOpen: false});
    }

    /** @returns {{text: string, titles: string}[]} the tiles' own words, and whose they are */
    get readings() {
        const titles = {};
        for (const tile of this.controller.tiles) {
            const {blocks = []} = this.controller.contents[tile.code] || {};
            for (const {type, text} of blocks) {
                if (type === "reading") {
                    titles[text] = [
                        ...(titles[text] || []),
                        this.controller.getTitle(tile),
                    ];
                }
            }
        }
        return Object.entries(titles).map(([text, names]) => ({
            text,
            titles: formatList(names),
        }));
    }

    toggle() {
        this.state.isOpen = !this.state.isOpen;
    }
}
