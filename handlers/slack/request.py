"""One request: who comes, when, about what. Nothing in it is trusted but who Slack says it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from handlers.slack.callers import Caller
from handlers.slack.context import Context
from handlers.slack.forms import Filled
from handlers.slack.ids import Target, act_of
from handlers.slack.slack_checks import SlackChecks
from models.base.errors import Refused
from models.base.language import _, read_as
from models.sheets.preview import TableFile
from models.workspace.members import Member, meet_member
from models.workspace.workspaces import Workspace, find_workspace

Carried = TypeVar("Carried", bound=Target)
NUMBER = re.compile(r"\d{1,3}", re.ASCII)
TIME = re.compile(r"\d{10}\.\d{6}", re.ASCII)
PREPARED = "belay_prepared"
EMPTY = Target().encode()
PROVIDED: dict[str, Callable[["Request"], Any]] = {}


def provides(function: Callable[["Request"], Any]) -> Callable[["Request"], Any]:
    """Let listeners ask for what a subject finds in a request, by the name of the function."""
    PROVIDED[function.__name__] = function
    return function


@dataclass(frozen=True)
class Request:
    """What a listener may ask for by name."""

    session: Session
    workspace: Workspace
    by: Member
    now: datetime
    admins: frozenset[str]
    body: dict[str, Any]
    checks: SlackChecks
    has_private_webhooks: bool = False

    def carried(self, kind: type[Carried]) -> Carried:
        """What the button carries, else the form that it stands in."""
        return kind.decode(carried_by(self.body))

    def form_target(self, kind: type[Carried]) -> Carried:
        """What the form carries, whichever button of it was pressed."""
        return kind.decode((self.body.get("view") or {}).get("private_metadata"))

    @cached_property
    def form(self) -> Filled:
        """What the form holds."""
        return Filled.read(self.body.get("view") or {})

    @cached_property
    def act(self) -> str:
        """What the button asks for."""
        return act_in(self.body)

    @cached_property
    def chosen(self) -> str:
        """What was chosen in a select."""
        return str((self.body["actions"][0].get("selected_option") or {}).get("value") or "")

    @cached_property
    def prepared(self) -> Any:
        """What was done in Slack before, outside of the transaction."""
        return self.body[PREPARED]

    @cached_property
    def file(self) -> TableFile:
        """The file that was handed in; fetched and opened before, outside of the transaction."""
        file = self.prepared
        if not isinstance(file, TableFile):
            raise Refused(_("Choose a file."))
        return file

    @cached_property
    def line_number(self) -> int:
        """The line of a form that a button stands on."""
        number = str(self.body["actions"][0]["action_id"]).partition(".")[2]
        return int(number) if NUMBER.fullmatch(number) else 0

    @cached_property
    def callback(self) -> str:
        """Which form it is."""
        return str((self.body.get("view") or {}).get("callback_id") or "")

    @cached_property
    def text(self) -> str:
        """What stands after the command, or what was typed into a select."""
        return str(self.body.get("text") or self.body.get("value") or "").strip()

    @cached_property
    def channel(self) -> str:
        """The channel of a command."""
        return str(self.body.get("channel_id") or (self.body.get("channel") or {}).get("id") or "")

    @cached_property
    def message(self) -> str:
        """The text of the message that a shortcut was used on."""
        return str((self.body.get("message") or {}).get("text") or "")

    @cached_property
    def message_ts(self) -> str:
        """The message in which a button was pressed, by its time; nothing where it stands in a window."""
        ts = str((self.body.get("message") or {}).get("ts") or "")
        return ts if self.body.get("actions") and TIME.fullmatch(ts) else ""

    @cached_property
    def event(self) -> dict[str, Any]:
        """The event."""
        return dict(self.body.get("event") or {})

    @cached_property
    def is_of_an_organisation(self) -> bool:
        """Whether an event is about what an organisation has installed in all of its workspaces."""
        return any(granted.get("is_enterprise_install") for granted in self.body.get("authorizations") or ())

    @cached_property
    def request_key(self) -> str:
        """What tells a request from every other."""
        return str(self.body.get("trigger_id") or self.body.get("event_id") or "")


def wanted(request: Request, name: str, annotation: Any) -> Any:
    """What a listener asks for by the name (and, of what was carried, by the type) of a parameter."""
    if name == "target":
        return request.carried(annotation)
    if name == "form_target":
        return request.form_target(annotation)
    return PROVIDED[name](request) if name in PROVIDED else getattr(request, name)


def request_of(session: Session, context: Context, caller: Caller, *, is_writing: bool = False) -> Request:
    """Read a request; the person is known by workspace and user, and has no role from elsewhere."""
    workspace = find_workspace(session, caller.context.team_id)
    if workspace is None:
        raise Refused(_("Belay does not know this workspace. Was it installed here?"))
    user = caller.context.user_id or ""
    by = meet_member(workspace, user, is_noted=is_writing and bool(user))
    context.locales[caller.place] = by.locale
    read_as(by.locale)
    # In an enterprise the payload names the person's own team, or the organisation: there, whoever is on Slack's list
    # of people belongs.
    is_listed = bool(caller.body.get("enterprise")) and bool(by.name) and not by.is_outsider
    if _home_team(caller.body) not in {None, workspace.team_id} and not is_listed:
        raise Refused(_("Deals are for people of this workspace; you are a guest from another organisation."))
    body, checks = dict(caller.body), SlackChecks(caller.client)
    is_private = context.has_private_webhooks
    return Request(session, workspace, by, context.now(), context.admins, body, checks, is_private)


def act_in(body: dict[str, Any]) -> str:
    """What a button or an overflow entry asks for; nothing where there is none."""
    action = (body.get("actions") or [{"type": "", "action_id": ""}])[0]
    if action["type"] == "overflow":
        return _entry(action).split("|", 1)[0]
    return act_of(str(action["action_id"]))


def carried_by(body: dict[str, Any]) -> str:
    """What a button, an overflow entry or a form carries, as Slack brings it."""
    metadata = str((body.get("view") or {}).get("private_metadata") or "")
    if not body.get("actions"):
        return metadata
    action = body["actions"][0]
    if action["type"] == "overflow":
        return _entry(action).split("|", 1)[-1]
    carried = str(action.get("value") or "") if action["type"] == "button" else ""
    return carried if carried not in {"", EMPTY} else metadata


def _entry(action: dict[str, Any]) -> str:
    """The entry of an overflow that was chosen."""
    return str((action.get("selected_option") or {}).get("value") or "")


def _home_team(body: dict[str, Any]) -> str | None:
    user = body.get("user")
    return user.get("team_id") if isinstance(user, dict) else None
