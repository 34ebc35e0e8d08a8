# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter

from odoo import models
from odoo.tools import SQL, config
from odoo.tools.misc import formatLang

from ..nightly.kept_sums import read_kept_customers
from ..tiles.words import format_share
from .since_night_sql import Reading

ONBOARDING = "crm_dashboards.onboarding_onboarding"
STEPS = ("time_zone", "customers", "managers", "figures")
MOST_BEFORE_DONE = 0.95
# What a first night takes, measured with 1 000 000 orders (docs/benchmarks.md).
SECONDS, SECONDS_PER_ORDER = 1.0, 0.00001


class CrmDashboardSetup(models.AbstractModel):
    """What an administrator sees above the dashboard in the first hour.

    Odoo's own onboarding holds the titles and buttons of the steps, and whether the
    panel was closed. Whether a step is done, the database tells.
    """

    _name = "crm.dashboard.setup"
    _description = "Set-up of Dashboards"

    def _get_panel(self):
        """Return the steps for the current company, False where nobody needs them.

        :return: ``{steps: [{key, title, text, state, button, method, is_strong,
            progress}]}``; a state is done, open or running; a progress runs from 0 to 1
        """
        if not self.env.user.has_group("base.group_system"):
            return False
        onboarding = self.env.ref(ONBOARDING, raise_if_not_found=False)
        if not onboarding or onboarding.is_onboarding_closed:
            return False
        company = self.env.company
        steps = [
            self._make_step(key, getattr(self, f"_get_{key}_step")(company))
            for key in STEPS
        ]
        if all(step["state"] == "done" for step in steps):
            return False
        return {"steps": steps}

    def _make_step(self, key, values):
        data = self.env["ir.model.data"]
        step = self.env["onboarding.onboarding.step"].browse(
            data._xmlid_to_res_id(f"crm_dashboards.onboarding_step_{key}")
        )
        return {
            "key": key,
            "title": step.title,
            "button": step.button_text,
            "method": step.panel_step_open_action_name,
            "is_strong": False,
            "progress": False,
            **values,
        }

    # ------------------------------------------------------------------
    # The steps
    # ------------------------------------------------------------------

    def _get_time_zone_step(self, company):
        zone, country = company.crm_figures_tz, company.country_id.name
        words = self.env._("Days and months of figures follow %(zone)s.", zone=zone)
        if country and zone == company._get_crm_country_zone():
            words = self.env._(
                "Days and months of figures follow %(zone)s, as in %(country)s.",
                zone=zone,
                country=country,
            )
        return {"state": "done", "text": words}

    def _get_customers_step(self, company):
        metric = self.env["crm.customer.metric"]
        if not company.sudo().crm_metric_refresh_ids.as_of:
            words = self.env._("Companies that ordered or were invoiced are compared.")
            return {"state": "done", "text": words}
        numbers, left_out = self._count_by_reason(company)
        count = sum(numbers.values()) - sum(left_out.values())
        words = self.env._(
            "Customers compared with each other: %(count)s.",
            count=self._format(count),
        )
        return {
            "state": "done" if count else "open",
            "text": f"{words} {metric._describe_reasons(left_out)}".rstrip(),
            "is_strong": not count,
        }

    def _count_by_reason(self, company):
        """Return how many customers there are, and are left out, as of the night.

        An index answers; what is judged anew meanwhile would have to be read.

        :return: ({reason: number}, {reason: number}), False for those who may be
            compared, of whom those without an order are left out
        """
        kept = Reading.remember(self.env, read_kept_customers)
        if kept:
            numbers, left_out = Counter(), Counter()
            for row in kept:
                reason = row["left_out_reason"] or False
                numbers[reason] += row["count"]
                left_out[reason] += row["count"] if reason else row["never"]
            return numbers, left_out
        query = SQL(
            """
            SELECT left_out_reason, COUNT(*),
                   COUNT(*) FILTER (
                       WHERE left_out_reason IS NOT NULL OR last_order_date IS NULL)
              FROM crm_customer_metric
             WHERE company_id = %s
             GROUP BY left_out_reason
             ORDER BY left_out_reason
            """,
            company.id,
        )
        rows = self.env.execute_query(query)
        return (
            {reason or False: number for reason, number, _left_out in rows},
            {reason or False: left_out for reason, _number, left_out in rows},
        )

    def _get_managers_step(self, company):
        number, unassigned = company._count_crm_customers()
        if not number:
            words = self.env._("Whose customer it is follows its salesperson.")
            return {"state": "open", "text": words}
        if not unassigned:
            words = self.env._("Every customer has an account manager.")
            return {"state": "done", "text": words}
        words = self.env._(
            "%(unassigned)s of %(number)s customers have none. Assign the salesperson "
            "of their last order, with a preview.",
            unassigned=self._format(unassigned),
            number=self._format(number),
        )
        values = {"state": "open", "text": words, "is_strong": True}
        if not self.env["crm.assignment.wizard"].has_access("create"):
            values["button"] = False
        return values

    def _get_figures_step(self, company):
        refresh = company.sudo().crm_metric_refresh_ids
        if refresh.as_of:
            words = self.env._(
                "Customers with figures: %(count)s. They are made anew each night.",
                count=self._format(refresh.customer_count),
            )
            return {"state": "done", "text": words, "button": False}
        if refresh.error:
            words = self.env._("They could not be made: %(error)s", error=refresh.error)
            return {"state": "open", "text": words, "is_strong": True}
        order = self.env["sale.order"].sudo()
        count = order.search_count(order._get_confirmed_domain(company))
        running = self._get_seconds_running(company)
        if running is None:
            words = self.env._(
                "They are made from %(count)s orders within a few minutes, once the "
                "server runs its scheduled actions.",
                count=self._format(count),
            )
            return {"state": "running", "text": words, "progress": 0.0}
        takes = SECONDS + count * SECONDS_PER_ORDER
        share = min(running / takes, MOST_BEFORE_DONE)
        words = self.env._(
            "About %(share)s of %(count)s orders; %(seconds)s s left.",
            share=format_share(self.env, round(share, 2)),
            count=self._format(count),
            seconds=max(round(takes - running), 1),
        )
        if running > takes:
            words = self._describe_delay(count, running)
        return {"state": "running", "text": words, "progress": share, "button": False}

    def _describe_delay(self, count, running):
        """Say that the figures take longer than usual, and what may end them.

        :param count: orders they are made from
        :param running: seconds they have taken so far
        """
        figures = {
            "count": self._format(count),
            "seconds": self._format(round(running)),
        }
        limit = self._get_time_limit()
        if limit and running > limit / 2:
            return self.env._(
                "From %(count)s orders, for %(seconds)s s by now. After %(limit)s s "
                "the server stops and begins again, unless --limit-time-real-cron is "
                "more.",
                limit=self._format(limit),
                **figures,
            )
        return self.env._(
            "From %(count)s orders, for %(seconds)s s by now: longer than usual, since "
            "the server is slow or busy.",
            **figures,
        )

    def _get_time_limit(self):
        """Return the seconds that a scheduled action may take, 0 without limit.

        As Odoo's server takes its options: that of scheduled actions is the one of
        requests where it is below 0 and, in a single process, where it is 0.
        """
        limit = config["limit_time_real_cron"]
        if limit > 0 or limit == 0 and config["workers"]:
            return limit
        return config["limit_time_real"]

    def _get_seconds_running(self, company):
        """Return for how long the figures of a company are being made, None if not.

        A night is one transaction: what it has done so far nobody else can see, but
        that it holds the company's lock, and since when.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT EXTRACT(EPOCH FROM clock_timestamp() - activity.xact_start)
                  FROM pg_locks held
                  JOIN pg_stat_activity activity ON activity.pid = held.pid
                 WHERE held.locktype = 'advisory' AND held.granted
                   AND held.database = (
                       SELECT oid FROM pg_database WHERE datname = current_database())
                   AND held.classid = (
                       hashtext('crm_customer_metric')::int8 & 4294967295)::oid
                   AND held.objid = %s AND held.objsubid = 2
                """,
                company.id,
            )
        )
        return float(rows[0][0] or 0.0) if rows else None

    def _format(self, number):
        return formatLang(self.env, number, digits=0)
