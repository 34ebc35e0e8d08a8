/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {usePopover} from "@web/core/popover/popover_hook";

import {Component, useRef, useState} from "@odoo/owl";

import {TileHelpCard} from "./tile_help_card.esm";

/** The button beside a tile's title that says what the tile shows. */
export class TileHelp extends Component {
    static template = "crm_dashboards.TileHelp";
    static props = {title: String, explain: Function};

    setup() {
        this.button = useRef("button");
        this.state = useState({isOpen: false});
        this.popover = usePopover(TileHelpCard, {
            animation: false,
            position: "bottom-start",
            popoverClass: "o_crm_dashboards_help_popover",
            // Who came by keyboard reads on in it, and is back at the button after it.
            setActiveElement: true,
            onClose: () => {
                this.state.isOpen = false;
            },
        });
    }

    toggle() {
        if (this.state.isOpen) {
            this.popover.close();
            return;
        }
        const {title, explain} = this.props;
        this.popover.open(this.button.el, {title, explain});
        this.state.isOpen = true;
    }
}
