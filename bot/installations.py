"""Whose token speaks for a workspace: the one of the settings, or those of the workspaces that installed Belay."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth import InstallationStore
from slack_sdk.oauth.installation_store import Installation as Granted
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import MachineClock
from bot.config import Config
from bot.database import Database, database_of
from bot.keys import Keys, WrongKey
from bot.slack import examine, slack_client
from models.base.errors import Busy
from models.workspace.installations import Installation, find_installation, meet_installed
from models.workspace.undelivered import resume
from models.workspace.workspaces import Workspace, find_workspace

log = logging.getLogger("belay")
TOKEN, REFRESH = "token", "refresh_token"
AGAIN = "Install Belay there again, from /slack/install."
# A token that Slack exchanges every twelve hours is exchanged this long before its end.
EXCHANGED_BEFORE = timedelta(hours=2)


@dataclass(frozen=True)
class Place:
    """A Slack team, and the organisation that it is of."""

    team: str
    organisation: str | None = None

    @classmethod
    def of(cls, workspace: Workspace) -> "Place":
        """Where a workspace is."""
        return cls(str(workspace.team_id), workspace.enterprise_id)


class Installations(InstallationStore):
    """The tokens, sealed in the database; exchanged in time, by one process at a time."""

    def __init__(self, database: Database, config: Config, now: Callable[[], datetime]) -> None:
        self._database, self._config, self._now = database, config, now
        self._client = slack_client(config, config.slack_bot_token)
        self._clients: dict[str, WebClient] = {config.slack_bot_token: self._client}

    def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Who acts for Belay in a team; None where it is not installed. A team of an organisation is met here."""
        if team_id is None:
            return None
        with self._database.reading() as session:
            workspace = find_workspace(session, team_id)
            who = (workspace.bot_id, workspace.bot_user_id) if workspace else (None, None)
            is_left = workspace is None or workspace.uninstalled_at is not None
        if is_left and self._config.is_installed_by_oauth:
            who = self._meet(team_id, enterprise_id) or who
        if who == (None, None):
            return None
        token = self.token(Place(team_id, enterprise_id))
        bot_id, bot_user_id = who
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_id=bot_id, bot_user_id=bot_user_id, bot_token=token
        )

    def client(self, place: Place) -> WebClient:
        """The Web API for a team; without a token Slack says `not_authed`, and what waits goes on waiting."""
        token = self.token(place)
        if token not in self._clients:
            self._clients[token] = slack_client(self._config, token)
        return self._clients[token]

    def token(self, place: Place) -> str:
        """The token of a team, exchanged where it ends soon; nothing where Belay is not installed."""
        if not self._config.is_installed_by_oauth:
            return self._config.slack_bot_token
        with self._database.reading() as session:
            found = find_installation(session, team=place.team, organisation=place.organisation)
            if found is None:
                return ""
            key, ends_soon = found.id, self._ends_soon(found)
            token = self._open(found, TOKEN)
        return self._exchanged(key, token) if ends_soon else token

    def installers(self, place: Place) -> frozenset[str]:
        """Who may have installed Belay in a team: who did by OAuth, and those whom the settings name."""
        with self._database.reading() as session:
            found = find_installation(session, team=place.team, organisation=place.organisation)
        by = {found.installed_by} if found and found.installed_by else set()
        return self._config.belay_admins | by

    def save(self, installation: Granted) -> None:
        """Keep what an organisation or a workspace has granted; its workspace is known from now on, again or anew."""
        place = installation.enterprise_id if installation.is_enterprise_install else installation.team_id
        with self._database.writing() as session:
            row = session.scalar(select(Installation).where(Installation.place == place).with_for_update())
            row = row or Installation(place=str(place))
            row.app_id, row.installed_by = installation.app_id, installation.user_id
            row.bot_id, row.bot_user_id = str(installation.bot_id), str(installation.bot_user_id)
            row.installed_at, row.revoked_at = self._now(), None
            self._keep(row, installation.bot_token, installation.bot_refresh_token, _seconds_left(installation))
            session.add(row)
            session.flush()
            self._meet_again(session, row, installation)

    def places(self) -> list[Place]:
        """Every team in which Belay is installed and was met."""
        with self._database.reading() as session:
            installed = select(Workspace).where(Workspace.team_id.is_not(None), Workspace.uninstalled_at.is_(None))
            return [Place.of(workspace) for workspace in session.scalars(installed.order_by(Workspace.id))]

    def rotate_keys(self) -> int:
        """Seal with the newest key what an older one sealed; how many installations were."""
        with self._database.writing() as session:
            rows = session.scalars(select(Installation).where(Installation.revoked_at.is_(None)).with_for_update())
            old = [row for row in rows if not self._keys.is_newest(row.token)]
            for row in old:
                refresh = self._open(row, REFRESH) if row.refresh_token else None
                self._seal(row, self._open(row, TOKEN), refresh)
            return len(old)

    @property
    def _keys(self) -> Keys:
        return self._config.belay_keys

    def _meet(self, team: str, organisation: str | None) -> tuple[str | None, str | None] | None:
        with self._database.writing() as session:
            workspace = meet_installed(session, team=team, organisation=organisation)
            return (workspace.bot_id, workspace.bot_user_id) if workspace else None

    def _meet_again(self, session: Session, row: Installation, granted: Granted) -> None:
        if not granted.is_enterprise_install:
            team, organisation = str(granted.team_id), granted.enterprise_id
            met = row.meet(session, team=team, organisation=organisation, name=granted.team_name or "")
            resume(met, now=self._now())
            return
        for workspace in session.scalars(select(Workspace).where(Workspace.enterprise_id == row.place)):
            row.meet(session, team=str(workspace.team_id), organisation=row.place)
            resume(workspace, now=self._now())

    def _exchanged(self, key: int, token: str) -> str:
        """A fresh token. The row is locked over the call: what Slack has exchanged once, nobody may exchange again."""
        try:
            with self._database.writing() as session:
                row = session.get_one(Installation, key)
                row.lock()
                if self._ends_soon(row):
                    self._keep(row, *self._exchange(self._open(row, REFRESH)))
                return self._open(row, TOKEN)
        except (SlackClientError, OSError, Busy) as error:
            # The old one is good for a while yet; the next call tries again.
            log.warning("a token was not exchanged: %s", type(error).__name__)
            return token

    def _exchange(self, refresh_token: str) -> tuple[str, str, int]:
        answer: Any = self._client.oauth_v2_access(
            client_id=self._config.slack_client_id,
            client_secret=self._config.slack_client_secret,
            grant_type=REFRESH,
            refresh_token=refresh_token,
        )
        return answer["access_token"], answer["refresh_token"], answer["expires_in"]

    def _ends_soon(self, row: Installation) -> bool:
        return row.expires_at is not None and row.expires_at - EXCHANGED_BEFORE <= self._now()

    def _keep(self, row: Installation, token: str | None, refresh: str | None, seconds: float | None) -> None:
        self._seal(row, token or "", refresh)
        row.expires_at = self._now() + timedelta(seconds=seconds) if refresh and seconds else None

    def _seal(self, row: Installation, token: str, refresh: str | None) -> None:
        row.token = self._keys.seal(token, place=row.place, field=TOKEN)
        row.refresh_token = self._keys.seal(refresh, place=row.place, field=REFRESH) if refresh else None

    def _open(self, row: Installation, field: str) -> str:
        return self._keys.open(getattr(row, field), place=row.place, field=field)


def examine_each(config: Config) -> Iterator[tuple[Place, list[str]]]:
    """What is wrong with the token of each workspace, a sentence each."""
    database = database_of(config)
    installations = Installations(database, config, lambda: MachineClock().read().now)
    for place in installations.places():
        try:
            yield place, examine(replace(config, slack_bot_token=installations.token(place)), AGAIN).wrong
        except WrongKey as wrong:
            yield place, [wrong.sentence]
    database.close()


def _seconds_left(granted: Granted) -> float | None:
    """How long a token is good that Slack has just given; the SDK counts by the machine's clock."""
    ends = granted.bot_token_expires_at
    return None if ends is None else ends - MachineClock().read().now.timestamp()
