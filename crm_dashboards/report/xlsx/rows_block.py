"""The blocks that are lists: rows with badges, and timelines."""

ARROWS = {"up": "▲", "down": "▼", "level": "▬"}


def write_rows(sheet, block):
    """A table of the rows, with the columns that any row has something for."""
    env = sheet.env
    columns = [
        (env._("Name"), lambda row: _make_text(row["title"])),
        (env._("Segment"), lambda row: _make_badge(row.get("badge"))),
        (env._("Before"), lambda row: _make_badge(row.get("badge_from"))),
        (env._("Trend"), lambda row: _make_text(ARROWS.get(row.get("direction")))),
        (env._("Value"), _make_value),
        (env._("Note"), lambda row: _make_text(row.get("cell_note"))),
        (env._("User"), lambda row: _make_text((row.get("avatar") or {}).get("name"))),
        (env._("Details"), lambda row: _make_text(row.get("subtitle"))),
    ]
    _write_filled_columns(sheet, columns, block["rows"])


def write_timeline(sheet, block):
    """A table of the events."""
    env = sheet.env
    columns = [
        (env._("When"), _make_when),
        (env._("What"), lambda event: _make_text(event["title"])),
        (env._("Details"), lambda event: _make_text(event.get("subtitle"))),
    ]
    _write_filled_columns(sheet, columns, block["events"])


def _write_filled_columns(sheet, columns, records):
    """Write a table, leaving out the columns without anything in them.

    :param columns: list of (label, function that makes a cell, or None, of a record)
    """
    rows = [[make(record) for _label, make in columns] for record in records]
    filled = [col for col in range(len(columns)) if any(row[col] for row in rows)]
    labels = [columns[col][0] for col in filled]
    sheet.row = max(sheet.row, sheet.chart_row)  # wide: no room beside a chart
    sheet.write_table(labels, [[row[col] for col in filled] for row in rows])


def _make_badge(badge):
    if not badge:
        return None
    return {"value": badge["label"], "unit": "segment", "segment": badge["segment"]}


def _make_value(row):
    cell = row.get("cell")
    return {**cell, "tone": row.get("tone")} if cell else None


def _make_text(words):
    return {"value": words, "unit": "text"} if words else None


def _make_when(event):
    """An event of a whole day comes with a cell of its own."""
    return event.get("cell") or {"value": event["datetime"], "unit": "datetime"}
