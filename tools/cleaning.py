# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Remove the databases of this clone."""

from __future__ import annotations

from . import database
from .postgres import Server, given_connection
from .settings import Settings


def remove_databases(settings: Settings) -> None:
    """Delete this clone's server, or its databases on a server given by the person.

    :raises Problem: when a demo or test run still uses them.
    """
    connection = given_connection(settings)
    if connection is None:
        Server(settings).remove()
        return
    for name in database.names(connection, f"{settings.project_key}_"):
        database.drop(connection, name)
