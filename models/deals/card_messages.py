"""Cards: which message shows which deal to whom. A card is desired state: many changes become one update."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import SlackId, Word
from models.base.declarative import Base
from models.deals.rows import Deal
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import OfWorkspace, Workspace


class Audience(StrEnum):
    """For whom a card is made: it decides its buttons."""

    OPERATIONS = "operations"
    SELLER = "seller"
    # Kept under its first name: older bots read the same tables while all are replaced.
    APPROVER = "finance"


class CardMessage(OfWorkspace, Base):
    """A message that shows a deal; `ts` is None until Slack has it, `shown` is a digest of what it shows."""

    __tablename__ = "card"
    __table_args__ = (UniqueConstraint("deal_id", "audience", "member_id"), Index(None, "channel", "ts"))

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    audience: Mapped[Audience]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    channel: Mapped[SlackId]
    ts: Mapped[Word | None] = mapped_column(String(40))
    shown: Mapped[Word | None] = mapped_column(String(40))
    deal: Mapped[Deal] = relationship()
    member: Mapped[Member | None] = relationship()


def link_of(deal: Deal) -> str | None:
    """Where the channel's card of a deal stands."""
    return links_of(deal.workspace, [deal.id]).get(deal.id)


def deal_in_thread(workspace: Workspace, channel: str, thread: str) -> Deal | None:
    """The deal whose card begins a thread."""
    shown = select(CardMessage).where(CardMessage.workspace_id == workspace.id)
    shown = shown.where(CardMessage.channel == channel, CardMessage.ts == thread)
    message = workspace.session.scalar(shown.limit(1))
    return message.deal if message else None


def links_of(workspace: Workspace, deal_ids: Iterable[int], member: Member | None = None) -> dict[int, str]:
    """Where the cards of deals stand, by the deals' ids: a person's own ones, else the channel's; in one query."""
    shown = select(CardMessage).where(CardMessage.workspace_id == workspace.id, CardMessage.ts.is_not(None))
    shown = shown.where(CardMessage.deal_id.in_(set(deal_ids)))
    whose = or_(CardMessage.member_id.is_(None), CardMessage.member_id == (member.id if member else None))
    messages = workspace.session.scalars(shown.where(whose).order_by(CardMessage.member_id.is_not(None)))
    return {message.deal_id: link for message in messages if (link := _link(workspace, message))}


def card_messages_of(deal: Deal) -> list[CardMessage]:
    """The messages that show a deal, in the order in which they were made."""
    shown = select(CardMessage).where(CardMessage.deal_id == deal.id)
    return list(deal.session.scalars(shown.order_by(CardMessage.id)))


def make_card(
    deal: Deal, audience: Audience, *, to: Member | None, known: list[CardMessage], now: datetime
) -> CardMessage:
    """Show a deal: in its channel, or to one person; made once, and added to those that are known."""
    for message in known:
        if message.audience == audience and message.member_id == (to.id if to else None):
            return message
    message = CardMessage(workspace=deal.workspace, deal=deal, audience=audience, member=to)
    message.channel = to.user_id if to else deal.channel
    deal.session.add(message)
    deal.session.flush()
    known.append(message)
    refresh_card(message, now=now)
    return message


def refresh_card(card: CardMessage, *, now: datetime) -> None:
    """Bring a card to the present state; one waiting update is enough."""
    _queue([card], News.CARD, now)


def refresh_cards(cards: Sequence[CardMessage], *, now: datetime) -> None:
    """Bring cards to the present state, as many as there are at once."""
    _queue(cards, News.CARD, now)


def raise_card(card: CardMessage, *, now: datetime) -> None:
    """Put a card at the bottom again, because it has become somebody's turn; an update alone notifies nobody."""
    _queue([card], News.CARD_ANEW if card.ts else News.CARD, now)


def _link(workspace: Workspace, card: CardMessage) -> str | None:
    if card.ts is None or not workspace.url:
        return None
    return f"{workspace.url.rstrip('/')}/archives/{card.channel}/p{card.ts.replace('.', '')}"


def _queue(cards: Sequence[CardMessage], kind: News, now: datetime) -> None:
    if not cards:
        return
    waiting = select(Outbox.card_id).where(Outbox.card_id.in_([card.id for card in cards]))
    waiting = waiting.where(Outbox.settled_at.is_(None), Outbox.first_attempt_at.is_(None))
    # Locked: another process must not claim and render it before this change is committed. One that somebody
    # else has locked is not waited for: a second row that changes nothing costs nothing.
    unclaimed = waiting.where(Outbox.kind.in_({kind, News.CARD_ANEW})).with_for_update(skip_locked=True)
    known = set(cards[0].session.scalars(unclaimed))
    for card in cards:
        if card.id not in known:
            queue(card.workspace, kind, stream=card.channel, card_id=card.id, now=now)


def move_waiting_cards(workspace: Workspace, old: str, new: str) -> None:
    """Cards that never reached a channel, with all that waits behind them, go to another one."""
    session = workspace.session
    stuck = select(CardMessage.id).where(CardMessage.workspace_id == workspace.id, CardMessage.channel == old)
    stuck = stuck.where(CardMessage.ts.is_(None))
    ids = session.scalars(stuck).all()
    waiting = update(Outbox).where(Outbox.card_id.in_(ids), Outbox.settled_at.is_(None))
    session.execute(waiting.values(stream=new, not_before=Outbox.queued_at, is_stuck=False))
    session.execute(update(CardMessage).where(CardMessage.id.in_(ids)).values(channel=new))
