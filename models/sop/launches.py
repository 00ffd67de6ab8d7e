"""Launches and ends: a family that sells like another from a month on, ramped up, or that ends in a month."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base.arithmetic import half_up
from models.base.columns import Name
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _
from models.base.months import months_between
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace

YEAR, MOST_RAMP = 12, 24


class FamilyLife(OfWorkspace, Base):
    """When a family begins, like which other and at how many percent of it, and its last month.

    Over `ramp` months it comes to its level. It is `like` the other until it has a year of its own.
    """

    __tablename__ = "family_life"
    __table_args__ = (UniqueConstraint("workspace_id", "family"),)

    family: Mapped[Name]
    like: Mapped[Name | None] = mapped_column("like_family", String(200))
    level: Mapped[Decimal] = mapped_column(default=Decimal(100))
    since: Mapped[date | None]
    ramp: Mapped[int] = mapped_column(default=0)
    ends: Mapped[date | None]


def lives_of(workspace: Workspace) -> dict[str, FamilyLife]:
    """The families that begin or end."""
    rows = workspace.session.scalars(select(FamilyLife).where(FamilyLife.workspace_id == workspace.id))
    return {row.family: row for row in rows}


def set_life(
    workspace: Workspace,
    family: str,
    *,
    like: str | None = None,
    level: Decimal = Decimal(100),
    since: date | None = None,
    ramp: int = 0,
    ends: date | None = None,
    by: Member,
    now: datetime,
) -> FamilyLife:
    """Say how a family begins and ends; the baseline goes by it whenever it is made."""
    if like == family:
        raise Refused(_("Choose another family."), field="like")
    if (like is None) != (since is None):
        raise Refused(_("A launch takes both: like which family, and from which month."), field="since")
    if not 0 < level <= 1000:
        raise Refused(_("From 1 to 1,000 %."), field="level")
    if not 0 <= ramp <= MOST_RAMP:
        raise Refused(_("From 0 to {most_ramp} months.", most_ramp=MOST_RAMP), field="ramp")
    if since and ends and ends < since:
        raise Refused(_("That is before it begins."), field="ends")
    workspace.lock()
    row = lives_of(workspace).get(family) or FamilyLife(workspace=workspace, family=family)
    row.like, row.level, row.since, row.ramp, row.ends = like, level, since, ramp, ends
    workspace.session.add(row)
    workspace.session.flush()
    record(row, "set_life", by=by, now=now, details={"family": family, "like": like, "ends": str(ends or "")})
    return row


def lived(
    baselines: Mapping[str, Sequence[int]],
    months: Sequence[date],
    lives: Mapping[str, FamilyLife],
    known: Mapping[str, int],
) -> dict[str, list[int]]:
    """Baselines with launches and ends; `known` is how many months of each family are known."""
    made: dict[str, list[int]] = {}
    for family, own in baselines.items():
        life = lives.get(family)
        made[family] = list(own)
        if life is None:
            continue
        other = baselines.get(life.like) if life.like and life.since else None
        if other is not None and known.get(family, 0) < YEAR:
            made[family] = [_launched(life, month, units) for month, units in zip(months, other, strict=True)]
        if life.ends is not None:
            made[family] = [
                0 if month > life.ends else count for month, count in zip(months, made[family], strict=True)
            ]
    return made


def launched_in(demand: Sequence[int], first: int) -> list[int]:
    """The demand of a family that begins in another month, by its number, than in the first that asks for any.

    What lies beyond the horizon then is as it was in its month.
    """
    begins = next((month for month, units in enumerate(demand) if units), 0)
    moved = [month - first + begins for month in range(len(demand))]
    return [
        0 if month < first else demand[source] if source < len(demand) else demand[month]
        for month, source in enumerate(moved)
    ]


def _launched(life: FamilyLife, month: date, like: int) -> int:
    """What a month sells while a family comes to its level."""
    age = months_between(life.since, month) if life.since else 0
    if age < 0:
        return 0
    share = Fraction(min(age + 1, life.ramp), life.ramp) if life.ramp else Fraction(1)
    return half_up(like * Fraction(life.level) / 100 * share)
