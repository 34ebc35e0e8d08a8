# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How an action answers: a sentence about what was done, and how it is taken back."""


def answer(message, undo=None, method="action_undo"):
    """Return the action that tells what was done, once a dialog is closed.

    :param str message: a sentence
    :param undo: record whose ``method``, a door, takes it back; none if left out
    """
    back = undo and {"model": undo._name, "method": method, "ids": undo.ids}
    return {
        "type": "ir.actions.client",
        "tag": "crm_dashboards.answer",
        "params": {"message": message, "undo": back or False},
    }
