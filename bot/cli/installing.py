"""What an admin does to install Belay: the tables, and what is still missing."""

import argparse
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from bot.config import Config, missing_to_run, read_config
from bot.database import NEWEST, database_of
from models.setup.progress import setup_state
from models.workspace.workspaces import find_workspace

OLDER = "The tables are of an older Belay: `belay migrate` brings them on."


def migrate(_arguments: argparse.Namespace) -> None:
    """Bring the tables to the newest revision; the bot does so by itself when it starts."""
    database_of(read_config()).migrate()
    print("The tables are at the newest revision.")


def doctor(arguments: argparse.Namespace) -> int:
    """Say what is missing, a sentence each; 0 when nothing is. Or whether the history is whole."""
    if arguments.history is not None:
        from bot.cli.histories import verify_history

        return verify_history(arguments)
    config = read_config()
    missing = [*missing_to_run(config)]
    missing += _several(config) if config.is_installed_by_oauth and not missing else _one(config)
    print("\n".join(missing) or "Nothing is missing: `belay run` starts the bot.")
    return 1 if missing else 0


def _one(config: Config) -> Iterator[str]:
    """The workspace of the token in the settings."""
    team, wrong = _slack(config) if config.slack_bot_token else (None, [])
    yield from wrong
    if config.slack_bot_token and team is None:
        yield "The set-up of the workspace is not known until Slack is reached."
    else:
        yield from _company(config, team)


def _several(config: Config) -> Iterator[str]:
    """Each workspace that has installed Belay, by its name."""
    from bot.installations import examine_each

    if database_of(config).revision() != NEWEST:
        yield OLDER
        return
    examined = list(examine_each(config))
    if not examined:
        yield f"Belay is installed in no workspace: open {config.belay_url}/slack/install."
    for place, wrong in examined:
        for sentence in wrong or _company(config, place.team):
            yield f"{place.team}: {sentence}"


def _slack(config: Config) -> tuple[str | None, list[str]]:
    # Imported where there is a token to try: a doctor without one should answer at once.
    from bot.slack import examine

    examined = examine(config)
    return examined.team, examined.wrong


def _company(config: Config, team: str | None) -> Iterator[str]:
    database = database_of(config)
    try:
        revision = database.revision()
        if revision not in {None, NEWEST}:
            yield OLDER
            return
        with database.reading() as session:
            workspace = (find_workspace(session, team) or find_workspace(session, None)) if revision else None
            if workspace is None:
                yield "The catalogue is empty: `belay import company.toml` loads it."
                return
            yield from setup_state(workspace).missing
    except SQLAlchemyError as error:
        yield f"The database is not reached by DATABASE_URL: {type(error).__name__}."
