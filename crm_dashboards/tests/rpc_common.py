# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Calling a model as the browser does: over HTTP, in the user's own environment."""

from odoo.tests import HttpCase, JsonRpcException
from odoo.tools import mute_logger


class RpcCase(HttpCase):
    """Calls of ``call_kw``, by whoever was authenticated.

    In the environment of a test, commands of x2many fields may run as superuser: what
    a user may send is tested here.
    """

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _check_refused(self, model, method, *args, **kwargs):
        """Check that a call raises an AccessError."""
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as refusal:
            self._call(model, method, *args, **kwargs)
        self.assertEqual(str(refusal.exception), "odoo.exceptions.AccessError")
