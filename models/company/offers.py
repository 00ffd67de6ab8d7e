"""The catalogue: what is sold, what it needs, and which channel answers for which family."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, ForeignKey, Subquery, UniqueConstraint, func, select, union
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from models.base.columns import MinorUnits, Name, SlackId, Thousandths
from models.base.declarative import Base
from models.base.errors import NotFound
from models.base.language import _
from models.company.resources import ResourceRow
from models.workspace.workspaces import OfWorkspace, Workspace

EVERY_FAMILY = "*"


class OfferRow(OfWorkspace, Base):
    """Something the company sells; prices in minor units."""

    __tablename__ = "offer"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: Mapped[Name]
    family: Mapped[Name]
    unit: Mapped[Name]
    list_price: Mapped[MinorUnits]
    unit_cost: Mapped[MinorUnits]
    standard: Mapped[bool] = mapped_column(default=True)
    max_discount: Mapped[Decimal] = mapped_column(default=Decimal(0))
    lead_weeks: Mapped[int] = mapped_column(default=0)
    min_lot: Mapped[int] = mapped_column(default=1)
    margin_floor: Mapped[Decimal | None]
    # Since when it is not offered any more; deals that name it stay as they are.
    retired_at: Mapped[datetime | None]
    needs: Mapped[list["NeedRow"]] = relationship(cascade="all, delete-orphan", order_by="NeedRow.id")
    substitutes: Mapped[list["Substitute"]] = relationship(
        cascade="all, delete-orphan", order_by="Substitute.rank", foreign_keys="Substitute.offer_id"
    )


class NeedRow(OfWorkspace, Base):
    """What one delivery of an offer takes of a resource, or of any of several; up to `ahead` weeks earlier."""

    __tablename__ = "need"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    offset: Mapped[int] = mapped_column(default=0)
    weeks: Mapped[int] = mapped_column(default=1)
    per_unit: Mapped[Thousandths] = mapped_column(default=0)
    fixed: Mapped[Thousandths] = mapped_column(default=0)
    ahead: Mapped[int] = mapped_column(default=0, server_default="0")
    resource: Mapped[ResourceRow] = relationship()
    alternatives: Mapped[list["Alternative"]] = relationship(
        cascade="all, delete-orphan", order_by="Alternative.rank", lazy="selectin"
    )

    @property
    def resources(self) -> list[ResourceRow]:
        """Whatever the work may be done on, the best first."""
        return [self.resource, *(one.resource for one in self.alternatives)]

    @property
    def resource_ids(self) -> list[int]:
        """The same by their ids."""
        return [self.resource_id, *(one.resource_id for one in self.alternatives)]


class Alternative(OfWorkspace, Base):
    """Another resource on which the work of a need may be done; the best has rank 1."""

    __tablename__ = "need_alternative"
    __table_args__ = (UniqueConstraint("need_id", "resource_id"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    rank: Mapped[int]
    resource: Mapped[ResourceRow] = relationship(lazy="joined")


class Substitute(OfWorkspace, Base):
    """An offer that may stand in for another, one for one; the best has rank 0."""

    __tablename__ = "substitute"
    __table_args__ = (UniqueConstraint("offer_id", "substitute_id"),)

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    rank: Mapped[int]
    substitute: Mapped[OfferRow] = relationship(foreign_keys=substitute_id)


class FamilyChannel(OfWorkspace, Base):
    """The operations channel of a family; the family `*` stands for all that have none."""

    __tablename__ = "family_channel"
    __table_args__ = (UniqueConstraint("workspace_id", "family"),)

    family: Mapped[Name]
    channel: Mapped[SlackId]


def needed_resources() -> Subquery:
    """The resources that each offer needs or may be made on: `offer_id` and `resource_id`."""
    others = select(NeedRow.offer_id, Alternative.resource_id).join(Alternative, Alternative.need_id == NeedRow.id)
    return union(select(NeedRow.offer_id, NeedRow.resource_id), others).subquery()


def offered(workspace: Workspace) -> tuple[ColumnElement[bool], ...]:
    """What the company offers now."""
    return OfferRow.workspace_id == workspace.id, OfferRow.retired_at.is_(None)


def search_offers(workspace: Workspace, text: str, *, limit: int = 100) -> list[OfferRow]:
    """Offers whose name holds the text, those that begin with it first."""
    name = func.lower(OfferRow.name)
    sought = text.strip().lower()
    query = select(OfferRow).where(*offered(workspace), name.contains(sought, autoescape=True))
    begins = name.startswith(sought, autoescape=True)
    return list(workspace.session.scalars(query.order_by(begins.desc(), OfferRow.name).limit(limit)))


def first_offer(workspace: Workspace) -> OfferRow | None:
    """The offer that stands first in the company's own order."""
    query = select(OfferRow).where(*offered(workspace)).order_by(OfferRow.id)
    return workspace.session.scalar(query.limit(1))


def offers_by_id(workspace: Workspace, ids: Iterable[int]) -> dict[int, OfferRow]:
    """Offers of a workspace by their ids; an id of another workspace is not there."""
    return _all_there(workspace, set(ids))


def offers_with_needs(workspace: Workspace, ids: Iterable[int]) -> dict[int, OfferRow]:
    """Offers of a workspace by their ids, with what they need; an id of another workspace is not there."""
    return _all_there(workspace, set(ids), selectinload(OfferRow.needs).joinedload(NeedRow.resource))


def offers_with_stand_ins(workspace: Workspace, ids: Iterable[int]) -> list[OfferRow]:
    """Offers, and those that may stand in for them, with all that they need."""
    rows = select(OfferRow).where(OfferRow.workspace_id == workspace.id)
    with_all = (selectinload(OfferRow.needs).joinedload(NeedRow.resource), selectinload(OfferRow.substitutes))
    wanted = set(ids)
    asked = workspace.session.scalars(rows.where(OfferRow.id.in_(wanted)).options(*with_all)).all()
    others = {entry.substitute_id for offer in asked for entry in offer.substitutes} - wanted
    return [*asked, *workspace.session.scalars(rows.where(OfferRow.id.in_(others)).options(*with_all))]


def families(workspace: Workspace) -> list[str]:
    """The families of the catalogue."""
    known = select(OfferRow.family).where(*offered(workspace)).distinct()
    return sorted(workspace.session.scalars(known))


def family_channels(workspace: Workspace) -> dict[str, str]:
    """The channel of each family that has one."""
    rows = workspace.session.scalars(select(FamilyChannel).where(FamilyChannel.workspace_id == workspace.id))
    return {row.family: row.channel for row in rows}


def channel_for(workspace: Workspace, family: str) -> str | None:
    """The operations channel that answers for a family."""
    channels = family_channels(workspace)
    return channels.get(family) or channels.get(EVERY_FAMILY)


def _all_there(workspace: Workspace, wanted: set[int], *options: ORMOption) -> dict[int, OfferRow]:
    rows = select(OfferRow).where(OfferRow.workspace_id == workspace.id, OfferRow.id.in_(wanted)).options(*options)
    offers = {offer.id: offer for offer in workspace.session.scalars(rows)}
    if wanted - offers.keys():
        raise NotFound(_("That offer is not in the catalogue any more. Choose another one."))
    return offers
