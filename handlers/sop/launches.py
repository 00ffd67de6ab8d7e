"""`/sop launch`: a family that sells like another from a month on, or that ends."""

from datetime import date, datetime

from slack_sdk.models.views import View

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.values import number_of, read_units
from handlers.sop.families import chosen_family
from handlers.sop.launches_view import LifeForm, launches_view
from models.base.errors import Refused
from models.base.language import _
from models.base.months import month_of, months_from
from models.base.words import locale_of
from models.company.offers import families
from models.sop.cycle import foresee_anew
from models.sop.identities import HORIZON
from models.sop.launches import lives_of, set_life
from models.sop.rules import check_may_name_owners
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@opens(command="/sop launch")
def open_launches(workspace: Workspace, by: Member, now: datetime, admins: frozenset[str]) -> View:
    """The families that begin or end, and one to change."""
    check_may_name_owners(workspace, by, admins)
    return _view(workspace, by, now)


@listens(Act.BEGINNING, is_writing=False)
def show_launch(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: Target, admins: frozenset[str]
) -> Reply:
    """How the family that was chosen begins and ends."""
    check_may_name_owners(workspace, by, admins)
    return Show(_view(workspace, by, now, chosen_family(families(workspace), form["family"]), target.revision + 1))


@submits(Callback.LAUNCHES)
def keep_launch(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: Target, admins: frozenset[str]
) -> Reply:
    """The baseline goes by it; a cycle that is past its data step takes it the next time."""
    check_may_name_owners(workspace, by, admins)
    every = families(workspace)
    family = chosen_family(every, form["family"])
    level = number_of(form["level"].strip().removesuffix("%").strip(), locale_of(by.locale))
    if level is None:
        raise Refused(_("A percentage such as 80."), field="level")
    set_life(
        workspace,
        family,
        like=chosen_family(every, form["like"]) if form["like"] else None,
        level=level,
        since=_month(form["since"], "since"),
        ramp=read_units(form["ramp"] or "0", "ramp"),
        ends=_month(form["ends"], "ends"),
        by=by,
        now=now,
    )
    foresee_anew(workspace)
    return Show(_view(workspace, by, now, family, target.revision + 1))


def _view(workspace: Workspace, by: Member, now: datetime, family: str = "", revision: int = 0) -> View:
    months = months_from(month_of(workspace.today(now)), HORIZON)
    return launches_view(LifeForm(lives_of(workspace), months, locale_of(by.locale), family, revision))


def _month(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        return month_of(date.fromisoformat(text))
    except ValueError:
        raise Refused(_("Choose a month."), field=field) from None
