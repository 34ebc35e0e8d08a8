/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {RadioField, radioField} from "@web/views/fields/radio/radio_field";

const {DateTime} = luxon;

/** Days from today, by choice. */
const DAYS = {tomorrow: 1, week: 7, two_weeks: 14};

/** The likely days to choose from, each with its date; no next order, no such choice. */
export class DayChoiceField extends RadioField {
    get items() {
        const {expected_date: expected} = this.props.record.data;
        return super.items
            .filter(([key]) => key !== "expected" || expected)
            .map(([key, label]) => {
                const date = key === "expected" ? expected : this.getDay(key);
                return [key, date ? this.addDate(label, date) : label];
            });
    }

    getDay(key) {
        return DAYS[key] && DateTime.local().plus({days: DAYS[key]});
    }

    addDate(label, date) {
        const weekday = date.toLocaleString({weekday: "short"});
        return _t("%(label)s · %(weekday)s, %(date)s", {
            label,
            weekday,
            date: formatDate(date),
        });
    }
}

registry.category("fields").add("crm_day_choice", {
    ...radioField,
    component: DayChoiceField,
    displayName: _t("Day"),
    supportedTypes: ["selection"],
    fieldDependencies: [{name: "expected_date", type: "date"}],
});
