/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component, useState} from "@odoo/owl";

/** Says of each tile that is not drawn why it is not. */
export class MissingTiles extends Component {
    static template = "crm_dashboards.MissingTiles";
    static props = {
        tiles: {
            type: Array,
            element: {
                type: Object,
                shape: {code: String, title: String, reason: String},
            },
        },
    };

    setup() {
        this.state = useState({isOpen: false});
    }

    toggle() {
        this.state.isOpen = !this.state.isOpen;
    }
}
