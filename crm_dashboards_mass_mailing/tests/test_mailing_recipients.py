# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BIG, MailingCase

DOMAINS = [
    BIG,
    "[('crm_rfm_segment', '=', 'champions')]",
    "[('crm_metric_id.order_value', '>', 500)]",
    "[('crm_metric_ids.order_value', '>', 500)]",
    "[('crm_exclude_from_figures', '=', False)]",
    "[('parent_id.crm_order_value', '>', 500)]",
    "['|', ('name', '=', 'X'), '!', ('crm_order_value', '>', 500)]",
    "[('child_ids', 'any', [('crm_order_value', '>', 500)])]",
    "[('child_ids', 'not any', [('parent_id', 'any', [('crm_trend', '!=', False)])])]",
    "[('user_ids.crm_order_value', '>', 500)]",
    "[('message_partner_ids.crm_order_value', '>', 500)]",
    "[('message_partner_ids.crm_metric_ids.order_value', '>', 500)]",
    # Odoo skips what comes to nothing, as this does for who has no activities.
    "[('id', 'in', []), ('crm_order_value', '>', 500)]",
    "[('crm\\x5forder_value', '>', 500)]",
]
MODELS = {
    "crm.lead": "[('partner_id.crm_order_value', '>', 500)]",
    "sale.order": "[('partner_id.crm_order_value', '>', 500)]",
    "account.move": "[('commercial_partner_id.crm_rfm_segment', '!=', False)]",
    "crm.customer.metric": "[('order_value', '>', 500)]",
    "crm.segment.change": "[]",
}


@tagged("post_install", "-at_install")
class TestMailingRecipients(MailingCase):
    def test_domain_with_figures_is_refused_whatever_way(self):
        draft = self._create_mailing(self.mailer)
        columns = ["subject", "mailing_model_id/.id", "mailing_domain"]
        for domain in DOMAINS:
            row = ["Row", str(self.partner_model.id), domain]
            values = self._values(mailing_domain=domain)
            for method, *args in (
                ("create", [values]),
                ("create", [{**values, "user_id": self.head.id}]),
                ("write", draft.ids, {"mailing_domain": domain}),
                ("web_save", draft.ids, {"mailing_domain": domain}, {"total": {}}),
                ("web_save", [], values, {"total": {}}),
            ):
                with self.subTest(domain=domain, method=method):
                    self._assert_refused(self.mailer, "mailing.mailing", method, *args)
            with self.subTest(domain=domain, method="load"), mute_logger("odoo.sql_db"):
                before = self._read_all("mailing.mailing")
                result = self._call(
                    self.mailer, "mailing.mailing", "load", columns, [row]
                )
                self.assertFalse(result["ids"])
                self.assertEqual(self._read_all("mailing.mailing"), before)

    def test_other_models(self):
        for name, domain in MODELS.items():
            model = self.env["ir.model"]._get(name)
            values = self._values(mailing_model_id=model.id, mailing_domain=domain)
            with self.subTest(model=name):
                self._assert_refused(self.mailer, "mailing.mailing", "create", [values])

    def test_filter_with_figures_is_refused(self):
        values = {
            "name": "Plain",
            "mailing_model_id": self.partner_model.id,
            "mailing_domain": "[('name', '=', 'X')]",
        }
        plain = self._call(self.mailer, "mailing.filter", "create", [values])
        for domain in DOMAINS:
            for method, *args in (
                ("create", [{**values, "mailing_domain": domain}]),
                ("write", plain, {"mailing_domain": domain}),
            ):
                with self.subTest(domain=domain, method=method):
                    self._assert_refused(self.mailer, "mailing.filter", method, *args)

    def test_filter_of_another_is_refused(self):
        values = {
            "name": "Big",
            "mailing_model_id": self.partner_model.id,
            "mailing_domain": BIG,
        }
        (big,) = self._call(self.head, "mailing.filter", "create", [values])
        draft = self._create_mailing(self.mailer)
        chosen = self._values(mailing_filter_id=big)
        del chosen["mailing_domain"]
        for method, *args in (
            ("create", [chosen]),
            ("write", draft.ids, {"mailing_filter_id": big}),
        ):
            with self.subTest(method=method):
                self._assert_refused(self.mailer, "mailing.mailing", method, *args)

    def test_filter_that_became_another_is_refused(self):
        values = {
            "name": "Harmless",
            "mailing_model_id": self.partner_model.id,
            "mailing_domain": "[('name', '=', 'X')]",
        }
        shared = self._call(self.head, "mailing.filter", "create", [values])
        draft = self._create_mailing(self.mailer, mailing_filter_id=shared[0])
        self._call(
            self.head, "mailing.filter", "write", shared, {"mailing_domain": BIG}
        )
        for change in (
            {"contact_list_ids": [(5, 0, 0)]},
            {"mailing_filter_id": shared[0]},
        ):
            with self.subTest(change=change):
                self._assert_refused(
                    self.mailer, "mailing.mailing", "write", draft.ids, change
                )

    def test_copy_is_refused(self):
        mailing = self._create_mailing(self.head, mailing_domain=BIG)
        self._assert_refused(self.mailer, "mailing.mailing", "copy", mailing.ids)
        self._assert_refused(
            self.mailer, "mailing.mailing", "action_duplicate", mailing.ids
        )

    def test_another_responsible_is_refused(self):
        old = self._create_old_mailing(self.mailer, mailing_domain=BIG)
        change = {"user_id": self.head.id}
        self._assert_refused(self.mailer, "mailing.mailing", "write", old.ids, change)

    def test_who_sees_own_customers_lets_nobody_see_more_for_him(self):
        words = "who may see others than Own"
        mailing = self._create_mailing(self.own, mailing_domain=BIG)
        self.assertEqual(mailing.user_id, self.own)
        self._assert_refused(
            self.own,
            "mailing.mailing",
            "write",
            mailing.ids,
            {"user_id": self.head.id},
            words=words,
        )
        values = self._values(mailing_domain=BIG, user_id=self.head.id)
        self._assert_refused(
            self.own, "mailing.mailing", "create", [values], words=words
        )

    def test_who_has_one_company_lets_nobody_see_another_for_him(self):
        chief = self._create_user(
            "chief",
            "sales_team.group_sale_manager",
            companies=self.sister | self.company,
        )
        values = self._values(mailing_domain=BIG, user_id=chief.id)
        self._assert_refused(
            self.head,
            "mailing.mailing",
            "create",
            [values],
            words="who may see others than Head",
        )
        colleague = self._values(mailing_domain=BIG, user_id=self.colleague.id)
        self._call(self.head, "mailing.mailing", "create", [colleague])

    def test_preview_counts_what_the_user_may_see(self):
        fields = {
            "mailing_model_id": {},
            "mailing_domain": {},
            "user_id": {},
            "total": {},
        }
        typed = {"mailing_model_id": self.partner_model.id, "mailing_domain": BIG}
        for user, count in ((self.mailer, 0), (self.own, 1), (self.head, 2)):
            typed["user_id"] = user.id
            shown = self._call(
                user, "mailing.mailing", "onchange", [], typed, [], fields
            )
            with self.subTest(user=user.name):
                self.assertEqual(shown["value"]["total"], count)
        for user, count in ((self.own, 1), (self.head, 2)):
            values = self._values(mailing_domain=BIG)
            (saved,) = self._call(
                user, "mailing.mailing", "web_save", [], values, {"total": {}}
            )
            self.env.invalidate_all()
            (opened,) = self._call(
                user, "mailing.mailing", "web_read", [saved["id"]], {"total": {}}
            )
            with self.subTest(user=user.name):
                self.assertEqual((saved["total"], opened["total"]), (count, count))

    def test_preview_for_another_counts_nothing_more(self):
        """Neither a mailing of another nor a responsible with more rights tells."""
        mailing = self._create_mailing(self.head, mailing_domain=BIG)
        typed = {
            "mailing_model_id": self.partner_model.id,
            "mailing_domain": BIG,
            "user_id": self.head.id,
        }
        fields = {
            "mailing_model_id": {},
            "mailing_domain": {},
            "user_id": {},
            "total": {},
        }
        self.env.invalidate_all()
        for record_ids in ([], mailing.ids):
            with self.subTest(ids=record_ids), self.assertRaises(AccessError):
                self._call(
                    self.mailer,
                    "mailing.mailing",
                    "onchange",
                    record_ids,
                    typed,
                    [],
                    fields,
                )
            shown = self._call(
                self.own, "mailing.mailing", "onchange", record_ids, typed, [], fields
            )
            with self.subTest(ids=record_ids):
                self.assertEqual(shown["value"]["total"], 1)

    def test_mailing_whose_responsible_sees_no_figures_can_be_opened(self):
        mailing = self._create_mailing(
            self.head, mailing_domain=BIG, user_id=self.mailer.id
        )
        (read,) = self._call(
            self.head, "mailing.mailing", "web_read", mailing.ids, {"total": {}}
        )
        self.assertEqual(read["total"], 0)
        self._call(
            self.head,
            "mailing.mailing",
            "write",
            mailing.ids,
            {"user_id": self.head.id},
        )
        self.env.invalidate_all()
        self.assertEqual(mailing.with_user(self.head).total, 2)

    def test_what_other_addons_keep_is_left_to_odoo(self):
        groups = "[('sale_order_ids', '!=', False)]"
        mailing = self._create_mailing(self.mailer, mailing_domain=groups)
        self.assertEqual(mailing.mailing_domain, groups)
        unreadable = self._create_mailing(
            self.mailer,
            mailing_model_id=self.env["ir.model"]._get("crm.lead").id,
            mailing_domain="[]",
        )
        self.assertEqual(unreadable.mailing_domain, "[]")
        broken = self._create_mailing(self.mailer, mailing_domain="[(")
        self.assertEqual(broken.mailing_domain, "[(")
