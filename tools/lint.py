"""`make lint`: the style of all files, by the tools that pre-commit calls too."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from .addons import DEMO, read_addon, read_addons, read_test_addons
from .console import say, step
from .node import provide_node_tools
from .python_env import venv_python
from .settings import Settings

PRETTIER_FILES = "**/*.{js,mjs,json,scss,xml,yaml,yml}"


def lint(settings: Settings, with_advice: bool = True) -> int:
    """Check everything; 0 if all is well, 1 if not. Advice alone is no failure."""
    environ = provide_node_tools(settings)
    addons = _addon_folders(settings)
    node = settings.root / "node_modules" / ".bin"
    python = venv_python(settings).parent
    checks = {
        "ruff": [python / "ruff", "check"],
        "ruff format": [python / "ruff", "format", "--check"],
        "pylint-odoo": [python / "pylint", "--rcfile=.pylintrc-mandatory", *addons],
        "eslint": [node / "eslint", "--no-warn-ignored", "."],
        "prettier": [
            node / "prettier",
            "--check",
            "--log-level=warn",
            "--no-error-on-unmatched-pattern",
            PRETTIER_FILES,
        ],
    }
    failed = [
        name
        for name, command in checks.items()
        if not _passes(settings, name, command, environ)
    ]
    if with_advice:
        advice = [python / "pylint", "--rcfile=.pylintrc", "--exit-zero", *addons]
        _passes(settings, "pylint-odoo, advice only", advice, environ)
    if failed:
        say(f"Not in style: {', '.join(failed)}. `make format` mends what it can.")
    return 1 if failed else 0


def format_files(settings: Settings) -> int:
    """Bring all files into the style, as far as the tools can."""
    environ = provide_node_tools(settings)
    node = settings.root / "node_modules" / ".bin"
    ruff = venv_python(settings).parent / "ruff"
    for name, command in {
        "ruff": [ruff, "check", "--fix-only"],
        "ruff format": [ruff, "format"],
        "eslint": [node / "eslint", "--fix", "."],
        "prettier": [node / "prettier", "--write", "--log-level=warn", PRETTIER_FILES],
    }.items():
        _passes(settings, name, command, environ)
    return 0


def _passes(
    settings: Settings,
    name: str,
    command: Sequence[str | Path],
    environ: dict[str, str],
) -> bool:
    with step(f"Running {name}"):
        words = [str(word) for word in command]
        done = subprocess.run(words, cwd=settings.root, env=environ, check=False)
    return done.returncode == 0


def _addon_folders(settings: Settings) -> list[str]:
    """Names of the addons' folders, which are Python packages."""
    root = settings.root
    addons = [*read_addons(root), read_addon(root / DEMO), *read_test_addons(root)]
    return [str(addon.folder.relative_to(root)) for addon in addons]
