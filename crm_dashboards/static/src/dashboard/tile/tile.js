import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {NoteBlock} from "../../blocks/note/note_block";
import {Tabs} from "../../blocks/tabs/tabs";

const blockRegistry = registry.category("crm_dashboards.blocks");

/** The frame around a tile: title, note, tabs, body, See More, and its four states. */
export class Tile extends Component {
    static template = "crm_dashboards.Tile";
    static components = {NoteBlock, Tabs};
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
        onDrill: Function,
        onRetry: Function,
        onTab: Function,
        onRowAction: Function,
    };

    get title() {
        return this.props.content.title || this.props.tile.name;
    }

    get titleId() {
        return `o_crm_dashboards_tile_${this.props.tile.code}`;
    }

    get notes() {
        return this.props.content.blocks.filter(({type}) => type === "note");
    }

    /** @returns {{Block: Function, block: Object}[]} blocks of the body */
    get body() {
        const drawn = [];
        for (const block of this.props.content.blocks) {
            if (block.type === "note") {
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
}
