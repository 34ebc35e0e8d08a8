"""`python3 -m tools COMMAND`, which the Makefile calls."""

# read by Pythons that are too old, to say so
# ruff: noqa: E402

import sys

from tools.interpreter import ensure_supported

ensure_supported()

from tools.commands import main

sys.exit(main(sys.argv[1:]))
