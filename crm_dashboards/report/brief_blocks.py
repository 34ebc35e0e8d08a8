"""A tile's blocks made ready to print, from the same data as in the browser."""

from odoo import fields
from odoo.tools.misc import format_datetime

from ..nightly.periods import get_viewer_zone
from ..tiles import blocks
from .brief_layout import Part, Section, count_lines
from .xlsx.colors import (
    BAR,
    LEVEL_COLORS,
    PREVIOUS_BAR,
    SEGMENT_COLORS,
    TONE_COLORS,
    UNFINISHED_BAR,
)

ARROWS = {"up": "▲", "down": "▼", "level": "▬"}
FIGURE_LINES = {"large": 1.75, "normal": 1.25, "small": 1}
LARGE_LETTERS = 2  # of usual ones that a large letter is wide
NOTHING = "—"
CHART_LINES = 10
# Of the drawing, in units of half a millimetre.
CHART_WIDTH, CHART_HEIGHT = 180, 66
CHART_TOP, CHART_BOTTOM = 8, 57
BAR_SHARE = 0.72  # of a month's width


class BriefWriter:
    """Makes parts of blocks, in the language and zone of the person who prints."""

    def __init__(self, env):
        self.env = env
        self.zone = get_viewer_zone(env).zone
        self.year = fields.Date.context_today(env.user).year

    def make_section(self, tile):
        """Return the Section of a tile as ``get_tiles`` has it."""
        notes = [
            self.describe(block["cell"]) if block.get("cell") else block["text"]
            for block in tile["blocks"]
            if block["type"] == "note"
        ]
        parts = [
            getattr(self, f"_make_{block['type']}", self._make_unknown)(block)
            for block in tile["blocks"]
            if block["type"] != "note"
        ]
        return Section(tile["title"], " · ".join(notes), parts)

    def describe(self, cell):
        """Return a cell in words."""
        value, unit = cell["value"], cell["unit"]
        if value is None or value is False:
            return NOTHING
        if unit == "money":
            currency = self.env["res.currency"].browse(cell["currency_id"])
            return blocks.format_amount(value, currency)
        if unit == "percent":
            return self.env._("%(number)s %%", number=f"{100 * value:.0f}")
        if unit in ("count", "days"):
            return blocks.format_count(self.env, value)
        if unit == "date":
            return self._describe_day(fields.Date.to_date(value))
        if unit == "datetime":
            return self._describe_moment(value)
        return str(value)

    def _describe_day(self, day):
        pattern = "d MMM" if day.year == self.year else "d MMM yyyy"
        return blocks.format_day(self.env, day, pattern)

    def _describe_moment(self, value):
        moment = fields.Datetime.to_datetime(value)
        pattern = "d MMM HH:mm" if moment.year == self.year else "d MMM yyyy"
        return format_datetime(self.env, moment, tz=self.zone, dt_format=pattern)

    def _make_text(self, block):
        words = block["text"]
        values = {"words": words, "color": get_color(block.get("tone"))}
        return Part("text", values, count_lines(words))

    def _make_figure(self, block):
        figures = []
        lines = 0
        for figure in block["figures"]:
            words = self.describe(figure["cell"])
            arrow = ARROWS.get(figure.get("direction"), "")
            figures.append(
                {
                    "words": f"{arrow} {words}".strip(),
                    "label": figure["label"],
                    "size": figure["size"],
                    "color": get_color(figure.get("tone"), "inherit"),
                }
            )
            width = LARGE_LETTERS if figure["size"] == "large" else 1
            letters = len(words) * width + len(figure["label"]) + 2
            lines += FIGURE_LINES[figure["size"]] - 1 + count_lines("x" * letters)
        return Part("figure", {"figures": figures}, lines)

    def _make_chart(self, block):
        if block["kind"] == "bar":
            return Part("bars", self._draw_bars(block), CHART_LINES)
        items = [
            {
                "label": point["label"],
                "words": self.describe(point["cell"]),
                "swatch": TONE_COLORS[point["tone"]][0],
            }
            for point in block["points"]
        ]
        center = block.get("center") or {}
        if center:
            words = self.describe(center["cell"]) if center.get("cell") else ""
            label = center.get("label") or center.get("text")
            items.insert(0, {"label": label, "words": words, "swatch": False})
        return Part("legend", {"items": items}, 1, is_list=True)

    def _draw_bars(self, block):
        """Return shapes of the bars, the months before behind, and the scale."""
        points = block["points"]
        pairs = [(point["value"], point.get("previous")) for point in points]
        known = [value for pair in pairs for value in pair if value is not None]
        high, low = max([*known, 0]), min([*known, 0])
        scale = (CHART_BOTTOM - CHART_TOP) / ((high - low) or 1)
        zero = CHART_TOP + high * scale
        width = CHART_WIDTH / max(len(points), 1)
        compared = any(previous is not None for _value, previous in pairs)
        bar_width = width * BAR_SHARE / (2 if compared else 1)
        bars = []
        for number, (point, (value, previous)) in enumerate(
            zip(points, pairs, strict=True)
        ):
            left = number * width + width * (1 - BAR_SHARE) / 2
            color = UNFINISHED_BAR if point["unfinished"] else BAR
            shapes = [(left + bar_width * compared, value, color)]
            if compared:
                shapes.insert(0, (left, previous or 0, PREVIOUS_BAR))
            bars += [
                {
                    "x": round(x, 2),
                    "y": round(zero - max(amount, 0) * scale, 2),
                    "width": round(bar_width * 0.94, 2),
                    "height": round(abs(amount) * scale, 2),
                    "color": fill,
                }
                for x, amount, fill in shapes
            ]
        unit = {"unit": block["unit"], "currency_id": block.get("currency_id")}
        names = block.get("series") or []
        return {
            "label": block["label"],
            "width": CHART_WIDTH,
            "height": CHART_HEIGHT,
            "zero": round(zero, 2),
            "top": CHART_TOP,
            "bars": bars,
            "labels": [
                {"x": round((number + 0.5) * width, 2), "words": point["label"]}
                for number, point in enumerate(points)
            ],
            "high": self.describe({**unit, "value": high}),
            "series": [
                {"words": words, "color": color}
                for words, color in zip(names, (BAR, PREVIOUS_BAR), strict=False)
            ],
        }

    def _make_share(self, block):
        items = [
            {
                "label": item["label"],
                "mark": item.get("mark"),
                "words": self.describe(item["cell"]),
                "share": self.describe({"unit": "percent", "value": item["share"]}),
                "width": get_width(item["share"]),
            }
            for item in block["items"]
        ]
        return Part("share", {"items": items}, 1.5, is_list=True)

    def _make_stack(self, block):
        parts = block["parts"]
        colors = [
            TONE_COLORS[part["tone"]][0]
            if part.get("tone")
            else LEVEL_COLORS[part["level"]]
            for part in parts
        ]
        values = {
            "items": [
                {
                    "label": part["label"],
                    "words": self.describe(part["cell"]),
                    "swatch": color,
                    "width": get_width(part["share"]),
                }
                for part, color in zip(parts, colors, strict=True)
            ]
        }
        return Part("stack", values, len(parts) + 1)

    def _make_rows(self, block):
        items = []
        for row in block["rows"]:
            badge = row.get("badge")
            arrow = ARROWS.get(row.get("direction"), "")
            fill, color = SEGMENT_COLORS[badge["segment"]] if badge else ("", "")
            cell = row.get("cell")
            items.append(
                {
                    "short": badge and badge["short"],
                    "fill": fill,
                    "color": color,
                    "title": f"{arrow} {row['title']}".strip(),
                    "subtitle": row.get("subtitle") or "",
                    "words": self.describe(cell) if cell else "",
                    "note": row.get("cell_note") or "",
                    "tone": get_color(row.get("tone"), "inherit"),
                }
            )
        longest = max((count_lines(item["subtitle"]) for item in items), default=1)
        return Part("rows", {"items": items}, 1.25 + longest, is_list=True)

    def _make_timeline(self, block):
        items = [
            {
                "title": event["title"],
                "subtitle": event.get("subtitle") or "",
                "when": self.describe(event["cell"])
                if event.get("cell")
                else self._describe_moment(event["datetime"]),
                "tone": get_color(event.get("tone"), "inherit"),
            }
            for event in block["events"]
        ]
        return Part("timeline", {"items": items}, 1, is_list=True)

    def _make_progress(self, block):
        marks = [
            {
                "at": self.describe({"unit": "percent", "value": mark["at"]}),
                "label": mark["label"],
            }
            for mark in block.get("marks") or []
        ]
        values = {
            "label": block["label"],
            "width": get_width(block["value"]),
            "color": TONE_COLORS[block.get("tone") or "primary"][0],
            "marks": marks,
        }
        return Part("progress", values, 1 + count_lines(block["label"]) + len(marks))

    def _make_grid(self, block):
        shown = block["switch"][0]["key"]
        items = [
            {
                "label": area["label"],
                "words": self.describe(area["cells"][shown]),
                "swatch": SEGMENT_COLORS[area["segment"]][0],
            }
            for area in block["areas"]
        ]
        return Part("legend", {"items": items}, 1, is_list=True)

    def _make_unknown(self, _block):
        words = self.env._("One part is shown on the dashboard only.")
        return Part("text", {"words": words, "color": get_color("muted")}, 1)


def get_color(tone, none=TONE_COLORS["muted"][1]):
    """Return the colour of words of a tone."""
    return TONE_COLORS[tone][1] if tone else none


def get_width(share):
    """Return a share as a width, whatever came: at most all of it."""
    return f"{100 * min(max(share or 0, 0), 1):.1f}%"
