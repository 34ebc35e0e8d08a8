# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from crm_dashboards.report.workbook.names import (
    cut_text,
    make_date_format,
    make_link_formula,
    make_money_format,
    make_percent_format,
    make_sheet_name,
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Orders", "Orders"),
        ("R/F: [M] *what?* \\", "R F   M   what"),
        ("'quoted'", "quoted"),
        ("A title that is longer than thirty-one", "A title that is longer than thi"),
        ("???", "Sheet"),
        ("", "Sheet"),
        ("History", "History 2"),
        ("Top\x07 ten\ncustomers", "Top  ten customers"),
        # 15 emoji of two units each and one letter; the 16th would be cut in two
        ("\U0001f4e6" * 15 + "a" * 9, "\U0001f4e6" * 15 + "a"),
        ("a" + "\U0001f4e6" * 16, "a" + "\U0001f4e6" * 15),
        ("a" * 30 + "\U0001f4e6", "a" * 30),
    ],
)
def test_sheet_name_is_one_that_excel_accepts(title, name):
    assert make_sheet_name(title, set()) == name


def test_sheet_names_are_unlike_whatever_their_case():
    assert make_sheet_name("ORDERS", {"orders", "orders 2"}) == "ORDERS 3"


def test_long_sheet_names_stay_unlike_within_31_characters():
    title = "x" * 40
    assert make_sheet_name(title, {"x" * 31}) == "x" * 29 + " 2"


def test_long_sheet_names_of_emoji_stay_unlike_within_31_units():
    # 29 units are left beside " 2": 14 emoji
    name = make_sheet_name("\U0001f4e6" * 20, {"\U0001f4e6" * 15})
    assert name == "\U0001f4e6" * 14 + " 2"


def test_text_is_cut_by_units():
    assert cut_text("a\U0001f4e6b", 2) == "a"
    assert cut_text("a\U0001f4e6b", 3) == "a\U0001f4e6"
    longest = "\U0001f4e6" * 20000
    assert len(cut_text(longest).encode("utf-16-le")) // 2 == 32766


@pytest.mark.parametrize(
    ("symbol", "position", "decimals", "number_format"),
    [
        ("€", "after", 2, '#,##0.00"\N{NO-BREAK SPACE}€"'),
        ("$", "before", 2, '"$\N{NO-BREAK SPACE}"#,##0.00'),
        ("¥", "before", 0, '"¥\N{NO-BREAK SPACE}"#,##0'),
        ("BD", "after", 3, '#,##0.000"\N{NO-BREAK SPACE}BD"'),
        ('"', "after", 2, "#,##0.00"),
        ("", "before", 2, "#,##0.00"),
    ],
)
def test_money_format_follows_the_currency(symbol, position, decimals, number_format):
    assert make_money_format(symbol, position, decimals) == number_format


def test_link_formula_keeps_quotes_inside_the_text():
    formula = make_link_formula('https://a.example/"&1', 'the "best"')
    assert formula == '=HYPERLINK("https://a.example/""&1","the ""best""")'


@pytest.mark.parametrize(
    ("pattern", "number_format"),
    [
        ("MMM d, y", "mmm d, yyyy"),
        ("d. MMM y", "d. mmm yyyy"),
        ("y年M月d日", 'yyyy"年"m"月"d"日"'),
        ("d 'de' MMM 'de' y", 'd "de" mmm "de" yyyy'),
        ("h:mm a", "h:mm AM/PM"),
        ("HH:mm", "hh:mm"),
    ],
)
def test_dates_are_written_as_the_language_does(pattern, number_format):
    assert make_date_format(pattern) == number_format


def test_percents_are_written_as_the_language_does():
    assert make_percent_format("100%") == "0.0%"
    assert make_percent_format("100\N{NO-BREAK SPACE}%") == '0.0"\N{NO-BREAK SPACE}"%'
    assert make_percent_format("%100") == "%0.0"
