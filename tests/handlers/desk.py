"""The bot at the sandbox without its heartbeat, reached by signed requests as Slack sends them.

A button may be old, and a form may have stood open meanwhile: whoever tests who may press what sends what nobody is
shown any more.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

import sandbox.server
from bot.app import Bot, build
from bot.clock import Moment
from bot.config import Config
from bot.manifest import manifest
from handlers.slack.ids import Act, Callback
from models.company.offers import EVERY_FAMILY
from models.files import read_company
from models.setup.channels import set_channels
from models.setup.importing import import_company
from models.tables import METADATA
from models.workspace.attempts import REFUSED
from models.workspace.members import Member, find_member, learn_member, meet_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import meet_workspace, the_workspace
from sandbox.client import Sandbox
from sandbox.render import render_blocks
from sandbox.rows import App
from sandbox.shapes import view_shape
from sandbox.site import Site
from sandbox.stacks import open_view
from tests.stage import OPS, PATIENCE
from tests.world import COMPANY, NOW

Json = dict[str, Any]
Rows = dict[str, list[Any]]
People = Mapping[str, tuple[str, *tuple[Role, ...]]]

# When the deals of these tests are posted, and no later.
OLD = "1795449600.000100"
# Which requests came is noted whatever they did.
# Who was refused is noted, and chained.
UNWATCHED = {"seen_request", "history_head"}
# Statements that are made once: there are more tables than rows in most of them.
READING = {t.name: select(t).order_by(t.c.id) for t in METADATA.sorted_tables if t.name not in UNWATCHED}
# Who was refused is noted, which changes nothing either.
READING["history"] = READING["history"].where(METADATA.tables["history"].c.move != REFUSED)
EMPTYING = [delete(table) for table in reversed(METADATA.sorted_tables)]
FILLING = {table: insert(table) for table in METADATA.sorted_tables}
# What points at rows that come later: a deal at its proposals.
AHEAD = {t: [key.parent.name for key in t.foreign_keys if key.use_alter] for t in METADATA.sorted_tables}
# How somebody enters who is not an ordinary member of the workspace.
ENTERING = {"guest": {"guest": "restricted"}, "foreigner": {"team": "T0ELSEWHERE"}}


@dataclass(frozen=True)
class Answer:
    """What the person sees of an answer: a sentence and what follows it a moment afterwards, or a form."""

    text: str = ""
    later: str = ""
    form: Json = field(default_factory=dict, repr=False)

    @property
    def is_refusal(self) -> bool:
        """A sentence of the firm's, and no form; a way on may stand under it."""
        sentence = self.text
        for way_on in ("Counter…", "Approve…", "Ask for a role"):
            sentence = sentence.removesuffix(f"\n[ {way_on} ]")
        is_sentence = " " in sentence and sentence[0].isupper() and sentence[-1] in ".?!"
        return is_sentence and not self.form and not self.later and "Something went wrong" not in self.text


@dataclass(frozen=True)
class Window:
    """A window that stood open: its callback and metadata, and what its fields hold, by block and action."""

    callback: str
    metadata: str = ""
    fields: Mapping[tuple[str, str], Json] = field(default_factory=dict)


@dataclass
class Desk:
    """The bot, the sandbox, and who comes: a role's name to a Slack user. No row changes but by what is pressed."""

    bot: Bot
    site: Site
    app: App
    people: dict[str, str]
    channel: str
    now: datetime = NOW

    def press_in_message(self, role: str, action: Json) -> Answer:
        """Press a button of a message, old or new."""
        user, channel = self.people[role], self.channel
        known = len(self._told(user))
        self.send(
            role,
            {
                "type": "block_actions",
                "container": {"type": "message", "message_ts": OLD, "channel_id": channel, "is_ephemeral": False},
                "channel": {"id": channel, "name": OPS},
                "message": {"type": "message", "ts": OLD, "user": self.app.bot_user_id, "text": "", "blocks": []},
                "state": {"values": {}},
                "response_url": self.site.hooks.give(self.app, channel, user),
                "actions": [action | {"block_id": "b1", "action_ts": OLD}],
            },
        )
        told = self._told(user)[known:]
        views = self.site.ws.stacks.get(user) or []
        if views:
            self.site.ws.stacks[user] = []
        if views and views[0].body["callback_id"] != Callback.NOTICE:
            assert (len(told), len(views)) == (0, 1)
            return Answer(f"(the form {views[0].body['callback_id']})", form=views[0].body)
        text, later = ([render_blocks(shown.blocks) for shown in [*told, *views]] + ["", ""])[:2]
        return Answer(text, later)

    def press_in_window(self, role: str, action: Json, window: Window) -> Answer:
        """Press a button of a window that is open: what stands in front of the person afterwards."""
        view = self._open(role, window)
        container = {"type": "view", "view_id": view["id"]}
        actions = [action | {"block_id": "b1", "action_ts": OLD}]
        self.send(role, {"type": "block_actions", "container": container, "view": view, "actions": actions})
        return self._in_front(role)

    def submit_form(self, role: str, window: Window) -> Answer:
        """Submit a form that stood open: what comes at once, or else what it shows a moment afterwards."""
        view = self._open(role, window)
        answer = self.send(role, {"type": "view_submission", "view": view, "response_urls": []})
        content = json.loads(answer.body or "{}")
        in_front = self._in_front(role)
        if content.get("response_action") == "errors":
            return Answer(f"(under a field) {content['errors']}")
        if content.get("view", {}).get("callback_id") == Callback.LOADING:
            return in_front
        view = content.get("view")
        form = view if view and view["callback_id"] != Callback.NOTICE else {}
        return Answer(render_blocks(view["blocks"]) if view else "", form=form)

    def look_and_submit(self, role: str, window: Window) -> Answer:
        """Submit a form, and once more where it stays and says what it would do."""
        answer = self.submit_form(role, window)
        if not answer.form:
            return answer
        return self.submit_form(role, replace(window, metadata=answer.form["private_metadata"]))

    def look(self, read: Callable[[Session], Any]) -> Any:
        """Look at the rows."""
        with self.bot.database.reading() as session:
            return read(session)

    def rows(self) -> Rows:
        """All rows but those that note which requests came."""
        with self.bot.database.reading() as session:
            return {name: list(session.execute(reading)) for name, reading in READING.items()}

    def restore(self, rows: Rows) -> None:
        """Make the rows what they were; what points at rows that come later is filled in last."""
        ahead = {table: names for table, names in AHEAD.items() if names}
        with self.bot.database.writing() as session:
            for table, names in ahead.items():
                session.execute(update(table).values(dict.fromkeys(names)))
            for emptying in EMPTYING:
                session.execute(emptying)
            for table, filling in FILLING.items():
                if rows.get(table.name):
                    nothing = dict.fromkeys(AHEAD[table])
                    session.execute(filling, [{**row._mapping, **nothing} for row in rows[table.name]])
            for table, names in ahead.items():
                for row in rows[table.name]:
                    pointing = {name: row._mapping[name] for name in names}
                    session.execute(update(table).where(table.c.id == row.id).values(pointing))

    def member(self, session: Session, role: str) -> Member:
        """Who comes in a role."""
        return find_member(the_workspace(session), self.people[role])

    def send(self, role: str, payload: Json) -> BoltResponse:
        """Send a request of a person's, signed, and wait until all of its work is done."""
        user, team = self.people[role], self.app.team_id
        person = self.site.ws.people[user]
        about: Json = {
            "token": "old",
            "api_app_id": self.app.app_id,
            "team": {"id": team, "domain": "sandbox"},
            "user": {"id": user, "username": person.handle, "name": person.handle, "team_id": person.team_id},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self.site.triggers.give(self.app, user),
        }
        body = urlencode({"payload": json.dumps(about | payload)})
        at = str(int(time.time()))
        signature = SignatureVerifier(self.app.signing_secret).generate_signature(timestamp=at, body=body)
        headers: dict[str, str | Sequence[str]] = {
            "content-type": ["application/x-www-form-urlencoded"],
            "x-slack-request-timestamp": [at],
            "x-slack-signature": [signature or ""],
        }
        answer = self.bot.app.dispatch(BoltRequest(body=body, headers=headers))
        assert answer.status == 200, answer.body
        while self.bot.heartbeat.work.count:
            time.sleep(0.001)
        return answer

    def _open(self, role: str, window: Window) -> Json:
        """A window that a person has before them, as Slack sends it with what is pressed there."""
        body = {"type": "modal", "title": plain("Open"), "blocks": [], "callback_id": window.callback}
        body["private_metadata"] = window.metadata
        view = open_view(self.site.ws, self.app, self.people[role], body)
        values = {name: {act: element} for (name, act), element in window.fields.items()}
        blocks = [{"type": "input", "block_id": name} for name, _ in window.fields]
        return view_shape(self.site.ws, view) | {"blocks": blocks, "state": {"values": values}}

    def _in_front(self, role: str) -> Answer:
        """What stands in front of a person now; it is closed."""
        view = self.site.ws.stacks[self.people[role]].pop()
        self.site.ws.stacks[self.people[role]] = []
        if view.body["callback_id"] == Callback.NOTICE:
            return Answer(render_blocks(view.blocks))
        return Answer(f"(the form {view.body['callback_id']})", form=view.body)

    def _told(self, user: str) -> list[Any]:
        return [m for m in list(self.site.ws.channels[self.channel].messages.values()) if m.only_for == user]


Kind = TypeVar("Kind", bound=Desk)


@contextmanager
def opened(kind: type[Kind], database_url: str, people: People, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kind]:
    """A desk of a kind with the small company; `people` have a name and roles. No refusal of Slack's is overlooked."""
    sites: list[Site] = []

    def kept(*given: Any, **named: Any) -> Site:
        sites.append(Site(*given, **named))
        return sites[-1]

    monkeypatch.setattr(sandbox.server, "Site", kept)
    box = sandbox.server.start(now=NOW)
    sb = Sandbox(box.url)
    sb.configure(trigger_seconds=PATIENCE, ack_seconds=PATIENCE)
    users = {
        role: sb.add_person(name, tz="America/Denver", **ENTERING.get(role, {})) for role, (name, *_) in people.items()
    }
    channel = sb.add_channel(OPS, list(users.values()), shared=True)
    installed = sb.install(manifest(is_socket_mode=True))
    sb.invite(channel, installed.bot_user_id)
    bot = build(
        Config(
            slack_bot_token=installed.bot_token,
            slack_signing_secret=installed.signing_secret,
            slack_api_url=box.api_url,
            database_url=database_url,
            belay_clock_url=box.clock_url,
            # Tests type faster than people.
            belay_per_minute=0,
        )
    )
    app = sites[0].ws.apps[installed.app_id]
    with bot.database.writing() as session:
        meet_workspace(session, team_id=app.team_id, name="", bot_id=app.bot_id, bot_user_id=app.bot_user_id)
        import_company(the_workspace(session, app.team_id), read_company(COMPANY), by=None, now=NOW)
        set_channels(the_workspace(session), {EVERY_FAMILY: channel}, by=None, now=NOW)
        for role, (name, *roles) in people.items():
            _give_roles(session, users[role], name, roles, is_guest=role == "guest")
    desk = kind(bot, sites[0], app, users, channel)
    # The desk says what time it is; asking the sandbox over the wire each time would only take long.
    monkeypatch.setattr(bot.heartbeat.clock, "read", lambda: Moment(desk.now))
    yield desk
    violations = sb.violations()
    bot.heartbeat.clock.leave()
    bot.database.close()
    sb.close()
    box.stop()
    assert violations == []


def rows_in(table: str) -> dict[str, tuple[frozenset[str], str]]:
    """The rows of a table of buttons, each `button | who may | what stands afterwards`, by button."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return {button: (frozenset(who.split(", ")), after) for button, who, after in rows}


def plain(text: str) -> Json:
    """Text as Slack's blocks take it."""
    return {"type": "plain_text", "text": text}


def typed(value: str) -> Json:
    """A field of text with what was typed."""
    return {"type": "plain_text_input", "value": value}


def chosen(kind: str, value: str) -> Json:
    """A select with what was chosen."""
    return {"type": kind, "selected_option": {"text": plain(value), "value": value}}


def fields_of(**fields: Json) -> dict[tuple[str, str], Json]:
    """Fields of a form that do nothing before it is submitted."""
    return {(name, str(Act.EDIT)): element for name, element in fields.items()}


def _give_roles(session: Session, user: str, name: str, roles: list[Role], *, is_guest: bool) -> None:
    """A guest was an ordinary member before."""
    learn = partial(learn_member, the_workspace(session), user, name=name, timezone="America/Denver", locale="en-US")
    learn(is_outsider=False, is_slack_admin=False)
    set_roles(meet_member(the_workspace(session), user), roles, by=None, now=NOW)
    learn(is_outsider=is_guest, is_slack_admin=False)
