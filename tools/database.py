# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Databases: create, copy, drop, and remember what each one holds.

What a database holds is kept in its PostgreSQL comment, so that it appears and goes
with the database itself; a database without one was left half-made by a killed run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2 import sql

from .console import Problem
from .postgres import Connection, Server, given_connection
from .settings import Settings

MAINTENANCE = "postgres"


@contextmanager
def _cursor(connection: Connection, database: str = MAINTENANCE) -> Iterator:
    try:
        link = psycopg2.connect(dbname=database, **connection.arguments)
    except psycopg2.OperationalError as error:
        raise Problem(f"PostgreSQL cannot be reached: {error}") from error
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()


def exists(connection: Connection, name: str) -> bool:
    """Whether there is a database ``name``."""
    with _cursor(connection) as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def read_stamp(connection: Connection, name: str) -> dict | None:
    """What was noted about the database ``name``; None unless it is whole."""
    with _cursor(connection) as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') "
            "FROM pg_database WHERE datname = %s",
            [name],
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return None
    try:
        stamp = json.loads(row[0])
    except ValueError:
        return None
    return stamp if isinstance(stamp, dict) else None


def write_stamp(connection: Connection, name: str, stamp: dict) -> None:
    """Note about the database ``name`` that it is whole, and what it holds."""
    with _cursor(connection) as cursor:
        cursor.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(name), sql.Literal(json.dumps(stamp))
            )
        )


def drop(connection: Connection, name: str) -> None:
    """Drop the database ``name`` if it is there, whoever is connected to it."""
    with _cursor(connection) as cursor:
        query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        cursor.execute(query.format(sql.Identifier(name)))


def names(connection: Connection, prefix: str) -> list[str]:
    """Names of the databases that begin with ``prefix``."""
    with _cursor(connection) as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1",
            [prefix],
        )
        return [row[0] for row in cursor.fetchall()]


def copy(connection: Connection, source: str, target: str) -> None:
    """Make ``target`` a copy of ``source``, to which nobody may be connected.

    ``template0`` is PostgreSQL's own empty database.
    """
    with _cursor(connection) as cursor:
        query = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        cursor.execute(query.format(sql.Identifier(target), sql.Identifier(source)))


def remove_all(settings: Settings) -> None:
    """Delete this clone's server, or its databases on a server given by the person.

    :raises Problem: when a demo or test run still uses them.
    """
    connection = given_connection(settings)
    if connection is None:
        Server(settings).remove()
        return
    for name in names(connection, f"{settings.project_key}_"):
        drop(connection, name)
