# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from crm_dashboards.report.brief.brief_layout import (
    HEADING_LINES,
    Part,
    Section,
    arrange,
    count_lines,
)


def make_list(title, length, lines=1):
    items = [f"{title} {number}" for number in range(length)]
    return Section(title, "", [Part("rows", {"items": items}, lines, is_list=True)])


def make_text(title, lines):
    return Section(title, "", [Part("text", {}, lines)])


def get_titles(columns):
    return [[section.title for section in column] for column in columns]


def get_heights(columns):
    return [sum(section.height for section in column) for column in columns]


def test_sections_go_below_the_shorter_column():
    sections = [make_text("A", 10), make_text("B", 3), make_text("C", 1)]
    columns, left_out = arrange(sections, 20)
    assert get_titles(columns) == [["A"], ["B", "C"]]
    assert left_out == []


def test_lists_stay_whole_where_there_is_room():
    columns, left_out = arrange([make_list("A", 12)], HEADING_LINES + 12)
    (section,) = columns[0]
    assert len(section.parts[0].values["items"]) == 12
    assert section.parts[0].more == 0
    assert left_out == []


def test_lists_become_as_short_as_their_column_needs_and_say_so():
    sections = [make_list("A", 30), make_list("B", 3), make_list("C", 30)]
    columns, left_out = arrange(sections, 2 * HEADING_LINES + 9)
    assert get_titles(columns) == [["A"], ["B", "C"]]
    parts = {section.title: section.parts[0] for each in columns for section in each}
    # a line of each says how many are left
    assert [len(parts[title].values["items"]) for title in "ABC"] == [10, 3, 5]
    assert [parts[title].more for title in "ABC"] == [20, 0, 25]
    assert [parts[title].height for title in "ABC"] == [11, 3, 6]
    assert left_out == []


def test_what_matters_most_is_given_the_room_first():
    sections = [make_list("A", 9), make_text("Chart", 9), make_list("B", 9)]
    columns, left_out = arrange(sections, HEADING_LINES + 12)
    parts = {section.title: section.parts[0] for each in columns for section in each}
    # both below each other: nine lines, and one more heading
    assert [len(parts[title].values["items"]) for title in "AB"] == [4, 3]
    assert left_out == []


def test_what_has_no_room_is_named_the_first_sections_stay():
    sections = [make_text("A", 10), make_text("B", 10), make_text("C", 10)]
    sections.append(make_text("D", 1))
    columns, left_out = arrange(sections, 2 * HEADING_LINES + 11)
    assert get_titles(columns) == [["A", "D"], ["B"]]
    assert left_out == ["C"]


@pytest.mark.parametrize("count", [0, 1, 5, 20, 60])
@pytest.mark.parametrize("length", [1, 2, 7, 200])
def test_no_column_is_ever_higher_than_the_page(count, length):
    sections = [make_list(str(each), length, 1.5) for each in range(count)]
    columns, left_out = arrange(sections, 56)
    assert max(get_heights(columns)) <= 56
    assert len(left_out) + sum(map(len, columns)) == count
    assert not left_out or count > 10


def test_wide_letters_need_twice_the_room():
    assert count_lines("") == 1
    assert count_lines("x" * 10, 10) == 1
    assert count_lines("x" * 11, 10) == 2
    assert count_lines("客" * 10, 10) == 2
