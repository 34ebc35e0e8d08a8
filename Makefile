# Everything happens in tools/; settings such as PORT= reach it by the environment.

.DEFAULT_GOAL := help
COMMANDS := demo start stop test test-heavy test-install lint format pot guide pictures readme environment clean help

.PHONY: $(COMMANDS) bench accuracy

$(COMMANDS):
	@python3 -m tools $@

bench accuracy:
	@ORDERS= python3 -m tools environment
	@build/venv/bin/python -m tools.$@
