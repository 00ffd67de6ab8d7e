"""`belay import` and `belay export`."""

import argparse
import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import tomli_w

from bot.clock import clock_for
from bot.config import read_config
from bot.database import Database
from models.base.errors import Refused
from models.files import read_company
from models.setup.archive import read_archive, write_archive
from models.setup.exporting import company_document
from models.setup.importing import import_company
from models.workspace.workspaces import the_workspace

ARCHIVE = ".gz"


def import_file(arguments: argparse.Namespace) -> None:
    """Load a company; a wrong file changes nothing."""
    if arguments.company.suffix == ARCHIVE:
        _put_back(arguments)
        return
    given = read_company(arguments.company)
    config = read_config()
    database = Database(config.database_url)
    database.migrate()
    with database.writing() as session:
        workspace = the_workspace(session, arguments.workspace)
        import_company(workspace, given, by=None, now=clock_for(config.belay_clock_url).read().now)
    counts = f"{len(given.company.resources)} resources, {len(given.company.offers)} offers"
    print(f"{given.company.name}: {counts}, {len(given.commitments)} commitments.")


def _put_back(arguments: argparse.Namespace) -> None:
    """All of a workspace, as an archive has it, in the place of what is there."""
    database = Database(read_config().database_url)
    database.migrate()
    with _unpacked(arguments.company) as lines, database.writing() as session:
        read = read_archive(the_workspace(session, arguments.workspace), lines)
    print(f"{read.rows} rows: {read.deals} deals, {read.people} people.")


@contextmanager
def _unpacked(file: Path) -> Iterator[TextIO]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield lines
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise Refused(f"{file} cannot be read: {type(error).__name__}.") from error


def export_file(arguments: argparse.Namespace) -> None:
    """Print the company as `import` reads it; load that comes from deals is not in it. Or everything, into a file."""
    config = read_config()
    database = Database(config.database_url)
    database.migrate()
    with database.reading() as session:
        if arguments.everything:
            lines = write_archive(
                the_workspace(session, arguments.workspace), now=clock_for(config.belay_clock_url).read().now
            )
            with gzip.open(arguments.everything, "xt", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
            return
        sys.stdout.write(tomli_w.dumps(company_document(the_workspace(session, arguments.workspace))))
