"""The signed page on one sheet of paper, for people outside Slack: what stands out, the decisions, and the chart."""

from io import BytesIO
from typing import Any

from babel import Locale
from babel.dates import format_skeleton

from handlers.slack.pictures import INK
from handlers.slack.text import clip
from handlers.sop.gap_sections import gap_months, gap_text
from handlers.sop.page_picture import draw_plan
from models.base.language import _
from models.base.words import Coinage, HasCurrency, month_text
from models.sop.page import Page

A4 = (11.7, 8.3)
MOST_LINES, MOST_LETTERS = 16, 110


def page_pdf(page: Page, company: HasCurrency, locale: Locale) -> bytes:
    """One page, with no money that says what a unit costs; the same page is the same bytes."""
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure

    figure = Figure(figsize=A4, layout="constrained")
    FigureCanvasPdf(figure)
    words, above, below = figure.subplots(3, 1, height_ratios=[5, 3, 2])
    _write(words, page, company, locale)
    labels = [month_text(month, locale) for month in page.months]
    draw_plan(above, below, page, labels, Coinage(company.currency, company.places))
    into = BytesIO()
    figure.savefig(into, format="pdf", metadata={"CreationDate": None, "ModDate": None, "Producer": None})
    return into.getvalue()


def page_lines(page: Page, company: HasCurrency, locale: Locale) -> list[str]:
    """Gaps and decisions, a line each; as many as there is room for."""
    none = _("No gap: net stock stays in its band.") if page.keeps_stock else _("No gap: nobody waits.")
    lines = [_("Gaps") if page.gaps else none]
    for gap in page.gaps:
        text = gap_text(company, gap, page.months, locale, sees_money=False)
        lines.append(f"•  {gap.family}, {gap_months(gap, page.months, locale)}: {text}")
    lines += [_("Decisions")] if page.open_decisions else []
    for one in page.open_decisions:
        due = format_skeleton("MMMd", one.due, locale=locale)
        lines.append(
            _("•  {family}: {text} — {owner}, by {due}", family=one.family, text=one.text, owner=one.owner, due=due)
        )
    more = [_("And {count} more.", count=len(lines) - MOST_LINES)] if len(lines) > MOST_LINES else []
    return [clip(" ".join(text.split()), MOST_LETTERS) for text in (*lines[:MOST_LINES], *more)]


def _write(panel: Any, page: Page, company: HasCurrency, locale: Locale) -> None:
    panel.axis("off")
    title = _("S&OP {month}, version {version}", month=month_text(page.month, locale), version=page.version)
    panel.text(0, 1, title, fontsize=16, color=INK, va="top", weight="bold", parse_math=False)
    text = "\n".join(page_lines(page, company, locale))
    panel.text(0, 0.86, text, fontsize=10, color=INK, va="top", linespacing=1.5, parse_math=False)
