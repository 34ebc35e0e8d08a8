# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What other settings would change, told before they are saved."""

from dataclasses import replace

import pandas as pd

from .night import Night
from .settings import read_settings

UNDEFINED = -1


def preview_figure(company, name, now, **proposed):
    """Make one figure with the settings of a company and with others.

    :param company: res.company
    :param str name: column of figures that holds codes, see columns.make_columns
    :param now: UTC moment
    :param proposed: FigureSettings that differ, by name
    :return: DataFrame with columns "now" and "then" and a row for each customer that
        has the figure either way, UNDEFINED where it has none
    """
    company.env.flush_all()
    settings = read_settings(company, now)
    codes = {}
    for column, each in (("now", settings), ("then", replace(settings, **proposed))):
        columns = Night(company, now, each).take_columns()
        codes[column] = pd.Series(columns[name], index=columns["partner_id"])
    return pd.DataFrame(codes).fillna(UNDEFINED)
