"""Reserves: hours of a resource that are kept for a customer tier or a campaign until a date; then they are free."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ForeignKey, Integer, String, column, select, table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.arithmetic import WEEK
from models.base.columns import Name, Thousandths, Word
from models.base.declarative import Base
from models.base.language import _
from models.company.customers import tiers_of
from models.company.queues import Queue, Queues
from models.company.resources import ResourceRow
from models.promise import Place, Reserved
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace

# By its name, because deals stand above resources.
DEALS = table("deal", column("id", Integer), column("customer", String), column("campaign", String))


class ReserveRow(OfWorkspace, Base):
    """So much of each week from the first to the last, for the customers of a tier or for a campaign.

    It counts until the end of the day before `until`, or until it was given back.
    """

    __tablename__ = "reserve"

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    first_week: Mapped[date]
    last_week: Mapped[date]
    quantity: Mapped[Thousandths]
    tier: Mapped[Word | None] = mapped_column(String(40))
    campaign: Mapped[Name | None] = mapped_column(String(80))
    until: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    # When it ended by itself at midnight, or was given back.
    ends_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    resource: Mapped[ResourceRow] = relationship()
    by: Mapped[Member] = relationship()

    @property
    def whom(self) -> str:
        """For whom it is kept, in words."""
        return (
            _("{tier} customers", tier=self.tier) if self.tier else _("the campaign {campaign}", campaign=self.campaign)
        )

    @property
    def weeks(self) -> Iterator[date]:
        """The weeks of which it keeps something."""
        week = self.first_week
        while week <= self.last_week:
            yield week
            week += WEEK


@dataclass(frozen=True)
class Buyer:
    """Who a deal is for: its customer, and the campaign that it belongs to; none of them for nobody in particular."""

    customer: str = ""
    campaign: str = ""


@dataclass(frozen=True)
class Remaining:
    """What is left of a reserve in a week, in thousandths."""

    row: ReserveRow
    week: date
    quantity: int


@dataclass(frozen=True)
class Reserves:
    """Reserves in force, the tiers of customers by names in small letters, and for whom deals are by their ids."""

    rows: Sequence[ReserveRow] = ()
    tiers: Mapping[str, str] = field(default_factory=dict)
    buyers: Mapping[int, Buyer] = field(default_factory=dict)

    def is_for(self, row: ReserveRow, buyer: Buyer) -> bool:
        """Whether a reserve is kept for somebody."""
        if row.tier:
            return self.tiers.get(buyer.customer.strip().lower()) == row.tier
        return bool(row.campaign) and buyer.campaign.strip().lower() == str(row.campaign).lower()

    def left(self, resource: int, queues: Mapping[date, Queue]) -> Iterator[Remaining]:
        """What is left of the reserves of a resource: less what those they are for were promised or hold since.

        What a deal takes is taken from one of them only, the first one first.
        """
        rows = [row for row in self.rows if row.resource_id == resource]
        for week in sorted({week for row in rows for week in row.weeks}):
            left = {row.id: row.quantity for row in rows if row.first_week <= week <= row.last_week}
            queue = queues.get(week)
            for part in queue.parts if queue else ():
                taken = part.quantity
                for row in rows:
                    if row.id in left and part.since >= row.made_at and self.is_for(row, self._buyer(part.deal)):
                        used = min(taken, left[row.id])
                        left[row.id], taken = left[row.id] - used, taken - used
            yield from (Remaining(row, week, left[row.id]) for row in rows if left.get(row.id))

    def places(
        self, resource: int, queues: Mapping[date, Queue], buyer: Buyer, deal: int | None
    ) -> Mapping[date, tuple[Place, ...]]:
        """Where what is kept for somebody stands in the queue: since it was reserved, before whoever came later."""
        places: defaultdict[date, list[Place]] = defaultdict(list)
        for kept in self.left(resource, queues):
            if self.is_for(kept.row, buyer):
                queue = queues.get(kept.week)
                ahead = queue.imported if queue else 0
                for part in queue.parts if queue else ():
                    is_before = part.since < kept.row.made_at or self.is_for(kept.row, self._buyer(part.deal))
                    ahead += part.quantity if is_before and part.deal != deal else 0
                places[kept.week].append(Place(kept.quantity, ahead))
        return {week: tuple(entries) for week, entries in places.items()}

    def _buyer(self, deal: int) -> Buyer:
        return self.buyers.get(deal, Buyer())

    def for_others(
        self, resource: int, queues: Mapping[date, Queue], buyer: Buyer
    ) -> Mapping[date, tuple[Reserved, ...]]:
        """What of a resource is kept for others than somebody, by week."""
        kept: defaultdict[date, list[Reserved]] = defaultdict(list)
        for left in self.left(resource, queues):
            if not self.is_for(left.row, buyer):
                kept[left.week].append(Reserved(left.quantity, left.row.whom, left.row.until))
        return {week: tuple(entries) for week, entries in kept.items()}


NONE = Reserves()


def reserves_of(workspace: Workspace, resources: Collection[int], queues: Queues, *, now: datetime) -> Reserves:
    """The reserves of resources that are in force, and what tells who may use them."""
    rows = reserve_rows(workspace, now=now, resources=resources)
    if not rows:
        return NONE
    deals = {part.deal for key in resources for queue in queues.get(key, {}).values() for part in queue.parts}
    buyers = {
        key: Buyer(customer, campaign or "")
        for key, customer, campaign in workspace.session.execute(
            select(DEALS.c.id, DEALS.c.customer, DEALS.c.campaign).where(DEALS.c.id.in_(deals))
        )
    }
    return Reserves(rows, tiers_of(workspace) if any(row.tier for row in rows) else {}, buyers)


def reserve_rows(
    workspace: Workspace, *, now: datetime, resources: Collection[int] | None = None
) -> Sequence[ReserveRow]:
    """Reserves that are in force, of some resources or of all, in the order in which they were made."""
    rows = select(ReserveRow).where(ReserveRow.workspace_id == workspace.id, ReserveRow.ends_at > now)
    rows = rows if resources is None else rows.where(ReserveRow.resource_id.in_(list(resources)))
    return workspace.session.scalars(rows.order_by(ReserveRow.id)).all()


def kept_for_campaigns(workspace: Workspace) -> Mapping[int, Mapping[date, int]]:
    """What is kept for campaigns that have not ended, by the id of the resource and week."""
    rows = select(ReserveRow).where(ReserveRow.workspace_id == workspace.id, ReserveRow.told_at.is_(None))
    kept: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in workspace.session.scalars(rows.where(ReserveRow.campaign.is_not(None))):
        for week in row.weeks:
            kept[row.resource_id][week] += row.quantity
    return kept


def campaigns(workspace: Workspace, *, now: datetime) -> list[str]:
    """The campaigns for which something is kept."""
    return sorted({row.campaign for row in reserve_rows(workspace, now=now) if row.campaign})


def tiers(workspace: Workspace) -> list[str]:
    """The tiers of the company's customers."""
    return sorted(set(tiers_of(workspace).values()))
