# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The browser in which Odoo runs its tests of the front end."""

from __future__ import annotations

import shutil

from .console import Problem, step
from .debian import is_root
from .process import run_logged
from .settings import Settings

# Names under which Odoo itself looks for it.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def provide_browser(settings: Settings) -> None:
    """Make sure that there is a Chromium, installing it where that is possible.

    :raises Problem: where it is not, with what to do.
    """
    if any(shutil.which(name) for name in NAMES):
        return
    if not is_root() or not shutil.which("apt-get"):
        raise Problem(
            "The tests of the front end need Chromium, which only the system's\n"
            "administrator can install. On Debian: apt install chromium"
        )
    with step("Installing Chromium"):
        failure = "Chromium cannot be installed."
        log = settings.logs / "chromium.log"
        run_logged(["apt-get", "update", "-q"], log, failure=failure)
        command = ["apt-get", "install", "-q", "-y", "--no-install-recommends"]
        run_logged([*command, "chromium"], log, failure=failure)
