# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a list cannot say of itself when it is taken away as a workbook."""

from collections.abc import Callable
from dataclasses import dataclass, field

from odoo.fields import Domain


@dataclass(frozen=True)
class Term:
    """A term and what it means; ``segment`` gives it that segment's colour.

    ``is_source`` says that it is about where the figures come from.
    """

    name: str
    meaning: str
    segment: str = ""
    is_source: bool = False


@dataclass(frozen=True)
class Report:
    """A report behind See More. Model, columns and order are those of its list view.

    Attributes
    ----------
    title : str
        Name of sheet, title and file.
    action : str
        XML id of the window action; its list view is the report.
    domain : Domain
        What no filter of the list takes away, such as the company.
    group_by : str
        Grouping of the summary sheet with its chart, such as ``date_order:month``.
    measure : str
        Field of money, or of whole numbers, whose sum and average the summary shows; if
        empty, it counts.
    chart : str
        ``value`` draws the sum of the measure, ``count`` the number of records.
    link_field : str
        Many2one to what a row links to; the record itself if empty.
    reading_note : str
        Whose records these are, in words.
    describe_rates : callable or None
        Given the domain of the records, says which currency rates are in use.
    is_stored : bool
        Figures of the night: the workbook says as of when.
    terms : tuple of Term
        For the sheet of definitions.
    """

    title: str
    action: str
    group_by: str
    domain: Domain = field(default=Domain.TRUE)
    measure: str = ""
    chart: str = "value"
    link_field: str = ""
    reading_note: str = ""
    describe_rates: Callable[[Domain], str] | None = None
    is_stored: bool = False
    terms: tuple[Term, ...] = ()


def keep_first(terms):
    """Return the terms without those whose name an earlier one has."""
    kept = {}
    for term in terms:
        kept.setdefault(term.name, term)
    return list(kept.values())
