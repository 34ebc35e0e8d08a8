/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {browser} from "@web/core/browser/browser";
import {hasTouch} from "@web/core/browser/feature_detection";
import {usePopover} from "@web/core/popover/popover_hook";

import {onWillUnmount} from "@odoo/owl";

import {AreaCard} from "./area_card.esm";

/** Passing over an area on the way elsewhere opens nothing. */
const OPEN_DELAY = 250;

/** The way from an area into its card takes a moment. */
const CLOSE_DELAY = 200;

const CARD_ID = "o_crm_dashboards_area_card";
const AREA = ".o_crm_dashboards_area";

/**
 * The card of the area under the pointer or with the focus.
 *
 * @param {(element: HTMLElement) => Object | undefined} getArea
 * @param {(drill: Object) => void} onDrill
 * @returns {Object} handlers of what is around the areas
 */
export function useAreaCard(getArea, onDrill) {
    let timer = 0;
    let shown = null;
    const popover = usePopover(AreaCard, {
        animation: false,
        position: "bottom-start",
        popoverClass: "o_crm_dashboards_area_popover",
        onClose: () => {
            shown?.removeAttribute("aria-describedby");
            shown = null;
        },
    });
    const later = (callback, delay) => {
        browser.clearTimeout(timer);
        timer = browser.setTimeout(callback, delay);
    };
    const stay = () => browser.clearTimeout(timer);
    const close = () => {
        stay();
        popover.close();
    };
    const closeSoon = () => later(close, CLOSE_DELAY);
    const getCard = () => document.getElementById(CARD_ID)?.parentElement;

    function open(element) {
        const area = getArea(element);
        stay();
        if (!area?.portrait || element === shown) {
            return;
        }
        popover.close();
        popover.open(element, {
            id: CARD_ID,
            area,
            onDrill,
            onEnter: stay,
            onLeave: closeSoon,
            onBack: () => {
                close();
                element.focus();
                stay();
            },
        });
        shown = element;
        element.setAttribute("aria-describedby", CARD_ID);
    }

    onWillUnmount(stay);
    return {
        onOver({target}) {
            const element = target.closest(AREA);
            if (element && !hasTouch()) {
                later(() => open(element), element === shown ? 0 : OPEN_DELAY);
            }
        },
        onLeave: closeSoon,
        onFocus({target}) {
            const element = target.closest(AREA);
            if (element && !hasTouch()) {
                later(() => open(element), OPEN_DELAY);
            }
        },
        onBlur({relatedTarget}) {
            if (!getCard()?.contains(relatedTarget)) {
                closeSoon();
            }
        },
        onKeydown(ev) {
            if (ev.key === "ArrowDown" && shown) {
                ev.preventDefault();
                getCard()?.querySelector("button")?.focus();
            }
        },
        /** There is no hovering with a finger: the first touch tells, its buttons open. */
        onClick(ev) {
            const element = ev.target.closest(AREA);
            if (element && hasTouch() && getArea(element)?.portrait) {
                ev.stopPropagation();
                open(element);
            } else {
                close();
            }
        },
    };
}
