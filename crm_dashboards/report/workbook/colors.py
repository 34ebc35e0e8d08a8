# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Colours of workbooks: those of the dashboard's light theme (scss/colors.scss)."""

# {segment: (fill, text on it)}
SEGMENT_COLORS = {
    "champions": ("#0b6e4f", "#ffffff"),
    "loyal": ("#1f7f59", "#ffffff"),
    "potential_loyalist": ("#8ccfa9", "#112233"),
    "promising": ("#bfe3d0", "#112233"),
    "new": ("#a9d6e5", "#112233"),
    "needs_attention": ("#ffe08a", "#443322"),
    "about_to_sleep": ("#f8c471", "#443322"),
    "hibernating": ("#cfd4da", "#333333"),
    "at_risk": ("#f0975f", "#331111"),
    "dont_lose_them": ("#c0392b", "#ffffff"),
}
# {tone: (part of a chart, words)}
TONE_COLORS = {
    "positive": ("#2e9e5b", "#0f7b3f"),
    "negative": ("#c94f43", "#c0392b"),
    "neutral": ("#a3abb5", "#5b6470"),
    "muted": ("#b6bcc4", "#5b6470"),
    "primary": ("#017e84", "#01666b"),
    "rest": ("#e3e7ea", "#5b6470"),
}
# Parts of a whole from good (0) to bad (4).
LEVEL_COLORS = ("#2e9e5b", "#f5b95f", "#ee8f4f", "#d65a45", "#9c2318")
BAR = "#017e84"
UNFINISHED_BAR = "#8cc5c8"
PREVIOUS_BAR = "#c3ced4"
TITLE = "#111827"
LABEL = "#5b6470"
LINK = "#01757a"
HEADER_FILL = "#e6f2f2"
LINE = "#d1d5db"
