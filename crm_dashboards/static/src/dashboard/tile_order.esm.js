/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

/**
 * @param {{code: string}[]} tiles
 * @param {string} code of the tile to move
 * @param {string} [previous] code of the tile it shall stand after; first if left out
 * @returns {{code: string}[]} the same tiles in their new order
 */
export function placeAfter(tiles, code, previous) {
    const moved = tiles.find((tile) => tile.code === code);
    const others = tiles.filter((tile) => tile !== moved);
    const place = others.findIndex((tile) => tile.code === previous) + 1;
    return [...others.slice(0, place), moved, ...others.slice(place)];
}

/**
 * Find the neighbour that a tile stands after once it has moved by one place.
 *
 * @param {string[]} codes of the tiles on the screen, in their order
 * @param {string} code of the tile to move
 * @param {-1 | 1} step
 * @returns {{previous: string | undefined} | false} false where there is no place left
 */
export function findNeighbour(codes, code, step) {
    const place = codes.indexOf(code) + step;
    if (place < 0 || place >= codes.length) {
        return false;
    }
    const others = codes.filter((each) => each !== code);
    return {previous: others[place - 1]};
}
