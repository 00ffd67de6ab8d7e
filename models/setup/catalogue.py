"""Changes of the company that a file cannot say: another name, and what is not used any more."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from models.base.errors import NotFound, NotYours, Refused
from models.base.language import _
from models.company.customers import CustomerRow
from models.company.offers import EVERY_FAMILY, FamilyChannel, OfferRow, Substitute, needed_resources, offered
from models.company.policies import rename_in_rules
from models.company.resources import ResourceRow
from models.deals.card_messages import CardMessage, refresh_cards
from models.deals.lists import LIVE
from models.deals.lost_demand import LostDemand
from models.deals.proposals import ProposalLine
from models.deals.rows import Deal
from models.deals.states import OPEN
from models.sheets.cells import fold
from models.sheets.fields import Kind
from models.sheets.names import Past
from models.sop.budgets import Budget
from models.sop.comments import Comment
from models.sop.launches import FamilyLife
from models.sop.owners import FamilyOwner
from models.sop.rows import Actual, Consensus, Cycle, Forecast, Resolution, StockTarget, SupplyPlan
from models.sop.scenarios import Scenario
from models.workspace.history import History, record
from models.workspace.members import Member, is_admin
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

Named = OfferRow | ResourceRow | CustomerRow
NAMED: Mapping[str, type[Named]] = {"offer": OfferRow, "resource": ResourceRow, "customer": CustomerRow}
KINDS: Mapping[str, Kind] = {"offer": Kind.OFFERS, "resource": Kind.RESOURCES, "customer": Kind.CUSTOMERS}
OF_A_FAMILY = (
    *(OfferRow, FamilyChannel, LostDemand),
    *(Actual, Budget, Comment, Consensus, FamilyLife, FamilyOwner, Forecast, Resolution, StockTarget, SupplyPlan),
)


def keeps_company(by: Member, admins: frozenset[str]) -> bool:
    """Whether somebody may change the company's data."""
    return is_admin(by, admins) or by.has(Role.DATA)


def check_keeps_company(by: Member, admins: frozenset[str]) -> None:
    """The company's data is for admins, and for those with the role for it."""
    if not keeps_company(by, admins):
        raise NotYours(
            _("The company’s data is kept by admins and by people with the role planner data. Ask one of them.")
        )


def find_named(workspace: Workspace, kind: str, row_id: int, *, is_retired: bool = False) -> Named:
    """An offer, resource or customer of this workspace that is in use, or one that is retired."""
    table: Any = NAMED.get(kind)
    row: Named | None = None
    if table is not None:
        rows: Select[Any] = select(table).where(table.workspace_id == workspace.id, table.id == row_id)
        row = workspace.session.scalar(rows)
    if row is None or (row.retired_at is not None) is not is_retired:
        raise NotFound(_("That is not there any more. Open `/belay company` again."))
    return row


def rename(row: Named, name: str, *, by: Member, now: datetime) -> None:
    """Give another name; deals, promises and history come along: they know the row, or are told the customer's name."""
    wanted = name.strip()
    if wanted == row.name:
        return
    if not wanted:
        raise Refused(_("What is it called?"), field="name")
    table: Any = type(row)
    same = select(table.id).where(table.workspace_id == row.workspace_id, table.name == wanted, table.id != row.id)
    if row.session.scalar(same.limit(1)) is not None:
        raise Refused(
            _("There is a {kind} called {wanted} already.", kind=_(str(row.__tablename__)), wanted=wanted),
            field="name",
        )
    was, row.name = row.name, wanted[:200]
    if isinstance(row, OfferRow):
        _refresh_cards(row, now=now)
    if isinstance(row, CustomerRow):
        _rename_in_deals(row, was, now=now)
    record(row, "rename", by=by, now=now, details={"from": was, "to": row.name})


def rename_family(workspace: Workspace, was: str, name: str, *, by: Member, now: datetime) -> None:
    """Give a family another name, with its channel, its owner, its closed months, forecasts and plans."""
    wanted = name.strip()[:200]
    if wanted == was:
        return
    if not wanted or wanted == EVERY_FAMILY:
        raise Refused(_("What is the family called?"), field="name")
    session = workspace.session
    workspace.lock()
    known = (select(one.id).where(one.workspace_id == workspace.id, one.family == wanted) for one in OF_A_FAMILY)
    if any(session.scalar(rows.limit(1)) is not None for rows in known):
        raise Refused(_("There is a family called {wanted} already.", wanted=wanted), field="name")
    for table in OF_A_FAMILY:
        session.execute(
            update(table).where(table.workspace_id == workspace.id, table.family == was).values(family=wanted)
        )
    of_another = FamilyLife.workspace_id == workspace.id, FamilyLife.like == was
    session.execute(update(FamilyLife).where(*of_another).values(like=wanted))
    for cycle in session.scalars(select(Cycle).where(Cycle.workspace_id == workspace.id)):
        for kept_by_family in ("agreed", "baselines", "economics", "unknown"):
            kept = getattr(cycle, kept_by_family) or {}
            setattr(cycle, kept_by_family, {wanted if family == was else family: of for family, of in kept.items()})
        for listed in ("means", "stale"):
            setattr(cycle, listed, [wanted if family == was else family for family in getattr(cycle, listed)])
    for scenario in session.scalars(select(Scenario).where(Scenario.workspace_id == workspace.id)):
        scenario.rename_family(was, wanted)
    rename_in_rules(workspace, "family", was, wanted)
    session.flush()
    session.expire_all()
    record(workspace, "rename_family", by=by, now=now, details={"from": was, "to": wanted})


def retire(row: Named, *, by: Member, now: datetime) -> None:
    """Stop using something; deals and history that name it stay as they are."""
    if isinstance(row, ResourceRow):
        _check_not_needed(row)
    row.retired_at = now
    row.session.flush()
    if isinstance(row, OfferRow):
        stands_in = (Substitute.offer_id == row.id) | (Substitute.substitute_id == row.id)
        row.session.execute(delete(Substitute).where(Substitute.workspace_id == row.workspace_id, stands_in))
        row.session.expire(row, ["substitutes"])
    record(row, "retire", by=by, now=now)


def bring_back(row: Named, *, by: Member, now: datetime) -> None:
    """Use something again that was retired, as it was."""
    if isinstance(row, OfferRow):
        gone = sorted(need.resource.name for need in row.needs if need.resource.retired_at is not None)
        if gone:
            raise Refused(
                _(
                    "{name} needs {gone}, which is retired: bring that back first.",
                    name=row.name,
                    gone=", ".join(gone[:5]),
                )
            )
    row.retired_at = None
    row.session.flush()
    record(row, "bring_back", by=by, now=now)


def past_names(workspace: Workspace) -> Past:
    """What things were called before, and what is retired."""
    renamed: dict[Kind, dict[str, str]] = {}
    retired: dict[Kind, dict[str, str]] = {}
    session = workspace.session
    for word, kind in KINDS.items():
        table: Any = NAMED[word]
        rows = session.execute(
            select(table.id, table.name, table.retired_at).where(table.workspace_id == workspace.id)
        ).all()
        names = {row.id: row.name for row in rows if row.retired_at is None}
        used = {fold(name) for name in names.values()}
        retired[kind] = {fold(row.name): row.name for row in rows if row.retired_at and fold(row.name) not in used}
        moves = select(History).where(
            History.workspace_id == workspace.id, History.subject == word, History.move == "rename"
        )
        past = [(fold(str(move.details["from"])), names.get(move.subject_id)) for move in session.scalars(moves)]
        renamed[kind] = {was: now for was, now in past if now and was not in used}
    return Past(renamed, retired)


def _rename_in_deals(customer: CustomerRow, was: str, *, now: datetime) -> None:
    """A deal has its customer's name, and by it their tier: who must agree does not change with the name."""
    known = Deal.workspace_id == customer.workspace_id, func.lower(func.trim(Deal.customer)) == was.strip().lower()
    deals = customer.session.scalars(
        select(Deal).where(*known).order_by(Deal.id).with_for_update(of=Deal, key_share=True)
    ).all()
    for deal in deals:
        deal.customer = customer.name
    live = select(CardMessage).where(CardMessage.deal_id.in_([deal.id for deal in deals if deal.state in LIVE]))
    refresh_cards(customer.session.scalars(live.order_by(CardMessage.id)).all(), now=now)


def _refresh_cards(offer: OfferRow, *, now: datetime) -> None:
    """Cards show an offer by its name."""
    named = select(CardMessage).join(Deal, Deal.id == CardMessage.deal_id)
    named = named.join(ProposalLine, ProposalLine.proposal_id == Deal.proposal_id).distinct()
    named = named.where(
        Deal.workspace_id == offer.workspace_id, Deal.state.in_(LIVE), ProposalLine.offer_id == offer.id
    )
    refresh_cards(offer.session.scalars(named.order_by(CardMessage.id)).all(), now=now)


def open_deals_with(offer: OfferRow) -> int:
    """How many open deals name an offer."""
    named = select(func.count(func.distinct(Deal.id))).join(ProposalLine, ProposalLine.proposal_id == Deal.proposal_id)
    named = named.where(
        Deal.workspace_id == offer.workspace_id, Deal.state.in_(OPEN), ProposalLine.offer_id == offer.id
    )
    return offer.session.scalar(named) or 0


def _check_not_needed(resource: ResourceRow) -> None:
    needed = needed_resources()
    needing = select(OfferRow.name).join(needed, needed.c.offer_id == OfferRow.id).distinct()
    needing = needing.where(*offered(resource.workspace), needed.c.resource_id == resource.id).order_by(OfferRow.name)
    names: Sequence[str] = resource.session.scalars(needing).all()
    if names:
        raise Refused(
            _(
                "{name} is needed by {names}. Change what those need first.",
                name=resource.name,
                names=", ".join(names[:5]),
            )
        )
