"""What if: scenarios beside the plan, from a gap, from a deal or from nothing; and one of them made the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from slack_sdk.models.views import View

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show, Suggest
from handlers.sop.decision_view import DecideForm, decide_view
from handlers.sop.family_view import family_key, family_options
from handlers.sop.gap_sections import gap_months
from handlers.sop.scenario_form import change_in, new_scenario_view, resources_of
from handlers.sop.scenario_picture import DrawnScenario
from handlers.sop.scenario_words import change_text
from handlers.sop.scenarios_view import (
    ShownScenario,
    ShownScenarios,
    scenarios_view,
)
from handlers.sop.standing_view import done_view
from handlers.sop.targets import ScenarioTarget, TriedTarget
from models.base.errors import Refused
from models.base.language import _
from models.base.words import locale_of
from models.deals.rows import Deal
from models.deals.rules import check_sees_deals
from models.deals.transitions import find_deal
from models.sop import scenarios
from models.sop.page_making import page_of
from models.sop.plan import Plan, present_plan
from models.sop.rows import Cycle
from models.sop.rules import check_may, moves_of, sees_money
from models.sop.scenarios import assumptions_met, find_scenario, imagine, scenarios_of, won_deal
from models.sop.settings import present_cycle
from models.sop.steps import Move
from models.sop.way_words import NAMES, way_out_words
from models.sop.what_if import ChangeKind, ScenarioChange, changed_plan, outcome_of
from models.workspace.members import Member
from models.workspace.outbox import News, queue
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class Tried:
    """What a person tries and has not kept."""

    target: TriedTarget
    name: str
    assumption: str
    changes: tuple[ScenarioChange, ...]


@opens(Act.WHAT_IF, command="/sop what-if")
def open_scenarios(workspace: Workspace, by: Member) -> View:
    """The plan and its scenarios side by side."""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    check_may(cycle, Move.IMAGINE, by=by)
    return shown_scenarios(cycle, by)


@opens(Act.NEW_SCENARIO)
def open_new_scenario(cycle: Cycle, by: Member) -> View:
    """A scenario from nothing."""
    check_may(cycle, Move.IMAGINE, by=by)
    return new_scenario_view(cycle.id, cycle.months, locale_of(by.locale))


@listens(suggests=Act.LIKE_OF)
@listens(suggests=Act.SCENARIO_OF)
def suggest_names(cycle: Cycle, by: Member, text: str) -> Reply:
    """Families and resources that hold what was typed."""
    check_may(cycle, Move.IMAGINE, by=by)
    return Suggest(family_options([*cycle.families, *resources_of(cycle)], text))


@submits(Callback.SCENARIO)
def take_scenario(cycle: Cycle, by: Member, now: datetime, form: Filled) -> Reply:
    """It stands beside the plan."""
    check_may(cycle, Move.IMAGINE, by=by)
    change = change_in(form, cycle, by)
    name = form["name"].strip() or change_text(change, cycle.months, locale_of(by.locale))
    imagine(cycle, name, form["assumption"], [change], by=by, now=now)
    return Show(done_view(_("{name} stands beside the plan.", name=name[:60])), below=shown_scenarios(cycle, by))


@opens(Act.WHAT_IF_WAY)
def try_way_out(workspace: Workspace, by: Member, chosen: str) -> View:
    """What if we take this way out of a gap?"""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    return _shown_with(cycle, by, TriedTarget(cycle=cycle.id, way=chosen))


@opens(Act.WHAT_IF_WON)
def try_winning(workspace: Workspace, deal: Deal, by: Member) -> View:
    """What if this deal is won as it stands?"""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    return _shown_with(cycle, by, TriedTarget(cycle=cycle.id, deal=deal.id))


@listens(Act.KEEP_SCENARIO)
def keep_scenario(cycle: Cycle, by: Member, now: datetime, target: TriedTarget) -> Reply:
    """What was tried stays beside the plan."""
    check_may(cycle, Move.IMAGINE, by=by)
    tried = _tried(cycle, by, target)
    imagine(cycle, tried.name, tried.assumption, tried.changes, by=by, now=now)
    return Show(shown_scenarios(cycle, by))


@listens(Act.ADOPT)
def adopt(cycle: Cycle, by: Member, now: datetime, target: ScenarioTarget) -> Reply:
    """Its numbers are the plan now."""
    scenarios.make_it_the_plan(find_scenario(cycle, target.scenario), by=by, now=now)
    return Show(shown_scenarios(cycle, by))


@listens(Act.FORGET)
def forget(cycle: Cycle, by: Member, now: datetime, target: ScenarioTarget) -> Reply:
    """It is removed."""
    scenarios.forget(find_scenario(cycle, target.scenario), by=by, now=now)
    return Show(shown_scenarios(cycle, by))


@opens(Act.DECIDE_SCENARIO)
def decide_on_scenario(cycle: Cycle, by: Member, target: ScenarioTarget) -> View:
    """A decision that begins with what the scenario assumes."""
    check_may(cycle, Move.DECIDE, by=by)
    row = find_scenario(cycle, target.scenario)
    locale = locale_of(by.locale)
    told = [change_text(change, cycle.months, locale) for change in row.changes if change.kind is not ChangeKind.PLAN]
    text = ". ".join([f"{row.name}: {'; '.join(told)}"] * bool(told) + [row.assumption] * bool(row.assumption))
    of = {change.name for change in row.changes} & set(cycle.families)
    family = of.pop() if len(of) == 1 else ""
    begun = f"{text[:1].upper()}{text[1:1000]}"
    return decide_view(DecideForm(cycle.id, cycle.months, locale, family, text=begun, origin=Act.WHAT_IF))


@listens(Act.DRAW_SCENARIO)
def draw(workspace: Workspace, cycle: Cycle, by: Member, now: datetime, target: ScenarioTarget) -> Reply:
    """A picture of it beside the plan, in one's own messages."""
    check_may(cycle, Move.IMAGINE, by=by)
    row = find_scenario(cycle, target.scenario)
    drawn = DrawnScenario(scenario=row.id)
    queue(workspace, News.SCENARIO, stream=by.user_id, member_id=by.id, payload=drawn, now=now)
    return Show(shown_scenarios(cycle, by, done=_("The picture is on its way to your messages with Belay.")))


def shown_scenarios(cycle: Cycle, by: Member, tried: Tried | None = None, *, done: str = "") -> View:
    """The plan and its scenarios, for a person, and what they try."""
    plan = present_plan(cycle)
    locale = locale_of(by.locale)

    def shown(name: str, author: str, assumption: str, changes: Sequence[ScenarioChange], made: Plan) -> ShownScenario:
        texts = [change_text(change, cycle.months, locale) for change in changes]
        return ShownScenario(name, author, assumption, texts, outcome_of(made))

    kept = [
        replace(
            shown(row.name, row.by.name, row.assumption, row.changes, row.applied_to(plan)),
            id=row.id,
            is_adopted=row.adopted_at is not None,
        )
        for row in scenarios_of(cycle)
    ]
    new = []
    if tried is not None:
        one = shown(tried.name, by.name, tried.assumption, tried.changes, changed_plan(plan, tried.changes))
        new.append(replace(one, tried=tried.target))
    is_adopting = Move.AGREE in moves_of(cycle, by)
    scenarios = [*new, *kept]
    company, has_money = cycle.workspace, sees_money(by)
    return scenarios_view(
        ShownScenarios(
            cycle=cycle.id,
            plan=outcome_of(plan),
            scenarios=scenarios,
            company=company,
            locale=locale,
            is_adopting=is_adopting,
            sees_money=has_money,
            keeps_stock=company.keeps_stock,
            met=assumptions_met(cycle),
            done=done,
        )
    )


def _shown_with(cycle: Cycle, by: Member, target: TriedTarget) -> View:
    check_may(cycle, Move.IMAGINE, by=by)
    return shown_scenarios(cycle, by, _tried(cycle, by, target))


def _tried(cycle: Cycle, by: Member, target: TriedTarget) -> Tried:
    """A way out or a deal, found again."""
    if target.deal:
        deal = find_deal(cycle.workspace, target.deal)
        name = _("#{number} {customer} is won", number=deal.number, customer=deal.customer)
        return Tried(target, name[:60], _("On top of what sales believe."), won_deal(deal, present_plan(cycle)))
    page = page_of(cycle)
    key, _dot, kind = target.way.partition(".")
    gaps = {f"{family_key(gap.family)}-{gap.first}": place for place, gap in enumerate(page.gaps)}
    way = next((way for way in page.ways_out(gaps[key]) if way.kind == kind), None) if key in gaps else None
    if way is None:
        raise Refused(_("The plan has changed meanwhile: that way is not there any more. `/sop page` shows it anew."))
    gap = page.gaps[gaps[key]]
    locale = locale_of(by.locale)
    name = f"{gap.family}, {gap_months(gap, page.months, locale)}: {_(NAMES[way.kind])}"
    change = ScenarioChange(ChangeKind.PLAN, gap.family, changes=way.changes)
    return Tried(target, name[:60], way_out_words(cycle.workspace, way, locale)[0], (change,))
