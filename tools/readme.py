# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""`make readme`: what follows from the addons' manifests and their folders readme.

Each addon gets README.rst for who reads the repository and a page for Odoo's list of
apps, both from the fragments in Markdown in its folder `readme`; the repository gets
the `requirements.txt` of all addons.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils.core import publish_doctree
from docutils.utils import SystemMessage

from .addons import read_all_addons, read_manifest
from .console import Problem, say
from .pages import make_page
from .rst import heading, to_rst
from .settings import Settings

Manifest = dict[str, Any]
# fragment → the heading above it; those of the OCA, in its order
FRAGMENTS = {
    "DESCRIPTION": None,
    "CONTEXT": "Use Cases / Context",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "DEVELOP": "Development",
    "ROADMAP": "Known issues / Roadmap",
}
# what a fragment's links to files of its addon begin with
IN_ADDON = "](../"
PAGE = Path("static", "description", "index.html")
README_NOTE = ".. `make readme` writes this from the folder readme and the manifest."
REQUIREMENTS_NOTE = "# generated from manifests external_dependencies"


def write_readmes(settings: Settings) -> None:
    """Write all files that are not what they should be."""
    for path, text in generated_files(settings.root).items():
        if path.is_file() and path.read_text() == text:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        say(f"Wrote {path.relative_to(settings.root)}")


def generated_files(root: Path) -> dict[Path, str]:
    """Path and content of all files that are made from fragments and manifests.

    :raises Problem: when a fragment cannot be translated, or an addon has none.
    """
    folders = [addon.folder for addon in read_all_addons(root)]
    manifests = {folder: read_manifest(folder) for folder in folders}
    files = {root / "requirements.txt": make_requirements(list(manifests.values()))}
    for folder, manifest in manifests.items():
        fragments = read_fragments(folder)
        files[folder / "README.rst"] = make_readme(manifest, fragments)
        files[folder / PAGE] = make_addon_page(manifest, fragments)
    return files


def read_fragments(folder: Path) -> dict[str, str]:
    """The fragments of the addon in ``folder`` in Markdown, in their order.

    :raises Problem: when it does not even say what it is, or one has a name that is not
        among those of the OCA.
    """
    found = {path.stem: path.read_text() for path in (folder / "readme").glob("*.md")}
    if "DESCRIPTION" not in found:
        raise Problem(f"{folder / 'readme'} has no DESCRIPTION.md.")
    if unknown := found.keys() - FRAGMENTS.keys():
        raise Problem(
            f"{folder / 'readme'}: no place for {', '.join(sorted(unknown))}."
        )
    return {name: found[name] for name in FRAGMENTS if name in found}


def make_readme(manifest: Manifest, fragments: dict[str, str]) -> str:
    """README.rst of an addon.

    :raises Problem: when docutils finds something in it to warn of.
    """
    title = manifest["name"]
    rule = "=" * len(title)
    parts = [f"{README_NOTE}\n", f"{rule}\n{title}\n{rule}\n"]
    for name, text in fragments.items():
        if FRAGMENTS[name]:
            parts.append(f"{heading(FRAGMENTS[name], 0)}\n")
        parts.append(to_rst(text.replace(IN_ADDON, "]("), level=1))
    parts += [f"{heading('Credits', 0)}\n", f"Authors: {manifest['author']}\n"]
    parts.append(f"License {manifest['license']}.\n")
    readme = "\n".join(parts)
    try:
        publish_doctree(readme, settings_overrides={"halt_level": 2})
    except SystemMessage as error:
        raise Problem(f"README.rst of {title}: {error}") from error
    return readme


def make_addon_page(manifest: Manifest, fragments: dict[str, str]) -> str:
    """The page of an addon for Odoo's list of apps, which adds a title and a style."""
    beside = f"{IN_ADDON}{PAGE.parent}/"
    parts = []
    for name, text in fragments.items():
        if FRAGMENTS[name]:
            parts.append(f"## {FRAGMENTS[name]}")
        parts.append(text.replace(beside, "]("))
    page = make_page(manifest["name"], "\n\n".join(parts))
    return page.replace("<img ", '<img class="img-fluid" ')


def make_requirements(manifests: Sequence[Manifest]) -> str:
    """The Python packages that the addons need besides Odoo's own."""
    names = {
        name
        for manifest in manifests
        for name in manifest.get("external_dependencies", {}).get("python", ())
    }
    return "\n".join([REQUIREMENTS_NOTE, *sorted(names)]) + "\n"
