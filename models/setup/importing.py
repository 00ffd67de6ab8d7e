"""Taking over files: what a file names is afterwards as it says; what it does not name stays."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import select

from models.base.errors import Refused
from models.base.language import _, reading
from models.capacity.acts import IMPORT, record_parts
from models.capacity.adjusting import Breaking, check_may_adjust, steer, write_adjustments
from models.capacity.changes import noting
from models.company.approvers import of_people_here
from models.company.clauses import define_clause
from models.company.customers import person_called, take_customers
from models.company.offers import Alternative, NeedRow, OfferRow, Substitute
from models.company.policies import set_policy
from models.company.resources import Commitment, ReceiptRow, ResourceRow, WeekExceptionRow
from models.deals.lists import count_deals
from models.deals.policy_trial import check_policy
from models.files import CapacityFile, CompanyFile, GivenCommitment, company_in
from models.promise import Adjustment, Company, Kind, Need, Offer, Resource
from models.setup.company_tables import Document, differences
from models.workspace.guides import refresh_guide
from models.workspace.history import History, record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

Row = TypeVar("Row", ResourceRow, OfferRow)
BY_RESOURCE = attrgetter("resource")
# Of a large table the first changes are written down.
MOST_NOTED = 200
SETTINGS = (
    "timezone",
    "country",
    "horizon_weeks",
    "margin_floor",
    "late_cost",
    "tight_at",
    "max_deliveries",
    "hold_days",
    "keeps_stock",
)


def _why(workspace: Workspace) -> str:
    with reading(workspace.language):
        return _("The company was changed.")


def import_company(workspace: Workspace, given: CompanyFile, *, by: Member | None, now: datetime) -> Breaking:
    """Load a company; the same file twice changes nothing the second time. `by` None: the command line.

    What can be kept no longer with the new capacity is told to its owners.
    """

    def change() -> History:
        return _take_over(workspace, given, by=by, now=now)

    return steer(workspace, given.company.resources, change, why=_why(workspace), by=by, now=now)


def change_company(workspace: Workspace, before: Document, after: Document, *, by: Member, now: datetime) -> Breaking:
    """Take over only what two documents of the company differ in; what breaks is told to its owners."""
    was, given = company_in(before, _("Before")), company_in(after, _("The company"))
    known, wanted = was.company, given.company
    resources = {name: row for name, row in wanted.resources.items() if row != known.resources.get(name)}
    offers = {name: row for name, row in wanted.offers.items() if row != known.offers.get(name)}
    changed = CompanyFile(
        replace(wanted, resources=resources, offers=offers),
        tuple(entry for entry in given.commitments if entry not in was.commitments),
        tuple(entry for entry in given.customers if entry not in was.customers),
        given.rules if given.rules != was.rules else None,
        tuple(clause for clause in given.clauses if clause not in was.clauses),
    )
    needed = {need.resource for name in offers for of in (known, wanted) for need in _needs(of, name)}
    if changed.rules is not None:
        raise Refused(
            _("Who must agree is changed with `/belay policy`, where it is tried first. Leave the rules as they are.")
        )
    touched = {*resources, *needed, *(entry.resource for entry in changed.commitments)}
    said = differences(before, after)

    def change() -> History:
        return _take_over(workspace, changed, by=by, now=now, said=said)

    return steer(workspace, touched, change, why=_why(workspace), by=by, now=now)


def _needs(company: Company, offer: str) -> tuple[Need, ...]:
    return company.offers[offer].needs if offer in company.offers else ()


def import_capacity(workspace: Workspace, given: CapacityFile, *, by: Member, now: datetime) -> Breaking:
    """Take over weeks and commitments; the same file twice changes nothing the second time."""
    check_may_adjust(by)
    rows = select(ResourceRow).where(ResourceRow.workspace_id == workspace.id)
    resources = {row.name: row for row in workspace.session.scalars(rows)}

    touched = {week.resource for week in given.adjustments} | {load.resource for load in given.commitments}

    def write() -> None:
        for name, adjustments in groupby(sorted(given.adjustments, key=BY_RESOURCE), key=BY_RESOURCE):
            row = resources[name]
            write_adjustments(row, [_as_it_is(row, adjustment, given.unsaid) for adjustment in adjustments])
        take_commitments(workspace, given.commitments, resources, now=now)

    def change() -> History | None:
        changes = noting(workspace, [resources[name].id for name in touched], write)
        counts = {"weeks": len(given.adjustments), "commitments": len(given.commitments)}
        act = record(workspace, IMPORT, by=by, now=now, details=counts)
        record_parts(act, changes, by=by, now=now)
        # The same file again changes nothing that anybody has to hear of.
        return act if changes else None

    with reading(workspace.language):
        why = _("Capacity was imported.")
    return steer(workspace, touched, change, why=why, by=by, now=now)


def _as_it_is(row: ResourceRow, adjustment: Adjustment, unsaid: frozenset[str]) -> Adjustment:
    """What a file has no column for stays: hours that somebody took out of a week are not there again."""
    week = next((week for week in row.weeks if week.week == adjustment.week), None)
    if week is None:
        return adjustment
    return replace(
        adjustment,
        available=week.available if "available" in unsaid else adjustment.available,
        overtime=week.overtime if "overtime" in unsaid else adjustment.overtime,
        reason=week.reason or "" if "reason" in unsaid else adjustment.reason,
    )


def _take_over(
    workspace: Workspace, given: CompanyFile, *, by: Member | None, now: datetime, said: Sequence[str] = ()
) -> History:
    company = given.company
    if company.currency != workspace.currency and count_deals(workspace.session, workspace.id):
        raise Refused(
            _("The currency cannot change from {currency}: there are deals already.", currency=workspace.currency)
        )
    workspace.lock()
    workspace.name, workspace.currency, workspace.places = company.name, company.currency, company.places
    for name in SETTINGS:
        setattr(workspace, name, getattr(company, name))
    for given_resource in company.resources.values():
        _resource(workspace, given_resource, today=workspace.today(now))
    workspace.session.flush()
    resources = _by_name(workspace, ResourceRow)
    for offer in company.offers.values():
        _offer(workspace, offer, resources)
    workspace.session.flush()
    offers = _by_name(workspace, OfferRow)
    for offer in company.offers.values():
        _substitutes(offers[offer.name], [offers[name] for name in offer.substitutes])
    take_commitments(workspace, given.commitments, resources, now=now)
    take_customers(workspace, given.customers)
    for clause in given.clauses:
        define_clause(workspace, clause, by=by, now=now)
    if given.rules is not None:
        workspace.session.flush()
        rules = [of_people_here(workspace, rule) for rule in given.rules]
        check_policy(workspace, rules)
        set_policy(workspace, rules, by=by, now=now)
    refresh_guide(workspace, now=now)
    counts = {"offers": len(company.offers), "resources": len(company.resources)}
    changes = {"changes": list(said[:MOST_NOTED])} if said else {}
    return record(workspace, "import", by=by, now=now, details={**counts, **changes})


def _resource(workspace: Workspace, given: Resource, *, today: date) -> ResourceRow:
    row = _row(workspace, ResourceRow, given.name)
    row.kind, row.unit, row.weekly, row.overtime = given.kind, given.unit, given.weekly, given.overtime
    row.overtime_cost, row.on_hand = given.overtime_cost, given.on_hand
    row.member = person_called(workspace, given.member, what=given.name) if given.member else None
    row.retired_at = None
    row.as_of = given.as_of or (today if given.kind is Kind.STOCK else None)
    known = {week.week: week for week in row.weeks}
    for day, exception in given.exceptions.items():
        week = known.get(day) or WeekExceptionRow(workspace=workspace, week=day)
        row.weeks += [] if day in known else [week]
        week.available, week.overtime, week.reason = exception.available, exception.overtime, exception.reason
    arriving = {receipt.week: receipt for receipt in row.receipts}
    for day, quantity in given.receipts.items():
        receipt = arriving.get(day) or ReceiptRow(workspace=workspace, week=day)
        row.receipts += [] if day in arriving else [receipt]
        receipt.quantity = quantity
    return row


def _offer(workspace: Workspace, given: Offer, resources: dict[str, ResourceRow]) -> OfferRow:
    row = _row(workspace, OfferRow, given.name)
    row.family, row.unit, row.list_price, row.unit_cost = given.family, given.unit, given.list_price, given.unit_cost
    row.standard, row.max_discount, row.lead_weeks = given.standard, given.max_discount, given.lead_weeks
    row.min_lot, row.retired_at = given.min_lot, None
    # What equals the company's floor follows it.
    row.margin_floor = None if given.margin_floor == workspace.margin_floor else given.margin_floor
    row.needs = [
        NeedRow(
            workspace=workspace,
            resource=resources[need.resource],
            offset=need.offset,
            weeks=need.weeks,
            per_unit=need.per_unit,
            fixed=need.fixed,
            ahead=need.ahead,
            alternatives=[
                Alternative(workspace=workspace, resource=resources[name], rank=rank)
                for rank, name in enumerate(need.resources[1:], 1)
            ],
        )
        for need in given.needs
    ]
    return row


def _substitutes(offer: OfferRow, stand_ins: list[OfferRow]) -> None:
    offer.substitutes.clear()
    offer.session.flush()
    for rank, other in enumerate(stand_ins):
        offer.substitutes.append(Substitute(workspace=offer.workspace, substitute=other, rank=rank))


def take_commitments(
    workspace: Workspace, given: tuple[GivenCommitment, ...], resources: Mapping[str, ResourceRow], *, now: datetime
) -> None:
    """Load under its own reference; the same one twice is the same load."""
    rows = select(Commitment).where(Commitment.workspace_id == workspace.id, Commitment.ref.is_not(None))
    known = {(row.ref, row.resource_id, row.week): row for row in workspace.session.scalars(rows)}
    for entry in given:
        resource = resources[entry.resource]
        row = known.get((entry.ref, resource.id, entry.week))
        if row is None:
            row = Commitment(workspace=workspace, ref=entry.ref, resource=resource, week=entry.week, committed_at=now)
            workspace.session.add(row)
        row.quantity, row.note = entry.quantity, entry.note


def _by_name(workspace: Workspace, kind: type[Row]) -> dict[str, Row]:
    rows = workspace.session.scalars(select(kind).where(kind.workspace_id == workspace.id))
    return {row.name: row for row in rows}


def _row(workspace: Workspace, kind: type[Row], name: str) -> Row:
    row = workspace.session.scalar(select(kind).where(kind.workspace_id == workspace.id, kind.name == name))
    if row is None:
        row = kind(workspace=workspace, name=name)
        workspace.session.add(row)
    return row
