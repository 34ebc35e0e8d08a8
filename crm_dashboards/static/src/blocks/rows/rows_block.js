import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {SegmentBadge} from "../../badge/segment_badge";
import {getBadgeProps} from "../../badge/segments";
import {blockProps} from "../block_props";
import {CellText} from "../cell_text";
import {Direction} from "../direction";
import {Drill} from "../drill/drill";
import {RowAvatar} from "./row_avatar";

/** A short list of records, each with who, what and how much. */
export class RowsBlock extends Component {
    static template = "crm_dashboards.RowsBlock";
    static components = {CellText, Direction, Drill, RowAvatar, SegmentBadge};
    static props = blockProps;

    badgeProps(badge) {
        return getBadgeProps(badge);
    }

    directionTone(direction) {
        return {up: "positive", down: "negative", level: "muted"}[direction];
    }
}

registry.category("crm_dashboards.blocks").add("rows", RowsBlock);
