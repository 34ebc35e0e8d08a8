/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {RecordAutocomplete} from "@web/core/record_selectors/record_autocomplete";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";

import {Component, onWillStart, useState} from "@odoo/owl";

import {formatCell} from "../core/format_cell.esm";
import {UsualOrder} from "./usual_order.esm";
import {UsualOrderRow} from "./usual_order_row.esm";

const PRICE_DELAY = 400;

/** Proposes what a customer usually orders, and makes a quotation of what is ticked. */
export class UsualOrderDialog extends Component {
    static template = "crm_dashboards.UsualOrderDialog";
    static components = {Dialog, RecordAutocomplete, UsualOrderRow};
    static props = {customerId: Number, close: Function};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.order = useState(new UsualOrder(this.orm, this.props.customerId));
        this.state = useState({isAdding: false});
        this.updatePricesSoon = useDebounced(
            () => this.order.updatePrices(),
            PRICE_DELAY
        );
        onWillStart(() => {
            // The dialogue is there at once; what it shows comes when it is read.
            this.order.load();
        });
    }

    get proposal() {
        return this.order.proposal;
    }

    get title() {
        return this.proposal?.title || _t("Usual order");
    }

    get total() {
        const {total} = this.order;
        const {currency_id} = this.proposal;
        return formatCell({value: total, unit: "money", currency_id}, {exact: true});
    }

    get countWords() {
        const count = this.order.ticked.length;
        return count === 1
            ? _t("1 product, before tax")
            : _t("%(count)s products, before tax", {count});
    }

    get createLabel() {
        return this.order.addsToDraft
            ? _t("Add to %(quotation)s", {quotation: this.proposal.draft.name})
            : _t("Create quotation");
    }

    get sendLabel() {
        return this.order.addsToDraft ? _t("Add and send") : _t("Create and send");
    }

    get excludedIds() {
        return this.order.shownLines.map(({product_id}) => product_id);
    }

    onToggle(line) {
        this.order.toggle(line);
        this.updatePricesSoon();
    }

    onQuantity(line, quantity) {
        this.order.setQuantity(line, quantity);
        this.updatePricesSoon();
    }

    onLarge() {
        this.order.toggleLarge();
        this.updatePricesSoon();
    }

    async onProduct([productId]) {
        if (productId) {
            this.state.isAdding = false;
            await this.order.addProduct(productId);
            this.updatePricesSoon();
        }
    }

    async create() {
        const action = await this.order.create();
        if (action) {
            this.props.close();
            await this.action.doAction(action);
        }
        return action;
    }

    /** Opens the quotation with Odoo's own mail about it, after this dialogue is gone. */
    async createAndSend() {
        const {orm, action: actions} = this.env.services;
        const action = await this.create();
        if (action) {
            const mail = await orm.call("sale.order", "action_quotation_send", [
                [action.res_id],
            ]);
            await actions.doAction(mail, {
                onClose: () => actions.doAction("soft_reload"),
            });
        }
    }
}

registry
    .category("lazy_components")
    .add("crm_dashboards.UsualOrderDialog", UsualOrderDialog);
