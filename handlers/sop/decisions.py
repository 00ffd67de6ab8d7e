"""Recording what was decided: its gap, the ways out of it, who sees to it and by when."""

from dataclasses import replace
from datetime import date, datetime

from slack_sdk.models.views import View

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.values import read_day, whole
from handlers.sop.decision_view import DecideForm, decide_view
from handlers.sop.families import chosen_family
from handlers.sop.gap_sections import gap_text
from handlers.sop.page import page_window
from handlers.sop.scenarios import shown_scenarios
from handlers.sop.standing import standing_of
from handlers.sop.standing_view import done_view, standing_view
from handlers.sop.targets import DecisionTarget
from models.base.errors import Refused
from models.base.language import _
from models.base.words import locale_of
from models.deals.rules import check_sees_deals
from models.sop import signing
from models.sop.identities import HORIZON
from models.sop.page_making import page_of
from models.sop.rows import Cycle
from models.sop.rules import check_may, sees_money
from models.sop.settings import present_cycle
from models.sop.steps import Move
from models.sop.way_words import way_out_words
from models.workspace.members import Member, find_member
from models.workspace.workspaces import Workspace


@opens(Act.DECIDE, command="/sop decide")
def open_decide(workspace: Workspace, by: Member) -> View:
    """A decision about a family; its gap and ways out follow once the family is chosen."""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    check_may(cycle, Move.DECIDE, by=by)
    return decide_view(DecideForm(cycle.id, cycle.months, locale_of(by.locale)))


@opens(Act.DECIDE_ON)
def open_decide_on(workspace: Workspace, by: Member, chosen: str) -> View:
    """What was decided about a gap of the page."""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    check_may(cycle, Move.DECIDE, by=by)
    first, _, key = chosen.partition(".")
    form = _decide_form(cycle, by, chosen_family(cycle.families, key), month=_month(cycle, first))
    return decide_view(replace(form, origin=Act.PAGE))


@listens(Act.DECIDING, is_writing=False)
@listens(Act.WAY_OUT, is_writing=False)
def go_on_deciding(cycle: Cycle, by: Member, form: Filled, target: DecisionTarget, act: str) -> Reply:
    """The gap of that family and month, with its ways out; one that is chosen fills in the text."""
    check_may(cycle, Move.DECIDE, by=by)
    shown = _decide_form(cycle, by, _family(cycle, form), month=_month(cycle, form["month"]))
    number = whole(form["way"]) or 0
    is_filled = act == Act.WAY_OUT and number < len(shown.ways)
    # What is decided is published: what it costs stands beside the choice only.
    written = shown.ways[number][0] if is_filled else form["text"]
    text = f"{written[:1].upper()}{written[1:]}"
    revision = target.revision + is_filled
    return Show(decide_view(replace(shown, text=text, revision=revision, origin=target.origin)))


@submits(Callback.DECIDE)
def take_decision(
    workspace: Workspace, cycle: Cycle, by: Member, now: datetime, form: Filled, target: DecisionTarget
) -> Reply:
    """It is recorded, and its owner is reminded."""
    family = _family(cycle, form)
    if not family:
        raise Refused(_("Choose a family."), field="family")
    due = read_day(form["due"], "due")
    owner = find_member(workspace, form["owner"])
    month = _month(cycle, form["month"])
    row = signing.record_decision(cycle, form["text"], family=family, month=month, owner=owner, due=due, by=by, now=now)
    below = _below(cycle, by, target.origin)
    recorded = _("Recorded: {name} sees to it. Forecasts and supply change the plan itself.", name=row.owner.name)
    return Show(done_view(recorded), below=below)


def _decide_form(cycle: Cycle, by: Member, family: str, *, month: date | None) -> DecideForm:
    workspace = cycle.workspace
    locale = locale_of(by.locale)
    page = page_of(cycle)
    form = DecideForm(cycle.id, cycle.months, locale, family, month)
    number = page.gap_in(family, month)
    if number is None:
        return form
    gap = page.gaps[number]
    has_money = sees_money(by)
    ways = [way_out_words(workspace, way, locale, has_money=has_money) for way in page.ways_out(number)]
    place = 1 + cycle.families.index(family) * HORIZON + gap.first
    text = gap_text(workspace, gap, page.months, locale, sees_money=has_money)
    return replace(form, place=place, gap=text, ways=ways)


def _below(cycle: Cycle, by: Member, origin: str) -> View:
    """The window from which the decision was begun, as it is now."""
    if origin == Act.PAGE:
        return page_window(cycle.workspace, by)
    return shown_scenarios(cycle, by) if origin == Act.WHAT_IF else standing_view(standing_of(cycle, by))


def _family(cycle: Cycle, form: Filled) -> str:
    return chosen_family(cycle.families, form["family"]) if form["family"] else ""


def _month(cycle: Cycle, first: str) -> date | None:
    return next((month for month in cycle.months if month.isoformat() == first), None)
