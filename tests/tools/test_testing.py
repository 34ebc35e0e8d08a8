# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools.addons import MAIN
from tools.console import Problem
from tools.odoo_log import Record, Report
from tools.settings import ROOT
from tools.testing import (
    LONGEST,
    Outcome,
    _guarded,
    _hoot_outcome,
    _longest_first,
    _python_outcome,
    _tours_outcome,
    closing_line,
    read_pytest,
)
from tools.testing import test as run_tests

COMPLAINT = Record("WARNING", "odoo.x", "careful")
SUITE = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/>'


def counts(outcome):
    return outcome.passed, outcome.failed


def test_closing_line_stands_alone_and_names_skips_only_if_there_are_some():
    assert closing_line(12, 0) == "12 passed, 0 failed"
    assert closing_line(12, 3, 1) == "12 passed, 3 failed, 1 skipped"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((10, 0, 0, 0), (10, 0, 0)),
        ((10, 1, 2, 3), (4, 3, 3)),
        ((0, 0, 0, 0), (0, 1, 0)),
    ],
    ids=["good", "mixed", "no test at all is a failure"],
)
def test_counts_of_pytest(tmp_path, numbers, expected):
    path = tmp_path / "pytest.xml"
    path.write_text(f"{SUITE.format(*numbers)}</testsuites>")
    outcome = read_pytest(path)
    assert (outcome.passed, outcome.failed, outcome.skipped) == expected


def test_part_that_cannot_run_is_a_failure(capsys):
    def part():
        raise Problem("no browser here")

    assert counts(_guarded("Odoo", part)) == (0, 1)
    assert "no browser here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (Report(run=5), (5, 0)),
        (Report(run=0), (0, 1)),
        (Report(run=5, complaints=[COMPLAINT]), (5, 1)),
        (Report(run=5, failures=2, complaints=[COMPLAINT]), (3, 2)),
        (Report(run=5, skipped=["TestTour.test_it: no browser"]), (4, 1)),
    ],
    ids=["good", "no test", "only a warning", "failures", "skipped"],
)
def test_outcome_of_python_tests(report, expected):
    assert counts(_python_outcome("Odoo", report, [])) == expected


def test_addon_of_which_no_test_ran_is_a_failure(capsys):
    report = Report(run=5, tested_addons={"crm_dashboards_ai"})
    addons = ["crm_dashboards_ai", "crm_dashboards_project"]
    assert counts(_python_outcome("Odoo", report, addons)) == (5, 1)
    assert "No test of crm_dashboards_project ran" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (Report(run=1, hoot_passed=29), (29, 0)),
        (Report(run=1, hoot_passed=29, hoot_failed=1, failures=1), (29, 1)),
        (Report(run=1, failures=1), (0, 1)),
        (Report(run=1), (0, 1)),
        (Report(run=1, hoot_passed=29, complaints=[COMPLAINT]), (29, 1)),
        (Report(run=1, hoot_passed=29, skipped=["@a: 2 skipped"]), (29, 1)),
    ],
    ids=["good", "failed", "page broken", "nothing ran", "warning", "skipped"],
)
def test_outcome_of_hoot_tests(report, expected):
    assert counts(_hoot_outcome("Hoot", report)) == expected


def test_no_tour_is_a_failure_and_tours_are_not_counted_twice():
    assert counts(_tours_outcome([Report(tours=0)])) == (0, 1)
    assert counts(_tours_outcome([Report(tours=0), Report(tours=3)])) == (0, 0)


def test_unknown_addon_is_refused_with_the_names_of_those_there_are(make_settings):
    with pytest.raises(Problem, match="no addon crm_dashboard here") as problem:
        run_tests(make_settings(ADDON="crm_dashboard"))
    for name in ("crm_dashboards", "crm_dashboards_ai", "crm_dashboards_demo"):
        assert f"\n  {name}\n" in str(problem.value)


def test_outcome_reads_as_a_sentence():
    assert str(Outcome("pytest", 3, 0)) == "pytest: 3 passed, 0 failed"
    assert str(Outcome("pytest", 3, 0, 1)) == "pytest: 3 passed, 0 failed, 1 skipped"


def test_the_longest_are_shared_out_between_both_halves():
    names = [f"test_{name}.py" for name in LONGEST]
    tests = ROOT / MAIN / "tests"
    shared = _longest_first([*tests.glob("test_a*.py"), *map(tests.joinpath, names)])
    assert [file.name for file in shared[: len(names)]] == names
    assert all(file.exists() for file in shared)
    assert shared[len(names) :] == sorted(tests.glob("test_a*.py"))
