# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""`make test`: lint, pytest, Odoo's tests in Python and in the browser, life cycle."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

from . import database
from .addons import (
    MAIN,
    Addon,
    foreign_dependencies,
    read_all_addons,
    with_dependencies,
)
from .base_database import copy_of_base, database_name
from .browser import provide_browser
from .console import Problem, complain, say, step
from .lint import lint
from .odoo import Workplace, open_workplace
from .odoo_log import Report, read_report
from .postgres import postgres
from .process import is_alive, run_to_log
from .serve import free_port
from .settings import Settings
from .translations import outdated_templates

PREFIX = "crm_dashboards_test_"
SHOWN_COMPLAINTS = 20
WAYS_IN = "tests_heavy/install"
# Files of the main addon that take minutes, in an order in which every other one takes
# about as long as the rest of them.
LONGEST = ("links", "forged_calls", "tours", "invariant")


@dataclass
class Outcome:
    """What one part of the run counted."""

    title: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.title}: {self.passed} passed, {self.failed} failed{skipped}"


def test(settings: Settings) -> int:
    """Run everything, or the tests of the addon that `ADDON` names, and count.

    :returns: exit code, 0 if nothing failed.
    :raises Problem: when there is no such addon.
    """
    if settings.addon:
        _check_name(settings)
        outcomes = _guarded_odoo(settings, lambda run: run.outcomes_of(settings.addon))
    else:
        outcomes = _at_once(
            [
                partial(_guarded, "Lint", partial(_check_style, settings)),
                partial(_guarded, "pytest", partial(_run_pytest, settings)),
            ]
        )
        outcomes += _guarded_odoo(settings, OdooRun.outcomes)
    say("")
    for outcome in outcomes:
        say(str(outcome))
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    say(f"\n{closing_line(passed, failed, skipped)}")
    return 1 if failed or not passed else 0


def _check_name(settings: Settings) -> None:
    names = [addon.name for addon in read_all_addons(settings.root)]
    if settings.addon not in names:
        listed = "\n".join(f"  {name}" for name in names)
        raise Problem(
            f"There is no addon {settings.addon} here; names begin with {MAIN}."
            f" There are:\n{listed}"
        )


def test_heavily(settings: Settings) -> int:
    """Run the slow tests on databases and processes of their own; pytest's exit code.

    `PYTEST_ADDOPTS` chooses among them.
    """
    return _run_slowly(settings, "tests_heavy", f"--ignore={WAYS_IN}")


def test_ways_in(settings: Settings) -> int:
    """Run the tests of installing, in an Odoo of somebody's own; pytest's exit code."""
    return _run_slowly(settings, WAYS_IN)


def _run_slowly(settings: Settings, *arguments: str) -> int:
    command = [sys.executable, "-m", "pytest", "-v", "-rs", *arguments]
    return subprocess.run(command, cwd=settings.root, check=False).returncode


def closing_line(passed: int, failed: int, skipped: int = 0) -> str:
    """The last line of a run, which continuous integration reads."""
    line = f"{passed} passed, {failed} failed"
    return f"{line}, {skipped} skipped" if skipped else line


def _guarded(title: str, part: Callable[[], Outcome]) -> Outcome:
    """Carry out a part; what keeps it from running counts as its failure."""
    try:
        return part()
    except Problem as problem:
        complain(problem)
        return Outcome(title, failed=1)


def _guarded_odoo(
    settings: Settings, part: Callable[[OdooRun], list[Outcome]]
) -> list[Outcome]:
    try:
        provide_browser(settings)
        with postgres(settings) as connection:
            workplace = open_workplace(settings, connection)
            _sweep(workplace)
            with OdooRun(workplace) as run:
                return part(run)
    except Problem as problem:
        complain(problem)
        return [Outcome("Odoo", failed=1)]


def _check_style(settings: Settings) -> Outcome:
    code = lint(settings, with_advice=False)
    return Outcome("Lint", passed=0, failed=1 if code else 0)


def _run_pytest(settings: Settings) -> Outcome:
    counts = settings.build / "pytest.xml"
    counts.unlink(missing_ok=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rs",
        f"--junitxml={counts}",
        "tests",
    ]
    with step("Running pytest"):
        subprocess.run(command, cwd=settings.root, check=False)
    if not counts.exists():
        raise Problem("pytest did not run.")
    return read_pytest(counts)


def read_pytest(counts: Path) -> Outcome:
    """The outcome that pytest wrote down; no test at all is a failure."""
    suite = ElementTree.parse(counts).getroot().find("testsuite")
    total, failures, errors, skipped = (
        int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    passed = total - failed - skipped
    return Outcome("pytest", passed, failed or int(not passed), skipped)


class OdooRun:
    """What is tested inside Odoo, in databases of this run alone."""

    def __init__(self, workplace: Workplace):
        self._workplace = workplace
        name = database_name(workplace, f"{PREFIX}{os.getpid()}")
        self._alone, self._together = f"{name}_alone", f"{name}_all"
        self._beside, self._demo = f"{name}_beside", f"{name}_demo"

    def __enter__(self) -> OdooRun:
        return self

    def __exit__(self, *_exception: object) -> None:
        for name in (self._alone, self._beside, self._together, self._demo):
            self._workplace.drop(name)

    def outcomes(self) -> list[Outcome]:
        """The outcomes of all parts."""
        main, *others = self._workplace.addons
        others += self._workplace.test_addons
        outcomes = self._addon_alone(main, [main])
        self._workplace.duplicate(self._alone, self._together)
        self._workplace.duplicate(self._alone, self._demo)
        parts = (self._with_others, self._demo_and_life_cycle)
        others_outcomes = _at_once(partial(part, others) for part in parts)
        return [*outcomes, *chain.from_iterable(others_outcomes)]

    def outcomes_of(self, name: str) -> list[Outcome]:
        """The outcomes of one addon, in a database with what it depends on.

        :raises Problem: when it needs an addon that is not there.
        """
        place = self._workplace
        addons = [*place.addons, place.demo_addon, *place.test_addons]
        found = next((addon for addon in addons if addon.name == name), None)
        if found is None:
            raise Problem(f"What {name} depends on is not there.")
        return self._addon_alone(found, with_dependencies(found, addons))

    def _addon_alone(self, addon: Addon, needed: Sequence[Addon]) -> list[Outcome]:
        """Test an addon with nothing but what it depends on."""
        copy_of_base(self._workplace, foreign_dependencies(needed), self._alone)
        if addon.name == MAIN:
            outcomes = self._test_in_halves(addon)
        else:
            outcomes = self._test_python(self._alone, [addon])
        if addon.name == MAIN or _hoot_files(addon):
            outcomes += self._test_browser(self._alone, [addon])
        return outcomes

    def _with_others(self, others: Sequence[Addon]) -> list[Outcome]:
        """Test the other addons on top of the main one, with what they depend on."""
        if not others:
            return []
        depends = sorted(set(foreign_dependencies(others)) - {MAIN})
        if depends:
            with step(f"Installing {', '.join(depends)}"):
                self._workplace.install(self._together, depends, "test-depends")
        outcomes = self._test_python(self._together, others)
        if any(_hoot_files(addon) for addon in others):
            outcomes += self._test_browser(self._together, others)
        return outcomes

    def _demo_and_life_cycle(self, others: Sequence[Addon]) -> list[Outcome]:
        """Test the demo beside the main addon, and again once the others have come.

        What it fills for them it fills when they come. Then update and uninstall
        everything without a complaint; templates are current.
        """
        demo = self._workplace.demo_addon
        outcomes = self._test_python(self._demo, [demo])
        with step("Installing the other addons beside the demo"):
            names = [*foreign_dependencies(others), *(addon.name for addon in others)]
            self._workplace.install(self._demo, names, "test-others")
        addons = [*self._workplace.addons, demo]
        update = ",".join(addon.name for addon in addons)
        title = f"Update of {update}"
        report = self._run(
            title, self._demo, "-u", update, "--test-tags", f"/{demo.name}"
        )
        outcomes.append(_python_outcome(title, report, [demo.name]))
        return [*outcomes, self._compare_templates(addons), self._uninstall()]

    def _test_in_halves(self, addon: Addon) -> list[Outcome]:
        """Run the Python tests of an addon in two databases at once, every other file.

        A test waits for PostgreSQL as PostgreSQL does for it: one run at a time
        leaves a processor idle.
        """
        self._workplace.duplicate(self._alone, self._beside)
        files = _longest_first((addon.folder / "tests").glob("test_*.py"))[::2]
        paths = [f"/{addon.name}/tests/{path.name}" for path in files]
        halves = {
            self._alone: ",".join(paths),
            self._beside: ",".join([f"/{addon.name}", *(f"-{path}" for path in paths)]),
        }
        title = f"Odoo tests of {addon.name}"
        options = ("-i", addon.name, "-u", addon.name, "--test-tags")
        reports = _at_once(
            partial(self._run, f"{title}, half {number} of 2", database, *options, tags)
            for number, (database, tags) in enumerate(halves.items(), start=1)
        )
        outcomes = [_python_outcome(title, each, [addon.name]) for each in reports]
        return [*outcomes, _tours_outcome(reports)]

    def _test_python(self, name: str, addons: Sequence[Addon]) -> list[Outcome]:
        """Install ``addons`` and run their Python tests and tours.

        Those that came with what they depend on are updated, since Odoo tests only
        what it has just installed or updated.
        """
        names = [addon.name for addon in addons]
        title = f"Odoo tests of {', '.join(names)}"
        tags = ",".join(f"/{name}" for name in names)
        changed = ",".join(names)
        options = ("-i", changed, "-u", changed, "--test-tags", tags)
        report = self._run(title, name, *options)
        tested = [addon.name for addon in addons if (addon.folder / "tests").is_dir()]
        return [_python_outcome(title, report, tested)]

    def _test_browser(self, name: str, addons: Sequence[Addon]) -> list[Outcome]:
        """Run the hoot tests of ``addons``, which are installed."""
        names = [addon.name for addon in addons if _hoot_files(addon)]
        suites = ",".join(f"@{name}" for name in names)
        tags = [f"/web:WebSuite.test_unit_desktop[{suites}]"]
        if any(_has_mobile_tests(addon) for addon in addons):
            tags.append(f"/web:MobileWebSuite.test_unit_mobile[{suites}]")
        if not names:
            return [Outcome("Hoot tests", failed=1)]
        title = f"Hoot tests of {', '.join(names)}"
        return [
            _hoot_outcome(title, self._run(f"{title} {tag}", name, "--test-tags", tag))
            for tag in tags
        ]

    def _compare_templates(self, addons: Sequence[Addon]) -> Outcome:
        with step("Comparing the translation templates"):
            old = outdated_templates(self._workplace, self._demo, addons)
        if old:
            say(f"  Not current: {', '.join(old)}; `make pot` writes them.")
        return Outcome("Translation templates", len(addons) - len(old), len(old))

    def _uninstall(self) -> Outcome:
        """Uninstall the main addon and all that need it; any complaint fails."""
        log = self._workplace.settings.logs / "test-uninstall.log"
        command = self._workplace.command("module", "uninstall", "-d", self._demo, MAIN)
        with step(f"Uninstall of {MAIN} and all that need it"):
            code = run_to_log(command, log, environ=self._workplace.environ)
        report = read_report(log.read_text(errors="replace").splitlines())
        failed = bool(code or report.complaints)
        if failed:
            _show(report, log)
        return Outcome("Uninstall", int(not failed), int(failed))

    def _run(self, title: str, name: str, *arguments: str) -> Report:
        """Run Odoo with tests on the database ``name``."""
        slug = "".join(c if c.isalnum() else "-" for c in title.lower())[:60]
        log = self._workplace.settings.logs / f"test-{slug}.log"
        command = self._workplace.command(
            *("-d", name, "--stop-after-init", "--http-interface=127.0.0.1"),
            f"--http-port={free_port()}",
            f"--gevent-port={free_port()}",
            "--max-cron-threads=0",
            *arguments,
        )
        with step(title):
            code = run_to_log(command, log, environ=self._workplace.environ)
        report = read_report(log.read_text(errors="replace").splitlines())
        if code and not report.failed:
            report.failures = 1
        if report.complaints or report.skipped:
            _show(report, log)
        return report


def _longest_first(files: Iterable[Path]) -> list[Path]:
    """The files in the order of `LONGEST`, and then by name."""
    ranks = {f"test_{name}.py": rank for rank, name in enumerate(LONGEST)}
    return sorted(files, key=lambda file: (ranks.get(file.name, len(ranks)), file.name))


def _at_once(parts: Iterable[Callable]) -> list:
    """Carry out all parts at the same time; what each returned, in their order."""
    with ThreadPoolExecutor() as pool:
        return [run.result() for run in [pool.submit(part) for part in parts]]


def _python_outcome(title: str, report: Report, addons: Sequence[str]) -> Outcome:
    """The outcome of a run; each of ``addons`` of which no test ran is a failure."""
    untested = sorted(set(addons) - report.tested_addons)
    for name in untested:
        say(f"  No test of {name} ran, which counts as failed.")
    failed = report.failed + len(report.skipped) + len(untested)
    if report.complaints and not failed:
        failed = 1
    return Outcome(title, report.passed, failed or int(not report.passed))


def _tours_outcome(reports: Sequence[Report]) -> Outcome:
    """Tours are counted among the Python tests; here only none at all is a failure."""
    tours = sum(report.tours for report in reports)
    return Outcome(f"Tours ({tours})", failed=int(not tours))


def _hoot_outcome(title: str, report: Report) -> Outcome:
    failed = report.hoot_failed or report.failed
    failed += len(report.skipped)
    if report.complaints and not failed:
        failed = 1
    return Outcome(title, report.hoot_passed, failed or int(not report.hoot_passed))


def _show(report: Report, log: Path) -> None:
    for text in report.skipped:
        say(f"  Skipped, which counts as failed: {text}")
    shown = list(dict.fromkeys(map(str, report.complaints)))
    for text in shown[:SHOWN_COMPLAINTS]:
        say("\n".join(f"  {line}" for line in text.splitlines()))
    if len(shown) > SHOWN_COMPLAINTS:
        say(f"  … and {len(shown) - SHOWN_COMPLAINTS} more")
    say(f"  Log: {log}")


def _hoot_files(addon: Addon) -> list[Path]:
    return sorted((addon.folder / "static" / "tests").rglob("*.test.js"))


def _has_mobile_tests(addon: Addon) -> bool:
    return any('"mobile"' in path.read_text() for path in _hoot_files(addon))


def _sweep(workplace: Workplace) -> None:
    """Drop the databases of test runs that were killed."""
    prefix = database_name(workplace, PREFIX)
    for name in database.names(workplace.connection, prefix):
        pid = name.removeprefix(prefix).split("_")[0]
        if pid.isdecimal() and not is_alive(int(pid)):
            workplace.drop(name)
    shutil.rmtree(workplace.settings.logs / "screenshots", ignore_errors=True)
