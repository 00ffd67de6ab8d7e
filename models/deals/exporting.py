"""All deals as a person may see them, for the files that are sent to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.deals.figures import figures_of
from models.deals.lists import WITH_ALL
from models.deals.rows import Deal
from models.deals.terms import check_deals
from models.promise import Margin
from models.workspace.outbox import FileInThread
from models.workspace.workspaces import Workspace

AT_ONCE = 500


@dataclass(frozen=True)
class DealsFile(FileInThread):
    """The deals that a person asked for, in a file of a name."""

    member: int = 0
    name: str = ""


@dataclass(frozen=True)
class Exported:
    """A deal, with what it leaves where the reader may know: as agreed, else as a check finds."""

    deal: Deal
    margin: Margin | None


def has_deals(workspace: Workspace) -> bool:
    """Whether there is anything to hand over."""
    return workspace.session.scalar(select(Deal.id).where(Deal.workspace_id == workspace.id).limit(1)) is not None


def exported_deals(workspace: Workspace, *, now: datetime, has_numbers: bool) -> Iterator[Exported]:
    """All deals of a workspace, the first one first; so many at once that a long history fits into memory."""
    after = 0
    while deals := _after(workspace, after):
        margins = _margins(deals, now) if has_numbers else {}
        yield from (Exported(deal, margins.get(deal.id)) for deal in deals)
        after = deals[-1].number


def _after(workspace: Workspace, number: int) -> Sequence[Deal]:
    query = select(Deal).where(Deal.workspace_id == workspace.id, Deal.number > number)
    return workspace.session.scalars(query.options(*WITH_ALL).order_by(Deal.number).limit(AT_ONCE)).all()


def _margins(deals: Sequence[Deal], now: datetime) -> dict[int, Margin]:
    kept = {deal.id: figures.margin for deal in deals if (figures := figures_of(deal))}
    others = [deal for deal in deals if deal.id not in kept]
    return kept | {
        deal.id: checked.check.margin for deal, checked in zip(others, check_deals(others, now=now), strict=True)
    }
