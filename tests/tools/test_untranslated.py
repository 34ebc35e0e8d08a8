# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools.untranslated import find, main


@pytest.mark.parametrize(
    "line",
    [
        'raise UserError("The night is at work.")',
        'return blocks.Text("No orders this month.")',
        'words = f"Left out: {count} of them."',
        'title = "Customers without account manager" if few else ""',
    ],
)
def test_sentences_for_people_are_found(line):
    source = f"def method(self, few, count):\n    {line}\n"
    ((number, words),) = find(source)
    assert number == 2
    assert words in line


@pytest.mark.parametrize(
    "line",
    [
        'raise UserError(self.env._("The night is at work."))',
        'raise ValueError("Give one row a customer.")',
        '_logger.info("Figures of %s made", name)',
        'self.env.cr.execute("Select all of them")',
        'query = SQL("Select all of them")',
        'query = "ALTER TABLE one RENAME TO other"',
        'key = "order_state"',
        'name = "Orders"',
        '"""Make the figures of a company."""',
    ],
)
def test_other_texts_are_not(line):
    assert find(f"def method(self, name):\n    {line}\n") == []


def test_labels_of_fields_are_odoos():
    source = (
        'class A:\n    name = fields.Char("Name of it", help="What it is called.")\n'
    )
    assert find(source) == []


def test_files_are_told_with_their_lines(tmp_path, capsys):
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text("def method(self):\n    return 1\n")
    bad.write_text('def method(self):\n    return "This is wrong."\n')
    assert main([str(good)]) == 0
    assert main([str(good), str(bad)]) == 1
    assert f"{bad}:2: not translatable: This is wrong." in capsys.readouterr().out


def test_tests_say_what_they_like(tmp_path):
    folder = tmp_path / "tests"
    folder.mkdir()
    bad = folder / "test_bad.py"
    bad.write_text('def method(self):\n    return "This is wrong."\n')
    assert main([str(bad)]) == 0
