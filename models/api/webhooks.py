"""Webhooks: what other tools are told of, at which address, in the order in which it happened to each deal."""

import base64
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base.columns import Document, Name, Word
from models.base.declarative import Base
from models.base.errors import NotFound, Refused
from models.base.language import _
from models.workspace.history import History, record
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, Payload, queue
from models.workspace.workspaces import OfWorkspace, Workspace

LONGEST = 2000
# Addresses of version 6 that stand for others, or for those of a place: Python takes some of them for public.
WITHIN = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fec0::/10", "::ffff:0:0/96")))
MOST_WEBHOOKS = 10
MOST_NAME = 60
MOST_LOGGED = 10
PREFIX = "whsec_"  # how each secret begins, as the specification has it


class Event(StrEnum):
    """What another tool may be told of."""

    POSTED = "deal.posted"
    REVISED = "deal.revised"
    COUNTERED = "deal.countered"
    APPROVED = "deal.approved"
    DECLINED = "deal.declined"
    WITHDRAWN = "deal.withdrawn"
    WON = "deal.won"
    LOST = "deal.lost"
    CANCELLED = "deal.cancelled"
    EXPIRED = "deal.expired"
    DELIVERED_IN_PART = "deal.delivered_in_part"
    DELIVERED = "deal.delivered"
    BROKEN = "deal.broken"
    RESTORED = "deal.restored"
    REOPENED = "deal.reopened"
    CAPACITY = "capacity.changed"
    PLAN = "plan.signed"


class Webhook(OfWorkspace, Base):
    """An address that is told of some events; `secret` signs what is sent there, and is no password for anything here.

    `stopped_why` says why nothing is sent any more, where its receiver has said that it wants nothing.
    """

    __tablename__ = "webhook"

    name: Mapped[Name]
    url: Mapped[str] = mapped_column(String(LONGEST))
    secret: Mapped[str] = mapped_column(String(100))
    events: Mapped[list[str]] = mapped_column(Document)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stopped_why: Mapped[Word | None] = mapped_column(String(40))
    made_by: Mapped[Member] = relationship()

    @property
    def host(self) -> str:
        """Where it leads, without what may be secret in the address."""
        return urlsplit(self.url).hostname or ""

    @property
    def streams(self) -> str:
        """How the streams of its rows begin."""
        return f"hook:{self.id}:"


@dataclass(frozen=True)
class Announcement(Payload):
    """An event for one webhook."""

    webhook: int
    event: str


def make_webhook(
    workspace: Workspace,
    *,
    name: str,
    url: str,
    events: Collection[Event],
    by: Member,
    now: datetime,
    may_be_private: bool = False,
) -> Webhook:
    """From now on the address is told of these events."""
    workspace.lock()
    called = " ".join(name.split())[:MOST_NAME]
    if not called:
        raise Refused(_("What is it for? Its name tells it from others."), field="name")
    known = webhooks_of(workspace)
    if called.lower() in {row.name.lower() for row in known}:
        raise Refused(_("There is a webhook of that name already."), field="name")
    if len(known) >= MOST_WEBHOOKS:
        raise Refused(
            _("There are {most_webhooks} webhooks already. Remove one first.", most_webhooks=MOST_WEBHOOKS),
            field="name",
        )
    if not events:
        raise Refused(_("Choose at least one thing to tell of."), field="events")
    address = url.strip()
    check_address(address, may_be_private=may_be_private)
    row = Webhook(workspace=workspace, name=called, url=address, made_by=by, made_at=now)
    row.events = [event for event in Event if event in events]
    row.secret = PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()
    workspace.session.add(row)
    workspace.session.flush()
    record(
        workspace, "make_webhook", by=by, now=now, details={"name": row.name, "host": row.host, "events": row.events}
    )
    return row


def check_address(url: str, *, may_be_private: bool = False) -> None:
    """An address that anybody may reach, by https: what stands behind the bot's own walls is not asked through it."""
    try:
        parts = urlsplit(url)
        host, is_named = parts.hostname or "", parts.username is None
        host.encode("idna")
    except ValueError:
        host, is_named = "", False
    if len(url) > LONGEST or not host or len(url.split()) != 1 or not is_named:
        raise Refused(_("An address such as https://crm.example.com/belay."), field="url")
    if may_be_private:
        if parts.scheme not in {"https", "http"}:
            raise Refused(_("An address that begins with https:// or http://."), field="url")
    elif parts.scheme != "https":
        raise Refused(_("The address begins with https://, so that nobody else reads what is sent."), field="url")
    elif is_private(host):
        raise Refused(_("That address is in a private network. Whoever runs Belay may allow those."), field="url")


def is_private(host: str) -> bool:
    """Whether a host, by its address or by such a name, is one that only a network of its own reaches."""
    try:
        address = ip_address(host)
    except ValueError:
        name = host.lower().rstrip(".")
        return "." not in name or name.endswith((".localhost", ".local", ".internal"))
    return not address.is_global or address.is_multicast or any(address in network for network in WITHIN)


def webhooks_of(workspace: Workspace) -> Sequence[Webhook]:
    """Those that are there, the first one first."""
    rows = select(Webhook).where(Webhook.workspace_id == workspace.id, Webhook.removed_at.is_(None))
    return workspace.session.scalars(rows.order_by(Webhook.id).options(joinedload(Webhook.made_by))).all()


def find_webhook(workspace: Workspace, webhook_id: int) -> Webhook:
    """One that is there."""
    row = next((one for one in webhooks_of(workspace) if one.id == webhook_id), None)
    if row is None:
        raise NotFound(_("That webhook is not there any more."))
    return row


def remove_webhook(workspace: Workspace, webhook_id: int, *, by: Member, now: datetime) -> None:
    """It is told of nothing any more; what waits for it goes nowhere."""
    workspace.lock()
    row = find_webhook(workspace, webhook_id)
    row.removed_at = now
    record(workspace, "remove_webhook", by=by, now=now, details={"name": row.name, "host": row.host})


def resume_webhook(workspace: Workspace, webhook_id: int, *, by: Member, now: datetime) -> None:
    """Its receiver wants to be told again."""
    workspace.lock()
    row = find_webhook(workspace, webhook_id)
    row.stopped_at = row.stopped_why = None
    record(workspace, "resume_webhook", by=by, now=now, details={"name": row.name})


def announce(workspace: Workspace, event: Event, act: History, *, about: str, now: datetime) -> None:
    """Tell whoever wants to know of an act; what is `about` the same is told in the order in which it happened."""
    for row in webhooks_of(workspace):
        if event in row.events and row.stopped_at is None:
            announcement = Announcement(webhook=row.id, event=event)
            stream = f"{row.streams}{about}"
            queue(workspace, News.WEBHOOK, stream=stream, history_id=act.id, payload=announcement, now=now)


def log_of(row: Webhook, *, limit: int = MOST_LOGGED) -> Sequence[Outbox]:
    """What it was told lately, the latest first."""
    rows = select(Outbox).where(Outbox.workspace_id == row.workspace_id, _is_told(row))
    return row.session.scalars(rows.order_by(Outbox.id.desc()).limit(limit)).all()


def send_again(workspace: Workspace, webhook_id: int, key: int, *, now: datetime) -> None:
    """Once more, under the same id: a receiver that has it knows that it has."""
    hook = find_webhook(workspace, webhook_id)
    rows = select(Outbox).where(Outbox.workspace_id == workspace.id, Outbox.id == key, _is_told(hook))
    row = workspace.session.scalar(rows)
    if row is None:
        raise NotFound(_("That is not in the log any more."))
    row.lock()
    if row.settled_at is None:
        raise Refused(_("It is still on its way: it is tried again by itself."))
    _begin_anew(row, now)


def given_up(row: Webhook) -> Sequence[Outbox]:
    """What it was never told, the first first: its receiver was down too long, or wanted nothing."""
    rows = select(Outbox).where(Outbox.workspace_id == row.workspace_id, _is_told(row), Outbox.settled_at.is_not(None))
    return row.session.scalars(rows.where(Outbox.error.is_not(None)).order_by(Outbox.id)).all()


def send_given_up_again(workspace: Workspace, webhook_id: int, *, now: datetime) -> None:
    """All of it once more, in its order."""
    workspace.lock()
    for row in given_up(find_webhook(workspace, webhook_id)):
        row.lock()
        _begin_anew(row, now)


def _begin_anew(row: Outbox, now: datetime) -> None:
    row.settled_at = row.error = row.lease_until = row.first_attempt_at = None
    row.attempts, row.not_before, row.queued_at = 0, now, now


def last_arrival(row: Webhook) -> datetime | None:
    """When its receiver last took something."""
    arrivals = select(func.max(Outbox.settled_at)).where(Outbox.workspace_id == row.workspace_id, _is_told(row))
    return row.session.scalar(arrivals.where(Outbox.error.is_(None)))


def _is_told(row: Webhook) -> ColumnElement[bool]:
    return (Outbox.kind == News.WEBHOOK) & Outbox.stream.startswith(row.streams, autoescape=True)
