/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";

import {markRaw} from "@odoo/owl";

const MODEL = "crm.usual.order";
const LARGE = "large";
const ADDED = "added";

/**
 * A product of the proposal.
 *
 * @typedef {Object} UsualOrderLine
 * @property {number} product_id
 * @property {string} name
 * @property {string} evidence why it is proposed
 * @property {string | false} due
 * @property {boolean} is_late
 * @property {number} unit_id
 * @property {string} unit
 * @property {number} quantity
 * @property {boolean} ticked
 * @property {string | false} warning
 * @property {string | false} stock
 * @property {number} unit_price
 * @property {number} discount in percent
 * @property {number} subtotal
 * @property {number | false} last_price where it is another one
 * @property {number | false} large_quantity in the last large order
 */

/** What a customer usually orders, and what of it is chosen. */
export class UsualOrder {
    /**
     * @param {Object} orm
     * @param {number} customerId any contact of the customer
     */
    constructor(orm, customerId) {
        this.orm = markRaw(orm);
        this.customerId = customerId;
        this.proposal = null;
        this.failure = "";
        this.sections = [];
        this.notices = [];
        this.isLarge = false;
        this.addsToDraft = false;
        this.isPricing = false;
        this.isCreating = false;
        this.lastRequest = 0;
    }

    async load() {
        try {
            this.proposal = await this.call("get_proposal");
        } catch (error) {
            this.failure = error.data?.message || _t("The usual order did not load.");
            return;
        }
        this.sections = this.proposal.sections;
        this.notices = this.proposal.notices;
        this.asProposed = markRaw(
            new Map(
                this.lines.map(({product_id, quantity, ticked}) => [
                    product_id,
                    {quantity, ticked},
                ])
            )
        );
    }

    get shownSections() {
        return this.sections.filter(({code}) => code !== LARGE || this.isLarge);
    }

    get lines() {
        return this.sections.flatMap(({lines}) => lines);
    }

    get shownLines() {
        return this.shownSections.flatMap(({lines}) => lines);
    }

    get ticked() {
        return this.shownLines.filter(({ticked}) => ticked);
    }

    get total() {
        return this.ticked.reduce((sum, {subtotal}) => sum + subtotal, 0);
    }

    get canCreate() {
        return Boolean(this.proposal?.can_create && this.ticked.length);
    }

    /** @param {UsualOrderLine} line */
    toggle(line) {
        line.ticked = !line.ticked;
    }

    /**
     * The price may depend on the quantity: until the server has answered, the line is
     * worth as much a piece as before.
     *
     * @param {UsualOrderLine} line
     * @param {number} quantity
     */
    setQuantity(line, quantity) {
        this.apply(line, {quantity, ticked: true});
    }

    /** As in the last large order, or as usual again. */
    toggleLarge() {
        this.isLarge = !this.isLarge;
        for (const line of this.lines) {
            const {large_quantity: large} = line;
            const isIn = large !== false;
            const asLarge = {quantity: isIn ? large : line.quantity, ticked: isIn};
            const asUsual = this.asProposed.get(line.product_id);
            this.apply(line, this.isLarge ? asLarge : asUsual || {ticked: true});
        }
    }

    apply(line, {quantity = line.quantity, ticked}) {
        line.subtotal = line.unit_price * quantity;
        line.quantity = quantity;
        line.ticked = ticked;
    }

    /** @param {number} productId */
    async addProduct(productId) {
        const known = this.lines.find(({product_id}) => product_id === productId);
        if (known && this.shownLines.includes(known)) {
            known.ticked = true;
            return;
        }
        const line = known || (await this.call("get_line", productId));
        for (const section of this.sections) {
            section.lines = section.lines.filter((each) => each !== known);
        }
        this.addedLines.push({...line, ticked: true});
    }

    get addedLines() {
        let added = this.sections.find(({code}) => code === ADDED);
        if (!added) {
            this.sections.push({code: ADDED, title: _t("Added"), lines: []});
            added = this.sections.at(-1);
        }
        return added.lines;
    }

    /** Asks for the prices of what is shown, and for what Odoo warns of. */
    async updatePrices() {
        const lines = this.shownLines;
        const request = ++this.lastRequest;
        this.isPricing = true;
        try {
            const {prices, notices} = await this.call(
                "get_prices",
                lines.map((line) => this.toWire(line))
            );
            if (request === this.lastRequest) {
                lines.forEach((line, index) => Object.assign(line, prices[index]));
                this.notices = notices;
            }
        } finally {
            if (request === this.lastRequest) {
                this.isPricing = false;
            }
        }
    }

    /** @returns {Promise<Object | false>} the action that opens the quotation */
    async create() {
        if (this.isCreating) {
            return false;
        }
        this.isCreating = true;
        try {
            const lines = this.ticked.map((line) => this.toWire(line));
            const draft = this.addsToDraft ? this.proposal.draft.id : false;
            return await this.call("create_quotation", lines, draft);
        } finally {
            this.isCreating = false;
        }
    }

    toWire({product_id, unit_id, quantity, ticked}) {
        return {product_id, unit_id, quantity, ticked};
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, [this.customerId, ...args]);
    }
}
