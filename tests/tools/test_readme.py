# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest

from tools.console import Problem
from tools.readme import (
    generated_files,
    make_addon_page,
    make_readme,
    make_requirements,
    read_fragments,
)
from tools.settings import ROOT

MANIFEST = {"name": "Orders & More", "author": "Some people", "license": "AGPL-3"}
FRAGMENTS = {
    "DESCRIPTION": "What it is.\n\n![All](../static/description/images/all.png)\n",
    "USAGE": "Look at `orders`.\n",
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "readme").mkdir()
    return tmp_path


def test_readme_has_the_fragments_below_their_headings():
    assert make_readme(MANIFEST, FRAGMENTS).split("\n", 2)[2] == (
        "=============\nOrders & More\n=============\n\nWhat it is.\n\n"
        ".. image:: static/description/images/all.png\n   :alt: All\n\n"
        "Usage\n=====\n\nLook at ``orders``.\n\n"
        "Credits\n=======\n\nAuthors: Some people\n\nLicense AGPL-3.\n"
    )


def test_the_page_shows_the_pictures_beside_it():
    page = make_addon_page(MANIFEST, FRAGMENTS)
    assert "<title>Orders &amp; More</title>" in page
    assert '<img class="img-fluid" alt="All" src="images/all.png" />' in page
    assert "<h2>Usage</h2>\n<p>Look at <code>orders</code>.</p>" in page


def test_fragments_come_in_the_order_of_the_oca(folder):
    for name in ("USAGE", "DESCRIPTION", "CONFIGURE"):
        (folder / "readme" / f"{name}.md").write_text(name)
    assert list(read_fragments(folder)) == ["DESCRIPTION", "CONFIGURE", "USAGE"]


def test_a_fragment_that_no_text_takes_is_refused(folder):
    for name in ("DESCRIPTION", "USEAGE"):
        (folder / "readme" / f"{name}.md").write_text(name)
    with pytest.raises(Problem, match="USEAGE"):
        read_fragments(folder)


def test_an_addon_without_a_description_is_refused(folder):
    with pytest.raises(Problem, match=r"DESCRIPTION\.md"):
        read_fragments(folder)


def test_headings_that_do_not_fit_together_are_refused():
    fragments = {"CONFIGURE": "### Lower\n\n## Higher\n", "USAGE": "## Higher\n"}
    with pytest.raises(Problem, match="Orders & More"):
        make_readme(MANIFEST, {"DESCRIPTION": "What it is.\n", **fragments})


def test_requirements_name_each_package_once():
    manifests = [
        {"external_dependencies": {"python": ["pandas", "numpy"]}},
        {},
        {"external_dependencies": {"python": ["numpy"], "bin": ["git"]}},
    ]
    assert make_requirements(manifests).splitlines()[1:] == ["numpy", "pandas"]


def test_what_is_in_the_repository_is_what_would_be_written():
    for path, text in generated_files(ROOT).items():
        assert path.read_text() == text, f"`make readme` writes {path}"
