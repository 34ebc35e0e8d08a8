/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {Mutex} from "@web/core/utils/concurrency";

import {markRaw, markup} from "@odoo/owl";

import {findNeighbour, placeAfter} from "./tile_order.esm";

const {DateTime} = luxon;

export const MODEL = "crm.dashboard.tile";

/** Key of a link that shows other customers instead of opening something. */
const SCOPE = "scope";

/** Content of a tile that the user may not see. */
const ABSENT = {state: "absent", title: false, message: false};

/**
 * The client's active companies decide what a view reads. Those that are needed besides are
 * activated, as Odoo does when it opens a record of another company.
 *
 * @param {number[]} needed ids of companies
 */
function activateCompanies(needed) {
    const active = user.activeCompanies.map(({id}) => id);
    const others = needed.filter((id) => !active.includes(id));
    if (others.length) {
        user.activateCompanies([...active, ...others], {reload: false});
    }
}

/** An expired session is Odoo's to announce, not a failure of the tiles. */
function isSessionExpired(error) {
    return error.exceptionName === "odoo.http.SessionExpiredException";
}

/**
 * What a tile shows at the moment.
 *
 * @typedef {Object} TileContent
 * @property {"loading" | "ready" | "empty" | "failed" | "absent"} state
 * @property {boolean} isBusy a newer answer is on its way
 * @property {number} request the number of the load that may answer
 * @property {string} [title]
 * @property {string} [message]
 * @property {Object[]} blocks
 * @property {Object[]} tabs
 */

/** Data of one dashboard: its header, the scope and the content of its tiles. */
export class DashboardController {
    /**
     * @param {Object} services as `useDashboardServices` gives them
     * @param {string} dashboard code of the dashboard
     * @param {Object} [fixedScope] keys the user cannot change, such as the customer
     */
    constructor({orm, keeper, action, notification}, dashboard, fixedScope = {}) {
        this.orm = markRaw(orm);
        this.keeper = markRaw(keeper);
        this.action = markRaw(action);
        this.notification = markRaw(notification);
        this.dashboard = dashboard;
        this.fixedScope = fixedScope;
        this.header = null;
        /** Why the dashboard could not be loaded. */
        this.failure = "";
        this.scope = {};
        /** @type {Object<string, TileContent>} */
        this.contents = {};
        this.refreshedAt = false;
        this.isRefreshing = false;
        this.isOpening = false;
        this.isCustomizing = false;
        this.lastRequest = 0;
        /** Codes of the tiles with rows that one can do something with. */
        this.lists = new Set();
        this.chosen = {};
        this.unsaved = {};
        this.saving = markRaw(new Mutex());
    }

    get tiles() {
        return this.header.tiles.filter(({code}) => this.isDrawn(this.contents[code]));
    }

    /**
     * @param {TileContent} [content] of a tile; none while it has not been asked for
     */
    isDrawn(content) {
        return content?.state !== "absent";
    }

    /** @returns {string} the name of a tile as its frame shows it */
    getTitle({code, name}) {
        return this.contents[code]?.title || name;
    }

    get codes() {
        return this.header.tiles.map(({code}) => code);
    }

    /** @returns {string[]} codes of the tiles that are asked for */
    get shownCodes() {
        return this.codes;
    }

    get fullScope() {
        return {...this.scope, ...this.fixedScope};
    }

    /** Awaits the header only, so that the tiles can be drawn as loading. */
    async start() {
        const isFixed = Object.keys(this.fixedScope).length > 0;
        const scope = isFixed ? [this.fixedScope] : [];
        this.header = await this.call("get_dashboard", ...scope);
        this.scope = this.header.scope;
        this.loadTiles();
    }

    /** What whoever comes back finds again. */
    get shown() {
        const {header, scope, contents, refreshedAt, lastRequest, chosen} = this;
        return {header, scope, contents, refreshedAt, lastRequest, chosen};
    }

    /**
     * Begins with what was shown; what is new comes into it.
     *
     * @param {Object} shown as `shown` of another controller
     */
    resume(shown) {
        Object.assign(this, shown);
        this.loadHeader().then(() => this.loadTiles());
    }

    /** Starts; a failure is told in place of the dashboard. */
    async load() {
        try {
            await this.start();
            this.failure = "";
        } catch (error) {
            if (isSessionExpired(error)) {
                throw error;
            }
            this.failure =
                error.data?.message || _t("The dashboard could not be loaded.");
        }
    }

    async refresh() {
        this.isRefreshing = true;
        try {
            await this.recompute();
            await this.loadHeader();
            await this.loadWritten();
        } finally {
            this.isRefreshing = false;
        }
    }

    async recompute() {
        // What this dashboard shows is computed when asked for, or at night.
    }

    async loadHeader() {
        this.header = await this.call("get_dashboard", this.fullScope);
    }

    /**
     * An answer is used for a tile only if nothing newer was asked for that tile.
     *
     * @param {string[]} [codes]
     * @param {string} [method] that the figures are asked of
     */
    async loadTiles(codes = this.shownCodes, method = "get_tiles") {
        if (!codes.length) {
            return;
        }
        const request = ++this.lastRequest;
        for (const code of codes) {
            const shown = {blocks: [], tabs: [], ...this.contents[code]};
            const state = ["ready", "empty"].includes(shown.state)
                ? shown.state
                : "loading";
            this.contents[code] = {...shown, state, isBusy: true, request};
        }
        try {
            const answer = await this.call(method, codes, this.fullScope);
            this.settle(request, codes, (code) => answer[code] || ABSENT);
            if (codes.length === this.shownCodes.length) {
                this.refreshedAt = DateTime.now();
            }
        } catch (error) {
            const message = _t("This tile could not be loaded.");
            this.settle(request, codes, () => ({state: "failed", message}));
            if (isSessionExpired(error)) {
                throw error;
            }
            console.warn("Dashboard tiles could not be loaded:", error);
        }
    }

    /**
     * Loads tiles of which somebody has just changed something: a replica of the database
     * may not know of it yet.
     *
     * @param {string[]} [codes]
     */
    loadWritten(codes = this.shownCodes) {
        return this.loadTiles(codes, "get_written_tiles");
    }

    settle(request, codes, getAnswer) {
        for (const code of codes) {
            const content = this.contents[code];
            if (content.request === request) {
                this.contents[code] = {...content, ...getAnswer(code), isBusy: false};
            }
        }
    }

    /**
     * @param {Object} change keys of the scope
     */
    async changeScope(change) {
        this.scope = {...this.scope, ...change};
        this.saveChosen(change);
        await this.loadTiles();
    }

    /**
     * A period of the page takes the place of one that a tab of a tile stands for.
     *
     * @param {{period?: string, comparison?: string}} change
     */
    async changePeriod(change) {
        const followers = this.header.tiles.filter((tile) => tile.follows_period);
        const codes = followers.map(({code}) => code);
        const chosen = {...change};
        if (change.period) {
            const tabs = Object.entries(this.scope.tabs || {});
            chosen.tabs = Object.fromEntries(
                tabs.filter(([code]) => !codes.includes(code))
            );
        }
        this.scope = {...this.scope, ...chosen};
        this.saveChosen(chosen);
        await this.loadTiles(codes);
    }

    /**
     * @param {string} code
     * @param {string} tab
     */
    async selectTab(code, tab) {
        const tabs = {...this.scope.tabs, [code]: tab};
        this.scope = {...this.scope, tabs};
        const content = this.contents[code];
        content.tabs = content.tabs.map((each) => ({
            ...each,
            active: each.key === tab,
        }));
        this.saveChosen({tabs});
        await this.loadTiles([code]);
    }

    /**
     * @param {string} code
     * @param {any} [drill] what the block carried; false for the whole report
     */
    async openReport(code, drill = false) {
        if (drill.key === SCOPE) {
            await this.changeScope({account_manager: drill.value});
            return;
        }
        // A double click must not put the same report twice into the breadcrumbs.
        if (this.isOpening) {
            return;
        }
        this.isOpening = true;
        try {
            const report = await this.orm.call(MODEL, "open_report", [
                code,
                this.fullScope,
                drill,
            ]);
            await this.open(report, {
                // What a dialog changes is seen at once.
                onClose: () => this.loadWritten(),
                props: this.getPager(code, report),
            });
        } finally {
            this.isOpening = false;
        }
    }

    /**
     * @param {string} text part of a name
     * @returns {Promise<{id: number, name: string, details: string}[]>}
     */
    findCustomers(text) {
        return this.call("find_customers", text);
    }

    /**
     * Shows figures of some customers only. Not remembered: tomorrow one begins with all.
     *
     * @param {string} search part of their names; empty for all of them
     */
    async filterCustomers(search) {
        this.scope = {...this.scope, search};
        await this.loadTiles();
    }

    /** @returns {Promise<Object>} what a tile shows, in words */
    explain(code) {
        return this.orm.silent.call(MODEL, "explain_tile", [code]);
    }

    async openCustomer(id) {
        await this.open(
            await this.orm.call("res.partner", "action_open_crm_dashboard", [id])
        );
    }

    /**
     * @param {string} code of the tile
     * @param {Object} action that opens a record
     * @returns {Object} props by which one goes on to the customers of the other rows
     */
    getPager(code, {res_model: model, res_id: id}) {
        const {blocks} = this.contents[code];
        const customers = blocks.flatMap(({type, rows}) =>
            type === "rows" ? rows.map(({customer_id: customer}) => customer) : []
        );
        const resIds = [...new Set(customers.filter(Boolean))];
        return model === "res.partner" && resIds.includes(id) ? {resIds} : {};
    }

    async runRowAction(code, actionKey, rowId) {
        const args = [code, actionKey, rowId, this.fullScope];
        const action = await this.orm.call(MODEL, "run_row_action", args);
        await this.follow(action, (infos) => this.showDone(code, infos));
    }

    /**
     * @param {string} code of the tile
     * @param {{isDone: boolean}} [infos] what a dialog told when it closed; nothing where
     *     it was only discarded
     */
    showDone(code, infos) {
        // Not awaited: the dialog need not stay until the figures are there.
        void (infos?.isDone ? this.loadLists() : this.loadWritten([code]));
    }

    /** Loads the tiles that have, or had, rows that one can do something with. */
    async loadLists() {
        const isList = ({type, rows}) =>
            type === "rows" && rows.some(({actions}) => actions?.length);
        for (const code of this.codes) {
            if (this.contents[code]?.blocks.some(isList)) {
                this.lists.add(code);
            }
        }
        await this.loadWritten(this.codes.filter((code) => this.lists.has(code)));
    }

    /**
     * @param {Object | false} action what is left to do after a click; false for nothing
     * @param {() => Promise<void>} reload shows what the click has changed
     */
    async follow(action, reload) {
        if (action) {
            await this.open(action, {onClose: reload});
        } else {
            await reload();
        }
    }

    async exportToExcel() {
        const action = await this.call("export_dashboard", this.fullScope);
        await this.open(action);
    }

    /** An action's help is HTML of the action's record; as an answer it comes as text. */
    open(action, options) {
        const help = action.help && markup(action.help);
        activateCompanies(action.context?.allowed_company_ids || []);
        return this.action.doAction({...action, help}, options);
    }

    /** Put a tile of the screen one place further to the left (-1) or right (1). */
    async move(code, step) {
        const codes = this.tiles.map((tile) => tile.code);
        const neighbour = findNeighbour(codes, code, step);
        if (neighbour) {
            await this.place(code, neighbour.previous);
        }
    }

    /**
     * @param {string} code of the tile to move
     * @param {string} [previous] code of the tile it shall stand after; first if left out
     */
    async place(code, previous) {
        this.header.tiles = placeAfter(this.header.tiles, code, previous);
        await this.savePreference({order: this.codes});
    }

    async hide(code) {
        const {tiles, hidden_tiles} = this.header;
        const hidden = tiles.find((tile) => tile.code === code);
        this.header.tiles = tiles.filter((tile) => tile !== hidden);
        this.header.hidden_tiles = [...hidden_tiles, hidden];
        await this.saveHidden();
    }

    async show(code) {
        const {hidden_tiles} = this.header;
        this.header.hidden_tiles = hidden_tiles.filter((tile) => tile.code !== code);
        await this.saveHidden();
        await this.loadHeader();
        await this.loadTiles([code]);
    }

    saveHidden() {
        const hidden = this.header.hidden_tiles.map(({code}) => code);
        return this.savePreference({hidden});
    }

    /** Back to the order and the tiles that everybody begins with. */
    async resetLayout() {
        await this.savePreference({order: [], hidden: []});
        await this.loadHeader();
        await this.loadTiles();
    }

    /**
     * Only what was chosen is remembered: who opened a tab has not chosen whose customers.
     *
     * @param {Object} change keys of the scope
     */
    saveChosen(change) {
        this.chosen = {...this.chosen, ...change};
        return this.savePreference({scope: this.chosen});
    }

    /**
     * Saves one after the other: of two moves in a row the later must win. What comes
     * while the server is busy goes with the next call.
     *
     * @param {Object} values any of scope, order, hidden, each as a whole
     */
    savePreference(values) {
        this.unsaved = {...this.unsaved, ...values};
        return this.saving.exec(async () => {
            const unsaved = this.unsaved;
            this.unsaved = {};
            if (Object.keys(unsaved).length) {
                await this.keeper.call(MODEL, "save_preference", [
                    this.dashboard,
                    unsaved,
                ]);
            }
        });
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, [this.dashboard, ...args]);
    }
}
