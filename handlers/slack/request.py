"""One request: who comes, when, about what. Nothing in it is trusted but who Slack says it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from handlers.slack.answering import Caller
from handlers.slack.context import House
from handlers.slack.forms import Filled
from handlers.slack.ids import TakenLine, Target, act_of, decode
from handlers.slack.slack_checks import Errands
from models.base.errors import Refused
from models.deals.rows import Deal
from models.deals.transitions import find_deal
from models.workspace.members import Member, meet_member
from models.workspace.workspaces import Workspace, find_workspace


@dataclass(frozen=True)
class Visit:
    """What a listener may ask for by name."""

    session: Session
    workspace: Workspace
    by: Member
    now: datetime
    admins: frozenset[str]
    body: dict[str, Any]
    errands: Errands

    @cached_property
    def target(self) -> Target:
        """What the button or the form is about."""
        return target_in(self.body)

    @cached_property
    def deal(self) -> Deal:
        """The deal that it is about, loaded again."""
        return find_deal(self.workspace, self.target.deal)

    @cached_property
    def form(self) -> Filled:
        """What the form holds."""
        return Filled.read(self.body.get("view") or {})

    @cached_property
    def act(self) -> str:
        """What the button asks for."""
        return act_in(self.body)

    @cached_property
    def taken(self) -> Sequence[TakenLine]:
        """The terms of a way to yes that a button stands for."""
        return decode(self.body["actions"][0].get("value")).taken

    @cached_property
    def chosen(self) -> str:
        """What was chosen in a select."""
        return str((self.body["actions"][0].get("selected_option") or {}).get("value") or "")

    @cached_property
    def file(self) -> str:
        """The text of the file that was handed in; fetched before, outside of the transaction."""
        return str(self.body["belay_file"])

    @cached_property
    def line_number(self) -> int:
        """The line of a form that a button stands on."""
        return int(str(self.body["actions"][0]["action_id"]).partition(".")[2] or 0)

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
    def event(self) -> dict[str, Any]:
        """The event."""
        return dict(self.body.get("event") or {})

    @cached_property
    def request_key(self) -> str:
        """What tells a request from every other."""
        return str(self.body.get("trigger_id") or self.body.get("event_id") or "")


def visit_of(session: Session, house: House, caller: Caller, *, is_writing: bool = False) -> Visit:
    """Read a request; the person is known by workspace and user, and has no role from elsewhere."""
    workspace = find_workspace(session, caller.context.team_id)
    if workspace is None:
        raise Refused("Belay does not know this workspace. Was it installed here?")
    by = meet_member(workspace, caller.context.user_id or "", is_noted=is_writing)
    if _home_team(caller.body) not in {None, workspace.team_id}:
        raise Refused("Deals are for people of this workspace; you are a guest from another organisation.")
    return Visit(session, workspace, by, house.now(), house.admins, dict(caller.body), Errands(caller.client))


def act_in(body: dict[str, Any]) -> str:
    """What a button or an overflow entry asks for; nothing where there is none."""
    action = (body.get("actions") or [{"type": "", "action_id": ""}])[0]
    if action["type"] == "overflow":
        return str(action["selected_option"]["value"]).split("|", 1)[0]
    return act_of(str(action["action_id"]))


def target_in(body: dict[str, Any]) -> Target:
    """What a button, an overflow entry or a form carries."""
    view = body.get("view") or {}
    if not body.get("actions"):
        return decode(view.get("private_metadata"))
    action = body["actions"][0]
    if action["type"] == "overflow":
        return decode(str(action["selected_option"]["value"]).split("|", 1)[-1])
    carried = decode(action.get("value")) if action["type"] == "button" else Target()
    return carried if carried != Target() else decode(view.get("private_metadata"))


def _home_team(body: dict[str, Any]) -> str | None:
    user = body.get("user")
    return user.get("team_id") if isinstance(user, dict) else None
