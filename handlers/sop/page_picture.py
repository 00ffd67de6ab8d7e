"""The plan as a picture."""

from collections.abc import Sequence
from typing import Any

from handlers.slack.pictures import DARK, INK, MIDDLE, RED, drawn, finish_panel, plot_line
from handlers.slack.text import clip
from handlers.slack.web_calls import Picture
from models.base.words import Coinage
from models.sop.page import Page


def plan_picture(page: Page, labels: Sequence[str], company: Coinage) -> Picture:
    """Demand and supply of all families by month, and the change in inventory investment."""
    plans = [plan.months for plan in page.plans]
    demand = [sum(months[n].demand for months in plans) for n in range(len(labels))]
    supply = [sum(months[n].supply for months in plans) for n in range(len(labels))]
    change = [float(sum(months[n].investment for months in plans) / 10**company.places) for n in range(len(labels))]

    def draw(figure: Any) -> None:
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[2, 1])
        # Where both are the same, both are seen.
        plot_line(above, labels, demand, DARK, "demand", width=4.5)
        plot_line(above, labels, supply, MIDDLE, "supply", width=1.5)
        finish_panel(above, "Units, all families", labels)
        below.bar(range(len(labels)), change, color=[DARK if value >= 0 else RED for value in change])
        below.axhline(0, color=INK, linewidth=0.8)
        finish_panel(below, f"Change in inventory investment, {company.currency}", labels, has_legend=False)

    alt = "; ".join(f"{m}: demand {d}, supply {s}" for m, d, s in zip(labels, demand, supply, strict=True))
    return Picture(drawn(draw, width=7.6, height=4.2, bottom=0.05), "plan.png", clip(f"The plan. {alt}", 1900))
