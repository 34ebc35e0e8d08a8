# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .unchecked_many2one import UncheckedMany2one


class CrmManagerSums(models.Model):
    """What a night added up of an account manager's customers.

    As far as somebody with own documents only may read it, see
    ``nightly.manager_sums``. Each night makes these rows anew.
    """

    _name = "crm.manager.sums"
    _description = "Sums of an Account Manager"
    _rec_name = "user_id"
    _log_access = False

    company_id = UncheckedMany2one("res.company", ondelete="cascade", readonly=True)
    user_id = UncheckedMany2one("res.users", ondelete="cascade", readonly=True)
    months = fields.Json(readonly=True, help="Orders of the months that are over.")
    customers = fields.Json(readonly=True, help="Figures, counted and added up.")

    _user_uniq = models.UniqueIndex("(company_id, user_id)")
