"""Eight weeks at a time: as far as something is known, and those that matter to a deal."""

from collections.abc import Sequence
from datetime import date, datetime

from slack_sdk.models.views import View

from handlers.capacity.capacity_view import MOST_RESOURCES, Overview, capacity_view
from handlers.capacity.naming import MOST_AHEAD
from handlers.capacity.targets import WeeksTarget
from handlers.slack.ids import Act
from handlers.slack.listening import listens, opens
from handlers.slack.replies import Reply, Show
from models.base.arithmetic import WEEK
from models.base.errors import Refused
from models.base.language import _
from models.base.words import company_locale
from models.capacity.acts import Act as CapacityAct
from models.capacity.acts import acts_on
from models.capacity.adjusting import find_resource
from models.capacity.groups import groups_with
from models.capacity.loads import loads_of
from models.capacity.overview import WEEKS, cell_that_matters, coming_weeks, id_of, last_known_week
from models.capacity.undoing import objection_to_undo
from models.deals.rows import Deal
from models.deals.rules import check_sees_deals
from models.deals.terms import check_deal, check_promise
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace


@listens(Act.WEEKS, is_writing=False)
def turn_weeks(workspace: Workspace, by: Member, now: datetime, target: WeeksTarget) -> Reply:
    """The eight weeks before or after."""
    check_sees_deals(by)
    return Show(capacity_view(weeks_of(workspace, by, now, target.resource, since=target.first)))


@opens(Act.SHOW_WEEK)
def open_week_of_deal(workspace: Workspace, by: Member, now: datetime, deal: Deal) -> View:
    """The week in which a deal is short most, or which it fills most."""
    check_sees_deals(by)
    cell = cell_that_matters(check_promise(deal, now=now) if deal.broken_at else check_deal(deal, now=now))
    if cell is None:
        raise Refused(_("Deal #{number} takes nothing of a week that is to come.", number=deal.number))
    resource, week = cell
    return capacity_view(weeks_of(workspace, by, now, id_of(workspace, resource), week=week))


def weeks_of(
    workspace: Workspace,
    by: Member,
    now: datetime,
    resource: int,
    *,
    since: date | None = None,
    week: date | None = None,
) -> Overview:
    """Eight weeks from one on, else those with the week that matters, else those that come next."""
    this_week = workspace.this_week(now)
    first = _first(this_week, since, week)
    overview = coming_weeks(workspace, now=now, only=resource, since=first)
    row = find_resource(workspace, resource) if resource else None
    acts = acts_on(row) if row else []
    return Overview(
        resources=overview[:MOST_RESOURCES],
        count=len(overview),
        may_adjust=by.has(Role.OPERATIONS),
        locale=company_locale(workspace.country),
        is_one=row is not None,
        week=week,
        loads=loads_of(workspace, row, week, now=now) if row and week else (),
        first=first,
        earlier=max(this_week, first - WEEKS * WEEK) if first > this_week else None,
        later=_later(workspace, first, resource, now),
        acts=acts,
        undoable=_undoable(workspace, acts, by, now),
        groups=groups_with(row, now=now, since=first) if row else (),
    )


def _first(this_week: date, since: date | None, week: date | None) -> date:
    """What was asked for, else the eight weeks that hold a week; none that are over, nor more than ten years ahead."""
    pages = ((week or this_week) - this_week) // (WEEKS * WEEK)
    wanted = since or this_week + min(pages * WEEKS * WEEK, MOST_AHEAD)
    return min(max(wanted, this_week), this_week + MOST_AHEAD)


def _undoable(workspace: Workspace, acts: Sequence[CapacityAct], by: Member, now: datetime) -> int:
    """The last change, while its person may undo it."""
    if not acts or objection_to_undo(workspace, acts[0].id, by=by, now=now):
        return 0
    return acts[0].id


def _later(workspace: Workspace, first: date, resource: int, now: datetime) -> date | None:
    later = first + WEEKS * WEEK
    return later if later <= last_known_week(workspace, now=now, only=resource) else None
