/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

import {Component, onError, onWillUpdateProps, useState} from "@odoo/owl";

import {NoteBlock} from "../../blocks/note/note_block.esm";
import {Tabs} from "../../blocks/tabs/tabs.esm";
import {TileHelp} from "../tile_help/tile_help.esm";

const blockRegistry = registry.category("crm_dashboards.blocks");

/** The frame around a tile: title, note, tabs, body, See More, and its four states. */
export class Tile extends Component {
    static template = "crm_dashboards.Tile";
    static components = {NoteBlock, Tabs, TileHelp};
    static props = {
        tile: {
            type: Object,
            shape: {
                code: String,
                name: String,
                size: Number,
                see_more: Boolean,
                "*": true,
            },
        },
        content: Object,
        isArranged: {type: Boolean, optional: true},
        // Whether the page says above all tiles of which records they are.
        isReadingTold: {type: Boolean, optional: true},
        explain: Function,
        onDrill: Function,
        onRetry: Function,
        onTab: Function,
        onRowAction: Function,
        slots: {type: Object, optional: true},
    };

    setup() {
        this.state = useState({isBroken: false});
        // A block that cannot be drawn fails its own tile, not the dashboard.
        onError((error) => {
            console.warn(`Tile ${this.props.tile.code} could not be drawn:`, error);
            this.state.isBroken = true;
        });
        onWillUpdateProps(({content}) => {
            if (content !== this.props.content) {
                this.state.isBroken = false;
            }
        });
    }

    /** @returns {"loading" | "ready" | "empty" | "failed"} */
    get shownState() {
        return this.state.isBroken ? "failed" : this.props.content.state;
    }

    get failure() {
        return this.props.content.message || _t("This tile could not be drawn.");
    }

    /** @returns {string[]} the first sentence of why there is nothing, and the rest */
    get emptiness() {
        const {message} = this.props.content;
        const [, first, rest] = /^(.+?\p{L}{2}[.!?])\s+(.+)$/su.exec(message) || [];
        return first ? [first, rest] : [message, ""];
    }

    get title() {
        return this.props.content.title || this.props.tile.name;
    }

    get titleId() {
        return `o_crm_dashboards_tile_${this.props.tile.code}`;
    }

    get notes() {
        return this.props.content.blocks.filter(({type}) => type === "note");
    }

    /** @returns {boolean} whether a block is drawn beside the title, or above all tiles */
    isElsewhere({type}) {
        return type === "note" || (type === "reading" && this.props.isReadingTold);
    }

    /** @returns {{Block: Function, block: Object}[]} blocks of the body */
    getBody() {
        const drawn = [];
        for (const block of this.props.content.blocks) {
            if (this.isElsewhere(block)) {
                continue;
            }
            const Block = blockRegistry.get(block.type, null);
            if (Block) {
                drawn.push({Block, block});
            } else {
                console.warn(`No block draws "${block.type}".`);
            }
        }
        return drawn;
    }

    /** @returns {{label: string, swatch: string}[]} what the colours of the body mean */
    getLegend(body) {
        return body.flatMap(({Block, block}) => Block.getLegend?.(block) || []);
    }

    /** @returns {string[]} what the blocks of the body let the user do */
    getHints(body) {
        return body.map(({Block, block}) => Block.getHint?.(block)).filter(Boolean);
    }
}
