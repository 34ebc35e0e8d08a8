/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {useService} from "@web/core/utils/hooks";

import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";

import {DashboardController, MODEL} from "../dashboard_controller.esm";

const ONBOARDING = "onboarding.onboarding";
const STEP = "onboarding.onboarding.step";
/** Milliseconds between two questions whether the first figures are there. */
const PAUSE = 2000;

/**
 * The steps of the first hour, above the tiles, until they are done or closed. Once there
 * are figures to work with, a line says which step is next.
 */
export class SetupPanel extends Component {
    static template = "crm_dashboards.SetupPanel";
    static props = {controller: DashboardController};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.controller = useState(this.props.controller);
        this.state = useState({isWhole: false});
        onMounted(() => this.wait());
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    get steps() {
        return this.controller.header.setup.steps;
    }

    get isWaiting() {
        return this.steps.some(({state}) => state === "running");
    }

    /** @returns {Object | false} the next step, where a line of it is enough */
    get next() {
        const isWhole = this.isWaiting || this.state.isWhole;
        return !isWhole && this.steps.find(({state}) => state === "open");
    }

    get progress() {
        const done = this.steps.filter(({state}) => state === "done").length;
        return _t("Set-up: %(done)s of %(steps)s steps done", {
            done,
            steps: this.steps.length,
        });
    }

    mark(step) {
        return {done: _t("Done"), open: _t("To do"), running: _t("Running")}[
            step.state
        ];
    }

    barStyle({progress}) {
        return `width: ${Math.round(100 * progress)}%`;
    }

    /** Asks again until the figures are there, then shows them. */
    wait() {
        browser.clearTimeout(this.timer);
        if (this.isWaiting) {
            this.timer = browser.setTimeout(() => this.ask(), PAUSE);
        }
    }

    async ask() {
        const setup = await this.orm.silent.call(MODEL, "get_setup", [
            this.controller.dashboard,
        ]);
        const wasWaiting = this.isWaiting;
        this.controller.header.setup = setup;
        if (setup && this.isWaiting) {
            this.wait();
        } else if (wasWaiting) {
            await this.controller.refresh();
        }
    }

    async onStep(step) {
        const action = await this.orm.call(STEP, step.method, []);
        if (action) {
            await this.action.doAction(action, {
                onClose: () => this.controller.refresh(),
            });
        }
        this.wait();
    }

    async onClose() {
        await this.orm.call(ONBOARDING, "action_close_panel_crm_dashboards", []);
        this.controller.header.setup = false;
    }
}
