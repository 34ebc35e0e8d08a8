"""What an addon says of a report to get a workbook of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from odoo.fields import Domain


@dataclass(frozen=True)
class Column:
    """A column of a report.

    Attributes
    ----------
    field : str
        Name of a field of the report's model.
    label : str
        The field's own label if empty.
    type : str
        ``segment`` colours the cell, ``overdue`` shows days above zero in red,
        ``percent`` 0.68 as 68 %; if empty, the field's own type decides.
    width : int
        In characters.
    aggregates : tuple of str
        ``sum`` and ``avg``: what stands above the header. Money that has them must be
        in the company's currency.
    """

    field: str
    label: str = ""
    type: str = ""
    width: int = 14
    aggregates: tuple = ()


@dataclass(frozen=True)
class ReportDefinition:
    """A report with a workbook.

    Attributes
    ----------
    title : str
        Name of sheet, title and file.
    model : str
        Model of the records; its access rights and record rules decide who gets what.
    columns : tuple of Column
    fixed_domain : Domain
        What no filter of the list takes away, such as the company.
    order : str
        As in a search.
    group_by : str
        Grouping of the summary sheet with its chart, such as ``date_order:month``.
    measure : str
        Field of money whose sum and average the summary shows; if empty, it counts.
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
    terms : list of tuple
        (term, meaning) or (term, meaning, segment) for the sheet of definitions.
    """

    title: str
    model: str
    columns: tuple
    order: str
    group_by: str
    measure: str = ""
    fixed_domain: Domain = field(default=Domain.TRUE)
    chart: str = "value"
    link_field: str = ""
    reading_note: str = ""
    describe_rates: Callable[[Domain], str] | None = None
    is_stored: bool = False
    terms: tuple = ()
