"""The virtual environment in which Odoo and everything else runs."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

from .console import Problem, step
from .debian import Suite, unpack
from .files import exclusive, sha256, write_whole
from .odoo_source import STABLE
from .process import run_logged
from .settings import Settings

REQUIREMENTS = Path(__file__).parent / "requirements"
# (file, options of pip)
INSTALLED = (
    ("odoo.txt", ()),
    ("development.txt", ()),
    ("oca.txt", ("--no-deps",)),
)
STAMP = "installed"
FAILURE = (
    "The Python packages cannot be installed. If the network is missing, run the same\n"
    "command again once it is there: what was downloaded is kept."
)


def venv_python(settings: Settings) -> Path:
    """Python of this clone's virtual environment."""
    return settings.build / "venv" / "bin" / "python"


def provide_environment(settings: Settings) -> Path:
    """The environment's Python, made or brought up to date if need be.

    It is made anew when the pins or the Python version change.

    :raises Problem: when something cannot be installed.
    """
    folder = settings.build / "venv"
    python = venv_python(settings)
    with exclusive(settings.build / "venv.lock"):
        stamp = folder / STAMP
        wanted = environment_key()
        if stamp.is_file() and stamp.read_text() == wanted and python.exists():
            return python
        with step("Installing Python packages"):
            _create(settings, folder)
            for name, options in INSTALLED:
                install(settings, name, *options)
        write_whole(stamp, wanted)
    return python


def environment_key(requirements: Path = REQUIREMENTS) -> str:
    """Key of an environment: the Python version and the hashes of the pins."""
    version = "{}.{}".format(*sys.version_info)
    names = [name for name, _ in INSTALLED]
    return " ".join([version, *(sha256(requirements / name) for name in names)])


def install(settings: Settings, requirements: str, *options: str) -> None:
    """Install one of the requirement files into the environment.

    :raises Problem: with the end of pip's log.
    """
    run_logged(
        [
            venv_python(settings),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            *options,
            "-r",
            REQUIREMENTS / requirements,
        ],
        settings.logs / f"pip-{requirements}.log",
        failure=FAILURE,
    )


def site_packages(settings: Settings) -> Path:
    """Folder of the installed packages, among them the addons of the OCA."""
    found = next((settings.build / "venv").glob("lib/python3.*/site-packages"), None)
    if found is None:
        raise Problem("The virtual environment is broken; run `make clean` first.")
    return found


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
        _bring_pip(settings)


def _bring_pip(settings: Settings) -> None:
    """Install pip from Debian's package, which Debian splits off from Python."""
    suite = Suite(STABLE, settings)
    suite.update()
    files = suite.fetch(suite.describe(["python3-pip-whl"]))
    with tempfile.TemporaryDirectory() as folder:
        unpack(files, Path(folder))
        wheel = next(Path(folder).glob("usr/share/python-wheels/pip-*.whl"))
        subprocess.run(
            [
                venv_python(settings),
                f"{wheel}/pip",
                "install",
                "--quiet",
                "--no-index",
                wheel,
            ],
            check=True,
        )
