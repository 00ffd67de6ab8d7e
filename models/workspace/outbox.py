"""News that must reach Slack, and searches that people wait for: written in the transaction that makes them true.

Words are chosen at delivery. A row names what to say and where; one row is one call (or one search).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self, get_type_hints
from uuid import uuid4

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, Text, func, or_, select, true
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models.base.columns import Details, Document, SlackId, Word
from models.base.declarative import Base
from models.workspace.workspaces import OfWorkspace, Workspace

LEASE = timedelta(seconds=60)
EVERYTHING = true()


class News(StrEnum):
    """What a row asks for."""

    CARD = "card"
    CARD_ANEW = "card_anew"
    REMOVE = "remove"
    THREAD = "thread"
    HOME = "home"
    WAYS = "ways"
    AGENDA = "agenda"
    AGENDA_ANEW = "agenda_anew"
    ESCALATION = "escalation"
    OBJECTION = "objection"
    DIGEST = "digest"
    SOP_LATE = "sop_late"
    SOP_PAGE = "sop_page"
    SOP_FILE = "sop_file"
    SOP_MEETING = "sop_meeting"
    SOP_COMMENT = "sop_comment"
    REVIEW = "sop_sheet"
    REVIEW_FILE = "sop_sheet_file"
    SCENARIO = "scenario"
    PLAN = "plan"
    PLAN_FILE = "plan_file"
    DEALS = "deals"
    DEALS_FILE = "deals_file"
    TWINS = "twins"
    STUCK = "stuck"
    ARCHIVE = "archive"
    ARCHIVE_FILE = "archive_file"
    GUIDE = "guide"
    WELCOME = "welcome"
    ROLE_ASKED = "role_asked"
    DEPUTY = "deputy"
    COMPANY = "company"
    COMPANY_FILE = "company_file"
    RULES = "rules"
    RULES_FILE = "rules_file"
    WEBHOOK = "webhook"
    DRAFT = "draft"
    ACCESS = "access"
    CALENDAR = "calendar"
    CALENDAR_FILE = "calendar_file"
    STEP = "step"


@dataclass(frozen=True)
class Payload:
    """What a row is about besides its card, act or person: a small type for each kind of news.

    Fields are whole numbers, texts, dates, instants and tuples of numbers; one that is None is not written.
    """

    def written(self) -> dict[str, Any]:
        """As a row keeps it."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: _plain(value) for name, value in values.items() if value is not None}

    @classmethod
    def of(cls, row: "Outbox") -> Self:
        """What a row was written with."""
        kinds = get_type_hints(cls)
        known = {each.name: row.details[each.name] for each in fields(cls) if each.name in row.details}
        return cls(**{name: READERS.get(kinds[name], kinds[name])(value) for name, value in known.items()})


READERS: dict[Any, Callable[[Any], Any]] = {
    date | None: date.fromisoformat,
    datetime | None: datetime.fromisoformat,
    tuple[int, ...]: tuple,
    str | None: str,
}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Removal(Payload):
    """A message that goes away."""

    channel: str
    ts: str


@dataclass(frozen=True)
class FileInThread(Payload):
    """A file that follows a message, in its thread."""

    thread: str = ""


class Outbox(OfWorkspace, Base):
    """One message to send, update or remove; `stream` keeps the order, `key` is known to Slack as metadata."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "settled_at", "not_before"), Index(None, "stream", "id"))

    kind: Mapped[News]
    stream: Mapped[SlackId]
    key: Mapped[Word] = mapped_column(unique=True, default=lambda: uuid4().hex)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))
    history_id: Mapped[int | None] = mapped_column(ForeignKey("history.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    details: Mapped[Details] = mapped_column(Document, default=dict)
    queued_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    first_attempt_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    is_unknown: Mapped[bool] = mapped_column(default=False)
    is_stuck: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    ts: Mapped[Word | None] = mapped_column(String(40))


def queue(
    workspace: Workspace,
    kind: News,
    *,
    stream: str,
    now: datetime,
    card_id: int | None = None,
    history_id: int | None = None,
    member_id: int | None = None,
    payload: Payload | None = None,
) -> Outbox:
    """Ask for a message."""
    row = Outbox(workspace=workspace, kind=kind, stream=stream, card_id=card_id, history_id=history_id)
    row.member_id = member_id
    row.details, row.queued_at, row.not_before = payload.written() if payload else {}, now, now
    workspace.session.add(row)
    return row


def claim(session: Session, *, now: datetime, among: ColumnElement[bool] = EVERYTHING) -> Outbox | None:
    """Take the oldest row that is due of those `among` which one looks, unless an earlier one of its stream waits."""
    first = _first_of_streams().subquery()
    due = (
        select(Outbox)
        .join(first, Outbox.id == first.c.id)
        .where(Outbox.settled_at.is_(None), Outbox.not_before <= now, among)
        .where(or_(Outbox.lease_until.is_(None), Outbox.lease_until <= now))
        # What takes a search waits for what people wait for.
        .order_by(Outbox.kind == News.WAYS, Outbox.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Outbox)
    )
    row = session.scalar(due)
    if row is not None:
        # A lease that ran out: whoever had it may have sent the message and died before saying so.
        row.is_unknown = row.is_unknown or row.lease_until is not None
        row.lease_until = now + LEASE
        row.attempts += 1
        row.first_attempt_at = row.first_attempt_at or now
    return row


def is_superseded(session: Session, row: Outbox) -> bool:
    """Whether a later row posts the same card anew; then this one need not."""
    later = select(Outbox.id).where(Outbox.card_id == row.card_id, Outbox.id > row.id, Outbox.settled_at.is_(None))
    return session.scalar(later.where(Outbox.kind == News.CARD_ANEW).limit(1)) is not None


def settle(row: Outbox, *, now: datetime, ts: str | None = None, error: str | None = None) -> None:
    """The row is done with: sent, or refused by Slack for good."""
    row.settled_at, row.ts, row.error, row.lease_until = now, ts, error, None


def postpone(row: Outbox, *, until: datetime, error: str, is_unknown: bool = False, is_stuck: bool = False) -> None:
    """Try again later; when the answer never came, look first whether it arrived."""
    row.not_before, row.error, row.lease_until, row.is_stuck = until, error, None, is_stuck
    row.is_unknown = row.is_unknown or is_unknown


def next_due(session: Session) -> datetime | None:
    """When the next row may be sent."""
    waiting = select(Outbox.not_before, Outbox.lease_until).where(Outbox.settled_at.is_(None))
    rows = session.execute(waiting.where(Outbox.id.in_(_first_of_streams()))).all()
    return min((max(not_before, lease or not_before) for not_before, lease in rows), default=None)


def is_blocked() -> ColumnElement[bool]:
    """Whether a row waits for somebody to act: on it, on an earlier one of its stream, or to install Belay again."""
    ahead = aliased(Outbox)
    stuck = select(ahead.id).where(ahead.workspace_id == Outbox.workspace_id, ahead.stream == Outbox.stream)
    stuck = stuck.where(ahead.id <= Outbox.id, ahead.settled_at.is_(None), ahead.is_stuck)
    return stuck.exists() | Outbox.workspace_id.not_in(_installed())


def _installed() -> Select[int]:
    return select(Workspace.id).where(Workspace.uninstalled_at.is_(None))


def _first_of_streams() -> Select[int]:
    unsent = select(func.min(Outbox.id).label("id")).where(Outbox.settled_at.is_(None))
    unsent = unsent.where(Outbox.workspace_id.in_(_installed()))
    return unsent.group_by(Outbox.workspace_id, Outbox.stream)
