"""Deals that want the same capacity, side by side: frozen data, read in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy import select

from models.base.arithmetic import WEEK
from models.base.errors import NotYours, Refused, TooLate
from models.base.language import _
from models.base.words import company_locale
from models.company.clauses import all_clauses
from models.company.counting import Counted, count_capacity
from models.company.customers import tiers_of
from models.company.offers import OfferRow, offers_with_stand_ins
from models.deals.card_steps import name_of
from models.deals.clauses import Departure, departures
from models.deals.lists import WITH_ALL
from models.deals.proposals import Proposal
from models.deals.rivals import rivalry_over
from models.deals.rows import Deal
from models.deals.speaking import step_to_answer
from models.deals.states import OPEN, State
from models.deals.steps import Step
from models.deals.terms import Checked, check_deals, check_promises
from models.promise import Company, Kind, check
from models.promise import Deal as Ask
from models.promise.joint import Reserve
from models.promise.windows import Cell, demands_of
from models.workspace.members import Member
from models.workspace.roles import Role, Side
from models.workspace.workspaces import Workspace

MOST_COMPARED, MOST_READ = 20, 200
STANDING = (State.APPROVED, State.WON)
UNKNOWN = 50


@dataclass(frozen=True)
class ComparedDeal:
    """A deal as it is asked (or was promised), with all that a search for ways may look at.

    `likelihood` is in percent, None where the seller said nothing; `is_promise`: it was promised and cannot be kept.
    `others` are those beside operations whose yes to the present terms is missing.
    """

    id: int
    number: int
    customer: str
    seller: str
    version: int
    tier: str
    likelihood: int | None
    checked: Checked
    is_promise: bool
    departures: tuple[Departure, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def chance(self) -> int:
        """The likelihood that counts; nothing that is asked for counts nothing."""
        return UNKNOWN if self.likelihood is None else max(1, self.likelihood)


@dataclass(frozen=True)
class Comparison:
    """Deals in the order in which they came, the company with all that is held and promised, and where it is scarce."""

    company: Company
    today: date
    deals: tuple[ComparedDeal, ...]
    scarce: Cell | None = None
    reserves: tuple[Reserve, ...] = ()

    @property
    def is_about_promises(self) -> bool:
        """Whether it is about promises that cannot be kept."""
        return any(deal.is_promise for deal in self.deals)

    @property
    def tiers(self) -> list[str]:
        """The tiers of their customers."""
        return sorted({deal.tier for deal in self.deals if deal.tier})

    def takes(self, deal: ComparedDeal) -> int:
        """What a deal asks for where it is scarce, in thousandths."""
        name, week = self.scarce or ("", self.today)
        return deal.checked.check.needs.get(name, {}).get(week, 0)


def check_may_compare(by: Member) -> None:
    """Deals are compared by operations and leadership."""
    if not by.has(Role.OPERATIONS, Role.LEADERSHIP):
        raise NotYours(_("Deals are compared by operations and leadership."))


def compare_with(deal: Deal, *, by: Member, now: datetime, cell: Cell | None = None) -> Comparison:
    """A deal with what else waits for operations and wants the same capacity; a broken promise with other such ones.

    They are about the cell that is named, else the scarcest of the deal.
    """
    check_may_compare(by)
    workspace = deal.workspace
    if deal.state in STANDING and deal.broken_at:
        rivals, checks = _broken(workspace, by), check_promises
    else:
        rivals, checks = waiting_for_operations(by), check_deals
    if deal not in rivals:
        raise TooLate(_("Deal #{number} does not wait for operations, or is your own.", number=deal.number))
    others = [other for other in rivals if other is not deal]
    (own, *theirs) = checks([deal, *others], now=now)
    scarce = cell if cell and _cell_in(own, cell) else _scarcest(deal, own, now)
    wanted = {_cell(own, *scarce)} if scarce else _cells(own)
    shared = [other for other, checked in zip(others, theirs, strict=True) if wanted & _cells(checked)]
    compared = [deal, *sorted(shared, key=_came)[: MOST_COMPARED - 1]]
    return comparison_of(sorted(compared, key=_came), now=now, scarce=scarce)


def waiting_for_operations(member: Member) -> list[Deal]:
    """Open deals that wait for operations, and are not one's own, the oldest first.

    Whoever is in operations sees those that wait for their own answer, leadership all.
    """
    waiting = select(Deal).join(Deal.proposal).where(Deal.workspace_id == member.workspace_id, Deal.state.in_(OPEN))
    asked = select(Step.proposal_id).where(Step.side == Side.OPERATIONS, Step.dropped_at.is_(None))
    waiting = waiting.where(Proposal.side != Side.OPERATIONS, Deal.proposal_id.in_(asked))
    known = member.session.scalars(waiting.options(*WITH_ALL).order_by(Deal.id).execution_options(yield_per=MOST_READ))
    return list(islice((deal for deal in known if _waits_for(deal, member)), MOST_READ))


def _waits_for(deal: Deal, member: Member) -> bool:
    if deal.is_sent_back or member.represents(deal.seller_id):
        return False
    steps = [step for step in deal.proposal.open_steps if step.side is Side.OPERATIONS]
    return bool(steps) and (not member.may_act_as(Role.OPERATIONS) or step_to_answer(deal, member) in steps)


def comparison_of(
    deals: Sequence[Deal], *, now: datetime, scarce: Cell | None = None, offers: Iterable[int] = ()
) -> Comparison:
    """Deals of a workspace in the order given, and more offers by their ids; as many queries as for one."""
    if not deals:
        raise Refused(_("None of these deals waits for an answer any more."))
    workspace = deals[0].workspace
    terms = {deal.id: _terms(deal) for deal in deals}
    lines = [line for proposal in terms.values() for line in proposal.lines]
    known = offers_with_stand_ins(workspace, {line.offer_id for line in lines} | set(offers))
    until = max(line.week for line in lines) + workspace.horizon_weeks * WEEK
    counted = count_capacity(workspace, known, now=now, until=until)
    tiers = tiers_of(workspace)
    clauses, locale = all_clauses(workspace), company_locale(workspace.country)
    compared = [
        ComparedDeal(
            id=deal.id,
            number=deal.number,
            customer=deal.customer,
            seller=deal.seller.name,
            version=deal.proposal.version,
            tier=tiers.get(deal.customer.strip().lower(), ""),
            likelihood=deal.likelihood,
            checked=_checked(deal, terms[deal.id], known, counted, now),
            is_promise=not deal.is_open,
            departures=departures(clauses, deal.proposal.clauses, locale),
            others=_others(deal),
        )
        for deal in deals
    ]
    reserves = tuple(_reserves(counted, deals))
    return Comparison(counted.company(known), workspace.today(now), tuple(compared), scarce, reserves)


def _others(deal: Deal) -> tuple[str, ...]:
    steps = deal.proposal.steps if deal.is_open else []
    return tuple(
        dict.fromkeys(name_of(step) for step in steps if step.side is not Side.OPERATIONS and not step.is_done)
    )


def _reserves(counted: Counted, deals: Sequence[Deal]) -> Iterator[Reserve]:
    """What is left of reserves, each with the numbers of the deals that it is for."""
    for key, resource in counted.resources.items():
        for kept in counted.reserves.left(key, counted.queues.get(key, {})):
            whose = (n for n, deal in enumerate(deals) if counted.reserves.is_for(kept.row, deal.buyer))
            yield Reserve((resource.name, kept.week), kept.quantity, frozenset(whose))


def _checked(deal: Deal, terms: Proposal, offers: Sequence[OfferRow], counted: Counted, now: datetime) -> Checked:
    company = counted.company(offers, deal=deal.id, buyer=deal.buyer, has_stand_ins=True)
    ask = Ask(deal.customer, deal.workspace.today(now), terms.terms)
    return Checked(company, check(company, ask), {offer.name: offer.id for offer in offers})


def _terms(deal: Deal) -> Proposal:
    return deal.proposal if deal.is_open else deal.promised or deal.proposal


def _broken(workspace: Workspace, by: Member) -> list[Deal]:
    broken = select(Deal).where(
        Deal.workspace_id == workspace.id, Deal.state.in_(STANDING), Deal.broken_at.is_not(None)
    )
    broken = broken.where(Deal.seller_id != by.id).options(*WITH_ALL)
    return list(workspace.session.scalars(broken.order_by(Deal.id)))


def _came(deal: Deal) -> tuple[datetime, int]:
    """A promise by when it was made, an ask by when it was posted."""
    return (deal.proposed_at if deal.is_open else deal.promised_at or deal.proposed_at), deal.id


def _cells(checked: Checked) -> set[Cell]:
    """Where a deal's work may be done."""
    demands = demands_of(checked.company.offers, checked.check.deal.lines)
    return {_cell(checked, *cell) for window in demands for cell, _, _ in window.cells()}


def _cell(checked: Checked, name: str, week: date) -> Cell:
    """A stock is one, whatever the week."""
    return name, week if checked.company.resources[name].kind is Kind.TIME else date.min


def _cell_in(checked: Checked, cell: Cell) -> bool:
    return cell[0] in checked.company.resources and _cell(checked, *cell) in _cells(checked)


def _scarcest(deal: Deal, checked: Checked, now: datetime) -> Cell | None:
    """Where rivals leave least of what is wanted, else where the deal lacks most by itself."""
    rivalry = rivalry_over(deal.workspace, checked, now=now, without=deal)
    if rivalry and not rivalry.is_enough:
        return rivalry.resource, rivalry.week
    worst = checked.check.bottleneck
    return (worst.resource, worst.week) if worst else None
