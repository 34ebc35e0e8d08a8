# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import models
from odoo.exceptions import AccessError

from odoo.addons.crm_dashboards.models.figure_selections import READER_GROUPS


class MailingFiguresMixin(models.AbstractModel):
    """Recipients that are chosen by figures of customers.

    Odoo searches recipients with all rights when a job sends a mailing.
    """

    _name = "crm.mailing.figures.mixin"
    _description = "Recipients Chosen by Figures"

    def _get_recipients_model(self):
        """Return the name of the model of the recipients."""
        raise NotImplementedError

    def _get_stored_domain(self):
        """Return the domain of the recipients as a list."""
        raise NotImplementedError

    def _get_figures_in_domain(self):
        """Return the names of the figures that choose the recipients, as a set."""
        self.ensure_one()
        model = self.env[self._get_recipients_model()]
        if model._original_module.startswith("crm_dashboards"):
            return {model._name}
        words = set(re.findall(r"\w+", repr(self._get_stored_domain())))
        return words & self.env["mail.render.mixin"]._get_figure_names()

    def _check_figures_in_domain(self, user):
        """Search the recipients once as ``user`` where figures choose them.

        His group is asked for besides: Odoo skips conditions that come to nothing, and
        what comes to nothing for one user may not for another.

        :return: names of these figures, as a set
        :raise AccessError: the user may not see them
        """
        names = self._get_figures_in_domain()
        if names:
            if not user._is_in_any(READER_GROUPS):
                raise AccessError(
                    self.env._(
                        "%(user)s may not see figures of customers, so they cannot "
                        "choose the recipients: %(names)s.",
                        user=user.name,
                        names=", ".join(sorted(names)),
                    )
                )
            self._search_recipients_as(user)
        return names

    def _search_recipients_as(self, user):
        """Return the query of the recipients that ``user`` finds."""
        model = self.env[self._get_recipients_model()].with_user(user)
        if user != self.env.user:
            companies = user.sudo().company_id | user.sudo().company_ids
            model = model.with_context(allowed_company_ids=companies.ids)
        return model._search(self._get_stored_domain())
