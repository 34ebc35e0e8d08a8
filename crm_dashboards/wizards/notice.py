# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a dialog tells the page behind it when it closes."""


def close_with_notice(notice, undo=None):
    """Return the action that closes a dialog; a dashboard behind it says ``notice``.

    :param str notice: a sentence about what was done
    :param undo: {action, row_id} of the row action that takes it back
    """
    return {
        "type": "ir.actions.act_window_close",
        "infos": {"notice": notice, "undo": undo or False},
    }
