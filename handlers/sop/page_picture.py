"""The plan as a picture."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from handlers.slack.pictures import DARK, FAINT, INK, MIDDLE, RED, drawn, finish_panel, plot_line
from handlers.slack.text import clip
from handlers.slack.web_calls import Picture
from models.base.language import _
from models.base.words import Coinage
from models.sop.identities import FamilyPlan
from models.sop.page import Page
from models.sop.rough_cut import ResourceMonths


def plan_picture(page: Page, labels: Sequence[str], company: Coinage) -> Picture:
    """Demand and supply of all families by month, at list price, and below it what lies in stock, or how full it is."""

    def draw(figure: Any) -> None:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[2, 1])
        draw_plan(above, below, page, labels, company)

    demand, supply = _demand(page, company), _supply(page, company)
    alt = "; ".join(
        _("{m}: demand {d:.0f}, supply {s:.0f}", m=m, d=d, s=s) for m, d, s in zip(labels, demand, supply, strict=True)
    )
    return Picture(
        drawn(draw, width=7.6, height=4.2, bottom=0.05), "plan.png", clip(_("The plan. {alt}", alt=alt), 1900)
    )


def draw_plan(above: Any, below: Any, page: Page, labels: Sequence[str], company: Coinage) -> None:
    """The same in two panels that somebody has."""
    # Where both are the same, both are seen.
    plot_line(above, labels, _demand(page, company), DARK, _("demand"), width=4.5)
    plot_line(above, labels, _supply(page, company), MIDDLE, _("supply"), width=1.5)
    finish_panel(above, _("At list price, all families, {currency}", currency=company.currency), labels)
    if page.keeps_stock:
        _draw_stock(below, page, labels, company)
    elif page.capacity:
        _draw_load(below, max(page.capacity, key=_fullness), labels)
    below.set_xlim(above.get_xlim())


def _draw_stock(panel: Any, page: Page, labels: Sequence[str], company: Coinage) -> None:
    net = _valued(page, company, lambda plan: plan.net)
    panel.bar(range(len(labels)), net, color=[DARK if value >= 0 else RED for value in net], label=_("net stock"))
    target = _valued(page, company, lambda plan: plan.targets)
    panel.plot(range(len(labels)), target, "--", color=FAINT, label="target")
    panel.axhline(0, color=INK, linewidth=0.8)
    finish_panel(panel, _("Net stock and its target"), labels)


def _draw_load(panel: Any, fullest: ResourceMonths, labels: Sequence[str]) -> None:
    """What the fullest team carries, and what it has."""
    months = range(len(labels))
    colours = [RED if fullest.is_over(n) else DARK for n in months]
    panel.bar(months, [float(fullest.load[n] / 1000) for n in months], color=colours, label=_("load"))
    panel.plot(months, [float(fullest.available[n] / 1000) for n in months], "--", color=FAINT, label=_("capacity"))
    finish_panel(panel, _("{name}: load and capacity, {unit}", name=clip(fullest.name, 40), unit=fullest.unit), labels)


def _fullness(one: ResourceMonths) -> Fraction:
    return max((one.utilisation(n) or Fraction(0) for n in range(len(one.available))), default=Fraction(0))


def _demand(page: Page, company: Coinage) -> list[float]:
    return _valued(page, company, lambda plan: plan.demand)


def _supply(page: Page, company: Coinage) -> list[float]:
    return _valued(page, company, lambda plan: plan.supply)


def _valued(page: Page, company: Coinage, units: Callable[[FamilyPlan], Sequence[int]]) -> list[float]:
    """Units of all families by month at list price, in whole units of the currency."""
    scale = 10**company.places
    months = range(len(page.months))
    return [float(sum(units(plan)[n] * plan.unit_price for plan in page.plans) / scale) for n in months]
