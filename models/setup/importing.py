"""Taking over files: what a file names is afterwards as it says; what it does not name stays."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import select

from models.base.errors import Refused
from models.capacity.acts import IMPORT, record_parts
from models.capacity.adjusting import Breaking, check_may_adjust, steer, write_adjustments
from models.capacity.changes import noting
from models.company.offers import NeedRow, OfferRow, Substitute
from models.company.resources import Commitment, ReceiptRow, ResourceRow, WeekExceptionRow
from models.deals.lists import count_deals
from models.files import CapacityFile, CompanyFile, GivenCommitment
from models.promise import Kind, Offer, Resource
from models.workspace.history import History, record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

Row = TypeVar("Row", ResourceRow, OfferRow)
BY_RESOURCE = attrgetter("resource")
SETTINGS = (
    "timezone",
    "country",
    "horizon_weeks",
    "margin_floor",
    "late_cost",
    "tight_at",
    "max_deliveries",
    "hold_days",
)


def import_company(workspace: Workspace, given: CompanyFile, *, by: Member | None, now: datetime) -> None:
    """Load a company; the same file twice changes nothing the second time. `by` None: the command line.

    What can be kept no longer with the new capacity is told to its owners.
    """

    def change() -> None:
        _take_over(workspace, given, by=by, now=now)

    steer(workspace, given.company.resources, change, why="The company was imported anew.", by=by, now=now)


def import_capacity(workspace: Workspace, given: CapacityFile, *, by: Member, now: datetime) -> Breaking:
    """Take over weeks and commitments; the same file twice changes nothing the second time."""
    check_may_adjust(by)
    rows = select(ResourceRow).where(ResourceRow.workspace_id == workspace.id)
    resources = {row.name: row for row in workspace.session.scalars(rows)}

    touched = {week.resource for week in given.adjustments} | {load.resource for load in given.commitments}

    def write() -> None:
        for name, adjustments in groupby(sorted(given.adjustments, key=BY_RESOURCE), key=BY_RESOURCE):
            write_adjustments(resources[name], adjustments)
        take_commitments(workspace, given.commitments, resources, now=now)

    def change() -> History:
        changes = noting(workspace, [resources[name].id for name in touched], write)
        counts = {"weeks": len(given.adjustments), "commitments": len(given.commitments)}
        act = record(workspace, IMPORT, by=by, now=now, details=counts)
        record_parts(act, changes, by=by, now=now)
        return act

    return steer(workspace, touched, change, why="Capacity was imported.", by=by, now=now)


def _take_over(workspace: Workspace, given: CompanyFile, *, by: Member | None, now: datetime) -> None:
    company = given.company
    if company.currency != workspace.currency and count_deals(workspace.session, workspace.id):
        raise Refused(f"The currency cannot change from {workspace.currency}: there are deals already.")
    workspace.lock()
    workspace.name, workspace.currency, workspace.places = company.name, company.currency, company.places
    for name in SETTINGS:
        setattr(workspace, name, getattr(company, name))
    resources = {r.name: _resource(workspace, r, today=workspace.today(now)) for r in company.resources.values()}
    workspace.session.flush()
    offers = {offer.name: _offer(workspace, offer, resources) for offer in company.offers.values()}
    workspace.session.flush()
    for offer in company.offers.values():
        _substitutes(offers[offer.name], [offers[name] for name in offer.substitutes])
    take_commitments(workspace, given.commitments, resources, now=now)
    record(workspace, "import", by=by, now=now, details={"offers": len(offers), "resources": len(resources)})


def _resource(workspace: Workspace, given: Resource, *, today: date) -> ResourceRow:
    row = _row(workspace, ResourceRow, given.name)
    row.kind, row.unit, row.weekly, row.overtime = given.kind, given.unit, given.weekly, given.overtime
    row.overtime_cost, row.on_hand = given.overtime_cost, given.on_hand
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
    row.min_lot, row.margin_floor = given.min_lot, given.margin_floor
    row.needs = [
        NeedRow(
            workspace=workspace,
            resource=resources[need.resource],
            offset=need.offset,
            weeks=need.weeks,
            per_unit=need.per_unit,
            fixed=need.fixed,
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


def _row(workspace: Workspace, kind: type[Row], name: str) -> Row:
    row = workspace.session.scalar(select(kind).where(kind.workspace_id == workspace.id, kind.name == name))
    if row is None:
        row = kind(workspace=workspace, name=name)
        workspace.session.add(row)
    return row
