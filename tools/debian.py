# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Packages of Debian, fetched by an apt of the project's own.

It has its own source list, indexes and cache, so it needs no root and leaves the
system's apt as it is. The signature of the index and the hash of every package are
checked by apt; what lies in the cache is checked against the index once more.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .console import Problem, size, step
from .files import sha256, write_whole
from .process import run_logged, tail
from .settings import Settings

APT_FOLDER = Path("/etc/apt")
KEYRINGS = (
    Path("/usr/share/keyrings/debian-archive-keyring.gpg"),
    Path("/usr/share/keyrings/debian-archive-keyring.pgp"),
)
DEBIAN_SUITES = frozenset(
    "bullseye bookworm trixie forky sid oldoldstable oldstable stable testing "
    "unstable".split()
)
APT_CONF = """\
Dir::Etc::SourceList "{folder}/sources.list";
Dir::Etc::SourceParts "-";
Dir::State "{folder}/state";
Dir::State::status "{folder}/status";
Dir::Cache "{folder}/cache";
Debug::NoLocking "true";
APT::Sandbox::User "{user}";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
#clear Acquire::IndexTargets::deb::DEP-11;
#clear Acquire::IndexTargets::deb::DEP-11-icons;
#clear Acquire::IndexTargets::deb::CNF;
"""


@dataclass(frozen=True)
class Package:
    """One version of a package, as the index describes it."""

    name: str
    version: str
    sha256: str
    size: int

    @property
    def file_name(self) -> str:
        """Name of its file in the cache, which its hash makes unmistakable."""
        return f"{self.name}_{self.sha256[:16]}.deb"


@dataclass(frozen=True)
class Source:
    """One entry of a list of apt sources."""

    uris: tuple[str, ...]
    suites: tuple[str, ...]
    components: tuple[str, ...]


def parse_one_line_sources(text: str) -> list[Source]:
    """Entries of a `.list` file: ``deb [options] uri suite component…``."""
    sources = []
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if not words or words[0] != "deb":
            continue
        rest = words[1:]
        if rest and rest[0].startswith("["):
            while rest and not rest[0].endswith("]"):
                rest.pop(0)
            rest = rest[1:]
        if len(rest) >= 2:
            sources.append(Source((rest[0],), (rest[1],), tuple(rest[2:])))
    return sources


def parse_deb822_sources(text: str) -> list[Source]:
    """Entries of a `.sources` file: paragraphs of ``Field: values``."""
    sources = []
    for fields in parse_paragraphs(text):
        if fields.get("enabled", "yes").lower() in ("no", "false", "0"):
            continue
        if "deb" in fields.get("types", "").split():
            sources.append(
                Source(
                    tuple(fields.get("uris", "").split()),
                    tuple(fields.get("suites", "").split()),
                    tuple(fields.get("components", "").split()),
                )
            )
    return sources


def parse_paragraphs(text: str) -> list[dict[str, str]]:
    """Paragraphs of Debian's control format, with field names in lower case."""
    paragraphs: list[dict[str, str]] = [{}]
    field = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if not line.strip():
            paragraphs.append({})
        elif line[0].isspace():
            paragraphs[-1][field] += f"\n{line.strip()}"
        else:
            field, _, value = line.partition(":")
            field = field.strip().lower()
            paragraphs[-1][field] = value.strip()
    return [fields for fields in paragraphs if fields]


def find_mirror(settings: Settings, apt_folder: Path = APT_FOLDER) -> str:
    """Address of a Debian mirror: the setting, or the one this machine itself uses.

    :raises Problem: when the machine has no source of Debian's own.
    """
    if settings.debian_mirror:
        return settings.debian_mirror.rstrip("/")
    for source in _machine_sources(apt_folder):
        if source.uris and "main" in source.components:
            if DEBIAN_SUITES.intersection(source.suites):
                return source.uris[0].rstrip("/")
    raise Problem(
        "Odoo comes from Debian's package archive, and this machine has no Debian\n"
        "source in /etc/apt. Give the address of a Debian mirror as DEBIAN_MIRROR=…,\n"
        "or an existing Odoo 19 as ODOO_HOME=…"
    )


def _machine_sources(apt_folder: Path) -> Iterable[Source]:
    parts = apt_folder / "sources.list.d"
    for path in sorted(parts.glob("*.sources")):
        yield from parse_deb822_sources(path.read_text())
    for path in [apt_folder / "sources.list", *sorted(parts.glob("*.list"))]:
        if path.is_file():
            yield from parse_one_line_sources(path.read_text())


class Suite:
    """One suite of Debian, seen through an apt of the project's own."""

    def __init__(self, name: str, settings: Settings):
        self.name = name
        self.folder = settings.cache / "apt" / name
        self.packages_folder = settings.cache / "packages"
        self._settings = settings

    def update(self) -> None:
        """Fetch the index of the suite.

        :raises Problem: without apt, keyring, mirror or network.
        """
        self._write_configuration()
        log = self.folder / "update.log"
        command = ["apt-get", *self._options, "update", "-q", "--error-on=any"]
        run_logged(command, log, failure=_offline_message(self.name))

    def describe(self, names: Sequence[str]) -> list[Package]:
        """The newest version of each named package.

        :raises Problem: for a package that the suite has not.
        """
        text = self._query("apt-cache", "show", "--no-all-versions", *names)
        found = {
            fields["package"]: Package(
                name=fields["package"],
                version=fields["version"],
                sha256=fields["sha256"],
                size=int(fields["size"]),
            )
            for fields in parse_paragraphs(text)
        }
        if missing := [name for name in names if name not in found]:
            raise Problem(
                f"Debian's {self.name} has no package {', '.join(missing)} now.\n"
                "Give an existing Odoo 19 as ODOO_HOME=…"
            )
        return [found[name] for name in names]

    def closure(self, name: str) -> list[str]:
        """Names of all packages that ``name`` needs, itself included.

        :raises Problem: when the suite has not all of them.
        """
        text = self._query("apt-get", "install", "--simulate", "--yes", "-q", name)
        return [
            line.split()[1] for line in text.splitlines() if line.startswith("Inst ")
        ]

    def fetch(self, packages: Sequence[Package]) -> list[Path]:
        """Files of ``packages`` in the cache, downloaded where they are not yet there.

        An interrupted download goes on where it stopped.

        :raises Problem: when a download fails or a file is not what the index says.
        """
        self.packages_folder.mkdir(parents=True, exist_ok=True)
        missing = [package for package in packages if not self._is_cached(package)]
        if missing:
            total = size(sum(package.size for package in missing))
            title = f"Downloading {_some(missing)} from Debian {self.name} ({total})"
            with step(title):
                self._download(missing)
        return [self.packages_folder / package.file_name for package in packages]

    def _is_cached(self, package: Package) -> bool:
        path = self.packages_folder / package.file_name
        return path.is_file() and sha256(path) == package.sha256

    def _download(self, packages: Sequence[Package]) -> None:
        folder = self.folder / "download"
        folder.mkdir(parents=True, exist_ok=True)
        log = self.folder / "download.log"
        wanted = [f"{package.name}={package.version}" for package in packages]
        command = ["apt-get", *self._options, "download", "-q", *wanted]
        run_logged(command, log, failure=_offline_message(self.name), cwd=folder)
        for package in packages:
            loaded = next(folder.glob(f"{package.name}_*.deb"), None)
            if loaded is None or sha256(loaded) != package.sha256:
                if loaded is not None:
                    loaded.unlink()
                raise Problem(
                    f"The download of {package.name} {package.version} is not what\n"
                    f"Debian's index says. Try again.\n{tail(log)}"
                )
            loaded.rename(self.packages_folder / package.file_name)

    def _query(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [program, *self._options, *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Problem(
                f"{program} cannot answer about Debian's {self.name}:\n"
                f"{done.stderr.strip()}"
            )
        return done.stdout

    @property
    def _options(self) -> list[str]:
        return ["-c", str(self.folder / "apt.conf")]

    def _write_configuration(self) -> None:
        if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
            raise Problem(
                "Odoo is fetched with Debian's apt, and this machine has none.\n"
                "Give an existing Odoo 19 as ODOO_HOME=…"
            )
        mirror = find_mirror(self._settings)
        (self.folder / "state").mkdir(parents=True, exist_ok=True)
        (self.folder / "cache/archives/partial").mkdir(parents=True, exist_ok=True)
        # an empty machine: what a package needs is then the same everywhere
        write_whole(self.folder / "status", "")
        write_whole(
            self.folder / "sources.list",
            f"deb [signed-by={_keyring()}] {mirror} {self.name} main\n",
        )
        conf = APT_CONF.format(folder=self.folder, user=getpass.getuser())
        write_whole(self.folder / "apt.conf", conf)


def unpack(packages: Iterable[Path], folder: Path) -> None:
    """Unpack Debian packages into ``folder`` without installing them."""
    for package in packages:
        done = subprocess.run(
            ["dpkg-deb", "-x", package, folder],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Problem(f"{package} does not unpack: {done.stderr.strip()}")


def is_root() -> bool:
    """Whether the system's own apt may install something."""
    return os.geteuid() == 0


def _keyring() -> Path:
    for path in KEYRINGS:
        if path.exists():
            return path
    raise Problem(
        "Debian's keys are not on this machine, so its packages cannot be checked.\n"
        "Install the package debian-archive-keyring, or give ODOO_HOME=…"
    )


def _offline_message(suite: str) -> str:
    return (
        f"Debian's {suite} cannot be reached. What is already in the cache can be\n"
        "used without a network; this is not there yet. Check the network (and\n"
        "DEBIAN_MIRROR, if given) and run the same command again: it goes on where\n"
        "it stopped. Or give an existing Odoo 19 as ODOO_HOME=…"
    )


def _some(packages: Sequence[Package]) -> str:
    if len(packages) == 1:
        return f"{packages[0].name} {packages[0].version}"
    return f"{packages[0].name} and {len(packages) - 1} more packages"
