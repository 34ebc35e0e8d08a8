# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A streaming replica of the PostgreSQL server of this clone."""

import shutil
import tempfile
from pathlib import Path

import psycopg2

from tools.postgres import PORT, USER

from .databases import wait_until


class Replica:
    """A copy that follows the server; nothing can be written to it."""

    def __init__(self, server):
        self._server = server
        # not in the clone: the path of a socket is short
        self.folder = Path(tempfile.mkdtemp(prefix="crm_dashboards_replica_"))
        self._data = self.folder / "data"

    @property
    def options(self):
        """Options by which Odoo reads from here."""
        return (f"--db_replica_host={self.folder}", f"--db_replica_port={PORT}")

    def start(self):
        self._server.give(self.folder)
        source = self._server.connection
        self._server.run_program(
            *("pg_basebackup", "-h", source.host, "-p", source.port, "-U", USER),
            *("-D", self._data, "--write-recovery-conf", "--checkpoint=fast"),
        )
        with (self._data / "postgresql.conf").open("a") as configuration:
            configuration.write(f"unix_socket_directories = '{self.folder}'\n")
        self._control("start", "-w", "-l", self.folder / "replica.log")

    def stop(self):
        self._control("stop", "-m", "immediate")

    def remove(self):
        if (self._data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)

    def pause(self):
        """Keep what was written from now on from being seen here."""
        self._ask("SELECT pg_wal_replay_pause()")
        state = "SELECT pg_get_wal_replay_pause_state()"
        wait_until(lambda: self._ask(state) == "paused")

    def resume(self):
        """Catch up."""
        self._ask("SELECT pg_wal_replay_resume()")

    def _control(self, *arguments):
        log = self.folder / "pg_ctl.log"
        self._server.run_program("pg_ctl", "-D", self._data, *arguments, log=log)

    def _ask(self, query):
        link = psycopg2.connect(
            host=str(self.folder), port=PORT, user=USER, dbname="postgres"
        )
        link.autocommit = True
        try:
            with link.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchone()[0]
        finally:
            link.close()
