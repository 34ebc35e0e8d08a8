# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The sheet that says what the figures mean."""

from ...tiles.report import keep_first
from .colors import SEGMENT_COLORS
from .sheet import Sheet

TERM_WIDTH = 34
MEANING_WIDTH = 110
LETTERS_A_LINE = 100  # a little less than fit into that width
LINE_HEIGHT = 15  # points


def write_definitions(book, top, terms):
    """Add the sheet.

    :param top: list of (label, cell), as on the other sheets
    :param terms: list of Term; of several with the same name the first counts
    """
    title = book.env._("Definitions")
    sheet = Sheet(book, title)
    sheet.set_widths(TERM_WIDTH, MEANING_WIDTH)
    sheet.write_top(title, top)
    sheet.write_header([book.env._("Term"), book.env._("Meaning")])
    for term in keep_first(terms):
        style = {"bold": True, "valign": "top"}
        if term.segment:
            fill, words = SEGMENT_COLORS[term.segment]
            style.update(bg_color=fill, font_color=words)
        sheet.write_value(sheet.row, 0, term.name, **style)
        sheet.write_value(sheet.row, 1, term.meaning, text_wrap=True, valign="top")
        # Not every program that shows a workbook makes room for wrapped words.
        lines = -(-len(term.meaning) // LETTERS_A_LINE)
        sheet.worksheet.set_row(sheet.row, LINE_HEIGHT * lines)
        sheet.row += 1
