# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Databases of a run of the heavy tests, and Odoo processes on them."""

import itertools
import os
import subprocess
import time
from contextlib import contextmanager

import psycopg2
from psycopg2 import sql

from tools.addons import MAIN
from tools.base_database import copy_of_base, database_name
from tools.console import Problem
from tools.process import tail

PREFIX = "crm_dashboards_heavy"
SECONDS = 600
# what of a table says when, by whom and in which order something was written
VOLATILE = {
    "id",
    "create_date",
    "create_uid",
    "write_date",
    "write_uid",
    "duration_seconds",
    "engagement_read_at",
    "phase_times",
    "sums_change_id",
    "sums_snapshot",
    "sums_transaction_id",
}


def wait_until(is_so, seconds=120):
    """Wait until something is so.

    :raise TimeoutError: when it is not so in time
    """
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


class Databases:
    """Databases whose names begin with this run's own prefix."""

    # of all instances, whose names must differ
    _numbers = itertools.count()

    def __init__(self, workplace):
        self.workplace = workplace
        self._prefix = database_name(workplace, f"{PREFIX}_{os.getpid()}")
        self._names = set()

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        for name in list(self._names):
            self.drop(name)

    # ------------------------------------------------------------------
    # Make and drop
    # ------------------------------------------------------------------

    def new_name(self):
        """Return the name of a database that is dropped at the end."""
        name = f"{self._prefix}_{next(self._numbers)}"
        self._names.add(name)
        return name

    def make_base(self, modules):
        """Make a database with modules of Odoo and the OCA installed."""
        name = self.new_name()
        copy_of_base(self.workplace, modules, name)
        return name

    def make_business(self):
        """Make a company with customers, of whom last night made figures."""
        name = self.make_base(self.workplace.addons[0].depends)
        self.workplace.install(name, [MAIN], "heavy-install")
        self.run(name, "fill(env)")
        return name

    def duplicate(self, source):
        name = self.new_name()
        self.workplace.duplicate(source, name)
        return name

    def drop(self, name):
        self.workplace.drop(name)
        self._names.discard(name)

    # ------------------------------------------------------------------
    # Odoo
    # ------------------------------------------------------------------

    def start(self, name, script, options=(), module="nights"):
        """Start Odoo's shell with a script that knows what ``module`` has.

        :return: subprocess.Popen whose output is in ``log_path``
        """
        log = self.workplace.settings.logs / f"heavy-{next(self._numbers)}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as output:
            process = subprocess.Popen(
                self.workplace.command("shell", "-d", name, "--no-http", *options),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                env=self.workplace.environ,
            )
        process.log_path = log
        process.stdin.write(f"from tests_heavy.{module} import *\n{script}\n")
        process.stdin.close()
        return process

    def run(self, name, script, expected_code=0, **options):
        """Run a script to its end; its exit code must be the expected one."""
        process = self.start(name, script, **options)
        self.wait(process, expected_code)
        return process.log_path.read_text()

    def wait(self, process, expected_code=0):
        code = process.wait(SECONDS)
        if expected_code is not None and code != expected_code:
            raise Problem(f"Exit code {code}.\n{tail(process.log_path)}")
        return code

    # ------------------------------------------------------------------
    # What is stored
    # ------------------------------------------------------------------

    @contextmanager
    def connect(self, name):
        link = psycopg2.connect(dbname=name, **self.workplace.connection.arguments)
        link.autocommit = True
        try:
            with link.cursor() as cursor:
                yield cursor
        finally:
            link.close()

    def query(self, name, text, *values):
        with self.connect(name) as cursor:
            cursor.execute(text, values)
            return cursor.fetchall()

    def snapshot(self, name):
        """Return {table: sorted rows as text} of all tables of figures."""
        with self.connect(name) as cursor:
            cursor.execute(
                """
                SELECT table_name, array_agg(column_name::text ORDER BY column_name)
                  FROM information_schema.columns
                 WHERE table_schema = current_schema
                   AND starts_with(table_name, 'crm_')
                   AND table_name IN (
                           SELECT replace(ir_model.model, '.', '_') FROM ir_model
                             JOIN ir_model_data AS data ON data.res_id = ir_model.id
                            WHERE data.model = 'ir.model' AND data.module = %s
                              AND NOT ir_model.transient
                       )
                   AND NOT EXISTS (
                           SELECT FROM pg_views WHERE viewname = table_name
                       )
                 GROUP BY table_name
                """,
                [MAIN],
            )
            tables = {
                table: [
                    column
                    for column in columns
                    if column not in VOLATILE and not _is_key_of_ours(column)
                ]
                for table, columns in cursor.fetchall()
            }
            return {
                table: _read_rows(cursor, table, columns)
                for table, columns in tables.items()
                if columns
            }


def _is_key_of_ours(column):
    """Whether a column holds the number that a row of ours happened to get."""
    return column in ("metric_id", "alert_id", "refresh_id", "month_end_id")


def _read_rows(cursor, table, columns):
    query = sql.SQL("SELECT ROW({})::text FROM {} ORDER BY 1").format(
        sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table)
    )
    cursor.execute(query)
    return [row for (row,) in cursor.fetchall()]
