# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""`make lint` and `make format`: the hooks of .pre-commit-config.yaml, on all files."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Collection

from .console import Problem, say, step
from .node import provide_node_tools
from .process import run_logged
from .python_env import venv_python
from .settings import Settings

ADVICE = frozenset({"pylint_odoo_advice"})
# what takes its time and mends nothing
SLOW = ADVICE | {"pylint_odoo"}


def lint(settings: Settings, with_advice: bool = True) -> int:
    """Check everything, and mend what can be mended.

    Gives 0 if all was well, 1 if not. Advice alone is no failure.
    """
    passes = _run_hooks(settings, without=frozenset() if with_advice else ADVICE)
    if not passes:
        say("Not in style. What could be mended is mended; the rest is told above.")
    return 0 if passes else 1


def format_files(settings: Settings) -> int:
    """Bring all files into the style, as far as the tools can."""
    _run_hooks(settings, without=SLOW)
    return 0


def _run_hooks(settings: Settings, without: Collection[str]) -> bool:
    environ = provide_node_tools(settings) | {
        "PRE_COMMIT_HOME": str(settings.build / "pre-commit"),
        "SKIP": ",".join(sorted(without)),
        **_index_of_all_files(settings),
    }
    command = [venv_python(settings).parent / "pre-commit", "run", "--all-files"]
    with step("Checking the style"):
        done = subprocess.run(command, cwd=settings.root, env=environ, check=False)
    return done.returncode == 0


def _index_of_all_files(settings: Settings) -> dict[str, str]:
    """Variables that show git a repository of its own with all files that it knows of.

    So new files are checked too, and the clone may be anybody's, or no clone at all.

    :raises Problem: when there is no git.
    """
    place = {
        "GIT_DIR": str(settings.build / "lint.git"),
        "GIT_WORK_TREE": str(settings.root),
    }
    if not shutil.which("git"):
        raise Problem("The style is checked with the help of git, which is not here.")
    for command in (["git", "init", "--quiet"], ["git", "add", "--all"]):
        run_logged(
            command,
            settings.logs / "git.log",
            failure="The style is checked with git, which fails here.",
            environ=os.environ | place,
            cwd=settings.root,
        )
    return place
