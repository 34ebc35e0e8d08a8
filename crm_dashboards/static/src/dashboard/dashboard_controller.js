import {_t} from "@web/core/l10n/translation";

import {markRaw} from "@odoo/owl";

const {DateTime} = luxon;

const MODEL = "crm.dashboard.tile";

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
     * @param {Object} services
     * @param {Object} services.orm
     * @param {Object} services.action
     * @param {string} dashboard code of the dashboard
     * @param {Object} [fixedScope] keys the user cannot change, such as the customer
     */
    constructor({orm, action}, dashboard, fixedScope = {}) {
        this.orm = markRaw(orm);
        this.action = markRaw(action);
        this.dashboard = dashboard;
        this.fixedScope = fixedScope;
        this.header = null;
        this.scope = {};
        /** @type {Object<string, TileContent>} */
        this.contents = {};
        this.refreshedAt = false;
        this.isRefreshing = false;
        this.isOpening = false;
        this.lastRequest = 0;
    }

    get tiles() {
        return this.header.tiles.filter(
            ({code}) => this.contents[code]?.state !== "absent",
        );
    }

    get codes() {
        return this.header.tiles.map(({code}) => code);
    }

    get fullScope() {
        return {...this.scope, ...this.fixedScope};
    }

    /** Awaits the header only, so that the tiles can be drawn as loading. */
    async start() {
        this.header = await this.call("get_dashboard");
        this.scope = this.header.scope;
        this.loadTiles();
    }

    async refresh() {
        this.isRefreshing = true;
        try {
            this.header = await this.call("get_dashboard", this.fullScope);
            await this.loadTiles();
        } finally {
            this.isRefreshing = false;
        }
    }

    /**
     * An answer is used for a tile only if nothing newer was asked for that tile.
     *
     * @param {string[]} [codes]
     */
    async loadTiles(codes = this.codes) {
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
            const answer = await this.call("get_tiles", codes, this.fullScope);
            this.settle(request, codes, (code) => answer[code] || {state: "absent"});
            if (codes.length === this.codes.length) {
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
        this.savePreference({scope: this.scope});
        await this.loadTiles();
    }

    /**
     * @param {string} code
     * @param {string} tab
     */
    async selectTab(code, tab) {
        this.scope = {...this.scope, tabs: {...this.scope.tabs, [code]: tab}};
        const content = this.contents[code];
        content.tabs = content.tabs.map((each) => ({
            ...each,
            active: each.key === tab,
        }));
        this.savePreference({scope: this.scope});
        await this.loadTiles([code]);
    }

    /**
     * @param {string} code
     * @param {any} [drill] what the block carried; false for the whole report
     */
    async openReport(code, drill = false) {
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
            await this.action.doAction(report);
        } finally {
            this.isOpening = false;
        }
    }

    async runRowAction(code, actionKey, rowId) {
        const action = await this.orm.call(MODEL, "run_row_action", [
            code,
            actionKey,
            rowId,
            this.fullScope,
        ]);
        const reload = () => this.loadTiles([code]);
        if (action) {
            await this.action.doAction(action, {onClose: reload});
        } else {
            await reload();
        }
    }

    async exportToExcel() {
        const action = await this.call("export_dashboard", this.fullScope);
        await this.action.doAction(action);
    }

    savePreference(values) {
        return this.call("save_preference", values);
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, [this.dashboard, ...args]);
    }
}
