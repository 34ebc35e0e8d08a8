/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {AutoComplete} from "@web/core/autocomplete/autocomplete";
import {_t} from "@web/core/l10n/translation";
import {useChildRef, useService} from "@web/core/utils/hooks";

import {Component, useExternalListener} from "@odoo/owl";

/** The key that leads to the field, wherever one is on the page. */
const KEY = "/";

/** Elements in which the key writes what it says. */
const EDITABLE = "input, textarea, select, [contenteditable]";

/** Odoo's own, whose list is told to be one: its role is that of a menu there. */
class CustomerAutoComplete extends AutoComplete {
    static template = "crm_dashboards.CustomerAutoComplete";
}

/**
 * Finds customers by name, e-mail, reference or VAT number: opens the dashboard of one, or
 * has the page show figures of all that are found.
 */
export class CustomerSearch extends Component {
    static template = "crm_dashboards.CustomerSearch";
    static components = {CustomerAutoComplete};
    static props = {
        find: Function,
        onSelect: Function,
        filter: String,
        onFilter: Function,
    };

    setup() {
        this.key = KEY;
        this.input = useChildRef();
        this.ui = useService("ui");
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
    }

    get sources() {
        return [
            {
                placeholder: _t("Searching…"),
                optionSlot: "option",
                options: (text) => this.getOptions(text),
            },
        ];
    }

    async getOptions(text) {
        if (!text) {
            return [];
        }
        const found = await this.props.find(text);
        if (!found.length) {
            return [{label: _t("No customer found."), data: {details: ""}}];
        }
        const customers = found.map(({id, name, details}) => ({
            label: name,
            data: {details},
            onSelect: () => this.props.onSelect(id),
        }));
        const all = {
            label: _t("Figures of all customers with “%s”", text),
            cssClass: "o_crm_dashboards_search_all border-top",
            data: {details: ""},
            onSelect: () => this.props.onFilter(text),
        };
        return [...customers, all];
    }

    get filterLabel() {
        return _t("Only customers with “%s”", this.props.filter);
    }

    get wayBackLabel() {
        return _t("Only customers with “%s”: show all again", this.props.filter);
    }

    /** The way back; the field is where one goes on. */
    showAll() {
        this.props.onFilter("");
        this.input.el.focus();
    }

    onKeydown(ev) {
        const isFree =
            this.ui.activeElement === document && !ev.target.closest?.(EDITABLE);
        const hasModifier = ev.ctrlKey || ev.altKey || ev.metaKey;
        if (ev.key === KEY && isFree && !hasModifier) {
            ev.preventDefault();
            this.input.el.focus();
        }
    }
}
