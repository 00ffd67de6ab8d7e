"""The two reviews of the S&OP cycle: sales’ forecasts, operations’ supply."""

from datetime import datetime
from fractions import Fraction

from slack_sdk.models.views import View

from handlers.deals.terms import read_change, read_units
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence, clip
from handlers.sop.cycle_view import done_view
from handlers.sop.families import chosen_family, families_for
from handlers.sop.review_view import ReviewForm, review_view
from models.base.errors import NotYours, Refused
from models.base.words import locale_of, month_text
from models.deals.rules import check_sees_deals
from models.sop.answering import EDITED
from models.sop.answers import demand_for, months_of
from models.sop.forecasting import Believed, answer_all_forecasts, answer_forecast, find_forecast, forecasts_due
from models.sop.rows import Cycle
from models.sop.settings import find_cycle, present_cycle
from models.sop.supplying import answer_supply, find_supply, supplies_due
from models.sop.ways_out import open_units
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_DEALS = 6


@opens(Act.FORECAST, command="/sop forecast")
def open_forecast(workspace: Workspace, by: Member) -> View:
    """The first family that is not answered."""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    rows = forecasts_due(cycle, by)
    if not rows:
        raise NotYours("No forecast waits for you: the demand review has not begun, or you are not in sales.")
    return _forecast_form(cycle, by, rows[0].family, 0)


@opens(Act.SUPPLY, command="/sop supply")
def open_supply(workspace: Workspace, by: Member) -> View:
    """The first family that is not answered."""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    rows = supplies_due(cycle, by)
    if not rows:
        raise NotYours("No supply plan waits for you: the supply review has not begun, or the families are not yours.")
    return _supply_form(cycle, by, rows[0].family, 0)


@listens(Act.FAMILY, is_writing=False)
def choose_family(workspace: Workspace, by: Member, form: Filled, callback: str) -> Reply:
    """Another family in the same form."""
    cycle = find_cycle(workspace, form.target.cycle)
    build = _forecast_form if callback == Callback.FORECAST else _supply_form
    family = chosen_family(families_for(cycle, by, callback), form["family"])
    return Show(build(cycle, by, family, form.target.revision + 1))


@submits(Callback.FORECAST)
def take_forecast(workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """What a seller believes of a family; then the next one."""
    cycle = find_cycle(workspace, form.target.cycle)
    certain, contingent = (_units(form, name) for name in ("certain", "contingent"))
    believed = Believed(certain, contingent, _percent(form["rest"], by), form["reason"])
    family = chosen_family(families_for(cycle, by, Callback.FORECAST), form["family"])
    answer_forecast(find_forecast(cycle, by, family), believed, by=by, now=now)
    return _next(cycle, by, form, family)


@listens(Act.AGREE_ALL)
def agree_to_all(workspace: Workspace, by: Member, now: datetime, form: Filled, target: Target) -> Reply:
    """Everything as it was filled in: one click; unless something else is typed, which would be lost."""
    cycle = find_cycle(workspace, target.cycle)
    _check_nothing_typed(cycle, by, form)
    count = answer_all_forecasts(cycle, by=by, now=now)
    families = "one family" if count == 1 else f"{count} families"
    return Show(done_view(f"Your forecast is in: {families} as filled in."))


@submits(Callback.SUPPLY)
def take_supply(workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """What will be supplied of a family; then the next one."""
    cycle = find_cycle(workspace, form.target.cycle)
    family = chosen_family(families_for(cycle, by, Callback.SUPPLY), form["family"])
    seen = datetime.fromisoformat(form.target.said) if form.target.said else None
    units, percent, row = _units(form, "supply"), _percent(form["rest"], by), find_supply(cycle, family)
    answer_supply(row, units, rest_percent=percent, limit=form["limit"], by=by, now=now, seen=seen)
    return _next(cycle, by, form, family)


def _next(cycle: Cycle, by: Member, form: Filled, family: str) -> Reply:
    """The next family that is not answered, below what is in; or that all are."""
    is_forecast = "certain.0" in form.values
    rows = forecasts_due(cycle, by) if is_forecast else supplies_due(cycle, by)
    left = [row.family for row in rows if row.answered_at is None]
    if not left:
        return Show(done_view("Your forecast is in." if is_forecast else "Your supply plan is in."))
    build = _forecast_form if is_forecast else _supply_form
    said = f"{clip(family, 60)} is in. {len(left)} left."
    return Show(build(cycle, by, left[0], form.target.revision + 1, said))


def _forecast_form(cycle: Cycle, by: Member, family: str, revision: int, said: str = "") -> View:
    row = find_forecast(cycle, by, family)
    rows = [("certain", "Certain", row.certain[:EDITED]), ("contingent", "Contingent", row.contingent[:EDITED])]
    told: list[Sentence] = [
        ("Certain: your deals that are won or promised. Contingent: the rest of your share of the baseline.",)
    ]
    told[:0] = [(Bold(said),)] if said else []
    told += _open_deals(cycle, by, family)
    if row.answered_at:
        told.append((Bold("Answered. "), "Submitting again replaces it."))
    if row.frozen is not None:
        told.append(("The demand review is over: a change counts in the plan, and accuracy goes by what stood then.",))
    left = sum(other.answered_at is None for other in forecasts_due(cycle, by))
    reason = ("reason", "Reason, needed if you change a number", row.reason)
    months, locale = months_of(cycle), locale_of(by.locale)
    return review_view(
        ReviewForm(Callback.FORECAST, cycle.id, family, months, rows, told, reason, left, locale, revision)
    )


def _check_nothing_typed(cycle: Cycle, by: Member, form: Filled) -> None:
    family = chosen_family(families_for(cycle, by, Callback.FORECAST), form["family"])
    row = find_forecast(cycle, by, family)
    filled = [str(units) for units in (*row.certain[:EDITED], *row.contingent[:EDITED])]
    typed = [form[f"{name}.{number}"] for name in ("certain", "contingent") for number in range(EDITED)]
    if typed != filled or form["rest"] not in {"", "0"} or form["reason"] != row.reason:
        raise Refused(f"You changed something for {family}: submit that first, then agree to the rest.")


def _open_deals(cycle: Cycle, by: Member, family: str) -> list[Sentence]:
    """The seller's own deals that are still being negotiated: what of the contingent units has a name."""
    mine, months, locale = open_units(cycle.workspace, seller=by), months_of(cycle), locale_of(by.locale)
    named = [(month, deal) for month in months for deal in mine.get((family, month), ())]
    told = [f"#{d.deal} {clip(d.customer, 40)} {d.units} in {month_text(m, locale)}" for m, d in named[:MOST_DEALS]]
    more = f" and {len(named) - MOST_DEALS} more" if len(named) > MOST_DEALS else ""
    return [(Bold("Your open deals: "), f"{', '.join(told)}{more}.")] if named else []


def _supply_form(cycle: Cycle, by: Member, family: str, revision: int, said: str = "") -> View:
    row = find_supply(cycle, family)
    months, locale, demand = months_of(cycle), locale_of(by.locale), demand_for(cycle, family)
    told: list[Sentence] = [("Filled in: as much of demand as rough-cut capacity allows.",)]
    short = [month_text(m, locale) for m, want, have in zip(months, demand, row.units, strict=True) if have < want]
    told += [(Bold("Short: "), f"{', '.join(short)}.")] if short else []
    told[:0] = [(Bold(said),)] if said else []
    rows = [("supply", "Supply", row.units[:EDITED])]
    if row.answered_at and row.by:
        told.append((Bold(f"Answered by {row.by.name}. "), "Submitting again replaces it."))
    left = sum(other.answered_at is None for other in supplies_due(cycle, by))
    reason = ("limit", "What limits it, needed where it is below demand", row.limit)
    seen = row.answered_at.isoformat() if row.answered_at else ""
    return review_view(
        ReviewForm(Callback.SUPPLY, cycle.id, family, months, rows, told, reason, left, locale, revision, seen, demand)
    )


def _units(form: Filled, name: str) -> tuple[int, ...]:
    return tuple(read_units(form[f"{name}.{number}"], f"{name}.{number}") for number in range(EDITED))


def _percent(text: str, by: Member) -> Fraction:
    return read_change(text or "0", locale_of(by.locale), "rest")
