/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component} from "@odoo/owl";

/** Who is in an area of a grid, what part of all they are, and what to do with them. */
export class AreaCard extends Component {
    static template = "crm_dashboards.AreaCard";
    static props = {
        id: String,
        area: Object,
        onDrill: Function,
        onEnter: Function,
        onLeave: Function,
        onBack: Function,
        close: {type: Function, optional: true},
    };

    /** Arrow up or Escape leads back to the area. */
    onKeydown(ev) {
        if (["ArrowUp", "Escape"].includes(ev.key)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.props.onBack();
        }
    }

    follow({drill}) {
        this.props.close();
        this.props.onDrill(drill);
    }
}
