# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a settlement of an agreement would come to, by the settlement's own methods."""

from dataclasses import dataclass

from odoo import models
from odoo.fields import Command
from odoo.tools import SQL

PREVIEW = "crm_dashboards_preview"
FAMILIES = "crm_dashboards_families"  # {partner id: ids of it and all below it}


@dataclass(frozen=True)
class SettlementPreview:
    """A settlement that is not stored.

    Attributes
    ----------
    amounts : list of tuple
        (invoiced contact, amount invoiced), the largest first: each is settled by
        itself.
    values : dict
        Values of the agreement.rebate.settlement; empty where none would be made.
    """

    amounts: list
    values: dict

    @property
    def rebate(self):
        """The bonus in the currency of the company."""
        return self.values.get("amount_rebate", 0.0)

    @property
    def contact(self):
        """The contact with the largest amount, None if nothing was invoiced."""
        return self.amounts[0][0] if self.amounts else None

    @property
    def amount(self):
        """The largest amount of one contact."""
        return self.amounts[0][1] if self.amounts else 0.0

    @property
    def total(self):
        """What was invoiced to all contacts."""
        return sum(amount for _contact, amount in self.amounts)

    @property
    def percent(self):
        """The percentage of that contact's highest section, 0 for no bonus."""
        return self._get_percent(self.contact) if self.contact else 0.0

    @property
    def percents(self):
        """The percentages of all contacts, as a set."""
        return {self._get_percent(contact) for contact, _amount in self.amounts}

    def _get_percent(self, contact):
        lines = [values for _command, _id, values in self.values.get("line_ids", [])]
        own = [line for line in lines if line["partner_id"] == contact.id]
        highest = max(own, key=lambda line: line.get("amount_from", 0), default={})
        return highest.get("percent", 0.0)


class PreviewedSettlements(list):
    """Values of settlements, where the wizard expects their records."""

    def action_show_settlement(self):
        return self


class SettleableAgreement:
    """An agreement as a settlement can deal with it.

    One without company has no currency to round in, and an amount that stands in two
    sections at once has no single percentage: both make a settlement fail.
    """

    def __init__(self, agreement, company, amount):
        self._agreement = agreement
        self.company_id = agreement.company_id or company
        self.rebate_section_ids = agreement._get_sections_of(amount)[-1:]

    def __getattr__(self, name):
        return getattr(self._agreement, name)


class AgreementSettlementCreateWiz(models.TransientModel):
    _inherit = "agreement.settlement.create.wiz"

    def _preview_settlement(self, agreement, company, day):
        """Settle an agreement from its start until ``day`` without storing anything.

        :param agreement: one agreement that the user may read
        :param company: res.company whose invoices count
        :param day: date, included
        :return: SettlementPreview
        """
        wizard = self._make_preview(agreement, company, day)
        amounts = wizard._get_amounts(agreement.with_env(wizard.env))
        settlements = wizard.action_create_settlement()
        return SettlementPreview(
            sorted(amounts, key=lambda pair: -pair[1]),
            settlements[0] if settlements else {},
        )

    def _make_preview(self, agreements, company, day):
        """Return a wizard, stored nowhere, that settles agreements until ``day``."""
        # A settlement is of all invoices, else it would be another one for each user;
        # who may look is up to the caller.
        wizard = self.sudo().with_context(
            allowed_company_ids=company.ids, **{PREVIEW: True}
        )
        return wizard.new(
            {
                "date": day,
                "date_to": day,
                "domain": "sale",
                "agreement_ids": [Command.set(agreements.ids)],
                "discard_settled_agreement": False,
            }
        )

    def _get_invoiced_query(self, agreements, company, day):
        """Return the query of what decides on the section of each agreement.

        :return: SQL with a row an agreement: its id, and the largest amount that was
            invoiced to a contact, as :meth:`_get_amounts` has it
        """
        wizard = self._make_preview(agreements, company, day)
        # of all at once, where each domain would ask for its own
        families = wizard._get_families(agreements.sudo().partner_id)
        wizard = wizard.with_context(**{FAMILIES: families})
        return SQL(" UNION ALL ").join(
            wizard._select_largest_amount(agreement)
            for agreement in agreements.with_env(wizard.env)
        )

    def _get_families(self, partners):
        """Return {partner id: ids of it and all below it}."""
        everybody = self.env["res.partner"].with_context(active_test=False)
        members = everybody.search_fetch(
            [("id", "child_of", partners.ids)], ["parent_id"]
        )
        families = {partner.id: [] for partner in partners}
        for member in members:
            above = member
            while above:
                families.get(above.id, []).append(member.id)
                above = above.parent_id
        return families

    def _partner_domain(self, agreement):
        families = self.env.context.get(FAMILIES)
        if families is None:
            return super()._partner_domain(agreement)
        return [("partner_id", "in", families[agreement.partner_id.id])]

    def _select_largest_amount(self, agreement):
        target = self._get_target_model()
        query = target._search(self._get_target_line_domain(agreement))
        query.order = None
        contacts = [
            target._field_to_sql(query.table, name, query)
            for name in self._settlement_line_break_fields()
        ]
        query.groupby = SQL(", ").join(contacts)
        amount = target._field_to_sql(query.table, self._get_amount_field(), query)
        return SQL(
            "SELECT %s::int4, %s + MAX(amount) FROM (%s) invoiced (amount)",
            agreement.id,
            agreement.additional_consumption,
            query.select(SQL("SUM(%s)", amount)),
        )

    def _get_target_line_domain(self, agreement):
        domain = self._prepare_target_domain() + self._partner_domain(agreement)
        return self._target_line_domain(domain, agreement)

    def _get_amounts(self, agreement):
        """Return what was invoiced to each contact.

        :return: list of (res.partner, amount)
        """
        groups = self._execute_read_group(
            self._get_target_model(), self._get_target_line_domain(agreement)
        )
        return [
            (group["partner_id"], self._get_group_amount(group, agreement))
            for group in groups
        ]

    def _get_group_amount(self, group, agreement):
        """Return the amount that decides on the section of a contact."""
        amount = group[self._get_amount_field()] or 0.0
        return amount + agreement.additional_consumption

    def _prepare_settlement_line(
        self, domain, group, agreement, line=False, section=False
    ):
        if self.env.context.get(PREVIEW):
            amount = self._get_group_amount(group, agreement)
            agreement = SettleableAgreement(agreement, self.env.company, amount)
        return super()._prepare_settlement_line(
            domain, group, agreement, line=line, section=section
        )

    def _create_settlement(self, settlements):
        if not self.env.context.get(PREVIEW):
            return super()._create_settlement(settlements)
        prepared = [self._prepare_settlement(lines) for lines in settlements.values()]
        return PreviewedSettlements(filter(None, prepared))
