/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

import {Component, onWillStart} from "@odoo/owl";

import {formatCell, formatWholeShare} from "../core/format_cell.esm";
import {Sparkline} from "../core/sparkline.esm";

/** Why a customer is in its segment, and what would move it up. */
export class RfmExplanation extends Component {
    static template = "crm_dashboards.RfmExplanation";
    static components = {Sparkline};
    static props = {
        metricId: [Number, Boolean],
        label: String,
        close: {type: Function, optional: true},
    };

    setup() {
        const orm = useService("orm");
        this.explanation = {title: this.props.label, lines: [], move: false};
        onWillStart(async () => {
            if (this.props.metricId) {
                this.explanation = await orm.silent.call(
                    "crm.dashboard.tile",
                    "get_rfm_explanation",
                    [this.props.metricId]
                );
            }
        });
    }

    value({cell}) {
        return formatCell(cell);
    }

    rank({percentile_rank: rank}) {
        if (typeof rank !== "number") {
            return "";
        }
        const share = formatWholeShare(rank);
        return _t("better than %(share)s of customers", {share});
    }
}
