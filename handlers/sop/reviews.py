"""The two reviews of the S&OP cycle: sales’ forecasts, operations’ supply."""

from datetime import datetime
from fractions import Fraction

from slack_sdk.models.views import View

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import clip
from handlers.slack.values import read_change, read_units
from handlers.sop.families import chosen_family, families_for, form_named
from handlers.sop.review_forms import FORECAST, SUPPLY, ReviewForms
from handlers.sop.standing_view import done_view
from handlers.sop.targets import ReviewTarget
from models.base.errors import NotYours, Refused
from models.base.language import _, ngettext
from models.base.words import locale_of
from models.deals.rules import check_sees_deals
from models.sop.forecasting import Believed, answer_all_forecasts, answer_forecast, find_forecast
from models.sop.reviews import EDITED
from models.sop.rows import Cycle
from models.sop.rules import check_may
from models.sop.settings import present_cycle
from models.sop.steps import Move
from models.sop.supplying import answer_supply, find_supply
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@opens(Act.FORECAST, command="/sop forecast")
def open_forecast(workspace: Workspace, by: Member) -> View:
    """The first family that is not answered."""
    return _first(FORECAST, workspace, by)


@opens(Act.SUPPLY, command="/sop supply")
def open_supply(workspace: Workspace, by: Member) -> View:
    """The first family that is not answered."""
    return _first(SUPPLY, workspace, by)


@listens(Act.FAMILY, is_writing=False)
def choose_family(cycle: Cycle, by: Member, form: Filled, target: ReviewTarget, callback: str) -> Reply:
    """Another family in the same form."""
    forms = form_named(callback)
    check_may(cycle, forms.review.move, by=by)
    family = chosen_family(families_for(cycle, by, callback), form["family"])
    return Show(forms.build(cycle, by, family, target.revision + 1, ""))


@submits(Callback.FORECAST)
def take_forecast(cycle: Cycle, by: Member, now: datetime, form: Filled, target: ReviewTarget) -> Reply:
    """What a seller believes of a family; then the next one."""
    check_may(cycle, Move.FORECAST, by=by)
    certain, contingent = (_units(form, name) for name in ("certain", "contingent"))
    believed = Believed(certain, contingent, _percent(form["rest"], by), form["reason"])
    family = chosen_family(families_for(cycle, by, Callback.FORECAST), form["family"])
    answer_forecast(find_forecast(cycle, by, family), believed, by=by, now=now)
    return _next(FORECAST, cycle, by, family, target)


@listens(Act.AGREE_ALL)
def agree_to_all(cycle: Cycle, by: Member, now: datetime, form: Filled) -> Reply:
    """Everything as it was filled in: one click; unless something else is typed, which would be lost."""
    _check_nothing_typed(cycle, by, form)
    count = answer_all_forecasts(cycle, by=by, now=now)
    families = ngettext("one family", "{count} families", count, count=count)
    return Show(done_view(_("Your forecast is in: {families} as filled in.", families=families)))


@submits(Callback.SUPPLY)
def take_supply(cycle: Cycle, by: Member, now: datetime, form: Filled, target: ReviewTarget) -> Reply:
    """What will be supplied of a family; then the next one."""
    check_may(cycle, Move.SUPPLY, by=by)
    family = chosen_family(families_for(cycle, by, Callback.SUPPLY), form["family"])
    seen = datetime.fromisoformat(target.seen) if target.seen else None
    units = _units(form, "supply")
    percent = _percent(form["rest"], by)
    row = find_supply(cycle, family)
    answer_supply(row, units, rest_percent=percent, limit=form["limit"], by=by, now=now, seen=seen)
    return _next(SUPPLY, cycle, by, family, target)


def _first(forms: ReviewForms, workspace: Workspace, by: Member) -> View:
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    rows = forms.review.due(cycle, by)
    if not rows:
        raise NotYours(_(forms.nothing))
    check_may(cycle, forms.review.move, by=by)
    return forms.build(cycle, by, rows[0].family, 0, "")


def _next(forms: ReviewForms, cycle: Cycle, by: Member, family: str, target: ReviewTarget) -> Reply:
    """The next family that is not answered, below what is in; or that all are."""
    left = forms.review.left(cycle, by)
    if not left:
        return Show(done_view(_("Your {name} is in.", name=_(forms.name))))
    done = _("{family} is in. {count} left.", family=clip(family, 60), count=len(left))
    return Show(forms.build(cycle, by, left[0], target.revision + 1, done))


def _check_nothing_typed(cycle: Cycle, by: Member, form: Filled) -> None:
    family = chosen_family(families_for(cycle, by, Callback.FORECAST), form["family"])
    row = find_forecast(cycle, by, family)
    filled = [str(units) for units in (*row.certain[:EDITED], *row.contingent[:EDITED])]
    typed = [form[f"{name}.{number}"] for name in ("certain", "contingent") for number in range(EDITED)]
    if typed != filled or form["rest"] not in {"", "0"} or form["reason"] != row.reason:
        raise Refused(
            _("You changed something for {family}: submit that first, then agree to the rest.", family=family)
        )


def _units(form: Filled, name: str) -> tuple[int, ...]:
    return tuple(read_units(form[f"{name}.{number}"], f"{name}.{number}") for number in range(EDITED))


def _percent(text: str, by: Member) -> Fraction:
    return read_change(text or "0", locale_of(by.locale), "rest")
