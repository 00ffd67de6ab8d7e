"""`belay import` and `belay export`."""

import argparse
import sys

import tomli_w

from bot.clock import clock_for
from bot.config import read_config
from bot.database import database_of
from models.files import read_company
from models.setup.exporting import company_document
from models.setup.importing import import_company
from models.workspace.workspaces import the_workspace

ARCHIVE = ".gz"


def import_file(arguments: argparse.Namespace) -> None:
    """Load a company; a wrong file changes nothing."""
    if arguments.company.suffix == ARCHIVE:
        # Imported where it is asked for: it needs to know every table.
        from bot.cli.archives import put_back

        put_back(arguments.company, arguments.workspace)
        return
    given = read_company(arguments.company)
    config = read_config()
    database = database_of(config)
    database.migrate()
    with database.writing() as session:
        workspace = the_workspace(session, arguments.workspace, is_installed=config.is_installed_by_oauth)
        import_company(workspace, given, by=None, now=clock_for(config.belay_clock_url).read().now)
    counts = f"{len(given.company.resources)} resources, {len(given.company.offers)} offers"
    print(f"{given.company.name}: {counts}, {len(given.commitments)} commitments.")


def export_file(arguments: argparse.Namespace) -> None:
    """Print the company as `import` reads it; load that comes from deals is not in it. Or everything, into a file."""
    if arguments.what == "history":
        from bot.cli.histories import export_history

        export_history(arguments)
        return
    if arguments.everything:
        from bot.cli.archives import take_along

        take_along(arguments.everything, arguments.workspace)
        return
    database = database_of(read_config())
    database.migrate()
    with database.reading() as session:
        sys.stdout.write(tomli_w.dumps(company_document(the_workspace(session, arguments.workspace))))
