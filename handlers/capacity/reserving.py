"""`/capacity reserve`: hours that are kept for a customer tier or a campaign until a date, and given back before."""

from datetime import datetime

from slack_sdk.models.views import View

from handlers.capacity.reserving_view import ReserveForm, reserve_sentence, reserve_view
from handlers.capacity.targets import ReserveTarget, WeekTarget, week_of
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold
from handlers.slack.values import read_amount, read_day, whole
from handlers.slack.view_parts import notice
from models.base.errors import Refused
from models.base.language import _
from models.base.words import company_locale, locale_of
from models.capacity.adjusting import check_may_adjust, find_resource
from models.capacity.reserving import Reserving, give_back, reserve
from models.company.reserves import reserve_rows, tiers
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@opens(Act.RESERVE, command="/capacity reserve")
def open_reserve(workspace: Workspace, by: Member, now: datetime, target: WeekTarget) -> View:
    """What is reserved now, and a form for more."""
    check_may_adjust(by)
    return reserve_view(_form(workspace, now, target.resource))


@submits(Callback.RESERVE)
def keep(workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """Others see the hours as taken from now on."""
    check_may_adjust(by)
    row = find_resource(workspace, whole(form["resource"]) or 0)
    kept = reserve(row, _read(form, by), by=by, now=now)
    return Show(notice((Bold(_("Reserved. ")), *reserve_sentence(kept, company_locale(workspace.country)), ".")))


@listens(Act.GIVE_BACK)
def end(workspace: Workspace, by: Member, now: datetime, target: ReserveTarget) -> Reply:
    """The hours are free again before their date."""
    give_back(workspace, target.reserve, by=by, now=now)
    return Show(reserve_view(_form(workspace, now, 0)))


def _form(workspace: Workspace, now: datetime, resource: int) -> ReserveForm:
    row = find_resource(workspace, resource) if resource else None
    return ReserveForm(
        reserves=reserve_rows(workspace, now=now),
        tiers=tiers(workspace),
        locale=company_locale(workspace.country),
        resource=row,
    )


def _read(form: Filled, by: Member) -> Reserving:
    first = week_of(form["first"])
    if first is None:
        raise Refused(_("Choose a week."), field="first")
    return Reserving(
        first_week=first,
        last_week=week_of(form["last"]) or first,
        quantity=read_amount(form["quantity"], locale_of(by.locale), "quantity") or 0,
        until=read_day(form["until"], "until"),
        tier=form["tier"],
        campaign=form["campaign"],
    )
