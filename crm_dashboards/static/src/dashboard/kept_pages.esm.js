/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

/** What dashboards showed when they were left, by the name of the page. */
const pages = new Map();

/** The elements that may be scrolled: the page on a phone, what is below its header else. */
function findScrolled(root) {
    return [root, root.querySelector(".o_content")].filter(Boolean);
}

/**
 * @param {string} name
 * @param {HTMLElement} root
 * @param {Object} shown
 */
export function keepPage(name, root, shown) {
    const scrolls = findScrolled(root).map(({scrollTop}) => scrollTop);
    pages.set(name, {shown, scrolls});
}

/** @returns {{shown: Object, scrolls: number[]} | undefined} */
export function findPage(name) {
    return pages.get(name);
}

/**
 * @param {HTMLElement} root
 * @param {{scrolls: number[]}} page as it was found
 */
export function scrollBack(root, {scrolls}) {
    findScrolled(root).forEach((element, place) => {
        element.scrollTop = scrolls[place] || 0;
    });
}
