# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A mailing user, and sales people who may send mailings."""

from copy import deepcopy

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import freeze_time

from odoo.addons.crm_dashboards.tests.common import NOW, DashboardCase

MAILING = "mass_mailing.group_mass_mailing_user"
EDITOR = "mail.group_mail_template_editor"
BIG = "[('crm_order_value', '>', 500)]"


@freeze_time(NOW)
class MailingCase(DashboardCase):
    """Three customers, worth 900.00, 800.00 and 100.00: two of them more than 500.

    The first is the own customer of ``own``, the others are nobody's.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mailer = cls._create_user("mailer", f"{MAILING},{EDITOR}")
        cls.own = cls._create_user(
            "own", f"sales_team.group_sale_salesman,{MAILING},{EDITOR}"
        )
        cls.head = cls._create_user(
            "head", f"sales_team.group_sale_salesman_all_leads,{MAILING},{EDITOR}"
        )
        cls.mine, cls.theirs, cls.small = cls.customers = (
            cls._create_customer("Mine", cls.own, email="mine@buyer.example")
            | cls._create_customer("Theirs", email="theirs@buyer.example")
            | cls._create_customer("Small", email="small@buyer.example")
        )
        cls._create_orders(
            [
                (cls.mine, "2026-11-01", 900.0),
                (cls.theirs, "2026-11-01", 800.0),
                (cls.small, "2026-11-01", 100.0),
            ]
        )
        cls._refresh()
        cls.partner_model = cls.env["ir.model"]._get("res.partner")

    def _call(self, user, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        model = self._as(user)[model]
        # Odoo adds to the values that it is given.
        result = call_kw(model, method, deepcopy(args), kwargs)
        self.env.flush_all()
        return result

    def _values(self, **values):
        return {
            "subject": "News",
            "mailing_model_id": self.partner_model.id,
            "mailing_domain": repr([("id", "in", self.customers.ids)]),
            "body_html": "<p>News</p>",
            "keep_archives": True,
            **values,
        }

    def _create_mailing(self, user, **values):
        (mailing_id,) = self._call(
            user, "mailing.mailing", "create", [self._values(**values)]
        )
        return self.env["mailing.mailing"].browse(mailing_id)

    def _create_old_mailing(self, user, **values):
        """A mailing from before anything was refused."""
        mailing = self._create_mailing(user)
        columns = ", ".join(f"{name} = %s" for name in values)
        self.env.cr.execute(
            f"UPDATE mailing_mailing SET {columns} WHERE id = %s",
            (*values.values(), mailing.id),
        )
        mailing.invalidate_recordset()
        return mailing

    def _assert_refused(self, user, model, method, *args, words="may not see"):
        """Assert that a call is refused in words, and leaves nothing behind."""
        before = self._read_all(model)
        with self.assertRaises(AccessError) as refused:
            self._call(user, model, method, *args)
        self.assertIn(words, str(refused.exception))
        self.assertEqual(self._read_all(model), before)

    def _read_all(self, model):
        self.env.flush_all()
        fields = {
            name for name, field in self.env[model]._fields.items() if field.store
        }
        return self.env[model].search([]).read(fields - {"write_uid", "write_date"})

    def _run_queue(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "mass_mailing.ir_cron_mass_mailing_queue"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _get_reached(self, mailing):
        """Return the partners that a mailing was sent to."""
        return self.env["res.partner"].browse(
            mailing.mailing_trace_ids.sorted("res_id").mapped("res_id")
        )
