# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""`python3 -m tools COMMAND`, which the Makefile calls."""

# read by Pythons that are too old, to say so
# ruff: noqa: E402

import sys

from tools.interpreter import ensure_supported

ensure_supported()

from tools.commands import main

sys.exit(main(sys.argv[1:]))
