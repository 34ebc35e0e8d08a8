# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Where Odoo 19 comes from: Debian's package, or a checkout the person gives."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .console import Problem, say, step
from .debian import Package, Suite, unpack
from .files import exclusive, whole_folder, write_whole
from .settings import Settings

SERIES = "19.0"
# Debian's odoo-19 links to these packages instead of bringing what they hold.
COMPANIONS = (
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
# sid's own version no longer has the web font that Odoo's style sheets ask for.
FONT_AWESOME = "fonts-font-awesome"
STABLE = "bookworm"
# Not free, so Debian leaves it out; it only blurs the background of video calls, but
# without a file at its place every page logs an error.
LEFT_OUT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
LAYOUT = 1
CHECK_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True)
class Odoo:
    """An Odoo on disk: ``home`` is importable, ``addons`` are its addon folders."""

    home: Path
    addons: tuple[Path, ...]
    version: str


def provide_odoo(settings: Settings) -> Odoo:
    """Odoo 19, from ``ODOO_HOME`` or from the cache, which is filled if need be.

    :raises Problem: when there is none to be had.
    """
    if settings.odoo_home:
        return odoo_at(settings.odoo_home)
    with exclusive(settings.cache / "odoo.lock"):
        return _odoo_of_debian(settings)


def odoo_at(home: Path) -> Odoo:
    """The Odoo of a checkout (`odoo-bin`) or of a `dist-packages` folder.

    :raises Problem: when ``home`` holds no Odoo 19.
    """
    release = home / "odoo" / "release.py"
    if not release.is_file():
        raise Problem(f"ODOO_HOME={home} holds no Odoo: it has no odoo/release.py.")
    found = re.search(
        r"^version_info = \((\d+), *(\d+)", release.read_text(), re.MULTILINE
    )
    version = ".".join(found.groups()) if found else "of an unknown version"
    if version != SERIES:
        raise Problem(f"ODOO_HOME={home} is Odoo {version}; {SERIES} is needed.")
    # beside Debian's package lies a second folder of addons without their views
    beside = [home / "addons"] if (home / "odoo-bin").exists() else []
    return Odoo(home, (home / "odoo" / "addons", *beside), version)


def _odoo_of_debian(settings: Settings) -> Odoo:
    record = settings.cache / "odoo" / "current.json"
    known = json.loads(record.read_text()) if record.is_file() else None
    if known and not (settings.cache / "odoo" / known["folder"]).is_dir():
        known = None
    if known is None or time.time() - known["checked"] > CHECK_SECONDS:
        try:
            known = _newest_of_debian(settings)
        except Problem as problem:
            if known is None:
                raise
            say(f"  Going on with Odoo {known['version']} of the cache: {problem}")
        else:
            write_whole(record, json.dumps(known, indent=2))
    prefix = settings.cache / "odoo" / known["folder"]
    home = prefix / "usr/lib/python3/dist-packages"
    return Odoo(home, (home / "odoo" / "addons",), known["version"])


def _newest_of_debian(settings: Settings) -> dict:
    """Bring the newest Odoo 19.0 into the cache and say where it lies."""
    sid, stable = Suite("sid", settings), Suite(STABLE, settings)
    with step("Asking Debian for its newest Odoo 19"):
        sid.update()
        stable.update()
        packages = sid.describe(["odoo-19", *COMPANIONS])
        fonts = stable.describe([FONT_AWESOME])
    odoo = packages[0]
    if not odoo.version.startswith(f"{SERIES}."):
        raise Problem(f"Debian's odoo-19 is {odoo.version} now; {SERIES} is needed.")
    folder = f"{odoo.version}-{_key(packages + fonts)}"
    prefix = settings.cache / "odoo" / folder
    if not prefix.is_dir():
        files = [*sid.fetch(packages), *stable.fetch(fonts)]
        with step(f"Unpacking Odoo {odoo.version}"), whole_folder(prefix) as part:
            unpack(files, part)
            missing = part / "usr/lib/python3/dist-packages/odoo/addons" / LEFT_OUT
            missing.parent.mkdir(parents=True, exist_ok=True)
            missing.touch()
    return {
        "folder": folder,
        "version": odoo.version,
        "checked": time.time(),
        "packages": {package.name: package.sha256 for package in packages + fonts},
    }


def _key(packages: Sequence[Package]) -> str:
    text = "\n".join(f"{package.name} {package.sha256}" for package in packages)
    return hashlib.sha256(f"{LAYOUT}\n{text}".encode()).hexdigest()[:8]
