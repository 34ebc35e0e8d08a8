# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The commands of `python3 -m tools`."""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from .console import Problem, complain, say
from .python_env import provide_environment, venv_python
from .settings import ROOT, Settings, read_settings

# command → (module, function, what it does)
COMMANDS = {
    "demo": ("serve", "demo", "serve Odoo with demo data at http://localhost:8069"),
    "start": ("serve", "start", "the same in the background"),
    "stop": ("serve", "stop", "stop all servers of this clone; PORT=: only that one"),
    "test": ("testing", "test", "lint and all tests; ADDON=name: those of one addon"),
    "test-heavy": ("testing", "test_heavily", "slow tests: killed nights, load"),
    "test-install": ("testing", "test_ways_in", "each way in: wheels, checkout, apps"),
    "lint": ("lint", "lint", "check the style of all files, mend what can be mended"),
    "format": ("lint", "format_files", "only mend it"),
    "pot": ("translations", "write_templates", "write the translation templates"),
    "guide": ("guide", "write_page", "write the user guide into the addon"),
    "pictures": ("pictures", "take", "take the pictures of the documentation anew"),
    "readme": ("readme", "write_readmes", "write the addons' README.rst and pages"),
    "environment": ("commands", "environment", "only make the virtual environment"),
}
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Carry out one command; its exit code."""
    if len(arguments) != 1 or arguments[0] not in {*COMMANDS, "clean", "help"}:
        help_()
        return 2
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _carry_out(arguments[0], read_settings())
    except Problem as problem:
        complain(problem)
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from what is done already.")
        return INTERRUPTED


def _carry_out(command: str, settings: Settings) -> int:
    if command == "help":
        help_()
        return 0
    if command == "clean":
        if settings.build.exists() and not _in_environment(settings):
            _enter_existing_environment(settings, command)
        clean(settings)
        return 0
    if not _in_environment(settings):
        python = provide_environment(settings)
        os.execv(python, [str(python), "-m", "tools", command])
    module, function, _ = COMMANDS[command]
    result = getattr(importlib.import_module(f"tools.{module}"), function)(settings)
    return result or 0


def help_() -> None:
    """Print what commands there are."""
    say("Commands (docs/installation.md tells their settings):\n")
    for name, (_, _, purpose) in COMMANDS.items():
        say(f"  make {name:<12} {purpose}")
    say("  make clean        remove all that was made here; downloads are kept")


def environment(settings: Settings) -> None:
    """Say where the environment is, which is there by now."""
    say(f"The virtual environment is {settings.build / 'venv'}")


def clean(settings: Settings) -> None:
    """Remove the databases, the server and everything else that belongs to this clone.

    :raises Problem: when a demo or test run still uses it.
    """
    if _in_environment(settings):
        from .serve import stop

        stop(settings)
        from .database import remove_all

        remove_all(settings)
    shutil.rmtree(settings.build, ignore_errors=True)
    modules = ROOT / "node_modules"
    if modules.is_symlink():
        modules.unlink()
    say(f"Clean. Downloads are kept in {settings.cache}")


def _in_environment(settings: Settings) -> bool:
    return Path(sys.prefix) == settings.build / "venv"


def _enter_existing_environment(settings: Settings, command: str) -> None:
    python = venv_python(settings)
    if python.exists():
        os.execv(python, [str(python), "-m", "tools", command])


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
