"""Terms that a person puts forward, and the check of them against the capacity of this instant."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from models.base.arithmetic import WEEK
from models.base.errors import Refused
from models.base.language import _, language
from models.base.words import in_language, week_text
from models.company.counting import Counted, count_capacity
from models.company.offers import OfferRow, offers_with_needs, offers_with_stand_ins
from models.company.reserves import Buyer
from models.deals.proposals import Proposal, ProposalLine
from models.deals.reservations import lock_resources
from models.deals.rows import Deal
from models.promise import Check, Company, Line, Resource, check
from models.promise import Deal as Ask
from models.promise.windows import Cell
from models.workspace.workspaces import Workspace

# As many as fit on a form with all that stands above them.
MOST_LINES = 16
LARGEST_QUANTITY = 10**9
LARGEST_PRICE = 10**12


NO_CLAUSES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class TermLine:
    """One delivery that is asked for; the price in minor units, the week by its Monday."""

    offer_id: int
    quantity: int
    unit_price: int
    week: date


@dataclass(frozen=True)
class Terms:
    """Complete terms, and what their author says to them.

    `clauses` are values of terms beyond the lines, by id; what is not named stays as it is, or is standard.
    """

    lines: tuple[TermLine, ...]
    note: str = ""
    clauses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """Terms with the company that they were checked against; `ids` are those of its offers."""

    company: Company
    check: Check
    ids: Mapping[str, int]


def check_terms(
    workspace: Workspace,
    terms: Terms,
    *,
    now: datetime,
    deal: Deal | None = None,
    customer: str = "",
    campaign: str = "",
) -> Checked:
    """Check terms as they would be posted now; what a deal holds or was promised keeps its place."""
    offers = offers_with_needs(workspace, [line.offer_id for line in terms.lines])
    refuse_bad_terms(workspace, terms, offers, now=now, deal=deal)
    lines = tuple(Line(offers[x.offer_id].name, x.quantity, x.unit_price, x.week) for x in terms.lines)
    buyer = deal.buyer if deal else Buyer(customer, campaign)
    asked = _Asked(Ask(customer, workspace.today(now), lines), frozenset(offers), deal.id if deal else None, buyer)
    return _check(workspace, [asked], offers, now=now)[0]


def check_deal(
    deal: Deal, *, now: datetime, is_locking: bool = False, within: Mapping[Cell, int] | None = None
) -> Checked:
    """Check the present terms of a deal; with `is_locking`, nobody else can take what it finds.

    `within` says how much of each cell is meant for it, where other deals are decided with it.
    """
    if is_locking:
        lock_needed(deal.workspace, [line.offer for line in deal.proposal.lines])
    checked = check_deals([deal], now=now)[0]
    if within is None:
        return checked
    return replace(checked, check=check(checked.company, checked.check.deal, within=within))


def lock_needed(workspace: Workspace, offers: Iterable[OfferRow]) -> None:
    """Let nobody else count what these offers may be made on until the transaction ends."""
    lock_resources(workspace, {row.name for offer in offers for need in offer.needs for row in need.resources})


def check_deals(deals: Sequence[Deal], *, now: datetime) -> list[Checked]:
    """Check the present terms of deals of a workspace, each as if it were alone; as many queries as for one."""
    return _check_each([(deal, deal.proposal) for deal in deals], now=now)


def searchable(
    workspace: Workspace, checked: Checked, *, now: datetime, deal: Deal | None = None, campaign: str = ""
) -> Checked:
    """The same question with all that a search for ways may look at: stand-ins, and the weeks up to the horizon."""
    ask = checked.check.deal
    offers = offers_with_stand_ins(workspace, {checked.ids[line.offer] for line in ask.lines})
    until = max(line.week for line in ask.lines) + workspace.horizon_weeks * WEEK
    counted = count_capacity(workspace, offers, now=now, until=until)
    buyer = deal.buyer if deal else Buyer(ask.customer, campaign)
    one = _Asked(ask, frozenset(checked.ids.values()), deal.id if deal else None, buyer)
    return _checked(counted, one, offers, has_stand_ins=True)


def check_promise(deal: Deal, *, now: datetime) -> Checked:
    """Check what a deal was promised, whatever is being negotiated now."""
    return check_promises([deal], now=now)[0]


def check_promises(deals: Sequence[Deal], *, now: datetime) -> list[Checked]:
    """Check what deals of a workspace were promised; as many queries as for one."""
    return _check_each([(deal, deal.promised or deal.proposal) for deal in deals], now=now)


def check_adjusted(checked: Checked, adjusting: Callable[[Resource], Resource]) -> Checked:
    """Check the same terms as it would be with resources adjusted."""
    resources = {name: adjusting(resource) for name, resource in checked.company.resources.items()}
    company = replace(checked.company, resources=resources)
    return replace(checked, company=company, check=check(company, checked.check.deal))


def cannot_be_kept(checked: Check) -> bool:
    """Whether a promise lacks capacity that is still to come; weeks that are over have been worked."""
    return any(not shortage.past for shortage in checked.shortages)


def refuse_bad_terms(
    workspace: Workspace, terms: Terms, offers: dict[int, OfferRow], *, now: datetime, deal: Deal | None = None
) -> None:
    """The rules of a deal’s lines; an error names the field that caused it. What was promised may be over."""
    if not terms.lines:
        raise Refused(_("A deal needs at least one line."))
    if len(terms.lines) > MOST_LINES:
        raise Refused(_("A deal holds at most {most_lines} lines.", most_lines=MOST_LINES))
    first_week = _first_week(workspace, now)
    seen: set[tuple[int, date]] = set()
    for number, line in enumerate(terms.lines):
        if not 1 <= line.quantity <= LARGEST_QUANTITY:
            raise Refused(_("A quantity is a whole number of 1 or more."), field=f"quantity.{number}")
        if not 0 <= line.unit_price <= LARGEST_PRICE:
            raise Refused(_("A price is 0 or more."), field=f"price.{number}")
        if line.week < first_week and not _is_promised(deal, line):
            this_week = week_text(first_week, in_language(language(), None))
            raise Refused(
                _("The date should be in this week ({this_week}) or later.", this_week=this_week),
                field=f"date.{number}",
            )
        if (line.offer_id, line.week) in seen:
            name = offers[line.offer_id].name
            raise Refused(
                _("One line for an offer in a week: {name} stands twice.", name=name), field=f"offer.{number}"
            )
        seen.add((line.offer_id, line.week))


def _is_promised(deal: Deal | None, line: TermLine) -> bool:
    promised = deal.promised.lines if deal and deal.promised else ()
    return any((one.offer_id, one.quantity, one.week) == (line.offer_id, line.quantity, line.week) for one in promised)


def proposal_lines(workspace: Workspace, terms: Terms) -> Iterable[ProposalLine]:
    """The rows of terms."""
    for position, line in enumerate(terms.lines):
        row = ProposalLine(workspace=workspace, position=position, offer_id=line.offer_id, quantity=line.quantity)
        row.unit_price, row.week = line.unit_price, line.week
        yield row


@dataclass(frozen=True)
class _Asked:
    """Terms to be checked: the ids of their offers, the deal that has places in the queue already, and for whom."""

    ask: Ask
    offers: frozenset[int]
    deal: int | None
    buyer: Buyer


def _asked(deal: Deal, proposal: Proposal, now: datetime) -> _Asked:
    ask = Ask(deal.customer, deal.workspace.today(now), proposal.terms)
    return _Asked(ask, frozenset(line.offer_id for line in proposal.lines), deal.id, deal.buyer)


def _check_each(terms: Sequence[tuple[Deal, Proposal]], *, now: datetime) -> list[Checked]:
    if not terms:
        return []
    workspace = terms[0][0].workspace
    asked = [_asked(deal, proposal, now) for deal, proposal in terms]
    return _check(workspace, asked, offers_with_needs(workspace, {o for one in asked for o in one.offers}), now=now)


def _check(
    workspace: Workspace, asked: Sequence[_Asked], offers: Mapping[int, OfferRow], *, now: datetime
) -> list[Checked]:
    """Only the weeks in which something is needed are read."""
    weeks = {line.week for one in asked for line in one.ask.lines}
    counted = count_capacity(workspace, offers.values(), now=now, weeks=weeks)
    return [_checked(counted, one, [offers[key] for key in one.offers]) for one in asked]


def _checked(counted: Counted, one: _Asked, offers: Sequence[OfferRow], *, has_stand_ins: bool = False) -> Checked:
    company = counted.company(offers, deal=one.deal, buyer=one.buyer, has_stand_ins=has_stand_ins)
    return Checked(company, check(company, one.ask), {offer.name: offer.id for offer in offers})


def _first_week(workspace: Workspace, now: datetime) -> date:
    return Ask("", workspace.today(now), ()).first_week
