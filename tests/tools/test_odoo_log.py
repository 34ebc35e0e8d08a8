# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools.odoo_log import read_records, read_report

STAMP = "2026-05-04 12:00:00,123 4711"
BROWSER = "odoo.addons.web.tests.test_js.WebSuite.test_unit_desktop.browser"
TEST = "odoo.addons.crm_dashboards.tests.test_rfm"
RESULT = "odoo.tests.result"
STATISTICS = "odoo.tests.stats"


def line(message, level="INFO", logger=TEST):
    return f"{STAMP} {level} some_db {logger}: {message} \n"


def test_further_lines_belong_to_the_record_before():
    lines = ["noise before\n", line("one"), "Traceback\n", "  File\n", line("two")]
    assert [record.message for record in read_records(lines)] == [
        "one\nTraceback\n  File",
        "two",
    ]


def test_record_without_a_message_is_one_all_the_same():
    lines = [line("one"), f"{STAMP} INFO some_db {TEST}: \n", "printed\n", line("two")]
    messages = [record.message for record in read_records(lines)]
    assert messages == ["one", "\nprinted", "two"]


def test_colours_are_no_part_of_a_record():
    coloured = f"{STAMP} \x1b[1;33mWARNING\x1b[0m some_db \x1b[1m{TEST}\x1b[0m: careful"
    assert [str(record) for record in read_records([coloured])] == [
        f"WARNING {TEST}: careful"
    ]


def test_passed_tests_are_what_ran_without_failing():
    report = read_report(
        [line("0 failed, 0 error(s) of 12 tests when loading database 'x'")]
    )
    assert (report.passed, report.failed) == (12, 0)


def test_subtests_of_one_test_count_once():
    report = read_report(
        [
            line("FAIL: Subtest TestRfm.test_scores (n=1)", "ERROR"),
            line("FAIL: Subtest TestRfm.test_scores (n=2)", "ERROR"),
            line("ERROR: TestRfm.test_segments", "ERROR"),
            line(
                "2 failed, 1 error(s) of 10 tests when loading database 'x'",
                "ERROR",
                RESULT,
            ),
        ]
    )
    assert (report.passed, report.failed) == (8, 2)


def test_failure_outside_a_test_counts_too():
    report = read_report(
        [
            line("ERROR: setUpClass (odoo.addons.x.tests.TestRfm)", "ERROR"),
            line("0 failed, 1 error(s) of 0 tests when loading database 'x'", "ERROR"),
        ]
    )
    assert (report.passed, report.failed) == (0, 1)


def test_skipped_test_is_no_passed_one():
    report = read_report(
        [
            line("skipped TestTour.test_dashboard : Chrome executable not found"),
            line("0 failed, 0 error(s) of 3 tests when loading database 'x'"),
        ]
    )
    assert report.skipped == ["TestTour.test_dashboard: Chrome executable not found"]
    assert (report.passed, report.failed) == (2, 0)


def test_hoot_tests_are_counted_one_by_one():
    report = read_report(
        [
            line('[HOOT] Test "@a/b/c" passed (assertions: 8)', logger=BROWSER),
            line('[HOOT] "@a" ended (passed: 27 / time: 3009 ms)', logger=BROWSER),
            line(
                "[HOOT] Passed 27 tests (146 assertions, total time: 00:00:03)",
                logger=BROWSER,
            ),
        ]
    )
    assert (report.hoot_passed, report.hoot_failed) == (27, 0)
    assert report.complaints == []


def test_failed_and_skipped_hoot_tests_are_seen():
    report = read_report(
        [
            line('[HOOT] "@a/b" ended (passed: 5 / skipped: 2 / time: 3 ms)'),
            line("[HOOT] Failed 2 tests (29 passed, total time: 00:00:03)"),
        ]
    )
    assert (report.hoot_passed, report.hoot_failed) == (29, 2)
    assert report.skipped == ["@a/b: 2 skipped"]


def test_addons_are_known_by_their_statistics():
    report = read_report(
        [
            line("crm_dashboards_ai: 81 tests 17.76s 10257 queries", logger=STATISTICS),
            line("sale: 3 tests 1.00s 12 queries"),
        ]
    )
    assert report.tested_addons == {"crm_dashboards_ai"}


def test_tours_are_counted():
    report = read_report([line("tour succeeded", logger=BROWSER)] * 2)
    assert report.tours == 2


def test_what_is_printed_in_between_changes_no_count():
    report = read_report(
        [
            line("tour succeeded", logger=BROWSER),
            "\n",
            line("skipped TestTour.test_it : no browser"),
            "printed by a test\n",
        ]
    )
    assert report.tours == 1
    assert report.skipped == ["TestTour.test_it: no browser"]


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_complaints_are_kept_with_their_traceback(level):
    report = read_report([line("fine"), line("bad", level), "Traceback\n"])
    assert [str(record) for record in report.complaints] == [
        f"{level} {TEST}: bad\nTraceback"
    ]
