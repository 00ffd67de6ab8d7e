"""`/sop`: where the cycle stands, the page, decisions, the signature, accuracy."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.deals.terms import read_day
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Say, Show
from handlers.slack.text import as_sentence, clip
from handlers.slack.view_parts import line, modal
from handlers.sop.accuracy_view import learning_view
from handlers.sop.cycle_view import (
    DecideForm,
    Standing,
    decide_view,
    done_view,
    finishing,
    sop_help,
    standing_view,
)
from handlers.sop.families import chosen_family, families_for
from handlers.sop.page_sections import decisions, gap_text
from handlers.sop.page_view import page_blocks, page_text
from models.base.errors import NotYours, Refused
from models.base.words import company_locale, locale_of
from models.deals.rules import check_sees_deals
from models.sop import signing
from models.sop.accuracy_report import lag_of, learning_for
from models.sop.answers import families_of, forecasts_of, months_of, supplies_of
from models.sop.identities import HORIZON
from models.sop.page import decided_in, page_of, silent_in
from models.sop.rows import DAYS, Cycle, Step
from models.sop.settings import find_cycle, instant, planning_of, present_cycle
from models.sop.tasks import unanswered
from models.sop.way_words import way_out_words
from models.workspace.members import Member, find_member
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace


@opens(command="/sop")
def open_standing(workspace: Workspace, by: Member, text: str) -> View:
    """Where the cycle stands, and what the person may do."""
    check_sees_deals(by)
    if text:
        raise Refused(f"`/sop {clip(text, 40)}` is nothing that I know. `/sop help` says what is.")
    return standing_view(_standing(present_cycle(workspace), by))


@listens(command="/sop help", is_writing=False)
def help_with_sop() -> Reply:
    """What one can type."""
    return Say(sop_help())


@listens(command="/sop page", is_writing=False)
def show_page(workspace: Workspace, by: Member) -> Reply:
    """The page as it is now, privately; the numbers of all families are in the published workbook."""
    check_sees_deals(by)
    heading, blocks = _page_now(workspace, by)
    return Say((heading,), blocks)


@opens(Act.PAGE)
def open_page(workspace: Workspace, by: Member) -> View:
    """The page in a window, which holds no table: what stands out."""
    check_sees_deals(by)
    return _page_view(workspace, by)


@opens(command="/sop accuracy")
def open_learning(workspace: Workspace, by: Member, now: datetime) -> View:
    """How good forecasts were: one's own; leadership sees all."""
    check_sees_deals(by)
    if not by.has(Role.SALES, Role.LEADERSHIP):
        raise NotYours("Sellers see the accuracy of their own forecasts, leadership sees all.")
    return learning_view(learning_for(by, now=now), lag_of(workspace))


@opens(Act.DECIDE, command="/sop decide")
def open_decide(workspace: Workspace, by: Member) -> View:
    """What was decided."""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    signing.check_may_decide(cycle, by)
    return decide_view(DecideForm(cycle.id, months_of(cycle), locale_of(by.locale)))


@opens(Act.DECIDE_ON)
def open_decide_on(workspace: Workspace, by: Member, chosen: str) -> View:
    """What was decided about a gap of the page."""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    signing.check_may_decide(cycle, by)
    first, _, key = chosen.partition(".")
    month = next((month for month in months_of(cycle) if month.isoformat() == first), None)
    family = chosen_family(families_for(cycle, by, Callback.DECIDE), key)
    form = _decide_form(cycle, by, family, month=month)
    return decide_view(replace(form, origin=Act.PAGE))


@listens(Act.DECIDING, is_writing=False)
@listens(Act.WAY_OUT, is_writing=False)
def go_on_deciding(workspace: Workspace, by: Member, form: Filled, act: str) -> Reply:
    """The gap of that family and month, with its ways out; one that is chosen fills in the text."""
    cycle = find_cycle(workspace, form.target.cycle)
    signing.check_may_decide(cycle, by)
    shown = _decide_form(cycle, by, _decided_family(cycle, by, form), month=_decided_month(cycle, form))
    number = int(form["way"] or 0)
    is_filled = act == Act.WAY_OUT and number < len(shown.ways)
    said = ": ".join(shown.ways[number]) if is_filled else form["text"]
    text = f"{said[:1].upper()}{said[1:]}"
    revision = form.target.revision + is_filled
    return Show(decide_view(replace(shown, text=text, revision=revision, origin=form.target.kind)))


@submits(Callback.DECIDE)
def take_decision(workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """It is recorded, and its owner is reminded."""
    cycle = find_cycle(workspace, form.target.cycle)
    family, month = _decided_family(cycle, by, form), _decided_month(cycle, form)
    if not family:
        raise Refused("Choose a family.", field="family")
    due = read_day(form["due"], "due")
    owner = find_member(workspace, form["owner"])
    row = signing.decide(cycle, form["text"], family=family, month=month, owner=owner, due=due, by=by, now=now)
    below = _page_view(workspace, by) if form.target.kind == Act.PAGE else standing_view(_standing(cycle, by))
    return Show(
        done_view(f"Recorded: {row.owner.name} sees to it. Forecasts and supply change the plan itself."), below=below
    )


@listens(Act.RECONCILED)
def reconcile(workspace: Workspace, by: Member, now: datetime, callback: str) -> Reply:
    """Nothing more is to be decided before the executive meeting."""
    signing.reconcile(present_cycle(workspace), by=by, now=now)
    return Show(_where_it_was_pressed(workspace, by, callback))


@listens(Act.CLOSE)
def close_decision(workspace: Workspace, by: Member, now: datetime, target: Target) -> Reply:
    """It is done."""
    signing.close(workspace, target.resolution, by=by, now=now)
    return Show(standing_view(_standing(present_cycle(workspace), by)))


@listens(Act.SIGN)
def sign(workspace: Workspace, by: Member, now: datetime, callback: str) -> Reply:
    """The plan is signed and published."""
    signing.sign(present_cycle(workspace), by=by, now=now)
    return Show(_where_it_was_pressed(workspace, by, callback))


def _page_view(workspace: Workspace, by: Member) -> View:
    may = _may(present_cycle(workspace), by)
    blocks = [block for block in _page_now(workspace, by)[1] if block.type != "table"]
    hint = line(as_sentence("`/sop page` shows the table of months as well."))
    return modal(Callback.PAGE, "S&OP", [hint, *blocks, *finishing(may)], target=Target(), submit=None)


def _where_it_was_pressed(workspace: Workspace, by: Member, callback: str) -> View:
    if callback == Callback.PAGE:
        return _page_view(workspace, by)
    return standing_view(_standing(present_cycle(workspace), by))


def _page_now(workspace: Workspace, by: Member) -> tuple[str, list[Block]]:
    """The page as it is, which says when it is no more what was signed."""
    cycle, locale = present_cycle(workspace), company_locale(workspace.country)
    page, signed = page_of(cycle), signing.latest_signed(cycle)
    heading = page_text(page, locale)
    if signed is not None and signing.is_changed(page, signed):
        heading += ", changed since"
    told = decisions(page.open_decisions, locale)
    said = [line(*told)] if told else []
    return heading, page_blocks(page, workspace, locale, heading, said, is_deciding=Act.DECIDE in _may(cycle, by))


def _decide_form(cycle: Cycle, by: Member, family: str, *, month: date | None) -> DecideForm:
    workspace, locale, page = cycle.workspace, locale_of(by.locale), page_of(cycle)
    form = DecideForm(cycle.id, months_of(cycle), locale, family, month)
    for number, gap in enumerate(page.gaps):
        if gap.family == family and page.months[gap.month] == month:
            ways = [way_out_words(workspace, way, locale) for way in page.ways_out(number)]
            place = 1 + families_of(cycle).index(family) * HORIZON + gap.month
            return replace(form, place=place, gap=gap_text(workspace, gap, locale), ways=ways)
    return form


def _decided_family(cycle: Cycle, by: Member, form: Filled) -> str:
    return chosen_family(families_for(cycle, by, Callback.DECIDE), form["family"]) if form["family"] else ""


def _decided_month(cycle: Cycle, form: Filled) -> date | None:
    return next((month for month in months_of(cycle) if month.isoformat() == form["month"]), None)


def _standing(cycle: Cycle, by: Member) -> Standing:
    workspace, planning, signed = cycle.workspace, planning_of(cycle.workspace), signing.latest_signed(cycle)
    days = planning.days if planning else DAYS
    decided = [one for one in decided_in(cycle) if not one.is_closed]
    return Standing(
        month=cycle.month,
        step=Step(cycle.step),
        begins=[(step, instant(workspace, cycle.month, days[step])) for step in Step if step in days],
        silent=silent_in(cycle, forecasts_of(cycle), supplies_of(cycle)),
        version=cycle.version,
        decided=decided,
        closable=frozenset(one.id for one in decided if one.user == by.user_id or by.has(Role.LEADERSHIP)),
        may=_may(cycle, by),
        locale=company_locale(workspace.country),
        is_changed=signed is not None and signing.is_changed(page_of(cycle), signed),
        unsigned=signing.unsigned_before(cycle),
    )


def _may(cycle: Cycle, by: Member) -> frozenset[Act]:
    return frozenset(act for act, is_allowed in _allowed(cycle, by).items() if is_allowed)


def _allowed(cycle: Cycle, by: Member) -> Mapping[Act, bool]:
    step = Step(cycle.step)
    return {
        Act.FORECAST: step is not Step.DATA and by.has(Role.SALES),
        Act.SUPPLY: step in signing.DECIDING and by.has(Role.OPERATIONS),
        Act.PAGE: step is not Step.DATA,
        Act.DECIDE: step in signing.DECIDING and signing.may_decide(cycle, by),
        Act.RECONCILED: signing.may_decide(cycle, by) and bool(unanswered(cycle, Step.RECONCILIATION)),
        Act.SIGN: step in {Step.EXECUTIVE, Step.SIGNED} and by.has(Role.LEADERSHIP),
    }
