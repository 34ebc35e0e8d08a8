# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""wkhtmltopdf, which Odoo needs to print PDFs, beside the system and without root."""

from __future__ import annotations

import hashlib
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from .console import Problem, say, step
from .debian import Suite, unpack
from .files import exclusive, whole_folder
from .odoo_source import STABLE
from .settings import Settings

# Always on the machine, or only there for screens and package management.
NOT_NEEDED = frozenset(
    "libc6 libgcc-s1 libstdc++6 gcc-12-base libcrypt1 dpkg tar iso-codes libllvm15 "
    "libgl1-mesa-dri libz3-4 perl-base debconf install-info".split()
)
FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir>{folder}/usr/share/fonts</dir>
  <dir prefix="xdg">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
WRAPPER = """\
#!/bin/sh
# wkhtmltopdf with the libraries that lie beside it
here={folder}
export LD_LIBRARY_PATH={libraries}"${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export FONTCONFIG_FILE="$here/fonts.conf"
export QT_QPA_PLATFORM=offscreen QT_PLUGIN_PATH={plugins}
export XDG_RUNTIME_DIR="${{TMPDIR:-/tmp}}/wkhtmltopdf-$(id -u)"
mkdir -p -m 700 "$XDG_RUNTIME_DIR"
exec "$here/usr/bin/wkhtmltopdf" "$@"
"""
TEST_PAGE = "<p>One page</p>"


def provide_wkhtmltopdf(settings: Settings) -> tuple[Path, ...]:
    """Folder with a working `wkhtmltopdf`, none where the system has one or none works.

    A machine where it cannot be had still runs everything but the printing of PDFs,
    so this only says so.
    """
    if shutil.which("wkhtmltopdf"):
        return ()
    folder = settings.cache / "wkhtmltopdf"
    with exclusive(settings.cache / "wkhtmltopdf.lock"):
        ready = next(iter(sorted(folder.glob("*/bin/wkhtmltopdf"))), None)
        if ready:
            return (ready.parent,)
        try:
            return (_install(settings, folder),)
        except Problem as problem:
            say(f"  No wkhtmltopdf: PDFs cannot be printed here. {problem}")
            return ()


def _install(settings: Settings, parent: Path) -> Path:
    suite = Suite(STABLE, settings)
    suite.update()
    names = [name for name in suite.closure("wkhtmltopdf") if name not in NOT_NEEDED]
    packages = suite.describe(names)
    key = hashlib.sha256("".join(p.sha256 for p in packages).encode()).hexdigest()[:8]
    target = parent / key
    files = suite.fetch(packages)
    with step("Unpacking wkhtmltopdf"), whole_folder(target) as part:
        unpack(files, part)
        (part / "fonts.conf").write_text(FONTS_CONF.format(folder=target))
        wrapper = part / "bin" / "wkhtmltopdf"
        if wrapper.parent.is_symlink():
            wrapper.parent.unlink()
        wrapper.parent.mkdir(exist_ok=True)
        wrapper.write_text(
            WRAPPER.format(
                folder=shlex.quote(str(target)),
                libraries=_moved(_library_folders(part), part, target),
                plugins=_moved(part.glob("usr/lib/*/qt5/plugins"), part, target),
            )
        )
        wrapper.chmod(0o755)
    try:
        check_prints(target / "bin" / "wkhtmltopdf")
    except Problem:
        shutil.rmtree(target)
        raise
    return target / "bin"


def check_prints(program: Path) -> None:
    """Make sure that ``program`` makes a PDF.

    :raises Problem: with its own words when it does not.
    """
    done = subprocess.run(
        [program, "--quiet", "-", "-"],
        input=TEST_PAGE.encode(),
        capture_output=True,
        check=False,
    )
    if not done.stdout.startswith(b"%PDF"):
        raise Problem(f"It says: {done.stderr.decode(errors='replace').strip()}")


def _moved(folders: Iterable[Path], old: Path, new: Path) -> str:
    """``folders`` below ``old``, as a shell finds them once ``old`` is at ``new``."""
    return shlex.quote(
        ":".join(str(new / folder.relative_to(old)) for folder in folders)
    )


def _library_folders(prefix: Path) -> list[Path]:
    """Folders of shared libraries, those of plain packages first."""
    folders = {path.parent for path in prefix.rglob("*.so.*") if path.is_file()}
    return sorted(folders, key=lambda folder: (len(folder.parts), folder))
