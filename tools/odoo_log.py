# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Read from Odoo's log what its tests did and what it complained about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>\S+?):(?: (?P<message>.*))?$"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
RESULT = re.compile(
    r"^(?P<failed>\d+) failed, (?P<errors>\d+) error\(s\) of (?P<run>\d+) tests"
)
HOOT_PASSED = re.compile(r"^\[HOOT\] Passed (?P<passed>\d+) tests")
HOOT_FAILED = re.compile(
    r"^\[HOOT\] Failed (?P<failed>\d+) tests \((?P<passed>\d+) passed"
)
HOOT_SKIPPED = re.compile(
    r'^\[HOOT\] "(?P<suite>[^"]+)" ended .*skipped: (?P<count>\d+)'
)
FAILED_TEST = re.compile(r"^(?:FAIL|ERROR): (?:Subtest )?(?P<test>\w+\.\w+)")
SKIPPED = re.compile(r"^skipped (?P<test>\S.*?) : (?P<reason>.*)$")
STATISTICS = "odoo.tests.stats"
ADDON_RAN = re.compile(r"^(?P<addon>\w+): \d+ tests ")
TOUR_SUCCEEDED = "tour succeeded"
COMPLAINTS = frozenset({"WARNING", "ERROR", "CRITICAL"})


@dataclass(frozen=True)
class Record:
    """One record of the log; ``message`` holds its further lines too."""

    level: str
    logger: str
    message: str

    def __str__(self) -> str:
        return f"{self.level} {self.logger}: {self.message}"


@dataclass
class Report:
    """What a run of Odoo did. Hoot tests are those in the browser, one by one."""

    run: int = 0
    failures: int = 0
    failed_tests: set[str] = field(default_factory=set)
    hoot_passed: int = 0
    hoot_failed: int = 0
    tours: int = 0
    tested_addons: set[str] = field(default_factory=set)
    skipped: list[str] = field(default_factory=list)
    complaints: list[Record] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Tests of Python and tours that failed, each once whatever its subtests."""
        return len(self.failed_tests) or self.failures

    @property
    def passed(self) -> int:
        """Tests of Python and tours that passed."""
        return max(0, self.run - self.failed - self._skipped_in_python)

    @property
    def _skipped_in_python(self) -> int:
        return sum(1 for text in self.skipped if not text.startswith("@"))


def read_records(lines: Iterable[str]) -> Iterator[Record]:
    """Records of a log, with tracebacks joined to the message they belong to."""
    current: Record | None = None
    for line in lines:
        text = COLOUR.sub("", line.rstrip())
        if found := RECORD.match(text):
            if current:
                yield current
            message = found["message"] or ""
            current = Record(found["level"], found["logger"], message.rstrip())
        elif current:
            current = Record(
                current.level, current.logger, f"{current.message}\n{text}"
            )
    if current:
        yield current


def read_report(lines: Iterable[str]) -> Report:
    """The report of a run, from the lines of its log."""
    report = Report()
    for record in read_records(lines):
        _count(report, record)
        if record.level in COMPLAINTS:
            report.complaints.append(record)
    return report


def _count(report: Report, record: Record) -> None:
    # what tests and other programs print may have been joined to it
    message = record.message.split("\n", 1)[0]
    if found := RESULT.match(message):
        report.run += int(found["run"])
        report.failures += int(found["failed"]) + int(found["errors"])
    elif found := FAILED_TEST.match(message):
        report.failed_tests.add(found["test"])
    elif found := HOOT_PASSED.match(message):
        report.hoot_passed += int(found["passed"])
    elif found := HOOT_FAILED.match(message):
        report.hoot_passed += int(found["passed"])
        report.hoot_failed += int(found["failed"])
    elif found := HOOT_SKIPPED.match(message):
        report.skipped.append(f"{found['suite']}: {found['count']} skipped")
    elif found := SKIPPED.match(message):
        report.skipped.append(f"{found['test']}: {found['reason']}")
    elif message == TOUR_SUCCEEDED:
        report.tours += 1
    elif record.logger == STATISTICS and (found := ADDON_RAN.match(message)):
        report.tested_addons.add(found["addon"])
