# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from pathlib import Path

from crm_dashboards.analytics.rfm import SEGMENTS
from crm_dashboards.report.workbook.colors import SEGMENT_COLORS, TONE_COLORS

SCSS = Path(__file__).parents[2] / "crm_dashboards/static/src/scss/colors.scss"


def read_scss_colors():
    """Return {name: color} of the custom properties of the light theme."""
    pattern = r"--o_crm_dashboards_(\w+): (#[0-9a-f]{6});"
    return dict(re.findall(pattern, SCSS.read_text()))


def test_segments_look_as_on_the_dashboard():
    scss = read_scss_colors()
    assert SEGMENT_COLORS == {
        segment: (scss[f"segment_{segment}"], scss[f"segment_{segment}_text"])
        for segment in SEGMENTS
    }


def test_tones_look_as_on_the_dashboard():
    scss = read_scss_colors()
    assert TONE_COLORS == {
        tone: (scss[f"tone_{tone}"], scss[f"tone_{tone}_text"]) for tone in TONE_COLORS
    }


def test_words_on_segments_can_be_read():
    for fill, words in SEGMENT_COLORS.values():
        assert contrast(fill, words) >= 4.5


def contrast(first, second):
    """Contrast ratio of two colours, WCAG 2.2."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color):
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
