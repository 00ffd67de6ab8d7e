"""Finding deals, closed ones too: by words, state, turn, family, seller, week, sum and age."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Numeric, Select, and_, cast, func, or_, select

from models.company.offers import OfferRow
from models.deals.lists import WITH_ALL
from models.deals.proposals import ProposalLine
from models.deals.rows import Deal
from models.deals.states import State
from models.deals.turns import Turn
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace

MOST_WORDS = 10


@dataclass(frozen=True)
class Sought:
    """What a deal has to be like to be found; what is empty does not matter.

    `seller` is a user of Slack, `week` a Monday; `sum` is in minor units, `proposed` in instants: from, and up to.
    Of all, `below` is the number below which the page begins.
    """

    words: str = ""
    states: Sequence[State] = ()
    turn: Side | None = None
    family: str = ""
    seller: str = ""
    week: date | None = None
    sum: tuple[int | None, int | None] = (None, None)
    proposed: tuple[datetime | None, datetime | None] = (None, None)
    below: int | None = None


@dataclass(frozen=True)
class Found:
    """Some of the deals that were found, the latest first, and how many there are."""

    deals: Sequence[Deal]
    count: int


def find_deals(workspace: Workspace, sought: Sought, *, first: int = 0, limit: int = 10) -> Found:
    """The deals of a workspace that are as they are sought; in as many queries for many as for two."""
    matching = select(Deal.id).where(Deal.workspace_id == workspace.id, *_conditions(sought))
    count = workspace.session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    page = select(Deal).where(Deal.id.in_(matching))
    page = page.where(Deal.number < sought.below) if sought.below else page
    page = page.order_by(Deal.number.desc()).offset(first).limit(limit)
    return Found(workspace.session.scalars(page.options(*WITH_ALL)).all(), count)


def find_numbered(workspace: Workspace, numbers: Sequence[int]) -> Sequence[Deal]:
    """The deals of a workspace that have these numbers, the latest first."""
    known = select(Deal).where(Deal.workspace_id == workspace.id, Deal.number.in_(numbers))
    return workspace.session.scalars(known.order_by(Deal.number.desc()).options(*WITH_ALL)).all()


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    for word in sought.words.lower().split()[:MOST_WORDS]:
        yield _names(word)
    if sought.states:
        yield Deal.state.in_(sought.states)
    if sought.turn:
        yield _is_turn_of(sought.turn)
    if sought.family:
        yield Deal.proposal_id.in_(_lines().where(OfferRow.family == sought.family))
    if sought.seller:
        yield Deal.seller.has(Member.user_id == sought.seller)
    if sought.week:
        yield Deal.proposal_id.in_(_lines().where(ProposalLine.week == sought.week))
    yield from _sums(*sought.sum)
    since, until = sought.proposed
    yield from [Deal.proposed_at >= since] if since else []
    yield from [Deal.proposed_at < until] if until else []


def _names(word: str) -> ColumnElement[bool]:
    """A word of the customer's name, or of an offer's."""
    offers = _lines().where(func.lower(OfferRow.name).contains(word, autoescape=True))
    return or_(func.lower(Deal.customer).contains(word, autoescape=True), Deal.proposal_id.in_(offers))


def _is_turn_of(side: Side) -> ColumnElement[bool]:
    """A side owes an answer or a report; what was won waits for operations, who have no clock for that."""
    owes = Deal.id.in_(select(Turn.deal_id).where(Turn.side == side, Turn.ended_at.is_(None)))
    asked = Deal.id.in_(select(Turn.deal_id).where(Turn.ended_at.is_(None)))
    return or_(owes, and_(Deal.state == State.WON, ~asked)) if side is Side.OPERATIONS else owes


def _sums(least: int | None, most: int | None) -> Iterator[ColumnElement[bool]]:
    # A product of two columns may be more than a column holds.
    total = func.sum(cast(ProposalLine.quantity, Numeric(asdecimal=False)) * ProposalLine.unit_price)
    sums = select(ProposalLine.proposal_id).group_by(ProposalLine.proposal_id)
    yield from [Deal.proposal_id.in_(sums.having(total >= least))] if least is not None else []
    yield from [Deal.proposal_id.in_(sums.having(total <= most))] if most is not None else []


def _lines() -> Select[int]:
    return select(ProposalLine.proposal_id).join(OfferRow, OfferRow.id == ProposalLine.offer_id)
