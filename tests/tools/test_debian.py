# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib

import pytest

from tools.console import Problem
from tools.debian import (
    Package,
    Source,
    Suite,
    find_mirror,
    parse_deb822_sources,
    parse_one_line_sources,
    parse_paragraphs,
)

DEB822 = """\
Types: deb
# a comment in the middle
URIs: http://mirror.example/debian/ http://second.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/some.gpg

Types: deb-src
URIs: http://sources.example/debian
Suites: bookworm
Components: main

Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
Enabled: no
"""
ONE_LINE = """\
# deb http://commented.example/debian bookworm main
deb-src http://sources.example/debian bookworm main
deb [arch=amd64 signed-by=/some/key.gpg] http://tools.example/apt stable main
deb [ arch=amd64 ] http://mirror.example/debian bookworm main contrib # ours
"""


def test_paragraphs_join_continued_lines():
    text = "Package: a\nDescription: short\n long\n .\n\nPackage: b\n"
    assert parse_paragraphs(text) == [
        {"package": "a", "description": "short\nlong\n."},
        {"package": "b"},
    ]


def test_deb822_sources_leave_out_source_packages_and_what_is_off():
    assert parse_deb822_sources(DEB822) == [
        Source(
            ("http://mirror.example/debian/", "http://second.example/debian"),
            ("bookworm", "bookworm-updates"),
            ("main",),
        )
    ]


def test_one_line_sources_with_options_and_comments():
    assert parse_one_line_sources(ONE_LINE) == [
        Source(("http://tools.example/apt",), ("stable",), ("main",)),
        Source(("http://mirror.example/debian",), ("bookworm",), ("main", "contrib")),
    ]


@pytest.fixture
def apt_folder(tmp_path):
    """An /etc/apt to be filled."""

    def fill(**files):
        (tmp_path / "sources.list.d").mkdir(exist_ok=True)
        for name, text in files.items():
            path = name.replace("__", "/").replace("_", ".")
            (tmp_path / path).write_text(text)
        return tmp_path

    return fill


def test_mirror_is_the_machine_s_own_without_its_last_slash(make_settings, apt_folder):
    folder = apt_folder(**{"sources.list.d__debian_sources": DEB822})
    assert find_mirror(make_settings(), folder) == "http://mirror.example/debian"


def test_mirror_of_the_old_format_in_the_main_list(make_settings, apt_folder):
    text = "deb http://security.example/debian-security bookworm-security main\n"
    text += "deb http://mirror.example/debian bookworm main\n"
    folder = apt_folder(sources_list=text)
    assert find_mirror(make_settings(), folder) == "http://mirror.example/debian"


def test_given_mirror_goes_first(make_settings, apt_folder):
    folder = apt_folder(**{"sources.list.d__debian_sources": DEB822})
    settings = make_settings(DEBIAN_MIRROR="http://given.example/debian/")
    assert find_mirror(settings, folder) == "http://given.example/debian"


def test_machine_without_debian_is_told_what_to_give(make_settings, apt_folder):
    folder = apt_folder(sources_list="deb http://ubuntu.example/ubuntu noble main\n")
    with pytest.raises(Problem, match=r"(?s)DEBIAN_MIRROR.*ODOO_HOME"):
        find_mirror(make_settings(), folder)


@pytest.fixture
def package():
    digest = hashlib.sha256(b"content").hexdigest()
    return Package(name="thing", version="1:2-3", sha256=digest, size=7)


def test_cached_package_is_not_downloaded(make_settings, package, monkeypatch):
    suite = Suite("bookworm", make_settings())
    suite.packages_folder.mkdir(parents=True)
    (suite.packages_folder / package.file_name).write_bytes(b"content")
    monkeypatch.setattr(suite, "_download", lambda _: pytest.fail("downloaded"))
    assert suite.fetch([package]) == [suite.packages_folder / package.file_name]


def test_damaged_package_in_the_cache_is_downloaded_again(
    make_settings, package, monkeypatch
):
    suite = Suite("bookworm", make_settings())
    suite.packages_folder.mkdir(parents=True)
    (suite.packages_folder / package.file_name).write_bytes(b"damaged")
    wanted = []
    monkeypatch.setattr(suite, "_download", wanted.extend)
    suite.fetch([package])
    assert wanted == [package]


@pytest.mark.parametrize("content", [b"damaged", None], ids=["damaged", "missing"])
def test_download_that_is_not_what_the_index_says_is_refused(
    make_settings, package, program, monkeypatch, tmp_path, content
):
    write = "printf damaged > thing_2_all.deb" if content else "true"
    program("apt-get", write, tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    suite = Suite("bookworm", make_settings())
    with pytest.raises(Problem, match="not what\nDebian's index says"):
        suite.fetch([package])
    assert not list(suite.packages_folder.iterdir())


def test_good_download_lands_in_the_cache(
    make_settings, package, program, monkeypatch, tmp_path
):
    program("apt-get", "printf content > thing_2_all.deb", tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    (path,) = Suite("bookworm", make_settings()).fetch([package])
    assert path.read_bytes() == b"content"


def test_no_network_is_one_message_that_says_what_to_do(
    make_settings, package, program, monkeypatch, tmp_path
):
    program("apt-get", "echo Could not resolve; exit 100", tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    with pytest.raises(Problem) as problem:
        Suite("bookworm", make_settings()).fetch([package])
    assert "cannot be reached" in str(problem.value)
    assert "goes on where" in str(problem.value)
    assert "Could not resolve" in str(problem.value)


def test_machine_without_apt_is_told_of_odoo_home(make_settings, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match="ODOO_HOME"):
        Suite("sid", make_settings()).update()
