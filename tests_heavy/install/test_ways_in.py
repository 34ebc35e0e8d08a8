# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Wheels, a zip and a checkout bring all addons into an Odoo that has none of them."""

import shutil
import subprocess
import sys

import pytest

from tools.addons import TEST_ADDONS, foreign_dependencies, read_all_addons
from tools.odoo_log import read_report

LOOKED_AT = "install.looked_at"


def install_wheels(plain, folders):
    """Build a wheel of each addon and install it; where they lie then."""
    wheels = plain.folder / "wheels"
    for folder in folders:
        # a build leaves files in the addon's folder
        copy = plain.folder / "sources" / folder.name
        shutil.copytree(folder, copy)
        command = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps"]
        command += ["--no-build-isolation", "--wheel-dir", wheels, copy]
        subprocess.run(list(map(str, command)), check=True)
    plain.pip("install", "--no-deps", *sorted(wheels.glob("*.whl")))
    plain.write_configuration()
    return plain.site_packages / "odoo" / "addons"


def unpack_zip(plain, folders):
    """Pack all addons as a release does and unpack them; where they lie then."""
    parent, packed = folders[0].parent, plain.folder / "release.zip"
    names = [folder.name for folder in folders]
    command = ["git", "archive", "-o", packed, "HEAD", *names]
    subprocess.run(command, cwd=parent, check=True)
    shutil.unpack_archive(packed, plain.folder / "unpacked")
    plain.add_folder(plain.folder / "unpacked")
    return plain.folder / "unpacked"


def check_out(plain, folders):
    """Clone the repository onto the addons path; where the addons lie then."""
    checkout = plain.folder / "checkout"
    command = ["git", "clone", "-q", folders[0].parent, checkout]
    subprocess.run(command, check=True)
    plain.add_folder(checkout)
    return checkout


@pytest.mark.parametrize("bring", [install_wheels, unpack_zip, check_out])
def test_all_addons_come_in_and_work(plain, plain_databases, bring):
    root = plain.settings.root
    addons = [
        addon
        for addon in read_all_addons(root)
        if addon.folder.parent.name != TEST_ADDONS
    ]
    place = bring(plain, [addon.folder for addon in addons])
    names = [addon.name for addon in addons]
    database = plain_databases.make_base(foreign_dependencies(addons))
    log = plain.install(database, names, f"install-{bring.__name__}")
    assert not read_report(log.read_text().splitlines()).complaints
    script = f"check_place({names}, {str(place)!r}); open_dashboards(env)"
    plain_databases.run(database, script, module=LOOKED_AT)
