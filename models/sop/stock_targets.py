"""Targets for stock: what of a family should lie there at least and at most, in units or in months of demand."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from models.base.errors import Refused
from models.base.language import _
from models.sop.cycle import fill_supply
from models.sop.rows import StockTarget
from models.sop.settings import current_cycle
from models.sop.steps import ASKING
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_COVER, MOST_STOCK = 18, 10**9


@dataclass(frozen=True)
class StockLevel:
    """Units, or months of the demand that follows."""

    amount: Decimal
    is_cover: bool = False


def stock_targets(workspace: Workspace) -> dict[str, StockTarget]:
    """The targets of the families that have one."""
    rows = workspace.session.scalars(select(StockTarget).where(StockTarget.workspace_id == workspace.id))
    return {row.family: row for row in rows}


def set_stock_target(
    workspace: Workspace,
    family: str,
    *,
    target: StockLevel,
    ceiling: StockLevel | None,
    tolerance: Decimal,
    by: Member,
    now: datetime,
) -> StockTarget:
    """Say where the net stock of a family should lie; supply that nobody has answered follows."""
    for level, field in ((target, "target"), (ceiling, "ceiling")):
        most = MOST_COVER if level and level.is_cover else MOST_STOCK
        if level is not None and not 0 <= level.amount <= most:
            raise Refused(_("From 0 to {most}.", most=most), field=field)
    if ceiling is not None and ceiling.is_cover == target.is_cover and ceiling.amount < target.amount:
        raise Refused(_("The ceiling is below the target."), field="ceiling")
    if not 0 <= tolerance <= 100:
        raise Refused(_("From 0 to 100 %."), field="tolerance")
    workspace.lock()
    row = stock_targets(workspace).get(family) or StockTarget(workspace=workspace, family=family)
    row.target, row.is_target_cover, row.tolerance = target.amount, target.is_cover, tolerance
    row.ceiling = None if ceiling is None else ceiling.amount
    row.is_ceiling_cover = ceiling is not None and ceiling.is_cover
    workspace.session.add(row)
    workspace.session.flush()
    record(row, "set_target", by=by, now=now, details={"family": family, "target": str(row.target)})
    cycle = current_cycle(workspace)
    if cycle is not None and cycle.step in ASKING:
        fill_supply(cycle)
    return row
