# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from .test_problems import ProblemsCase


@tagged("post_install", "-at_install")
class TestReason(ProblemsCase):
    """An open problem is a reason to call that puts nothing at stake."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for customer in (cls.mine, cls.theirs, cls.nobodys):
            cls._create_rhythm(customer, "2026-11-14", 30)
        cls._refresh()

    def _find(self, user=None, companies=None):
        names = {partner.id: partner.name for partner in self._all_customers()}
        return {
            names[each["partner_id"]]: each
            for each in self._read_reasons("open_problem", user, companies)
        }

    def _all_customers(self):
        return self.mine | self.theirs | self.nobodys

    def _describe(self, reason):
        model = self._as(self.manager)["crm.reason.open_problem"]
        return model._describe(reason["facts"], self.euro)

    def test_of_open_tickets_of_customers(self):
        found = self._find()
        self.assertEqual(
            {name: self._describe(reason) for name, reason in found.items()},
            {
                "Mine": "1 open problem, since today",
                "Theirs": "1 open problem, since yesterday",
                "Nobody's": "1 open problem for 11 days",
            },
        )
        for reason in found.values():
            self.assertEqual((reason["stake"], reason["part"]), (0, ""))
        self.assertEqual(str(found["Mine"]["since"]), "2026-11-21 10:00:00")

    def test_the_newest_brings_the_row_back_the_oldest_is_told(self):
        self._create_ticket(
            "2026-11-16 09:00:00",
            name="Old",
            partner_id=self.mine.id,
            stage_id=self.new.id,
            company_id=self.company.id,
        )
        reason = self._find()["Mine"]
        self.assertEqual(self._describe(reason), "2 open problems for up to 5 days")
        self.assertEqual(str(reason["since"]), "2026-11-21 10:00:00")

    def test_closed_ones_and_those_of_no_customer_are_none(self):
        tickets = self.tickets[self.company]
        tickets["Pallet damaged"].stage_id = self.done
        self.env["crm.customer.metric"].search(
            [("partner_id", "=", self.nobodys.id)]
        ).unlink()
        self.assertEqual(list(self._find()), ["Theirs"])

    def test_only_tickets_that_the_user_may_read(self):
        self.assertFalse(self._find(self.seller))
        self.seller.group_ids += self.env.ref("helpdesk_mgmt.group_helpdesk_user")
        self.assertEqual(list(self._find(self.seller)), ["Mine"])

    def test_second_company(self):
        self.assertFalse(self._find(companies=self.sister))
        self._create_rhythm(self.mine, "2026-11-14", 30, self.sister)
        self._refresh(self.sister)
        self.assertEqual(list(self._find(companies=self.sister)), ["Mine"])

    def test_chip_in_who_next(self):
        """Beside what is at stake, never for itself among the seven."""
        with freeze_time("2026-11-01 12:00:00"):
            values = {"state": "sent", "validity_date": "2026-11-23"}
            self._create_order(self.theirs, "2026-11-01", 10, **values)
        self.env.flush_all()
        tile = self._get_tile("who_next", scope={"account_manager": "all"})
        rows = {row["title"]: row for row in self._get_block(tile, "rows")["rows"]}
        chips = {chip["text"]: chip["level"] for chip in rows["Theirs"]["chips"]}
        self.assertEqual(chips["1 open problem, since yesterday"], "warning")
        self.assertFalse(rows.get("Mine", {}).get("cell"))
