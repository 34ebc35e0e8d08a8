# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Customers that order every two weeks, and how long each of them is silent."""

from .workbook_common import WorkbookCase

CODE = "missing_orders"
EVERYONE = {"account_manager": "all"}


class MissingOrderCase(WorkbookCase):
    """All gaps are of 14 days, so that everybody's usual interval is 14 days.

    Late by two intervals is missing: from the 28th day of silence on, since the company
    is busy enough for every day to count. Beyond ten intervals, 140 days, nobody is
    waited for.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.manager | cls.seller).company_ids = cls.company | cls.sister
        cls.customers = {}
        for name, manager, last, amount in (
            ("Late", cls.seller, "2026-10-12", 100),  # 40 days ago
            ("Gone", cls.colleague, "2026-10-19", 200),  # 33
            ("Nobody's", None, "2026-10-22", 50),  # 30
            ("Slow", cls.seller, "2026-11-01", 70),  # 20
            ("Regular", cls.seller, "2026-11-14", 30),  # 7
            ("Lost", cls.seller, "2026-06-24", 900),  # 150
        ):
            customer = cls._create_customer(name, manager)
            cls.customers[name] = customer
            cls._create_rhythm(customer, last, amount)
        cls._keep_busy()
        cls._keep_busy(cls.sister, since="2026-08-12", times=3)
        cls._create_rhythm(cls.customers["Late"], "2026-10-23", 1000, cls.sister)
        cls._create_rhythm(cls.customers["Gone"], "2026-10-22", 2000, cls.sister)
        cls._refresh()
        cls._refresh(cls.sister)

    def _get_metrics(self, *names, company=None):
        metrics = self.env["crm.customer.metric"]
        for name in names:
            metrics += self._get_metric(self.customers[name], company)
        return metrics

    def _get_alerts(self, **viewer):
        """Return the names of the rows, as another request would get them."""
        self.env.invalidate_all()
        tile = self._get_tile(CODE, **viewer)
        if tile["state"] == "empty":
            return []
        return [row["title"] for row in self._get_block(tile, "rows")["rows"]]

    def _get_row(self, name, **viewer):
        rows = self._get_block(self._get_tile(CODE, **viewer), "rows")["rows"]
        (row,) = (row for row in rows if row["title"] == name)
        return row

    def _answer(self, action, user=None, companies=None, **answer):
        """Fill in the dialog that ``action`` opens and confirm it."""
        wizard = self._as(user or self.manager, companies)[action["res_model"]]
        wizard = wizard.with_context(**action["context"]).create(answer)
        result = wizard.action_confirm()
        self.env.flush_all()
        return result
