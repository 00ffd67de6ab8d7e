"""The company in the database as the document that an import reads."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models.company.approvers import by_name
from models.company.clauses import clauses_of, given_of
from models.company.customers import CustomerRow, customers
from models.company.offers import NeedRow, OfferRow, Substitute, offered
from models.company.policies import policy_of
from models.company.resources import Commitment, ResourceRow, in_use
from models.files.clauses import write_clause
from models.files.rules import write_rule
from models.promise import Kind
from models.setup.company_tables import Document
from models.workspace.workspaces import Workspace

SETTINGS = ("name", "currency", "timezone", "country", "horizon_weeks", "margin_floor", "late_cost", "tight_at")


def company_document(workspace: Workspace) -> Document:
    """Everything that came from files; load that comes from deals stays in the database."""
    session = workspace.session
    resources = session.scalars(
        select(ResourceRow)
        .where(*in_use(workspace))
        .order_by(ResourceRow.id)
        .options(selectinload(ResourceRow.weeks), selectinload(ResourceRow.receipts))
    )
    offers = session.scalars(
        select(OfferRow)
        .where(*offered(workspace))
        .order_by(OfferRow.id)
        .options(
            selectinload(OfferRow.needs).joinedload(NeedRow.resource),
            selectinload(OfferRow.substitutes).joinedload(Substitute.substitute),
        )
    )
    given = select(Commitment).join(ResourceRow).where(*in_use(workspace), Commitment.ref.is_not(None))
    terms = [write_clause(given_of(row)) for row in clauses_of(workspace)]
    known = [_customer(row) for row in customers(workspace)]
    settings = {name: getattr(workspace, name) for name in (*SETTINGS, "max_deliveries", "hold_days", "keeps_stock")}
    return (
        {
            "company": _present(settings),
            "resources": [_resource(row, workspace.places) for row in resources],
            "offers": [_offer(row, workspace.places) for row in offers],
            "commitments": [
                _commitment(row)
                for row in session.scalars(given.order_by(Commitment.id).options(joinedload(Commitment.resource)))
            ],
        }
        | ({"customers": known} if known else {})
        | ({"terms": terms} if terms else {})
        | _rules(workspace)
    )


def _rules(workspace: Workspace) -> Document:
    """Who must agree, where somebody has said so; people by name."""
    policy = policy_of(workspace)
    if not policy.version:
        return {}
    return {"rules": [write_rule(rule, workspace.places) for rule in by_name(workspace, policy.rules)]}


def _resource(row: ResourceRow, places: int) -> Document:
    base = {"name": row.name, "kind": row.kind, "unit": row.unit}
    if row.kind == Kind.STOCK:
        receipts = [{"week": _day(r.week), "quantity": _amount(r.quantity)} for r in row.receipts]
        return _present(base | {"on_hand": _amount(row.on_hand), "as_of": _day(row.as_of), "receipts": receipts})
    weeks = [
        {"week": _day(w.week), "available": _amount(w.available), "overtime": _amount(w.overtime), "reason": w.reason}
        for w in row.weeks
    ]
    cost = _money(row.overtime_cost, places)
    time = {"weekly": _amount(row.weekly), "overtime": _amount(row.overtime), "overtime_cost": cost}
    whose = {"member": row.member.name} if row.member else {}
    return base | time | whose | {"weeks": [_present(week) for week in weeks]}


def _offer(row: OfferRow, places: int) -> Document:
    return _present(
        {
            "name": row.name,
            "family": row.family,
            "unit": row.unit,
            "list_price": _money(row.list_price, places),
            "unit_cost": _money(row.unit_cost, places),
            "standard": row.standard,
            "max_discount": row.max_discount,
            "lead_weeks": row.lead_weeks,
            "min_lot": row.min_lot,
            "margin_floor": row.margin_floor,
            "substitutes": [entry.substitute.name for entry in row.substitutes if entry.substitute.retired_at is None],
            "needs": [_need(need) for need in row.needs],
        }
    )


def _need(row: NeedRow) -> Document:
    names = [resource.name for resource in row.resources]
    where: Document = {"any_of": names} if len(names) > 1 else {"resource": names[0]}
    earlier: Document = {"ahead": row.ahead} if row.ahead else {}
    amounts = {"per_unit": _amount(row.per_unit), "fixed": _amount(row.fixed)}
    return {**where, "offset": row.offset, "weeks": row.weeks, **earlier, **amounts}


def _customer(row: CustomerRow) -> Document:
    owner = row.owner.name if row.owner else None
    return _present({"name": row.name, "tier": row.tier, "owner": owner, "external_id": row.external_id})


def _commitment(row: Commitment) -> Document:
    base = {"ref": row.ref, "resource": row.resource.name, "week": _day(row.week), "quantity": _amount(row.quantity)}
    return _present(base | {"note": row.note})


def _present(values: Document) -> Document:
    return {key: value for key, value in values.items() if value is not None}


def _amount(thousandths: int | None) -> Decimal | None:
    return None if thousandths is None else Decimal(thousandths).scaleb(-3)


def _money(minor: int, places: int) -> Decimal:
    return Decimal(minor).scaleb(-places)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
