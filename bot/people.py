"""Everybody whom Slack lists, learned beside the work: whoever acts before that is met by the way."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from slack_sdk.web import SlackResponse

from bot.database import Database
from bot.installations import Installations, Place
from bot.slack import patiently
from handlers.setup.guide import lead_through
from handlers.setup.setup import as_group, learn_slack_users
from models.base.errors import Refused
from models.workspace.user_groups import learn_groups
from models.workspace.workspaces import find_workspace

log = logging.getLogger("belay")


@dataclass
class People:
    """Learns the people of each place in a thread of its own."""

    database: Database
    installations: Installations
    now: Callable[[], datetime]
    stopped: threading.Event = field(default_factory=threading.Event)
    learning: list[threading.Thread] = field(default_factory=list)

    def learn(self, *places: Place) -> None:
        """Begin to learn who is there, one place after the other."""
        thread = threading.Thread(target=self._learn_all, args=places, daemon=True, name="people")
        self.learning = [*(other for other in self.learning if other.is_alive()), thread]
        thread.start()

    def wait(self) -> None:
        """Return when everybody is known."""
        for thread in self.learning:
            thread.join()

    def stop(self) -> None:
        """Learn nobody else."""
        self.stopped.set()
        self.wait()

    def _learn_all(self, *places: Place) -> None:
        for place in places:
            try:
                self._learn(place)
            except Refused as refused:
                log.warning("people were not learned: %s", refused.sentence)
            except Exception:
                log.exception("people were not learned")

    def _learn(self, place: Place) -> None:
        cursor = ""
        while not self.stopped.is_set():
            page = patiently(partial(self._page, place, cursor), "SLACK_BOT_TOKEN", self.stopped.wait)
            with self.database.writing() as session:
                workspace = find_workspace(session, place.team)
                if workspace is not None:
                    learn_slack_users(workspace, page["members"], now=self.now())
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                self._learn_groups(place)
                self._lead_through(place)
                return

    def _learn_groups(self, place: Place) -> None:
        """Not every plan of Slack has user groups, and not every installation the scope for them."""
        try:
            answer = patiently(partial(self._groups, place), "SLACK_BOT_TOKEN", self.stopped.wait)
        except Refused as refused:
            log.info("user groups were not learned: %s", refused.sentence)
            return
        with self.database.writing() as session:
            workspace = find_workspace(session, place.team)
            if workspace is not None:
                learn_groups(workspace, map(as_group, answer["usergroups"]))

    def _lead_through(self, place: Place) -> None:
        """Whoever installed Belay is led through the set-up, once everybody is known."""
        wished = self.installations.installers(place)
        with self.database.writing() as session:
            workspace = find_workspace(session, place.team)
            if workspace is not None:
                lead_through(workspace, wished, now=self.now())

    def _groups(self, place: Place) -> SlackResponse:
        team = place.team if place.organisation else None
        return self.installations.client(place).usergroups_list(include_users=True, team_id=team)

    def _page(self, place: Place, cursor: str) -> SlackResponse:
        # The token of an organisation has to say which of its teams it means.
        team = place.team if place.organisation else None
        client = self.installations.client(place)
        return client.users_list(limit=200, include_locale=True, cursor=cursor or None, team_id=team)
