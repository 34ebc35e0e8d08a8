# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""External ids by which the demo finds its own records again.

They belong to no addon, so that what the demo wrote outlives its removal and is not
written twice when it comes back.
"""

MODULE = "__crm_dashboards_demo__"


def remember(records):
    """Give records external ids; records: {name: record}."""
    for record in list(records.values())[:1]:
        record.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": f"{MODULE}.{name}", "record": record, "noupdate": True}
                for name, record in records.items()
            ]
        )


def find(env, name):
    """The record of a name, None if it is not there."""
    return env.ref(f"{MODULE}.{name}", raise_if_not_found=False)


def find_all(env, model, prefix):
    """Existing records of a model whose names begin with ``prefix``, in their order."""
    data = env["ir.model.data"].search(
        [
            ("module", "=", MODULE),
            ("model", "=", model),
            ("name", "=like", prefix.replace("_", r"\_") + "%"),
        ],
        order="name",
    )
    return env[model].browse(data.mapped("res_id")).exists()
