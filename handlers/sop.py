"""`/sop`: where the cycle stands, the two reviews, the page, decisions, the signature, actuals, the schedule."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from babel.dates import format_date
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.blocks.capacity import import_blocks
from handlers.blocks.learning import learning_view
from handlers.blocks.parts import modal, notice
from handlers.blocks.sop import (
    Decided,
    ReviewForm,
    Standing,
    decide_view,
    page_blocks,
    page_text,
    planning_view,
    review_view,
    sop_help,
    standing_view,
)
from handlers.forms import Filled
from handlers.ids import Act, Callback, Target
from handlers.listening import fetches, listens, opens, submits
from handlers.phrases import Bold, Sentence, as_sentence
from handlers.replies import Reply, Say, Show
from handlers.terms import read_change, read_day, read_units, read_whole
from models.catalog import families as all_families
from models.deals.rules import check_sees_deals
from models.errors import BadForm, NotYours, Refused
from models.files.actuals import read_actuals
from models.members import Member, Role, check_admin, find_member
from models.sop import answering, signing
from models.sop.actuals import check_may_import, import_actuals
from models.sop.answering import EDITED, Believed, find_forecast, find_supply, forecasts_due, supplies_due
from models.sop.cycle import current_cycle, find_cycle, instant, months_of, plan_monthly, planning_of
from models.sop.learning import learning_for
from models.sop.page import Page, open_resolutions, page_of
from models.sop.rows import DAYS, Cycle, Step
from models.words import company_locale, locale_of
from models.workspaces import Workspace

DAY_LABELS = {
    "data": "1 · Data: working day",
    "demand": "2 · Demand review begins on working day",
    "demand_due": "Demand review is due on working day",
    "supply": "3 · Supply review begins on working day",
    "supply_due": "Supply review is due on working day",
    "reconciliation": "4 · Reconciliation: working day",
    "executive": "5 · Executive meeting: working day",
}
NONE_YET = "No cycle has begun yet."


@opens(command="/sop")
def open_standing(workspace: Workspace, by: Member) -> View:
    """Where the cycle stands, and what the person may do."""
    check_sees_deals(by)
    cycle = current_cycle(workspace)
    if cycle is None:
        return notice(as_sentence(_nothing_yet(workspace)))
    return standing_view(_standing(cycle, by))


@listens(command="/sop help", is_writing=False)
def help_with_sop() -> Reply:
    """What one can type."""
    return Say(sop_help())


@opens(Act.FORECAST, command="/sop forecast")
def open_forecast(workspace: Workspace, by: Member) -> View:
    """The first family that is not answered."""
    cycle = _cycle(workspace)
    rows = forecasts_due(cycle, by)
    if not rows:
        raise NotYours("No forecast waits for you: the demand review has not begun, or you are not in sales.")
    return _forecast_form(cycle, by, rows[0].family, 0)


@opens(Act.SUPPLY, command="/sop supply")
def open_supply(workspace: Workspace, by: Member) -> View:
    """The first family that is not answered."""
    cycle = _cycle(workspace)
    rows = supplies_due(cycle, by)
    if not rows:
        raise NotYours("No supply plan waits for you: the supply review has not begun, or the families are not yours.")
    return _supply_form(cycle, by, rows[0].family, 0)


@listens(Act.FAMILY, is_writing=False)
def choose_family(session: Session, workspace: Workspace, by: Member, form: Filled, callback: str) -> Reply:
    """Another family in the same form."""
    cycle = find_cycle(session, workspace, form.target.cycle)
    build = _forecast_form if callback == Callback.FORECAST else _supply_form
    families = _families_of(cycle, by, callback)
    number = int(form["family"] or 0)
    return Show(build(cycle, by, families[number % len(families)], form.target.revision + 1))


@submits(Callback.FORECAST)
def take_forecast(session: Session, workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """What a seller believes of a family; then the next one."""
    cycle = find_cycle(session, workspace, form.target.cycle)
    certain, contingent = (_units(form, name) for name in ("certain", "contingent"))
    believed = Believed(certain, contingent, _percent(form["rest"], by), form["reason"])
    answering.answer_forecast(find_forecast(cycle, by, _family(cycle, by, form)), believed, by=by, now=now)
    left = [row for row in forecasts_due(cycle, by) if row.answered_at is None]
    if not left:
        return Show(_done("Your forecast is in."))
    return Show(_forecast_form(cycle, by, left[0].family, form.target.revision + 1))


@listens(Act.AGREE_ALL)
def agree_to_all(session: Session, workspace: Workspace, by: Member, now: datetime, target: Target) -> Reply:
    """Everything as it was filled in: one click."""
    count = answering.answer_all_forecasts(find_cycle(session, workspace, target.cycle), by=by, now=now)
    return Show(_done(f"Your forecast is in: {count} families as filled in."))


@submits(Callback.SUPPLY)
def take_supply(session: Session, workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """What will be supplied of a family; then the next one."""
    cycle = find_cycle(session, workspace, form.target.cycle)
    family = _family(cycle, by, form)
    plan = next(plan for plan in page_of(cycle).plans if plan.family == family)
    answering.answer_supply(
        find_supply(cycle, family),
        _units(form, "supply"),
        rest_percent=_percent(form["rest"], by),
        limit=form["limit"],
        demand=plan.demand,
        by=by,
        now=now,
    )
    left = [row for row in supplies_due(cycle, by) if row.answered_at is None]
    if not left:
        return Show(_done("Your supply plan is in."))
    return Show(_supply_form(cycle, by, left[0].family, form.target.revision + 1))


@listens(command="/sop page", is_writing=False)
def show_page(workspace: Workspace, by: Member) -> Reply:
    """The page as it is now, privately; the numbers of all families are in the published workbook."""
    check_sees_deals(by)
    heading, blocks = _page_now(workspace)
    return Say((heading,), blocks)


@opens(Act.PAGE)
def open_page(workspace: Workspace, by: Member) -> View:
    """The page in a window, which holds no table: what stands out."""
    check_sees_deals(by)
    blocks = [block for block in _page_now(workspace)[1] if block.type != "table"]
    told = notice(as_sentence("`/sop page` shows the table of months as well."), more=blocks)
    return modal(Callback.NOTICE, "S&OP", told.blocks or [], target=Target(), submit=None)


@opens(command="/sop accuracy")
def open_learning(by: Member, now: datetime) -> View:
    """How good forecasts were: one's own; leadership sees all."""
    check_sees_deals(by)
    return learning_view(learning_for(by, now=now))


@opens(Act.DECIDE, command="/sop decide")
def open_decide(workspace: Workspace, by: Member) -> View:
    """What was decided."""
    cycle = _cycle(workspace)
    signing.check_may_decide(cycle, by)
    return decide_view(cycle.id, sorted(cycle.baselines))


@submits(Callback.DECIDE)
def take_decision(session: Session, workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """It is recorded, and its owner is reminded."""
    cycle = find_cycle(session, workspace, form.target.cycle)
    families, number = sorted(cycle.baselines), int(form["family"] or 0)
    if number >= len(families):
        raise Refused("Choose a family.", field="family")
    due = read_day(form["due"], "due")
    owner = find_member(session, workspace, form["owner"])
    row = signing.decide(cycle, form["text"], family=families[number], month=None, owner=owner, due=due, by=by, now=now)
    return Show(_done(f"Recorded: {row.owner.name} sees to it."), below=standing_view(_standing(cycle, by)))


@listens(Act.CLOSE)
def close_decision(workspace: Workspace, by: Member, now: datetime, target: Target) -> Reply:
    """It is done."""
    signing.close(workspace, target.resolution, by=by, now=now)
    return Show(standing_view(_standing(_cycle(workspace), by)))


@listens(Act.SIGN)
def sign(workspace: Workspace, by: Member, now: datetime) -> Reply:
    """The plan is signed and published."""
    cycle = _cycle(workspace)
    signing.sign(cycle, by=by, now=now)
    return Show(standing_view(_standing(cycle, by)))


@opens(command="/sop schedule")
def open_planning(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """Where the page goes, who coordinates, on which days."""
    check_admin(by, admins)
    planning = planning_of(workspace)
    channel, who = (planning.channel, planning.coordinator.user_id) if planning else ("", "")
    return planning_view(channel, who, planning.days if planning else dict(DAYS), DAY_LABELS)


@submits(Callback.PLANNING)
def keep_planning(
    session: Session, workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]
) -> Reply:
    """Cycles open by themselves from now on."""
    check_admin(by, admins)
    if not form["channel"] or not form["coordinator"]:
        raise Refused("Choose a channel and a coordinator.", field="channel")
    days = {name: read_whole(form[name], name, most=23) for name in DAYS}
    coordinator = find_member(session, workspace, form["coordinator"])
    try:
        row = plan_monthly(workspace, channel=form["channel"], coordinator=coordinator, days=days, by=by, now=now)
    except Refused as refused:
        raise BadForm({"executive": refused.sentence}) from None
    day = format_date(workspace.today(row.next_at), locale=locale_of(by.locale)) if row.next_at else ""
    return Show(_done(f"Saved. The next cycle opens on {day}."))


@opens(command="/sop import")
def open_import(by: Member) -> View:
    """A CSV of actuals."""
    check_may_import(by)
    told: list[Sentence] = [(Bold("Actuals: "), "family, month, bookings, shipments, supply, inventory, backlog")]
    return modal(Callback.ACTUALS, "Import actuals", import_blocks(told), target=Target(), submit="Import")


@fetches(Callback.ACTUALS)
def take_actuals(session: Session, workspace: Workspace, by: Member, now: datetime, file: str) -> Reply:
    """All rows or none."""
    count = import_actuals(workspace, read_actuals(file, all_families(session, workspace)), by=by, now=now)
    return Show(_done(f"Imported {count} rows."))


def _page_now(workspace: Workspace) -> tuple[str, list[Block]]:
    """The page as it is, which says when it is no more what was signed."""
    cycle, locale = _cycle(workspace), company_locale(workspace.country)
    page, signed = page_of(cycle), signing.latest_signed(cycle)
    heading = page_text(page, locale)
    if signed is not None and signing.numbers_of(page) != signed.numbers:
        heading += ", changed since"
    return heading, page_blocks(page, workspace, locale, heading)


def _cycle(workspace: Workspace) -> Cycle:
    cycle = current_cycle(workspace)
    if cycle is None:
        raise Refused(_nothing_yet(workspace))
    return cycle


def _nothing_yet(workspace: Workspace) -> str:
    planning = planning_of(workspace)
    if planning is None:
        return f"{NONE_YET} An admin sets it up with `/sop schedule`."
    return f"{NONE_YET} The first one opens by itself."


def _standing(cycle: Cycle, by: Member) -> Standing:
    workspace = cycle.workspace
    planning = planning_of(workspace)
    days = planning.days if planning else DAYS
    begins = [(step, instant(workspace, cycle.month, days[step])) for step in Step if step in days]
    page_silent = page_of(cycle).silent
    resolutions = [
        Decided(row.id, row.text, row.family, row.owner.name, row.due, row.owner_id == by.id or by.has(Role.LEADERSHIP))
        for row in open_resolutions(cycle)
    ]
    may = frozenset(act for act, is_allowed in _allowed(cycle, by).items() if is_allowed)
    locale = company_locale(workspace.country)
    return Standing(cycle.month, Step(cycle.step), begins, page_silent, cycle.version, resolutions, may, locale)


def _allowed(cycle: Cycle, by: Member) -> Mapping[Act, bool]:
    step = Step(cycle.step)
    return {
        Act.FORECAST: step is not Step.DATA and by.has(Role.SALES),
        Act.SUPPLY: step in signing.DECIDING and by.has(Role.OPERATIONS),
        Act.PAGE: step is not Step.DATA,
        Act.DECIDE: step in signing.DECIDING and by.has(Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP),
        Act.SIGN: step in {Step.EXECUTIVE, Step.SIGNED} and by.has(Role.LEADERSHIP),
    }


def _forecast_form(cycle: Cycle, by: Member, family: str, revision: int) -> View:
    row = find_forecast(cycle, by, family)
    rows = [("certain", "Certain", row.certain[:EDITED]), ("contingent", "Contingent", row.contingent[:EDITED])]
    told: list[Sentence] = [
        ("Filled in: your share of the baseline, and as certain what you have won or were promised.",)
    ]
    if row.answered_at:
        told.append((Bold("Answered. "), "Submitting again replaces it."))
    left = sum(other.answered_at is None for other in forecasts_due(cycle, by))
    reason = ("reason", "Why, if other than filled in", row.reason)
    families = _families_of(cycle, by, Callback.FORECAST)
    months, locale = months_of(cycle), locale_of(by.locale)
    return review_view(
        ReviewForm(Callback.FORECAST, cycle.id, family, families, months, rows, told, reason, left, locale, revision)
    )


def _supply_form(cycle: Cycle, by: Member, family: str, revision: int) -> View:
    row, page = find_supply(cycle, family), page_of(cycle)
    plan = next(plan for plan in page.plans if plan.family == family)
    wanted = ", ".join(str(units) for units in plan.demand[:EDITED])
    told: list[Sentence] = [(Bold("Demand: "), f"{wanted}. Filled in: as much of it as rough-cut capacity allows.")]
    rows = [("supply", "Supply", row.units[:EDITED])]
    left = sum(other.answered_at is None for other in supplies_due(cycle, by))
    reason = ("limit", "What limits it, if it is below demand", row.limit or _tightest(page))
    families = _families_of(cycle, by, Callback.SUPPLY)
    months, locale = months_of(cycle), locale_of(by.locale)
    return review_view(
        ReviewForm(Callback.SUPPLY, cycle.id, family, families, months, rows, told, reason, left, locale, revision)
    )


def _tightest(page: Page) -> str:
    """The resource that is furthest over in some month."""
    months = range(len(page.months))
    shares = [(max(one.utilisation(n) or Fraction(0) for n in months), one.name) for one in page.capacity]
    over = [entry for entry in shares if entry[0] > 1]
    return max(over)[1] if over else ""


def _families_of(cycle: Cycle, by: Member, callback: str) -> Sequence[str]:
    due = forecasts_due(cycle, by) if callback == Callback.FORECAST else supplies_due(cycle, by)
    return sorted(row.family for row in due)


def _family(cycle: Cycle, by: Member, form: Filled) -> str:
    """The family of a form, by its place in the list that it shows."""
    families = _families_of(cycle, by, Callback.FORECAST if "certain.0" in form.values else Callback.SUPPLY)
    number = int(form["family"] or 0)
    if number >= len(families):
        raise Refused("Choose a family.", field="family")
    return families[number]


def _units(form: Filled, name: str) -> tuple[int, ...]:
    return tuple(read_units(form[f"{name}.{number}"], f"{name}.{number}") for number in range(EDITED))


def _percent(text: str, by: Member) -> Fraction:
    return read_change(text or "0", locale_of(by.locale), "rest")


def _done(said: str) -> View:
    return notice((Bold(said), " ", *as_sentence("`/sop` shows where the cycle stands.")))
