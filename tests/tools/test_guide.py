# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from tools.guide import GUIDE, PAGE, make_guide


def test_pictures_are_found_from_the_page_and_other_texts_are_plain_words():
    page = make_guide(
        "# Guide\n\n![All](../crm_dashboards/static/description/images/all.png)\n\n"
        "See [the other one](other.md#part), a [site](https://odoo.com).\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert '<img alt="All" src="../description/images/all.png" />' in page
    assert "See the other one, a" in page
    assert '<a href="https://odoo.com">site</a>' in page
    assert "<td>1</td>" in page


def test_the_page_in_the_addon_is_that_of_the_guide():
    assert PAGE.read_text() == make_guide(GUIDE.read_text()), "`make guide` writes it"


def test_every_picture_of_the_guide_is_there():
    page = PAGE.read_text()
    pictures = [part.split('"')[0] for part in page.split('="../description/')[1:]]
    assert len(pictures) > 2
    for picture in pictures:
        assert (PAGE.parents[1] / "description" / picture).is_file(), picture
