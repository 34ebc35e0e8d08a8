import pandas as pd

from odoo import api, models

UNDEFINED = -1


class CrmMetricRefresh(models.Model):
    """What other settings would change, told before they are saved."""

    _inherit = "crm.metric.refresh"

    @api.model
    def _preview_figures(self, company, name, settings, proposed, now):
        """Make one figure with the settings of a company and with others.

        :param str name: column of figures that holds codes, see figure_columns
        :param settings, proposed: FigureSettings of the company, now and perhaps
        :return: DataFrame with columns "now" and "then" and a row for each customer
            that has the figure either way, UNDEFINED where it has none
        """
        self.env.flush_all()
        codes = {}
        for column, each in (("now", settings), ("then", proposed)):
            _orders, columns, _source = self._make_figures(company, each, now)
            codes[column] = pd.Series(columns[name], index=columns["partner_id"])
        return pd.DataFrame(codes).fillna(UNDEFINED)
