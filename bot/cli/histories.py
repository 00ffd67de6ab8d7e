"""`belay export history` and `belay doctor --history`."""

import argparse
import sys

from bot.config import read_config
from bot.database import database_of
from models.base.errors import Refused
from models.base.words import company_locale
from models.workspace.history_chain import Head, head_of, verify
from models.workspace.workspaces import Workspace, the_workspace


def export_history(arguments: argparse.Namespace) -> None:
    """Print who did what, when and why; of one deal, or all of it, with what tells the cost."""
    # Imported where it is asked for: it needs to know deals.
    from handlers.deals.history_files import history_csv, history_ndjson, history_rows
    from models.deals.transitions import find_number

    database = database_of(read_config())
    database.migrate()
    with database.reading() as session:
        workspace = the_workspace(session, arguments.workspace)
        deal = find_number(workspace, arguments.deal) if arguments.deal else None
        rows = history_rows(workspace, deal=deal, has_numbers=True)
        is_csv = arguments.format == "csv"
        sys.stdout.buffer.write(
            history_csv(rows, company_locale(workspace.country)) if is_csv else history_ndjson(rows)
        )


def verify_history(arguments: argparse.Namespace) -> int:
    """Say what was changed, removed, reordered or cut, a sentence each; 0 when nothing was."""
    config = read_config()
    published = [_head(text) for text in arguments.history]
    with database_of(config).reading() as session:
        workspace = the_workspace(session, arguments.workspace)
        wrong = verify(workspace, config.belay_history_key.encode(), published)
        print("\n".join(wrong) or _whole(workspace))
    return 1 if wrong else 0


def _whole(workspace: Workspace) -> str:
    head = head_of(workspace)
    if head is None:
        return "No history is chained yet."
    entries = "entry" if head.number == 1 else "entries"
    return f"The history is whole: {head.number} {entries}, head {head}."


def _head(text: str) -> Head:
    number, _, chain = text.partition(":")
    if not (number.isascii() and number.isdecimal() and chain and len(number) < 10):
        raise Refused(f"A head is like 1234:3fa9c1d2…, as the weekly scoreboard says it, not “{text[:80]}”.")
    return Head(int(number), chain.strip().lower())
