"""Commands around the running bot: run, migrate, doctor, manifest."""

import argparse
import json
import logging
import signal
import threading
from collections.abc import Iterator

import uvicorn
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.app import build, slack_client
from bot.config import Config, missing_to_run, read_config
from bot.database import Database
from bot.manifest import ADDRESS, SCOPES, manifest
from bot.web import web_app
from models.base.errors import Refused
from models.setup.progress import setup_state
from models.workspace.workspaces import find_workspace


def run(_arguments: argparse.Namespace) -> None:
    """Run the bot until it is told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    config = read_config()
    missing = missing_to_run(config)
    if missing:
        raise Refused(" ".join(missing))
    bot = build(config)
    bot.start()
    try:
        if config.is_socket_mode:
            wait_for_a_signal()
        else:
            uvicorn.run(web_app(bot.app), host="0.0.0.0", port=config.port, log_level="warning")  # noqa: S104
    finally:
        bot.stop()


def wait_for_a_signal() -> None:
    """Return when the process is told to stop."""
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    told.wait()


def migrate(_arguments: argparse.Namespace) -> None:
    """Bring the tables to the newest revision; the bot does so by itself when it starts."""
    Database(read_config().database_url).migrate()
    print("The tables are at the newest revision.")


def print_manifest(arguments: argparse.Namespace) -> None:
    """Print what to paste at api.slack.com/apps, «From a manifest»."""
    print(json.dumps(manifest(is_socket_mode=arguments.http is None, address=arguments.http or ADDRESS), indent=2))


def doctor(_arguments: argparse.Namespace) -> int:
    """Say what is missing, a sentence each; 0 when nothing is."""
    config = read_config()
    found = [*missing_to_run(config), *_slack(config), *_company(config)]
    print("\n".join(found) or "Nothing is missing: `belay run` starts the bot.")
    return 1 if found else 0


def _slack(config: Config) -> Iterator[str]:
    if not config.slack_bot_token:
        return
    client = slack_client(config)
    try:
        met = client.auth_test()
        yield from _scopes(met)
        if config.slack_app_token:
            client.apps_connections_open(app_token=config.slack_app_token)
    except SlackApiError as error:
        method = error.response.api_url.rsplit("/", 1)[-1]
        yield f"Slack refuses {method}: {error.response['error']}. Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN."
    except OSError as error:
        yield f"Slack is not reached at {config.slack_api_url}: {error}."


def _scopes(met: SlackResponse) -> Iterator[str]:
    headers = {name.lower(): value for name, value in met.headers.items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",")}
    for scope in sorted(set(SCOPES) - granted) if "x-oauth-scopes" in headers else ():
        yield f"The scope {scope} is missing ({SCOPES[scope]}): install the app again from `belay manifest`."


def _company(config: Config) -> Iterator[str]:
    database = Database(config.database_url)
    try:
        database.migrate()
        with database.reading() as session:
            team = str(slack_client(config).auth_test()["team_id"]) if config.slack_bot_token else None
            workspace = find_workspace(session, team) or find_workspace(session, None)
            if workspace is None:
                yield "The catalogue is empty: `belay import company.toml` loads it."
                return
            yield from setup_state(workspace).missing
    except SQLAlchemyError as error:
        yield f"The database is not reached by DATABASE_URL: {type(error).__name__}."
    except (SlackApiError, OSError):
        yield "The set-up of the workspace is not known until Slack is reached."
