"""Putting terms forward: propose, revise, counter, counter back, change."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from models.base.errors import Refused, TooLate
from models.base.language import _
from models.company.offers import channel_for, offers_by_id
from models.deals.approvals import ask_approvers
from models.deals.clauses import complete_clauses
from models.deals.committing import refuse_short
from models.deals.deliveries import deliveries_of, done_by_offer
from models.deals.executions import come_of
from models.deals.figures import keep_figures
from models.deals.news import PROPOSE, tell
from models.deals.on_the_spot import approve_on_the_spot
from models.deals.proposals import Proposal
from models.deals.reservations import held_until, hold_capacity, prolong_holds
from models.deals.rows import Deal
from models.deals.rules import check_may_propose
from models.deals.speaking import principal_of
from models.deals.standards import note_deviations
from models.deals.states import OPEN, Move, State
from models.deals.terms import (
    Checked,
    Terms,
    cannot_be_kept,
    check_deal,
    check_promise,
    check_terms,
    proposal_lines,
)
from models.deals.transitions import advance, decide, enter
from models.deals.turns import pass_turn
from models.deals.who_may import ABOVE, side_countering
from models.promise import Line
from models.promise.check import Verdict
from models.promise.windows import Cell
from models.workspace.guides import refresh_guide
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace


def similar_deals(workspace: Workspace, customer: str, terms: Terms) -> list[Deal]:
    """Open deals that look like these terms: the same customer, and an offer in the same week."""
    known = select(Deal).where(Deal.workspace_id == workspace.id, Deal.state.in_(OPEN))
    known = known.where(func.lower(Deal.customer) == customer.strip().lower()).order_by(Deal.id)
    asked = {(line.offer_id, line.week) for line in terms.lines}
    deals = workspace.session.scalars(known.options(selectinload(Deal.proposal)))
    return [deal for deal in deals if asked & {(line.offer_id, line.week) for line in deal.proposal.lines}]


def propose_deal(
    workspace: Workspace,
    *,
    by: Member,
    now: datetime,
    customer: str,
    terms: Terms,
    told: str = "",
    likelihood: int | None = None,
    campaign: str = "",
    execution: str = "",
) -> Deal:
    """Post a deal to the operations channel of the family with the most revenue; it holds nothing yet.

    It is what came of the `execution` of a workflow's step, where there is one.
    """
    check_may_propose(by)
    if not customer.strip():
        raise Refused(_("Who is the customer?"), field="customer")
    checked = check_terms(workspace, terms, now=now, customer=customer, campaign=campaign)
    _check_offered(workspace, terms)
    deal = Deal(workspace=workspace, customer=customer.strip()[:200], told=told.strip(), likelihood=likelihood)
    deal.state, deal.seller, deal.proposed_at = State.PROPOSED, by, now
    deal.campaign = campaign.strip()[:80] or None
    deal.channel = _operations_channel(workspace, checked)
    deal.number = workspace.next_deal_number()
    workspace.session.add(deal)
    _put_forward(deal, terms, checked, side=Side.SALES, by=by, now=now)
    come_of(deal, execution, by=by)
    note_deviations(deal, checked, now=now)
    pass_turn(deal, now=now)
    tell(deal, record(deal, PROPOSE, by=by, now=now, states=(None, State.PROPOSED), details={"version": 1}), now=now)
    approve_on_the_spot(deal, now=now)
    if deal.number == 1:
        refresh_guide(workspace, now=now)
    return deal


def _check_offered(workspace: Workspace, terms: Terms) -> None:
    """What was retired stays in the deals that name it, and comes into no other."""
    for offer in offers_by_id(workspace, [line.offer_id for line in terms.lines]).values():
        if offer.retired_at is not None:
            raise Refused(_("{name} is not offered any more. Choose another one.", name=offer.name))


def revise(deal: Deal, terms: Terms, *, by: Member, now: datetime, version: int | None = None) -> None:
    """The seller changes the terms before anybody decided."""
    _propose_again(deal, Move.REVISE, terms, by=by, now=now, version=version)


def counter_back(deal: Deal, terms: Terms, *, by: Member, now: datetime, version: int | None = None) -> None:
    """The seller answers a counter with other terms; operations' hold stays until it expires."""
    _propose_again(deal, Move.COUNTER_BACK, terms, by=by, now=now, version=version)


def change(
    deal: Deal,
    terms: Terms,
    *,
    by: Member,
    now: datetime,
    version: int | None = None,
    is_customers_wish: bool = True,
) -> None:
    """The seller asks for new terms of a promise; the old one holds until the new one replaces it.

    What the customer asked for is judged on the new date.
    """
    _propose_again(deal, Move.CHANGE, terms, by=by, now=now, version=version)
    deal.proposal.is_customers_wish = is_customers_wish


def counter(
    deal: Deal,
    terms: Terms,
    *,
    by: Member,
    now: datetime,
    version: int | None = None,
    within: Mapping[Cell, int] | None = None,
) -> None:
    """The deciding side proposes other terms and holds what they need, all cells or none; finance changes prices only.

    A promise that stands is countered only when it cannot be kept. `within` is how much of each cell is meant for it,
    beside others.
    """
    enter(deal, Move.COUNTER, by=by, version=version)
    _refuse_what_can_be_kept(deal, now=now)
    side, asked = side_countering(deal, by) or Side.OPERATIONS, _checked(deal, terms, now)
    if side in ABOVE and _without_prices(asked.check.deal.lines) != _without_prices(deal.proposal.terms):
        raise Refused(_("Finance counters with a price; quantities and dates are for operations."), field="quantity.0")
    proposal = _put_forward(deal, terms, asked, side=side, by=by, now=now)
    checked = check_deal(deal, now=now, is_locking=True, within=within)
    refuse_short(deal, checked, by, now=now)
    if checked.check.verdict is Verdict.OVERTIME and side is Side.OPERATIONS:
        proposal.overtime_agreed = checked.check.overtime_cost
    hold_capacity(proposal, checked.check.needs, now=now)
    keep_figures(proposal, checked.check, now=now)
    advance(deal, Move.COUNTER, by=by, now=now)


def extend_hold(deal: Deal, *, by: Member, now: datetime) -> None:
    """Hold what operations' counter needs for as long again; twice at most, and not after it has expired."""
    enter(deal, Move.EXTEND, by=by)
    if held_until(deal, now=now) is None:
        raise TooLate(_("Nothing is held for this deal any more. A new counter holds anew."))
    countered = next(proposal for proposal in reversed(deal.proposals) if proposal.side != Side.SALES)
    decide(deal, Move.EXTEND, side=Side.OPERATIONS, by=by, now=now, on=countered)
    prolong_holds(deal, now=now)
    advance(deal, Move.EXTEND, by=by, now=now)


def _refuse_what_can_be_kept(deal: Deal, *, now: datetime) -> None:
    if not deal.is_open and not cannot_be_kept(check_promise(deal, now=now).check):
        raise TooLate(
            _("Deal #{number} is promised, and the promise can be kept again. Nothing was changed.", number=deal.number)
        )


def _propose_again(deal: Deal, move: Move, terms: Terms, *, by: Member, now: datetime, version: int | None) -> None:
    enter(deal, move, by=by, version=version)
    checked = _checked(deal, terms, now)
    _put_forward(deal, terms, checked, side=Side.SALES, by=by, now=now)
    note_deviations(deal, checked, now=now)
    advance(deal, move, by=by, now=now)
    approve_on_the_spot(deal, now=now)


def _checked(deal: Deal, terms: Terms, now: datetime) -> Checked:
    checked = check_terms(deal.workspace, terms, now=now, deal=deal, customer=deal.customer)
    is_same = complete_clauses(deal.workspace, terms.clauses, deal.proposal) == deal.proposal.clauses
    if checked.check.deal.lines == deal.proposal.terms and is_same and not terms.note.strip():
        raise Refused(_("These are the terms as they stand. Change something, or say why in the note."), field="note")
    _refuse_what_has_arrived(deal, checked)
    return checked


def _refuse_what_has_arrived(deal: Deal, checked: Checked) -> None:
    """What has arrived cannot be taken back by other terms, and something of an order is left to deliver."""
    arrived, asked = Counter[int](), Counter[int]()
    for one in deliveries_of(deal.workspace, [deal.id]).get(deal.id, []):
        arrived[one.offer_id] += one.delivered or 0
    for line in checked.check.deal.lines:
        asked[checked.ids[line.offer]] += line.quantity
    if arrived - asked:
        raise Refused(_("More than that has arrived already."), field="quantity.0")
    if deal.was_won and asked <= done_by_offer(deal, deal.promised):
        raise Refused(
            _("All of that has been delivered already. If the rest is not coming, operations say so in their report."),
            field="quantity.0",
        )


def _put_forward(deal: Deal, terms: Terms, checked: Checked, *, side: Side, by: Member, now: datetime) -> Proposal:
    version = 1 + max((earlier.version for earlier in deal.proposals), default=0)
    clauses = complete_clauses(deal.workspace, terms.clauses, deal.proposal)
    principal = principal_of(deal, side, None, by)
    proposal = Proposal(workspace=deal.workspace, deal=deal, side=side, author=by, note=terms.note.strip())
    proposal.version, proposal.proposed_at, proposal.on_behalf_of = version, now, principal
    proposal.lines = list(proposal_lines(deal.workspace, terms))
    proposal.clauses = clauses
    deal.session.add(proposal)
    deal.session.flush()
    deal.proposal = proposal
    deal.session.flush()
    ask_approvers(deal, checked, now=now)
    return proposal


def _without_prices(lines: Iterable[Line]) -> list[tuple[str, int, date]]:
    return [(line.offer, line.quantity, line.week) for line in lines]


def _operations_channel(workspace: Workspace, checked: Checked) -> str:
    families = {offer.name: offer.family for offer in checked.company.offers.values()}
    revenue: dict[str, int] = {}
    for line in checked.check.deal.lines:
        revenue[families[line.offer]] = revenue.get(families[line.offer], 0) + line.revenue
    family = max(revenue, key=lambda name: revenue[name])
    channel = channel_for(workspace, family)
    if channel is None:
        raise Refused(
            _(
                "No operations channel answers for {family} yet. An admin chooses one with `/belay channels`.",
                family=family,
            )
        )
    return channel
