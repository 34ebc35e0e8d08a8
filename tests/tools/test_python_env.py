import re

import pytest

from tools.python_env import INSTALLED, REQUIREMENTS, environment_key

PIN = re.compile(r'^[\w.-]+==[\w.]+(; python_version (<|>=) "3\.12")?$')


@pytest.fixture
def requirements(tmp_path):
    for name, _ in INSTALLED:
        (tmp_path / name).write_text("a==1\n")
    return tmp_path


def test_key_of_the_environment_follows_every_pin(requirements):
    keys = {environment_key(requirements)}
    for name, _ in INSTALLED:
        (requirements / name).write_text("a==2\n")
        keys.add(environment_key(requirements))
    assert len(keys) == 1 + len(INSTALLED)


@pytest.mark.parametrize("name", [name for name, _ in INSTALLED] + ["node.txt"])
def test_everything_is_pinned(name):
    lines = (REQUIREMENTS / name).read_text().splitlines()
    loose = [line for line in lines if not line.startswith("#") and not PIN.match(line)]
    assert loose == []


def test_oca_addons_come_without_their_requirements():
    assert dict(INSTALLED)["oca.txt"] == ("--no-deps",)
