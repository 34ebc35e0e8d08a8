# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Where things are and what the person asked for, read once from the environment."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .console import Problem

ROOT = Path(__file__).resolve().parents[1]
DEFAULT_PORT = 8069


@dataclass(frozen=True)
class Settings:
    """The settings of one run; `docs/installation.md` lists them for users."""

    root: Path
    cache: Path
    port: int
    interface: str
    orders: Path | None
    fresh: bool
    addon: str | None
    odoo_home: Path | None
    debian_mirror: str | None
    environ: Mapping[str, str]

    @property
    def build(self) -> Path:
        """Folder of all that belongs to this clone and `make clean` removes."""
        return self.root / "build"

    @property
    def logs(self) -> Path:
        """Folder of the logs of this clone."""
        return self.build / "logs"

    @property
    def project_key(self) -> str:
        """Short name that tells this clone from others on the same machine."""
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:8]


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``environ`` (the process's own by default).

    Empty values count as not given, since `make demo PORT=` passes them on.

    :raises Problem: for a port or a path that cannot be.
    """
    environ = os.environ if environ is None else environ
    given = {key: value for key, value in environ.items() if value.strip()}
    return Settings(
        root=ROOT,
        cache=_cache_folder(given),
        port=_port(given.get("PORT")),
        interface=given.get("INTERFACE", "127.0.0.1"),
        orders=_existing(given, "ORDERS"),
        fresh=given.get("FRESH", "0").lower() not in ("0", "no", "false"),
        addon=given.get("ADDON"),
        odoo_home=_existing(given, "ODOO_HOME"),
        debian_mirror=given.get("DEBIAN_MIRROR"),
        environ=environ,
    )


def _cache_folder(environ: Mapping[str, str]) -> Path:
    base = environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME", "~"), ".cache")
    return Path(base).expanduser().absolute() / "crm_dashboards"


def _port(text: str | None) -> int:
    if text is None:
        return DEFAULT_PORT
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Problem(f"PORT={text} is not a port: give a number from 1 to 65535.")
    return int(text)


def _existing(environ: Mapping[str, str], name: str) -> Path | None:
    if name not in environ:
        return None
    path = Path(environ[name]).expanduser().absolute()
    if not path.exists():
        raise Problem(f"{name}={environ[name]} does not exist.")
    return path
