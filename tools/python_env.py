# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The virtual environment in which Odoo and everything else runs.

All packages are pinned, those that other packages need too. Their wheels are kept in
the cache, and so is the environment itself, so that another clone, or one without a
network, has the very same ones at once.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .console import Problem, step
from .debian import Suite, unpack
from .files import exclusive, whole_folder, write_whole
from .odoo_source import STABLE
from .process import run_logged
from .settings import Settings

REQUIREMENTS = Path(__file__).parent / "requirements"
INSTALLED = ("odoo.txt", "development.txt", "oca.txt")
NODE = ("node.txt",)
STAMP = "installed"
OFFLINE = (
    "The Python packages cannot be downloaded. If the network is missing, run the\n"
    "same command again once it is there: what was downloaded is kept."
)


def venv_python(settings: Settings) -> Path:
    """Python of this clone's virtual environment."""
    return settings.build / "venv" / "bin" / "python"


def provide_environment(settings: Settings) -> Path:
    """The environment's Python, made or brought up to date if need be.

    All clones with the same pins and the same Python share one, in the cache.

    :raises Problem: when something cannot be had.
    """
    link = settings.build / "venv"
    python = venv_python(settings)
    with exclusive(settings.build / "venv.lock"):
        wanted = requirements_key(INSTALLED)
        if not _is_made_of(link, wanted):
            folder = settings.cache / "environments" / wanted
            with exclusive(settings.cache / "environments.lock"):
                if not _is_made_of(folder, wanted):
                    _make(settings, folder, wanted)
            _point(link, folder)
    return python


def _is_made_of(folder: Path, key: str) -> bool:
    stamp = folder / STAMP
    return (
        stamp.is_file()
        and stamp.read_text() == key
        and (folder / "bin" / "python").exists()
    )


def _make(settings: Settings, folder: Path, key: str) -> None:
    wheels = _provide_wheels(settings, INSTALLED)
    with step("Installing Python packages"):
        _create(settings, folder)
        _install(settings, folder, INSTALLED, wheels)
    write_whole(folder / STAMP, key)


def _point(link: Path, folder: Path) -> None:
    """Let ``link`` point to ``folder``, whatever was there before."""
    if link.is_symlink():
        link.unlink()
    shutil.rmtree(link, ignore_errors=True)
    link.symlink_to(folder)


def install_node(settings: Settings) -> None:
    """Install Node.js into the environment.

    :raises Problem: when it cannot be had.
    """
    wheels = _provide_wheels(settings, NODE)
    with step("Installing Node.js"):
        _install(settings, settings.build / "venv", NODE, wheels)


def requirements_key(names: Sequence[str], folder: Path = REQUIREMENTS) -> str:
    """Key of the wheels for some requirement files: Python's version and the pins."""
    pins = b"".join((folder / name).read_bytes() for name in names)
    version = "{}.{}".format(*sys.version_info)
    return f"{version}-{hashlib.sha256(pins).hexdigest()[:16]}"


def site_packages(settings: Settings) -> Path:
    """Folder of the installed packages, among them the addons of the OCA."""
    found = next((settings.build / "venv").glob("lib/python3.*/site-packages"), None)
    if found is None:
        raise Problem("The virtual environment is broken; run `make clean` first.")
    return found


def _provide_wheels(settings: Settings, names: Sequence[str]) -> Path:
    """Folder of the cache with a wheel of every package in some requirement files."""
    folder = settings.cache / "wheels" / requirements_key(names)
    with exclusive(settings.cache / "wheels.lock"):
        if folder.is_dir():
            return folder
        with (
            step("Downloading Python packages"),
            tempfile.TemporaryDirectory() as downloader,
            whole_folder(folder) as part,
        ):
            _create(settings, Path(downloader))
            python = Path(downloader, "bin", "python")
            options = ["--no-deps", "--wheel-dir", part]
            _pip(settings, python, "wheel", names, options, OFFLINE)
    return folder


def _install(
    settings: Settings, folder: Path, names: Sequence[str], wheels: Path
) -> None:
    options = ["--no-deps", "--no-index", "--find-links", wheels]
    failure = "The Python packages cannot be installed."
    _pip(settings, folder / "bin" / "python", "install", names, options, failure)


def _pip(
    settings: Settings,
    python: Path,
    command: str,
    names: Sequence[str],
    options: Sequence[str | Path],
    failure: str,
) -> None:
    common = ["-m", "pip", command, "-qq", "--disable-pip-version-check", "--no-input"]
    files = [word for name in names for word in ("-r", REQUIREMENTS / name)]
    log = settings.logs / f"pip-{command}.log"
    run_logged([python, *common, *options, *files], log, failure=failure)


def _create(settings: Settings, folder: Path) -> None:
    has_pip = importlib.util.find_spec("ensurepip") is not None
    run_logged(
        [
            sys.executable,
            "-m",
            "venv",
            "--clear",
            *([] if has_pip else ["--without-pip"]),
            folder,
        ],
        settings.logs / "venv.log",
        failure="No virtual environment can be made.",
    )
    if not has_pip:
        _bring_pip(settings, folder / "bin" / "python")


def _bring_pip(settings: Settings, python: Path) -> None:
    """Install pip from Debian's package, which Debian splits off from Python."""
    suite = Suite(STABLE, settings)
    suite.update()
    files = suite.fetch(suite.describe(["python3-pip-whl"]))
    with tempfile.TemporaryDirectory() as folder:
        unpack(files, Path(folder))
        wheel = next(Path(folder).glob("usr/share/python-wheels/pip-*.whl"))
        subprocess.run(
            [
                python,
                f"{wheel}/pip",
                "install",
                "--quiet",
                "--no-index",
                wheel,
            ],
            check=True,
        )
