"""The plan as a picture."""

from collections.abc import Callable, Sequence
from typing import Any

from handlers.slack.pictures import DARK, FAINT, INK, MIDDLE, RED, drawn, finish_panel, plot_line
from handlers.slack.text import clip
from handlers.slack.web_calls import Picture
from models.base.words import Coinage
from models.sop.identities import FamilyPlan
from models.sop.page import Page


def plan_picture(page: Page, labels: Sequence[str], company: Coinage) -> Picture:
    """Demand, supply, net stock and its target of all families by month, at list price."""
    demand, supply, net, target = (
        valued(page, company, units)
        for units in (
            lambda plan: plan.demand,
            lambda plan: plan.supply,
            lambda plan: plan.net,
            lambda plan: plan.targets,
        )
    )

    def draw(figure: Any) -> None:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[2, 1])
        # Where both are the same, both are seen.
        plot_line(above, labels, demand, DARK, "demand", width=4.5)
        plot_line(above, labels, supply, MIDDLE, "supply", width=1.5)
        finish_panel(above, f"At list price, all families, {company.currency}", labels)
        below.bar(range(len(labels)), net, color=[DARK if value >= 0 else RED for value in net], label="net stock")
        below.plot(range(len(labels)), target, "--", color=FAINT, label="target")
        below.axhline(0, color=INK, linewidth=0.8)
        finish_panel(below, "Net stock and its target", labels)

    alt = "; ".join(f"{m}: demand {d:.0f}, supply {s:.0f}" for m, d, s in zip(labels, demand, supply, strict=True))
    return Picture(drawn(draw, width=7.6, height=4.2, bottom=0.05), "plan.png", clip(f"The plan. {alt}", 1900))


def valued(page: Page, company: Coinage, units: Callable[[FamilyPlan], Sequence[int]]) -> list[float]:
    """Units of all families by month at list price, in whole units of the currency."""
    scale = 10**company.places
    months = range(len(page.months))
    return [float(sum(units(plan)[n] * plan.unit_price for plan in page.plans) / scale) for n in months]
