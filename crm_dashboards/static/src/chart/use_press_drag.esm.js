/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {useExternalListener} from "@odoo/owl";

/** A press that moves less than this many pixels is a click. */
const DRAG_FROM = 8;

/**
 * Tells press-drag-release, click and plain movement on an element apart, for mouse, pen
 * and finger alike. Positions are relative to the element, in pixels.
 *
 * @param {{el: HTMLElement | null}} ref
 * @param {Object} callbacks
 * @param {(position: {x: number, y: number}) => void} callbacks.onMove
 * @param {(from: number, to: number) => void} callbacks.onDrag
 * @param {(from: number, to: number) => void} callbacks.onDrop
 * @param {(position: {x: number, y: number}, isTouch: boolean) => void} callbacks.onClick
 * @param {() => void} callbacks.onAway the pointer left, or the drag was given up
 * @returns {{onPointerDown: Function, onPointerMove: Function, onPointerLeave: Function}}
 */
export function usePressDrag(ref, {onMove, onDrag, onDrop, onClick, onAway}) {
    let pressed = null;

    function positionOf(ev) {
        const {left, top} = ref.el.getBoundingClientRect();
        return {x: ev.clientX - left, y: ev.clientY - top};
    }

    function isDrag({x}) {
        return pressed !== null && Math.abs(x - pressed.x) >= DRAG_FROM;
    }

    function giveUp() {
        pressed = null;
        onAway();
    }

    // The button may be released, and the drag go on, outside the element.
    useExternalListener(window, "pointermove", (ev) => {
        if (pressed && ref.el) {
            const position = positionOf(ev);
            onMove(position);
            if (isDrag(position)) {
                onDrag(pressed.x, position.x);
            }
        }
    });
    useExternalListener(window, "pointerup", (ev) => {
        if (!pressed || !ref.el) {
            return;
        }
        const position = positionOf(ev);
        const start = pressed;
        const wasDrag = isDrag(position);
        pressed = null;
        if (wasDrag) {
            onDrop(start.x, position.x);
        } else {
            onClick(position, ev.pointerType === "touch");
        }
    });
    useExternalListener(window, "pointercancel", () => pressed && giveUp());
    useExternalListener(window, "keydown", (ev) => {
        if (pressed && ev.key === "Escape") {
            giveUp();
        }
    });
    // A finger does not leave by hovering elsewhere, only by touching elsewhere.
    useExternalListener(window, "pointerdown", (ev) => {
        if (ref.el && !ref.el.contains(ev.target)) {
            onAway();
        }
    });

    return {
        onPointerDown(ev) {
            if (ev.button === 0) {
                pressed = positionOf(ev);
                if (ev.pointerType !== "touch") {
                    onMove(pressed);
                }
            }
        },
        onPointerMove(ev) {
            if (!pressed) {
                onMove(positionOf(ev));
            }
        },
        onPointerLeave(ev) {
            if (!pressed && ev.pointerType !== "touch") {
                onAway();
            }
        },
    };
}
