"""All of a workspace in a file, and back: `belay export --everything` and `belay import ARCHIVE.gz`."""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.clock import clock_for
from bot.config import read_config
from bot.database import database_of
from models.base.errors import Refused
from models.deals.approvals import ask_missing_approvers
from models.deals.turns import begin_missing_turns
from models.setup.archive import read_archive, write_archive
from models.tables import METADATA
from models.workspace.workspaces import the_workspace

SUFFIX = ".gz"


def take_along(to: Path, team: str | None) -> None:
    """Write all rows of a workspace into a new file."""
    config = read_config()
    database = database_of(config)
    database.migrate()
    now = clock_for(config.belay_clock_url).read().now
    with database.reading() as session, _new(to) as file:
        lines = write_archive(the_workspace(session, team), METADATA, now=now)
        file.writelines(f"{line}\n" for line in lines)
    print(f"Everything is in {to}.")


def put_back(file: Path, team: str | None) -> None:
    """All of a workspace, as an archive has it, in the place of what is there."""
    config = read_config()
    database = database_of(config)
    database.migrate()
    with _unpacked(file) as lines, database.writing() as session:
        workspace = the_workspace(session, team, is_installed=config.is_installed_by_oauth)
        read = read_archive(workspace, METADATA, lines)
        # What an older Belay has written asks nobody yet.
        now = clock_for(config.belay_clock_url).read().now
        ask_missing_approvers(session, now=now)
        begin_missing_turns(session, now=now)
    print(f"{read.rows} rows: {read.deals} deals, {read.people} people.")


@contextmanager
def _new(to: Path) -> Iterator[TextIO]:
    try:
        # Nobody else may read it, as with a backup.
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Refused(f"{to} is there already: choose another name.") from None
    with gzip.open(to, "wt", encoding="utf-8") as file:
        yield file


@contextmanager
def _unpacked(file: Path) -> Iterator[TextIO]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield lines
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise Refused(f"{file} cannot be read: {type(error).__name__}.") from error
