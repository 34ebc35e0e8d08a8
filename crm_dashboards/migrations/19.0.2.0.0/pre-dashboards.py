# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

DASHBOARDS = (
    ("account_manager", "Account Manager", 10, False),
    ("customer", "Customer", 20, True),
)


def migrate(cr, version):
    """Dashboards are records: tiles point to them, with what administrators changed.

    The addon's data finds both as its own, and Odoo the columns filled.
    """
    cr.execute(
        """
        CREATE TABLE crm_dashboard (
            id SERIAL PRIMARY KEY,
            create_uid int4,
            create_date timestamp,
            write_uid int4,
            write_date timestamp,
            sequence int4,
            name jsonb NOT NULL,
            code varchar NOT NULL,
            active bool,
            is_of_customer bool
        )
        """
    )
    for code, name, sequence, is_of_customer in DASHBOARDS:
        cr.execute(
            """
            WITH dashboard AS (
                INSERT INTO crm_dashboard (
                    create_uid, create_date, write_uid, write_date,
                    sequence, name, code, active, is_of_customer)
                VALUES (1, NOW() AT TIME ZONE 'UTC', 1, NOW() AT TIME ZONE 'UTC',
                    %(sequence)s, jsonb_build_object('en_US', %(name)s::text),
                    %(code)s, TRUE, %(is_of_customer)s)
                RETURNING id
            )
            INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
            SELECT 'crm_dashboards', 'crm_dashboard_' || %(code)s, 'crm.dashboard',
                   id, TRUE
              FROM dashboard
            """,
            {
                "code": code,
                "name": name,
                "sequence": sequence,
                "is_of_customer": is_of_customer,
            },
        )
    cr.execute("ALTER TABLE crm_dashboard_tile ADD COLUMN dashboard_id int4")
    cr.execute(
        """
        UPDATE crm_dashboard_tile tile SET dashboard_id = dashboard.id
          FROM crm_dashboard dashboard
         WHERE dashboard.code = tile.dashboard
        """
    )
    # New tiles come before Odoo drops the columns that no field has any more.
    cr.execute("ALTER TABLE crm_dashboard_tile DROP COLUMN dashboard")
