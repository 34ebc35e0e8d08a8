/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

import {Component, onMounted, onWillUpdateProps, toRaw, useState} from "@odoo/owl";

import {blockProps} from "@crm_dashboards/blocks/block_props.esm";

/**
 * A customer's summary and who wrote it: the one by rules at first, and in its place
 * the model's as soon as there is one.
 */
export class WrittenSummary extends Component {
    static template = "crm_dashboards_ai.WrittenSummary";
    static props = blockProps;

    setup() {
        this.orm = useService("orm");
        this.state = useState({written: null});
        onMounted(() => this.ask(this.props.block));
        onWillUpdateProps(({block}) => {
            if (toRaw(block) !== toRaw(this.props.block)) {
                // Other sentences by rules: the model's are of other figures.
                if (block.text !== this.props.block.text) {
                    this.state.written = null;
                }
                this.ask(block);
            }
        });
    }

    get text() {
        return this.state.written?.text || this.props.block.text;
    }

    get sourceLabel() {
        return this.state.written?.source_label || this.props.block.source_label;
    }

    /** @param {Object} block that is shown, unless newer figures come before the answer */
    async ask(block) {
        const request = (this.request = Symbol("request"));
        let written = null;
        try {
            written = await this.orm.silent.call(
                "crm.dashboard.tile",
                "write_summary",
                [block.code, block.customer_id]
            );
        } catch (error) {
            console.warn("The summary could not be written:", error);
        }
        if (request === this.request && written?.generated) {
            this.state.written = written;
        }
    }
}

registry.category("crm_dashboards.blocks").add("written_summary", WrittenSummary);
