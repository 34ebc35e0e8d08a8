# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Nights of many companies, and of a customer who orders all day."""

COMPANIES = 60
BIG_ORDERS = 5000


def test_sixty_more_companies(databases, database):
    """Each has figures of its own, none an error."""
    databases.run(database, f"add_companies(env, {COMPANIES})\nrun_night(env)")
    refreshes = databases.query(
        database,
        "SELECT company.name, COALESCE(refresh.error, ''), count(metric.id)"
        "  FROM res_company AS company"
        "  LEFT JOIN crm_metric_refresh AS refresh ON refresh.company_id = company.id"
        "  LEFT JOIN crm_customer_metric AS metric"
        "    ON metric.company_id = company.id AND metric.order_count > 0"
        " WHERE company.name LIKE 'Company %%' GROUP BY 1, 2 ORDER BY 1",
    )
    names = sorted(f"Company {number}" for number in range(COMPANIES))
    assert refreshes == [(name, "", 1) for name in names]


def test_customer_with_thousands_of_orders(databases, database):
    """All are counted, whatever their number: four a day for three and a half years."""
    databases.run(database, f"add_big_customer(env, {BIG_ORDERS})\nrun_night(env)")
    ((count, value, last),) = databases.query(
        database,
        "SELECT order_count, order_value, last_order_date::text"
        "  FROM crm_customer_metric AS metric"
        "  JOIN res_partner AS partner ON partner.id = metric.partner_id"
        " WHERE partner.name = 'Big'",
    )
    # of 24 months: 18 June 2024 to 16 June 2026 are 729 days of four orders of 10.00
    assert (count, float(value), last) == (2916, 29160.0, "2026-06-16")
