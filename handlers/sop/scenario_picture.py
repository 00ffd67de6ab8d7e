"""A scenario beside the plan as a picture: net stock in money against its target, and the fullest resource."""

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from handlers.slack.pictures import DARK, FAINT, MIDDLE, drawn, finish_panel, plot_line
from handlers.slack.text import Bold, clip, escape
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, Picture, message
from models.base.language import _
from models.base.words import company_locale, month_text
from models.sop.plan import Plan, present_plan
from models.sop.scenarios import Scenario
from models.workspace.outbox import Outbox, Payload


@dataclass(frozen=True)
class DrawnScenario(Payload):
    """A scenario to be drawn."""

    scenario: int = 0


def render_scenario(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """The picture in a person's messages; a scenario that was removed meanwhile is not drawn."""
    scenario = session.get(Scenario, DrawnScenario.of(row).scenario)
    if scenario is None:
        return None
    plan = present_plan(scenario.cycle)
    changed = scenario.applied_to(plan)
    locale = company_locale(scenario.workspace.country)
    labels = [month_text(month, locale) for month in plan.months]
    picture = scenario_picture(plan, changed, labels, scenario.name, scenario.workspace.places)
    words = line(
        (Bold(clip(scenario.name, 60)), _(" beside the plan: {assumption}", assumption=clip(scenario.assumption, 300)))
    )
    call = message(row, row.stream, escape(_("{name} beside the plan", name=scenario.name)), [words.to_dict()])
    return replace(call, picture=lambda: picture, picture_at=1)


def scenario_picture(plan: Plan, changed: Plan, labels: list[str], name: str, places: int) -> Picture:
    """Net stock of all families at cost, plan and scenario, against the target; and how full the fullest months are."""
    keeps_stock = all(one.band.keeps_stock for one in plan.families)
    stock = {_("plan"): _net(plan, places), name: _net(changed, places)}
    target = [float(sum(f.targets[n] * f.unit_cost for f in plan.families) / 10**places) for n in range(len(labels))]
    use = {_("plan"): _fullest(plan), name: _fullest(changed)}

    def draw(figure: Any) -> None:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[2, 1])
        for panel, lines in ((above, stock), (below, use)):
            for (label, values), colour, width in zip(lines.items(), (DARK, MIDDLE), (4.5, 1.5), strict=True):
                plot_line(panel, labels, values, colour, clip(label, 30), width=width)
        if keeps_stock:
            above.plot(range(len(labels)), target, "--", color=FAINT, label=_("target"))
        title = (
            _("Net stock at cost, all families") if keeps_stock else _("What waits (below zero), at cost, all families")
        )
        finish_panel(above, title, labels)
        finish_panel(below, _("Fullest resource, % of its hours"), labels, has_legend=False)

    alt = "; ".join(f"{m}: {a:.0f}, {b:.0f}" for m, a, b in zip(labels, *stock.values(), strict=True))
    return Picture(
        drawn(draw, width=7.6, height=4.2, bottom=0.05), "what-if.png", clip(_("Net stock. {alt}", alt=alt), 1900)
    )


def _net(plan: Plan, places: int) -> list[float]:
    count = len(plan.months)
    return [float(sum(one.net[n] * one.unit_cost for one in plan.families) / 10**places) for n in range(count)]


def _fullest(plan: Plan) -> list[float]:
    shares = [[one.utilisation(n) or Fraction(0) for one in plan.resources] for n in range(len(plan.months))]
    return [float(100 * max(month, default=Fraction(0))) for month in shares]
