# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Codes of stored figures with their labels, and who may read figures."""

from odoo.fields import NO_ACCESS

from ..analytics.rfm import SEGMENTS
from ..analytics.trend import TREND_CLASSES
from ..nightly.columns import LEFT_OUT_REASONS, ORDER_STATES

READER_GROUPS = (
    "sales_team.group_sale_salesman,"
    "account.group_account_invoice,"
    "account.group_account_readonly"
)
SEGMENT_SELECTION = [
    ("champions", "Champions"),
    ("loyal", "Loyal Customer"),
    ("potential_loyalist", "Potential Loyalist"),
    ("promising", "Promising"),
    ("new", "New Customer"),
    ("needs_attention", "Needs Attention"),
    ("about_to_sleep", "About to Sleep"),
    ("hibernating", "Hibernating"),
    ("at_risk", "At Risk"),
    ("dont_lose_them", "Don't Lose Them"),
]
ORDER_STATE_SELECTION = [
    ("expected", "Expected"),
    ("overdue", "Overdue"),
    ("quiet", "Late, but all are quiet"),
    ("missing", "Missing"),
    ("seasonal", "Seasonal pause"),
    ("lapsed", "Lapsed"),
]
TREND_SELECTION = [
    ("growing", "Growing"),
    ("static", "Static"),
    ("declining", "Declining"),
]
LEFT_OUT_SELECTION = [
    ("excluded", "Left out by hand"),
    ("individual", "Individual"),
    ("never_invoiced", "Never invoiced"),
]

# The codes of the night are those of the fields.
assert tuple(code for code, _label in SEGMENT_SELECTION) == SEGMENTS
assert tuple(code for code, _label in ORDER_STATE_SELECTION) == ORDER_STATES
assert tuple(code for code, _label in TREND_SELECTION) == TREND_CLASSES
assert tuple(code for code, _label in LEFT_OUT_SELECTION) == LEFT_OUT_REASONS


def is_figure(field):
    """Whether a field shows figures of a customer, or leads to them."""
    is_closed = field.groups == NO_ACCESS and field.name.startswith("crm_")
    return field.groups and (
        field.groups == READER_GROUPS
        or is_closed
        or field.comodel_name == "crm.customer.metric"
    )
