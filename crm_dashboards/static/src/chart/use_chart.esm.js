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
 * @returns {{chart: Object | null, canvas: {el: HTMLCanvasElement | null}, isMissing: boolean}}
 *      `isMissing` where the library could not be loaded: the figures stand without it
 */
export function useChart(getConfig, getDependencies) {
    const holder = {chart: null, canvas: useRef("canvas"), isMissing: false};
    onWillStart(async () => {
        try {
            await loadBundle("web.chartjs_lib");
        } catch (error) {
            console.warn("Charts cannot be drawn:", error);
            holder.isMissing = true;
        }
    });
    useEffect(() => {
        const {el} = holder.canvas;
        if (!el || holder.isMissing) {
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
