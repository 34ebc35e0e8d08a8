/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {expect} from "@odoo/hoot";
import {mountWithCleanup} from "@web/../tests/web_test_helpers";

import {Component, xml} from "@odoo/owl";

export const USD = 1;

export const money = (value) => ({value, unit: "money", currency_id: USD});
export const count = (value) => ({value, unit: "count"});

/**
 * Mounts a block as wide as a tile; its drills and row actions become steps.
 *
 * @param {typeof Component} Block
 * @param {Object} block
 */
export async function mountBlock(Block, block) {
    class Parent extends Component {
        static components = {Block};
        static template = xml`
            <div class="o_crm_dashboards_body" style="width: 600px; height: 300px">
                <Block block="block" onDrill="onDrill" onRowAction="onRowAction"/>
            </div>`;
        static props = {};

        setup() {
            this.block = block;
            this.onDrill = (drill) => expect.step(`drill ${JSON.stringify(drill)}`);
            this.onRowAction = (key, id) => expect.step(`${key} ${id}`);
        }
    }
    await mountWithCleanup(Parent);
}
