/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {BarChart} from "./bar_chart.esm";
import {readTheme} from "./chart_theme.esm";
import {getLineChartConfig} from "./line_chart_config.esm";
import {makeOverlayPlugin} from "./overlay_plugin.esm";

/** Figures adding up over time: read, zoomed and told to screen readers as bars are. */
export class LineChart extends BarChart {
    getConfig(canvas) {
        const color = readTheme(canvas);
        const {points, overlay} = this;
        const plugins = [makeOverlayPlugin({points, color, overlay})];
        return getLineChartConfig({points, kind: this.props.block, color, plugins});
    }
}
