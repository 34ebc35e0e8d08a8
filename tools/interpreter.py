# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Find a Python that Odoo 19 and the addon run on.

This module is read by whatever `python3` is on the machine, so it is written for old
ones too.
"""

# ruff: noqa: UP031

import os
import subprocess
import sys

SUPPORTED = ((3, 11), (3, 12))
CHECK = "import sys; print('%d.%d' % sys.version_info[:2])"


def ensure_supported():
    """Go on in this Python if it is a supported one, or start over in one that is.

    :raises SystemExit: when there is none, with what to install.
    """
    if sys.version_info[:2] in SUPPORTED:
        return
    path = find_supported(os.environ.get("PATH", os.defpath).split(os.pathsep))
    if path is None:
        sys.exit(
            "Python 3.11 or 3.12 is needed; python3 here is %d.%d, and there is no\n"
            "python3.11 or python3.12 that works. Install one of them (on Debian 12:\n"
            "apt install python3) and run the same command again."
            % sys.version_info[:2]
        )
    os.execv(path, [path, "-m", "tools"] + sys.argv[1:])


def find_supported(folders):
    """Path of the first working python3.11 or python3.12 in ``folders``, or None.

    A name alone proves nothing: version managers leave commands behind that only say
    that their version is not chosen.
    """
    for version in SUPPORTED:
        for folder in folders:
            path = os.path.join(folder, "python%d.%d" % version)
            if os.access(path, os.X_OK) and _version_of(path) == "%d.%d" % version:
                return path
    return None


def _version_of(path):
    try:
        answer = subprocess.check_output([path, "-c", CHECK], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.decode().strip()
