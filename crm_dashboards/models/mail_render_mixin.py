# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models, tools
from odoo.exceptions import AccessError

from .figure_selections import is_figure
from .text_expressions import get_expressions, get_words


class MailRenderMixin(models.AbstractModel):
    """Who may have Odoo write figures of customers into a text.

    Jobs fill in templates and mailings with all rights, so the right to read a field
    is asked for when its name is put into the text.
    """

    _inherit = "mail.render.mixin"

    def _check_access_right_dynamic_template(self):
        if not self.env.su:
            for template in self:
                template._check_figures_in_texts(self.env.user)
        return super()._check_access_right_dynamic_template()

    def _check_figures_in_texts(self, user):
        """Refuse figures in a text that may be filled in for anybody's customer.

        :return: names of the figures in the record's texts, as a set
        :raise AccessError: there are some and ``user`` may not see all customers'
        """
        names = self._get_figures_in_texts()
        if names and not user._sees_all_crm_figures():
            raise AccessError(
                self.env._(
                    "%(user)s may not see the figures of all customers, so this text "
                    "cannot show them: %(names)s.",
                    user=user.name,
                    names=", ".join(sorted(names)),
                )
            )
        return names

    def _get_figures_in_texts(self):
        """Return the names of the figures that the record's texts read, as a set."""
        words = set().union(*map(get_words, self._get_expressions()))
        return words & self._get_figure_names()

    def _get_expressions(self):
        """Return the expressions in the record's texts, whichever of them is used."""
        template = self.sudo()
        return [
            expression
            for name, field in self._fields.items()
            if field.store and field.type in ("char", "text", "html")
            for expression in get_expressions(
                template[name] or "", field.type == "html"
            )
        ]

    @tools.ormcache()
    def _get_figure_names(self):
        """Return the names of the fields that show figures of customers, as a set."""
        return frozenset(
            name
            for model in self.env.registry.values()
            for name, field in model._fields.items()
            if is_figure(field)
        )
