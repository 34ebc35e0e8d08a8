/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** Milliseconds in which what was done can be taken back. */
const UNDO_DELAY = 10000;

/** Event of the client: something was taken back, which who shows it may load anew. */
export const UNDONE = "CRM_DASHBOARDS:UNDONE";

/** Loads what is behind anew: a dashboard by itself, anything else as a whole. */
async function showUndone(env) {
    const shown = {isHandled: false};
    env.bus.trigger(UNDONE, shown);
    if (!shown.isHandled) {
        await env.services.action.doAction("soft_reload");
    }
}

/**
 * Says what was done and closes the dialog in which it was; for a while it can be undone.
 *
 * @param {Object} env
 * @param {Object} action
 * @param {Object} action.params
 * @param {string} action.params.message
 * @param {{model: string, method: string, ids: number[]} | false} action.params.undo
 * @returns {Object} the action that closes the dialog
 */
export function answer(env, {params: {message, undo}}) {
    const {notification, orm} = env.services;
    const shown = {};
    const takeBack = async () => {
        shown.close();
        await orm.call(undo.model, undo.method, [undo.ids]);
        await showUndone(env);
    };
    shown.close = notification.add(message, {
        type: "success",
        autocloseDelay: UNDO_DELAY,
        buttons: undo ? [{name: _t("Undo"), onClick: takeBack, primary: true}] : [],
    });
    return {type: "ir.actions.act_window_close", infos: {isDone: true}};
}

registry.category("actions").add("crm_dashboards.answer", answer);
