# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Give campaigns the usual interval that customers had when they began.

    It is today's where no order came since, else that of the alert, if there was one.
    """
    cr.execute(
        """
        UPDATE crm_reactivation campaign
           SET interval_days = known.interval_days
          FROM (SELECT partner_id, company_id, last_order_date, interval_days
                  FROM crm_alert
                 UNION ALL
                SELECT partner_id, company_id, last_order_date, interval_days
                  FROM crm_customer_metric) known
         WHERE known.partner_id = campaign.partner_id
           AND known.company_id = campaign.company_id
           AND known.last_order_date = campaign.last_order_date
           AND campaign.interval_days IS NULL
        """
    )
