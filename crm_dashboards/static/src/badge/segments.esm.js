/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

/** Short codes of the RFM segments, as on the square badges. */
export const SEGMENT_CODES = {
    champions: "C",
    loyal: "LC",
    potential_loyalist: "PL",
    promising: "P",
    new: "NC",
    needs_attention: "NA",
    about_to_sleep: "ATS",
    hibernating: "H",
    at_risk: "AR",
    dont_lose_them: "DLT",
};

/**
 * @param {{segment: string, short: string, label: string, metric_id: number}} badge as
 *      the server sends it
 * @returns {Object} props of a SegmentBadge
 */
export function getBadgeProps({segment, short, label, metric_id}) {
    return {segment, short, label, metricId: metric_id};
}
