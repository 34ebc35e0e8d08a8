# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools.settings import read_settings


@pytest.fixture
def make_settings(tmp_path):
    """Settings as a person would give them, with a home of their own."""

    def make(**environ):
        return read_settings({"HOME": str(tmp_path), **environ})

    return make


@pytest.fixture
def program(tmp_path):
    """Write a shell script that other code finds as a program."""

    def write(name, body, folder=tmp_path):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return path

    return write
