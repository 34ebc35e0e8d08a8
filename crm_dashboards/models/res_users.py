from odoo import api, fields, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    is_my_team_member = fields.Boolean(
        string="In My Sales Teams",
        compute="_compute_is_my_team_member",
        search="_search_is_my_team_member",
        help="Member or leader of a sales team that the current user leads "
        "or belongs to.",
    )

    @api.depends_context("uid")
    def _compute_is_my_team_member(self):
        colleagues = self._get_my_team_members()
        for user in self:
            user.is_my_team_member = user in colleagues

    def _search_is_my_team_member(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        return Domain("id", "in", self._get_my_team_members().ids)

    @api.model
    def _get_my_team_members(self):
        """Return the users of the teams that the current user leads or belongs to.

        :return: res.users, the current user always among them
        """
        teams = (
            self.env["crm.team"]
            .sudo()
            .search(
                Domain("user_id", "=", self.env.uid)
                | Domain("member_ids", "in", self.env.uid)
            )
        )
        members = teams.member_ids | teams.user_id
        return (members | self.env.user).sudo(False)
