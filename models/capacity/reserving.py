"""Reserving hours of a resource for whom they matter, until a date; giving them back, and their end."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base.arithmetic import WEEK, monday
from models.base.errors import NotFound, Refused
from models.base.language import _
from models.base.words import amount_words, locale_of, week_text
from models.capacity.adjusting import check_may_adjust, lock_touched
from models.capacity.overview import coming_weeks
from models.company.reserves import ReserveRow
from models.company.resources import ResourceRow
from models.deals.news import tell_all_of
from models.deals.reservations import INSTANT, last_instants
from models.promise import Kind
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

RESERVE, GIVE_BACK = "reserve", "give_back"
MOST_WEEKS = 52


@dataclass(frozen=True)
class Reserving:
    """So much of each week, in thousandths, for the customers of a tier or for a campaign, until a day."""

    first_week: date
    last_week: date
    quantity: int
    until: date
    tier: str = ""
    campaign: str = ""


def reserve(row: ResourceRow, asked: Reserving, *, by: Member, now: datetime) -> ReserveRow:
    """Keep free hours of some weeks; from now on others see them as taken."""
    check_may_adjust(by)
    workspace = row.workspace
    _check(row, asked, now)
    lock_touched(workspace, [row.name])
    _check_free(row, asked, by, now)
    kept = ReserveRow(workspace=workspace, resource=row, by=by, made_at=now, quantity=asked.quantity)
    # Behind whatever stands there, whoever looked at the clock first.
    stands = last_instants(workspace, [(row.id, week) for week in _weeks(asked)]).values()
    kept.made_at = max([now, *(instant + INSTANT for instant in stands)])
    kept.first_week, kept.last_week, kept.until = asked.first_week, asked.last_week, asked.until
    kept.tier, kept.campaign = asked.tier[:40] or None, asked.campaign.strip()[:80] or None
    kept.ends_at = datetime.combine(asked.until, time(0), ZoneInfo(workspace.timezone))
    workspace.session.add(kept)
    workspace.session.flush()
    record(row, RESERVE, by=by, now=now, details=_details(kept))
    tell_all_of(workspace, [row.id], now=now)
    return kept


def give_back(workspace: Workspace, reserve_id: int, *, by: Member, now: datetime) -> ReserveRow:
    """End a reserve before its date."""
    check_may_adjust(by)
    kept = workspace.session.scalar(
        select(ReserveRow).where(ReserveRow.workspace_id == workspace.id, ReserveRow.id == reserve_id)
    )
    if kept is None or kept.ends_at <= now:
        raise NotFound(_("That reserve has ended already."))
    lock_touched(workspace, [kept.resource.name])
    kept.ends_at = kept.told_at = now
    record(kept.resource, GIVE_BACK, by=by, now=now, details=_details(kept))
    tell_all_of(workspace, [kept.resource_id], now=now)
    return kept


def end_reserves(session: Session, *, now: datetime) -> None:
    """What was reserved until today is free: the cards of deals that it concerns show it. The end is read, not made."""
    ended = select(ReserveRow).where(ReserveRow.ends_at <= now, ReserveRow.told_at.is_(None)).order_by(ReserveRow.id)
    for kept in session.scalars(ended.with_for_update(skip_locked=True, of=ReserveRow)).all():
        kept.told_at = now
        tell_all_of(kept.workspace, [kept.resource_id], now=now)


def next_end(session: Session) -> datetime | None:
    """When the next reserve ends."""
    return session.scalar(select(func.min(ReserveRow.ends_at)).where(ReserveRow.told_at.is_(None)))


def _weeks(asked: Reserving) -> list[date]:
    count = (asked.last_week - asked.first_week) // WEEK + 1
    return [asked.first_week + n * WEEK for n in range(count)]


def _check(row: ResourceRow, asked: Reserving, now: datetime) -> None:
    workspace = row.workspace
    if row.kind is not Kind.TIME:
        raise Refused(_("Only hours are reserved; a stock keeps."), field="resource")
    if bool(asked.tier) == bool(asked.campaign.strip()):
        raise Refused(_("For the customers of a tier, or for a campaign: one of the two."), field="campaign")
    if asked.quantity <= 0:
        raise Refused(_("How much of each week?"), field="quantity")
    if asked.first_week < workspace.this_week(now):
        raise Refused(_("That week is over."), field="first")
    if not asked.first_week <= asked.last_week < asked.first_week + MOST_WEEKS * WEEK:
        raise Refused(_("The last week comes after the first, within a year."), field="last")
    if not workspace.today(now) < asked.until <= asked.last_week + WEEK:
        raise Refused(_("A day after today, and not after the last week."), field="until")


def _check_free(row: ResourceRow, asked: Reserving, by: Member, now: datetime) -> None:
    count = len(_weeks(asked))
    (shown,) = coming_weeks(row.workspace, now=now, only=row.id, since=monday(asked.first_week), weeks=count)
    locale = locale_of(by.locale)
    for week in shown.weeks:
        if week.free < asked.quantity:
            free = amount_words(week.free, row.unit, locale)
            raise Refused(
                _("Only {free} are free in the week of {week}.", free=free, week=week_text(week.week, locale)),
                field="quantity",
            )


def _details(kept: ReserveRow) -> dict[str, object]:
    weeks = [kept.first_week.isoformat(), kept.last_week.isoformat()]
    return {"weeks": weeks, "quantity": kept.quantity, "whom": kept.whom, "until": kept.until.isoformat()}
