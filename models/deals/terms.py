"""Terms that a person puts forward, and the check of them against the capacity of this instant."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.base.arithmetic import WEEK
from models.base.errors import Refused
from models.base.words import locale_of, week_text
from models.company.counting import company_for
from models.company.offers import OfferRow, offers_by_id, offers_with_stand_ins
from models.deals.reservations import lock_resources
from models.deals.rows import Deal, ProposalLine
from models.promise import Check, Company, Line, Resource, check
from models.promise import Deal as Ask
from models.workspace.workspaces import Workspace

# As many as fit on a form with all that stands above them.
MOST_LINES = 16
LARGEST_QUANTITY = 10**9
LARGEST_PRICE = 10**12


@dataclass(frozen=True)
class TermLine:
    """One delivery that is asked for; the price in minor units, the week by its Monday."""

    offer_id: int
    quantity: int
    unit_price: int
    week: date


@dataclass(frozen=True)
class Terms:
    """Complete terms, and what their author says to them."""

    lines: tuple[TermLine, ...]
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """Terms with the company that they were checked against; `ids` are those of its offers."""

    company: Company
    check: Check
    ids: Mapping[str, int]


def check_terms(
    workspace: Workspace, terms: Terms, *, now: datetime, deal: Deal | None = None, customer: str = ""
) -> Checked:
    """Check terms as they would be posted now; a deal's own commitments and holds do not count against it."""
    offers = offers_by_id(workspace, [line.offer_id for line in terms.lines])
    refuse_bad_terms(workspace, terms, offers, now=now)
    lines = tuple(Line(offers[x.offer_id].name, x.quantity, x.unit_price, x.week) for x in terms.lines)
    return _check(workspace, Ask(customer, workspace.today(now), lines), offers, now=now, without=deal)


def check_deal(deal: Deal, *, now: datetime, is_locking: bool = False) -> Checked:
    """Check the present terms of a deal; with `is_locking`, nobody else can take what it finds."""
    offers = {line.offer_id: line.offer for line in deal.proposal.lines}
    if is_locking:
        lock_resources(deal.workspace, {n.resource.name for o in offers.values() for n in o.needs})
    ask = Ask(deal.customer, deal.workspace.today(now), deal.proposal.terms)
    return _check(deal.workspace, ask, offers, now=now, without=deal)


def check_promise(deal: Deal, *, now: datetime) -> Checked:
    """Check what a deal was promised, whatever is being negotiated now."""
    promised = deal.promised or deal.proposal
    ask = Ask(deal.customer, deal.workspace.today(now), promised.terms)
    return _check(deal.workspace, ask, {line.offer_id for line in promised.lines}, now=now, without=deal)


def check_adjusted(deal: Deal, adjusting: Callable[[Resource], Resource], *, now: datetime) -> Check:
    """Check a promise as it would be with resources adjusted."""
    checked = check_promise(deal, now=now)
    resources = {name: adjusting(resource) for name, resource in checked.company.resources.items()}
    return check(replace(checked.company, resources=resources), checked.check.deal)


def cannot_be_kept(checked: Check) -> bool:
    """Whether a promise lacks capacity that is still to come; weeks that are over have been worked."""
    return any(not shortage.past for shortage in checked.shortages)


def refuse_bad_terms(workspace: Workspace, terms: Terms, offers: dict[int, OfferRow], *, now: datetime) -> None:
    """The rules of a deal's lines; an error names the field that caused it."""
    if not terms.lines:
        raise Refused("A deal needs at least one line.")
    if len(terms.lines) > MOST_LINES:
        raise Refused(f"A deal holds at most {MOST_LINES} lines.")
    first_week = _first_week(workspace, now)
    seen: set[tuple[int, date]] = set()
    for number, line in enumerate(terms.lines):
        if not 1 <= line.quantity <= LARGEST_QUANTITY:
            raise Refused("A quantity is a whole number of 1 or more.", field=f"quantity.{number}")
        if not 0 <= line.unit_price <= LARGEST_PRICE:
            raise Refused("A price is 0 or more.", field=f"price.{number}")
        if line.week < first_week:
            this_week = week_text(first_week, locale_of("en-US"))
            raise Refused(f"The date should be in this week ({this_week}) or later.", field=f"date.{number}")
        if (line.offer_id, line.week) in seen:
            name = offers[line.offer_id].name
            raise Refused(f"One line for an offer in a week: {name} stands twice.", field=f"offer.{number}")
        seen.add((line.offer_id, line.week))


def proposal_lines(workspace: Workspace, terms: Terms) -> Iterable[ProposalLine]:
    """The rows of terms."""
    for position, line in enumerate(terms.lines):
        row = ProposalLine(workspace=workspace, position=position, offer_id=line.offer_id, quantity=line.quantity)
        row.unit_price, row.week = line.unit_price, line.week
        yield row


def _check(workspace: Workspace, ask: Ask, offer_ids: Iterable[int], *, now: datetime, without: Deal | None) -> Checked:
    """What a search for ways may look at is read along: stand-ins, and the weeks up to the horizon."""
    known = offers_with_stand_ins(workspace, offer_ids)
    until = max(line.week for line in ask.lines) + workspace.horizon_weeks * WEEK
    company = company_for(workspace, known, now=now, until=until, without=without.id if without else None)
    return Checked(company, check(company, ask), {offer.name: offer.id for offer in known})


def _first_week(workspace: Workspace, now: datetime) -> date:
    return Ask("", workspace.today(now), ()).first_week
