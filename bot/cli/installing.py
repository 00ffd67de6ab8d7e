"""What an admin does to install Belay: the tables, and what is still missing."""

import argparse
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from bot.config import Config, missing_to_run, read_config
from bot.database import NEWEST, Database
from models.setup.progress import setup_state
from models.workspace.workspaces import find_workspace


def migrate(_arguments: argparse.Namespace) -> None:
    """Bring the tables to the newest revision; the bot does so by itself when it starts."""
    Database(read_config().database_url).migrate()
    print("The tables are at the newest revision.")


def doctor(_arguments: argparse.Namespace) -> int:
    """Say what is missing, a sentence each; 0 when nothing is."""
    config = read_config()
    team, wrong = _slack(config) if config.slack_bot_token else (None, [])
    missing = [*missing_to_run(config), *wrong]
    if config.slack_bot_token and team is None:
        missing.append("The set-up of the workspace is not known until Slack is reached.")
    else:
        missing += _company(config, team)
    print("\n".join(missing) or "Nothing is missing: `belay run` starts the bot.")
    return 1 if missing else 0


def _slack(config: Config) -> tuple[str | None, list[str]]:
    # Imported where there is a token to try: a doctor without one should answer at once.
    from bot.slack import examine

    examined = examine(config)
    return examined.team, examined.wrong


def _company(config: Config, team: str | None) -> Iterator[str]:
    database = Database(config.database_url)
    try:
        revision = database.revision()
        if revision not in {None, NEWEST}:
            yield "The tables are of an older Belay: `belay migrate` brings them on."
            return
        with database.reading() as session:
            workspace = (find_workspace(session, team) or find_workspace(session, None)) if revision else None
            if workspace is None:
                yield "The catalogue is empty: `belay import company.toml` loads it."
                return
            yield from setup_state(workspace).missing
    except SQLAlchemyError as error:
        yield f"The database is not reached by DATABASE_URL: {type(error).__name__}."
