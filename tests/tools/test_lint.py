# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
import subprocess
from dataclasses import replace

import pytest
import yaml

from tools import lint
from tools.console import Problem
from tools.settings import ROOT


@pytest.fixture
def runs(monkeypatch, make_settings):
    """Environments that pre-commit was run in, and the exit code it shall give."""

    class Runs(list):
        code = 0

    noted = Runs()

    def run(command, **options):
        noted.append(options["env"])
        return subprocess.CompletedProcess(command, noted.code)

    monkeypatch.setattr(lint, "provide_node_tools", lambda settings: {"PATH": "node"})
    monkeypatch.setattr(lint, "_index_of_all_files", lambda settings: {"GIT_DIR": "x"})
    monkeypatch.setattr(lint.subprocess, "run", run)
    return noted


def test_only_a_failed_hook_is_a_failure(runs, make_settings):
    assert lint.lint(make_settings()) == 0
    runs.code = 1
    assert lint.lint(make_settings()) == 1
    assert lint.format_files(make_settings()) == 0


def test_hooks_that_are_left_out(runs, make_settings):
    lint.lint(make_settings())
    lint.lint(make_settings(), with_advice=False)
    lint.format_files(make_settings())
    assert [environ["SKIP"] for environ in runs] == [
        "",
        "pylint_odoo_advice",
        "pylint_odoo,pylint_odoo_advice",
    ]


def test_hooks_that_are_left_out_are_there():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    hooks = {hook["id"] for repo in config["repos"] for hook in repo["hooks"]}
    assert lint.SLOW <= hooks


def test_all_files_but_the_ignored_ones_are_checked(tmp_path, make_settings):
    settings = replace(make_settings(), root=tmp_path)
    for name in (".gitignore", "new.py", "ignored.py"):
        (tmp_path / name).write_text("build/\nignored.py\n")
    place = lint._index_of_all_files(settings)
    (tmp_path / "new.py").rename(tmp_path / "renamed.py")
    place = lint._index_of_all_files(settings)
    command = ["git", "ls-files"]
    listed = subprocess.check_output(command, env=os.environ | place, text=True)
    assert listed.splitlines() == [".gitignore", "renamed.py"]


def test_without_git_nothing_is_checked(monkeypatch, make_settings):
    monkeypatch.setattr(lint.shutil, "which", lambda name: None)
    with pytest.raises(Problem, match="git"):
        lint._index_of_all_files(make_settings())
