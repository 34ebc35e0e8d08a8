"""`python3 -m tools COMMAND`, which the Makefile calls."""

import sys

from tools.interpreter import ensure_supported

ensure_supported()

from tools.commands import main  # noqa: E402  the check comes first

sys.exit(main(sys.argv[1:]))
