"""What a card shows of a deal: frozen data, read in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale

from models.base.language import N_, _, in_quotes
from models.base.words import company_locale
from models.company.clauses import ClauseRow, all_clauses
from models.deals.card_cells import Cell, cells_of
from models.deals.card_steps import CardStep, missing_names, steps_of, turn_names
from models.deals.changes import TermChange, changes_of
from models.deals.clauses import ClauseChange, Departure, changes_of_clauses, departures
from models.deals.clocks import CardCondition, TurnClock, clock_of, condition_of
from models.deals.deliveries import Delivery, Outcome, deliveries_of, objection_until
from models.deals.editing import Attachment, attachments_of
from models.deals.figures import figures_of
from models.deals.known_ways import is_search_complete, ways_known
from models.deals.on_the_spot import undo_until
from models.deals.reservations import held_until_by_deal
from models.deals.rivals import Rivalry, rivalries_over
from models.deals.rows import Deal
from models.deals.rules import moves_of_side
from models.deals.states import AFTERWARDS, TRANSITIONS, Move, State
from models.deals.terms import Checked, cannot_be_kept, check_deals
from models.deals.turns import Turn, turns_by_deal
from models.deals.ways import KnownWay
from models.promise import Check, Company, Margin, Use
from models.promise.margin import Band
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace

RETURNING = {Move.UNDO: N_("undid the approval"), Move.SEND_BACK: N_("sent it back")}


@dataclass(frozen=True)
class CardLine:
    """One delivery, with its offer's unit and list price (minor units)."""

    offer: str
    unit: str
    quantity: int
    unit_price: int
    list_price: int
    week: date


@dataclass(frozen=True)
class CardDelivery:
    """A delivery as promised, and what became of it; None where nobody has reported yet."""

    offer: str
    unit: str
    week: date
    quantity: int
    arrived: date | None
    delivered: int | None
    outcome: Outcome | None


@dataclass(frozen=True)
class Asked:
    """A question that waits, and for whom."""

    id: int
    text: str
    by: str
    to: Side


@dataclass(frozen=True)
class Ending:
    """The last decision: what, by whom, when, why."""

    move: Move
    by: str
    at: datetime
    why: str


@dataclass(frozen=True)
class Card:
    """A deal as it stands: what everybody may know of it. Cost and margin are only in `checked` and `margin`.

    `sent_back` says who wants other terms, `returned` why. `margin` and `overtime_agreed` of a promise are what was
    agreed; else what the check finds now.
    """

    id: int
    number: int
    customer: str
    state: State
    version: int
    seller: str
    seller_id: str
    author: str
    told: str
    note: str
    likelihood: int | None
    campaign: str
    lines: tuple[CardLine, ...]
    checked: Checked
    margin: Margin
    overtime_agreed: tuple[Use, ...]
    cells: tuple[Cell, ...]
    awaiting: tuple[Side, ...]
    turn: tuple[Side, ...]
    turn_names: tuple[str, ...]
    missing: tuple[str, ...]
    steps: tuple[CardStep, ...]
    conditions: tuple[CardCondition, ...]
    undo_until: datetime | None
    is_on_the_spot: bool
    clocks: tuple[TurnClock, ...]
    agreed: tuple[str, ...]
    departures: tuple[Departure, ...]
    changes: tuple[TermChange, ...]
    clause_changes: tuple[ClauseChange, ...]
    questions: tuple[Asked, ...]
    guests: tuple[str, ...]
    call_at: datetime | None
    held_until: datetime | None
    win_by: date | None
    is_change: bool
    sent_back: str
    returned: str
    is_broken: bool
    broken_why: str
    deliveries: tuple[CardDelivery, ...]
    attached: tuple[tuple[str, str], ...]
    may_object: bool
    extensions: int
    ways: tuple[KnownWay, ...] | None
    is_search_complete: bool
    rivalry: Rivalry | None
    ending: Ending | None
    possible: frozenset[Move]
    locale: Locale

    @property
    def check(self) -> Check:
        """The verdict on the present terms at this instant."""
        return self.checked.check

    @property
    def company(self) -> Company:
        """The company: its currency and resources."""
        return self.checked.company

    @property
    def band(self) -> Band:
        """What everybody may know of the margin."""
        return self.margin.band

    @property
    def is_over(self) -> bool:
        """Whether nothing is to come."""
        return not any((self.state, move) in TRANSITIONS for move in Move if move not in AFTERWARDS)

    @property
    def is_open(self) -> bool:
        """Whether terms are being negotiated."""
        return self.state in {State.PROPOSED, State.COUNTERED}


def card_of(deal: Deal, *, now: datetime) -> Card:
    """Read a deal, and check its terms as of now."""
    return cards_of([deal], now=now)[0]


@dataclass(frozen=True)
class _Around:
    """What stands around a deal's terms: its deliveries, what is attached, whether a report may be objected to.

    `clauses` are the company's.
    """

    deliveries: Sequence[Delivery]
    attached: Sequence[Attachment]
    may_object: bool
    clauses: Sequence[ClauseRow]


def cards_of(deals: Sequence[Deal], *, now: datetime) -> list[Card]:
    """Read deals of a workspace, and check their terms as of now; as many queries as for one."""
    if not deals:
        return []
    workspace = deals[0].workspace
    ids = [deal.id for deal in deals]
    checks = dict(zip(deals, check_deals(deals, now=now), strict=True))
    contested = [(deal, checks[deal]) for deal in deals if deal.is_open]
    rivalries = dict(zip((deal for deal, _ in contested), rivalries_over(workspace, contested, now=now), strict=True))
    turns, held = turns_by_deal(workspace, ids), held_until_by_deal(workspace, ids, now=now)
    owed, attached = deliveries_of(workspace, ids), attachments_of(workspace, ids)
    clauses = all_clauses(workspace)
    return [
        _card(
            deal,
            checks[deal],
            rivalry=rivalries.get(deal),
            turns=turns.get(deal.id, ()),
            held_until=held.get(deal.id),
            around=_around(workspace, owed.get(deal.id, ()), attached.get(deal.id, ()), clauses, now),
            now=now,
        )
        for deal in deals
    ]


def _card(
    deal: Deal,
    checked: Checked,
    *,
    rivalry: Rivalry | None,
    turns: Sequence[Turn],
    held_until: datetime | None,
    around: _Around,
    now: datetime,
) -> Card:
    proposal, figures, locale = deal.proposal, figures_of(deal), company_locale(deal.workspace.country)
    due = {turn.step_id: turn.due_at for turn in turns if turn.step_id is not None}
    return Card(
        id=deal.id,
        number=deal.number,
        customer=deal.customer,
        state=deal.state,
        version=proposal.version,
        seller=deal.seller.name,
        seller_id=deal.seller.user_id,
        author=proposal.author.name,
        told=deal.told,
        note=proposal.note,
        likelihood=deal.likelihood,
        campaign=deal.campaign or "",
        lines=tuple(
            CardLine(x.offer.name, x.offer.unit, x.quantity, x.unit_price, x.offer.list_price, x.week)
            for x in proposal.lines
        ),
        checked=checked,
        margin=figures.margin if figures else checked.check.margin,
        overtime_agreed=figures.uses if figures else (),
        cells=cells_of(checked),
        awaiting=deal.awaiting,
        turn=deal.turn,
        turn_names=turn_names(deal),
        missing=missing_names(deal),
        steps=steps_of(deal, due) if deal.is_open else (),
        conditions=tuple(condition_of(one) for one in deal.conditions if one.stands),
        undo_until=_until(deal, now),
        is_on_the_spot=not deal.is_open and proposal.is_on_the_spot and deal.promised_id == proposal.id,
        clocks=tuple(clock_of(turn, now=now) for turn in turns),
        agreed=tuple(decision.signed for decision in proposal.agreements),
        departures=departures(around.clauses, proposal.clauses, locale),
        changes=changes_of(deal),
        clause_changes=changes_of_clauses(deal, around.clauses, locale),
        questions=tuple(Asked(q.id, q.text, q.asked_by.name, q.to_side) for q in deal.open_questions),
        guests=tuple(guest.member.name for guest in deal.guests),
        call_at=deal.call_at,
        held_until=held_until,
        win_by=deal.win_by if deal.state == State.APPROVED else None,
        sent_back=_sent_back(deal),
        returned=_returned(deal),
        is_change=deal.is_open and deal.promised_id is not None,
        is_broken=not deal.is_open and deal.broken_at is not None and cannot_be_kept(checked.check),
        broken_why=deal.broken_why or "",
        deliveries=tuple(_delivery(one) for one in around.deliveries),
        attached=tuple((row.title, row.url) for row in around.attached),
        may_object=around.may_object,
        extensions=deal.extensions,
        ways=ways_known(deal, now=now),
        is_search_complete=is_search_complete(deal),
        rivalry=rivalry,
        ending=_ending(deal),
        possible=moves_of_side(deal, Side.OPERATIONS),
        locale=locale,
    )


def _sent_back(deal: Deal) -> str:
    """Who wants other terms, where somebody does."""
    last = deal.sent_back if deal.is_open else None
    if last is None:
        return ""
    if deal.is_recalled:
        return _("recalled to change it")
    return _("sent back by {name}", name=last.by.name if last.side is Side.APPROVERS else _(last.side))


def _returned(deal: Deal) -> str:
    """Why a deal is open once more: what somebody said who sent it back or undid its approval."""
    on_it = [one for one in deal.decisions if one.proposal_id == deal.proposal_id and one.why] if deal.is_open else []
    last = on_it[-1] if on_it else None
    if last is None or last.move not in RETURNING:
        return ""
    return f"{last.signed} {_(RETURNING[last.move])}: {in_quotes(last.why or '')}"


def _until(deal: Deal, now: datetime) -> datetime | None:
    until = undo_until(deal)
    return until if until and until >= now else None


def _around(
    workspace: Workspace,
    deliveries: Sequence[Delivery],
    attached: Sequence[Attachment],
    clauses: Sequence[ClauseRow],
    now: datetime,
) -> _Around:
    last = max((one.reported_at for one in deliveries if one.reported_at), default=None)
    return _Around(deliveries, attached, last is not None and now <= objection_until(workspace, last), clauses)


def _delivery(one: Delivery) -> CardDelivery:
    offer = one.offer
    return CardDelivery(offer.name, offer.unit, one.week, one.quantity, one.arrived, one.delivered, one.outcome)


def _ending(deal: Deal) -> Ending | None:
    if deal.is_open or not deal.decisions:
        return None
    last = deal.decisions[-1]
    code = last.code or ""
    why = ": ".join(filter(None, (_(code), last.why)))
    return Ending(last.move, last.by.name, last.at, why)
