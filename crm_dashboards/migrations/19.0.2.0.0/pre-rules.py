# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Have updates bring the record rules: their domains are the addon's own.

    They came with ``noupdate``, which a database remembers whatever the file says.
    """
    cr.execute(
        """
        UPDATE ir_model_data
           SET noupdate = FALSE
         WHERE module = 'crm_dashboards' AND model = 'ir.rule'
        """
    )
