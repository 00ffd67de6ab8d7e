"""The composition root: the Bolt app, the house, delivery and the heartbeat, from the settings."""

import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.clock import Clock, clock_for
from bot.config import Config
from bot.database import Database
from bot.delivery.delivery import Delivery
from bot.heartbeat import Heartbeat
from bot.metrics import observe
from bot.slack import patiently, slack_client
from handlers import Context, Work, register
from handlers.setup.setup import learn_slack_users
from handlers.slack.payloads import brought_into_shape
from models.base.errors import Refused
from models.base.working_time import load_holidays
from models.promise.ways import load_solver
from models.workspace.workspaces import find_workspace, meet_workspace

log = logging.getLogger("belay")
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
    socket: SocketModeHandler | None = None
    learning: threading.Thread | None = None
    stopped: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Know the workspace, then beat and listen; what a click needs is imported before the first.

        Nobody waits for what takes long in a large company: the backlog of messages and the list of people.
        """
        warm_up()
        team = self._meet()
        self.heartbeat.start()
        if self.config.is_socket_mode:
            self.socket = SocketModeHandler(
                self.app, self.config.slack_app_token, web_client=self.client, ping_interval=PING_SECONDS
            )
            patiently(self.socket.connect, "SLACK_APP_TOKEN")
        self.learning = threading.Thread(target=self._learn_people, args=[team], daemon=True, name="people")
        self.learning.start()

    def wait_for_people(self) -> None:
        """Return when everybody whom Slack lists is known."""
        if self.learning is not None:
            self.learning.join()

    def stop(self) -> None:
        """Stop listening, finish what is under way."""
        self.stopped.set()
        if self.socket is not None:
            # Closing waits for the last poll of the connection, which complains; nothing here depends on it.
            self.app.logger.setLevel(logging.CRITICAL)
            threading.Thread(target=self.socket.close, daemon=True).start()
        self.wait_for_people()
        self.heartbeat.stop()
        self.database.close()

    def _meet(self) -> str:
        met = patiently(self.client.auth_test, "SLACK_BOT_TOKEN")
        team = str(met["team_id"])
        with self.database.writing() as session:
            who = {"bot_id": met["bot_id"], "bot_user_id": met["user_id"]}
            meet_workspace(session, team_id=team, name=met["team"], url=str(met.get("url") or ""), **who)
        return team

    def _learn_people(self, team: str) -> None:
        """Everybody whom Slack lists, a page at a time; whoever acts before that is met by the way."""
        cursor = ""
        try:
            while not self.stopped.is_set():
                page = patiently(partial(self._people, cursor), "SLACK_BOT_TOKEN", self.stopped.wait)
                with self.database.writing() as session:
                    workspace = find_workspace(session, team)
                    if workspace is not None:
                        learn_slack_users(workspace, page["members"])
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return
        except Refused as refused:
            log.warning("people were not learned: %s", refused.sentence)
        except Exception:
            log.exception("people were not learned")

    def _people(self, cursor: str) -> SlackResponse:
        return self.client.users_list(limit=200, include_locale=True, cursor=cursor or None)


def warm_up() -> None:
    """Import what takes a second and a click would otherwise wait for."""
    load_solver()
    load_holidays()


def build(config: Config) -> Bot:
    """Put the bot together; it does nothing until it is started."""
    database = Database(config.database_url)
    database.migrate()
    clock = clock_for(config.belay_clock_url)
    work = Work()
    client = slack_client(config)
    delivery = Delivery(database, clock, lambda _: client)
    seconds = SANDBOX_BEAT_SECONDS if config.belay_clock_url else BEAT_SECONDS
    heartbeat = Heartbeat(database, delivery, clock, work, seconds=seconds)
    app = App(
        name="belay",
        client=client,
        signing_secret=config.slack_signing_secret or secrets.token_hex(),
        before_authorize=brought_into_shape,
        authorize=_authorize(database, config.slack_bot_token),
        listener_executor=ThreadPoolExecutor(LISTENER_THREADS),
        user_facing_authorize_error_message=NOT_HERE,
    )
    register(app, _context(database, clock, config, heartbeat.wake, work))
    return Bot(config, database, app, heartbeat, client, clock)


def _context(database: Database, clock: Clock, config: Config, wake: Callable[[], None], work: Work) -> Context:
    return Context(database, lambda: clock.read().now, config.belay_admins, wake, work, observe)


def _authorize(database: Database, token: str) -> Callable[..., Any]:
    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        with database.reading() as session:
            workspace = find_workspace(session, team_id)
            if workspace is None or team_id is None:
                return None
            return AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=team_id,
                bot_id=workspace.bot_id,
                bot_user_id=workspace.bot_user_id,
                bot_token=token,
            )

    return authorize
