"""Messages that Slack does not take: which of them wait for somebody, which were given up, and another try."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update

from models.base.language import N_, _
from models.workspace.history import record
from models.workspace.members import Member, members_with
from models.workspace.outbox import News, Outbox, Payload, queue
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

SHOWN = timedelta(days=14)
MOST = 8
TOKEN = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "not_allowed_token_type", "token_expired", "token_revoked"}
)
REMEDIES = {
    "channel_not_found": N_("invite Belay there, or choose another channel"),
    "not_in_channel": N_("invite Belay there, or choose another channel"),
    "is_archived": N_("take it out of the archive, or choose another channel"),
    "missing_scope": N_("the app lacks a permission; install it again from `belay manifest`"),
}
OTHERWISE = N_("a Slack admin can see why; Belay tries again every five minutes")


@dataclass(frozen=True)
class Stuck(Payload):
    """Messages for a person or a channel that Slack does not take, told to whoever can act."""

    to: str = ""
    error: str = ""


@dataclass(frozen=True)
class GivenUp:
    """Messages that Slack can never take as they are: to whom, why, how many."""

    to: str
    error: str
    count: int


def remedy(to: str, error: str) -> str:
    """What is wrong and who can mend it, in a sentence."""
    if error in TOKEN:
        return _("Slack does not accept Belay’s token any more ({error}): install the app again.", error=error)
    return _(
        "Slack takes no messages for {to} ({error}): {remedy}.",
        to=to,
        error=error,
        remedy=_(REMEDIES.get(error, OTHERWISE)),
    )


def waiting_for_a_person(workspace: Workspace) -> list[tuple[str, str]]:
    """Streams that Slack refuses until somebody invites the bot or mends the token, with its error."""
    stuck = select(Outbox.stream, Outbox.error).where(Outbox.workspace_id == workspace.id, Outbox.is_stuck)
    rows = workspace.session.execute(stuck.where(Outbox.settled_at.is_(None)).distinct().limit(MOST))
    return [(stream, error or "") for stream, error in rows]


def tell_who_can_act(row: Outbox, error: str, *, now: datetime) -> None:
    """Once for each stream that gets stuck: to Slack's admins, else to leadership; not by the way that is blocked."""
    workspace = row.workspace
    stuck = select(Outbox.id).where(Outbox.workspace_id == workspace.id, Outbox.stream == row.stream)
    stuck = stuck.where(Outbox.is_stuck, Outbox.settled_at.is_(None))
    if row.is_stuck or error in TOKEN or workspace.session.scalar(stuck.limit(1)) is not None:
        return
    known = select(Member).where(Member.workspace_id == workspace.id, Member.is_slack_admin).order_by(Member.id)
    people: Sequence[Member] = [m for m in workspace.session.scalars(known) if m.roles]
    for member in (people or members_with(workspace, Role.LEADERSHIP))[:MOST]:
        if member.user_id != row.stream:
            payload = Stuck(row.stream, error)
            queue(workspace, News.STUCK, stream=member.user_id, member_id=member.id, payload=payload, now=now)


def resume(workspace: Workspace, *, now: datetime) -> None:
    """Belay was installed again: what waited for a token waits no longer."""
    waiting = (Outbox.workspace_id == workspace.id, Outbox.is_stuck, Outbox.settled_at.is_(None))
    workspace.session.execute(update(Outbox).where(*waiting, Outbox.error.in_(TOKEN)).values(not_before=now))


def given_up(workspace: Workspace, *, now: datetime) -> list[GivenUp]:
    """What was given up lately, the most first."""
    count = func.count(Outbox.id)
    rows = select(Outbox.stream, Outbox.error, count).where(*_given_up(workspace, now))
    found = workspace.session.execute(rows.group_by(Outbox.stream, Outbox.error).order_by(count.desc()).limit(MOST))
    return [GivenUp(to, error or "", number) for to, error, number in found]


def try_again(workspace: Workspace, *, by: Member, now: datetime) -> int:
    """All that was given up lately is sent once more; how many there are."""
    again = {"settled_at": None, "error": None, "not_before": now, "attempts": 0, "is_unknown": True}
    ids = workspace.session.scalars(update(Outbox).where(*_given_up(workspace, now)).values(again).returning(Outbox.id))
    number = len(ids.all())
    record(workspace, "try_again", by=by, now=now, details={"messages": number})
    return number


def _given_up(workspace: Workspace, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Outbox.workspace_id == workspace.id,
        Outbox.kind != News.WEBHOOK,
        Outbox.error.is_not(None),
        Outbox.settled_at.is_not(None),
        Outbox.settled_at > now - SHOWN,
    )
