"""The composition root: the Bolt app, the house, delivery and the heartbeat, from the settings."""

import gc
import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from bot.clock import Clock, clock_for
from bot.config import Config
from bot.database import Database, database_of
from bot.delivery.delivery import Delivery
from bot.heartbeat import Heartbeat
from bot.installations import Installations
from bot.listeners import Listeners
from bot.metrics import observe
from bot.oauth import States, oauth_routes
from bot.pace import Pace
from bot.people import People
from bot.slack import patiently, slack_client
from bot.web import State, web_app
from handlers import Context, Work, register
from handlers.slack.payloads import brought_into_shape
from models.base.language import load_catalogues
from models.base.working_time import load_holidays
from models.promise.ways import load_solver
from models.workspace.undelivered import resume
from models.workspace.workspaces import meet_workspace

LISTENER_THREADS = 32
NOT_HERE = "Belay is not installed in this workspace."
# A connection that was cut is noticed after four pings that nobody answered.
PING_SECONDS = 3
BEAT_SECONDS = 1.0
SANDBOX_BEAT_SECONDS = 0.05


@dataclass
class Bot:
    """The whole bot: start it, let Bolt dispatch to it, stop it."""

    config: Config
    database: Database
    app: App
    heartbeat: Heartbeat
    client: WebClient
    clock: Clock
    installations: Installations
    people: People
    state: State
    context: Context
    socket: SocketModeHandler | None = None

    def start(self) -> None:
        """Know the workspace, then beat and listen; what a click needs is imported before the first.

        Nobody waits for what takes long in a large company: the backlog of messages and the list of people.
        """
        warm_up()
        if not self.config.is_installed_by_oauth:
            self._meet()
        self.heartbeat.start()
        if self.config.is_socket_mode:
            self.socket = SocketModeHandler(
                self.app, self.config.slack_app_token, web_client=self.client, ping_interval=PING_SECONDS
            )
            patiently(self.socket.connect, "SLACK_APP_TOKEN")
        self.people.learn(*self.installations.places())

    def wait_for_people(self) -> None:
        """Return when everybody whom Slack lists is known."""
        self.people.wait()

    def stop(self) -> None:
        """Stop listening, finish what is under way."""
        if self.socket is not None:
            # Closing waits for the last poll of the connection, which complains; nothing here depends on it.
            self.app.logger.setLevel(logging.CRITICAL)
            threading.Thread(target=self.socket.close, daemon=True).start()
        self.people.stop()
        self.heartbeat.stop()
        self.database.close()

    def door(self) -> Starlette:
        """The HTTP door: Slack's requests, health, figures, the API, and the pages by which it is installed."""
        # Imported where it is served: a bot that only speaks with Slack does without.
        from handlers.api.app import PREFIX, api_app

        pace = Pace(self.config.belay_api_per_minute)
        pages: list[BaseRoute] = [Mount(PREFIX, api_app(self.context, pace.is_too_fast))]
        if self.config.is_installed_by_oauth:
            states = States(self.database, lambda: self.clock.read().now)
            pages += oauth_routes(self.config, self.installations, states, self.people.learn)
        return web_app(self.app, self.config.slack_signing_secret, self.state, pages)

    def _meet(self) -> None:
        met = patiently(self.client.auth_test, "SLACK_BOT_TOKEN")
        with self.database.writing() as session:
            who = {"bot_id": met["bot_id"], "bot_user_id": met["user_id"], "enterprise_id": met.get("enterprise_id")}
            url = str(met.get("url") or "")
            workspace = meet_workspace(session, team_id=str(met["team_id"]), name=met["team"], url=url, **who)
            session.flush()
            resume(workspace, now=self.clock.read().now)


def warm_up() -> None:
    """Import what takes a second and a click would otherwise wait for."""
    load_solver()
    load_holidays()
    load_catalogues()
    keep_what_is_loaded()


def keep_what_is_loaded() -> None:
    """It stays until the end: looking through all of it for garbage took a quarter of the time of a busy bot."""
    gc.collect()
    gc.freeze()


def build(config: Config) -> Bot:
    """Put the bot together; it does nothing until it is started."""
    database = database_of(config)
    database.migrate()
    clock = clock_for(config.belay_clock_url)
    work = Work()
    client = slack_client(config, config.slack_bot_token)
    installations = Installations(database, config, lambda: clock.read().now)
    private = config.belay_private_webhooks
    delivery = Delivery(database, clock, installations.client, work, has_private_webhooks=private)
    seconds = SANDBOX_BEAT_SECONDS if config.belay_clock_url else BEAT_SECONDS
    heartbeat = Heartbeat(database, delivery, clock, work, seconds=seconds)
    app = App(
        name="belay",
        # Each request brings the token of its workspace.
        client=slack_client(config),
        signing_secret=config.slack_signing_secret or secrets.token_hex(),
        before_authorize=brought_into_shape,
        authorize=_authorize(installations),
        listener_executor=Listeners(LISTENER_THREADS, work, heartbeat.wake),
        user_facing_authorize_error_message=NOT_HERE,
    )
    context = _context(database, clock, config, heartbeat.wake, work)
    register(app, context)
    people = People(database, installations, lambda: clock.read().now)
    state = State(database, clock, has_one_token=not config.is_installed_by_oauth)
    return Bot(config, database, app, heartbeat, client, clock, installations, people, state, context)


def _context(database: Database, clock: Clock, config: Config, wake: Callable[[], None], work: Work) -> Context:
    pace = Pace(config.belay_per_minute)
    return Context(
        database,
        lambda: clock.read().now,
        config.belay_admins,
        wake,
        work,
        observe,
        pace.is_too_fast,
        has_private_webhooks=config.belay_private_webhooks,
    )


def _authorize(installations: Installations) -> Callable[..., Any]:
    # Bolt gives a function what its parameters are called, and takes `self` for one of them.
    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return installations.authorize(enterprise_id, team_id)

    return authorize
