# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .open_expressions import is_open


class MailingMailing(models.Model):
    """Figures of customers in recipients and texts of a mailing.

    A job sends mailings with all rights. Where figures choose the recipients, it finds
    those that the responsible finds; in texts they are of his company, and for those
    only who may see all customers'. Nobody lets a responsible see more for him than he
    sees himself.
    """

    _name = "mailing.mailing"
    _inherit = ["mailing.mailing", "crm.mailing.figures.mixin"]

    def _get_recipients_model(self):
        return self.mailing_model_real

    def _get_stored_domain(self):
        return self._parse_mailing_domain()

    def _get_responsible(self):
        return (self.user_id or self.create_uid or self.env.user)._origin.sudo()

    # ------------------------------------------------------------------
    # Who may write it
    # ------------------------------------------------------------------

    @api.constrains(
        "mailing_domain",
        "mailing_filter_id",
        "mailing_model_id",
        "mailing_type",
        "contact_list_ids",
        "user_id",
    )
    def _check_figures_of_recipients(self):
        for mailing in self:
            mailing._check_figures_in_domain(self.env.user)

    def _check_figures_in_domain(self, user):
        names = super()._check_figures_in_domain(user)
        self._check_responsible_for(user, names)
        return names

    def _check_figures_in_texts(self, user):
        names = super()._check_figures_in_texts(user)
        self._check_responsible_for(user, names)
        if not user._sees_all_crm_figures():
            open_names = {"request", *dir(self.env.registry["base"])}
            for expression in self._get_expressions():
                if is_open(expression, open_names):
                    raise AccessError(
                        self.env._(
                            "%(user)s may not see the figures of all customers, and "
                            "this placeholder might show them: %(expression)s",
                            user=user.name,
                            expression=expression,
                        )
                    )
        return names

    def _check_responsible_for(self, user, names):
        """Let nobody have a responsible see more for him than he sees himself."""
        responsible = self._get_responsible()
        if not names or user == responsible:
            return
        others = responsible.company_ids - user.sudo().company_ids
        if others or not user._sees_all_crm_figures():
            raise AccessError(
                self.env._(
                    "A mailing that uses figures of customers (%(names)s) is sent with "
                    "the rights of its responsible, %(responsible)s, who may see "
                    "others than %(user)s. Please make %(user)s the responsible.",
                    names=", ".join(sorted(names)),
                    responsible=responsible.name,
                    user=user.name,
                )
            )

    # ------------------------------------------------------------------
    # As whom it is sent and shown
    # ------------------------------------------------------------------

    def _check_figures_as_responsible(self):
        """Check that the responsible may send what others may have written.

        :raise AccessError: he may not
        """
        responsible = self._get_responsible()
        self._check_figures_in_texts(responsible)
        self._check_figures_in_domain(responsible)

    def _get_recipients_domain(self):
        domain = super()._get_recipients_domain()
        if not self._get_figures_in_domain():
            return domain
        try:
            found = self._search_recipients_as(self._get_responsible())
        except AccessError:
            return Domain.FALSE
        # With all rights, the domain would find other customers, or miss some.
        return Domain("id", "in", found) & (Domain.TRUE if self.env.su else domain)

    def action_put_in_queue(self):
        """Refuse at once to who sends by a click; of jobs, the queue tells."""
        if not self.env.su:
            for mailing in self:
                mailing._check_figures_as_responsible()
        return super().action_put_in_queue()

    def _action_send_mail(self, res_ids=None):
        for mailing in self:
            mailing._check_figures_as_responsible()
            if mailing._get_figures_in_texts():
                mailing = mailing.with_company(mailing._get_responsible().company_id)
            super(MailingMailing, mailing)._action_send_mail(res_ids)
        return True

    def _process_mass_mailing_queue(self):
        """Put aside what may not be sent, or cannot, so that the others are."""
        due = Domain("schedule_date", "=", False) | Domain(
            "schedule_date", "<", fields.Datetime.now()
        )
        for mailing in self.search(
            Domain("state", "in", ("in_queue", "sending")) & due
        ):
            responsible = mailing._get_responsible()
            mailing = mailing.with_context(lang=responsible.lang)
            try:
                mailing._check_figures_as_responsible()
            except (UserError, ValueError) as refusal:
                mailing.state = "draft"
                mailing.message_post(
                    body=mailing.env._(
                        "Not sent, and a draft again: %(reason)s", reason=refusal
                    ),
                    partner_ids=responsible.partner_id.ids,
                )
        return super()._process_mass_mailing_queue()

    def _render_field(self, field, res_ids, *args, **kwargs):
        """Show figures in a test mail or in the browser to whom they are for.

        In the browser, Odoo renders with all rights. Who is no mailing user came by
        the link in a mail that he got, and sees what the responsible sent him.
        """
        if self.env.user.has_group("mass_mailing.group_mass_mailing_user"):
            self._check_figures_in_texts(self.env.user)
        mailing = self
        if self.env.su and self._get_figures_in_texts():
            mailing = self.with_company(self._get_responsible().company_id)
        return super(MailingMailing, mailing)._render_field(
            field, res_ids, *args, **kwargs
        )
