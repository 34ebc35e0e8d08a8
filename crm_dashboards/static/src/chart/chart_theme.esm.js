/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

/** Colours of charts are custom properties, so that the dark bundle can change them. */
const PREFIX = "--o_crm_dashboards_";

/**
 * @param {HTMLElement} el
 * @returns {(name: string) => string} reads the colour called `name` where `el` stands
 */
export function readTheme(el) {
    const style = getComputedStyle(el);
    return (name) => style.getPropertyValue(PREFIX + name).trim();
}
