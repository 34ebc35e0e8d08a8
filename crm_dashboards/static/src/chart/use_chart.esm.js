/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {loadBundle} from "@web/core/assets";

import {onWillStart, useEffect, useRef} from "@odoo/owl";

/* global Chart */

/**
 * Keeps a Chart.js chart on the canvas of the component called `canvas`.
 *
 * @param {(canvas: HTMLCanvasElement) => Object} getConfig
 * @param {() => any[]} getDependencies the chart is drawn anew when one of them changes
 * @returns {{chart: Object | null, canvas: {el: HTMLCanvasElement | null}}}
 */
export function useChart(getConfig, getDependencies) {
    const holder = {chart: null, canvas: useRef("canvas")};
    onWillStart(() => loadBundle("web.chartjs_lib"));
    useEffect(() => {
        const {el} = holder.canvas;
        if (!el) {
            return;
        }
        holder.chart = new Chart(el, getConfig(el));
        return () => {
            holder.chart.destroy();
            holder.chart = null;
        };
    }, getDependencies);
    return holder;
}

/** @returns {boolean} whether the user asked the system for less motion */
export function prefersReducedMotion() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
