"""How full the weeks are that a deal touches, as rows of text."""

from collections.abc import Sequence

from babel import Locale
from babel.numbers import format_decimal

from handlers.slack.charts import MOST_OVER, WIDTH, bar, marks
from handlers.slack.text import clip
from models.base.language import _
from models.base.words import amount_words, week_text
from models.deals.card_cells import Cell


def load_rows(cells: Sequence[Cell], locale: Locale) -> list[str]:
    """A row for each cell: how full the week is already, what the deal adds, and how full that makes it."""
    names = [clip(cell.resource, 18) for cell in cells]
    weeks = [week_text(cell.week, locale) for cell in cells]
    rows = []
    for cell, name, week in zip(cells, names, weeks, strict=True):
        label = f"{name:<{max(map(len, names))}}  {week:>{max(map(len, weeks))}}"
        rows.append(f"{label}  {load_bar(cell):<{WIDTH + MOST_OVER}} {_share(cell, locale)}")
    return rows


def load_bar(cell: Cell) -> str:
    """Dark is taken, middle is this deal, light is free."""
    if cell.available <= 0:
        return "▒" * (WIDTH + MOST_OVER)
    taken = marks(cell.load, cell.available)
    return bar(taken, max(taken + 1, marks(cell.load + cell.need, cell.available, most=WIDTH + MOST_OVER)))


def _share(cell: Cell, locale: Locale) -> str:
    need = amount_words(cell.need, cell.unit, locale)
    if cell.available <= 0:
        return _("needs {need}, none there", need=need)
    return _("{share} % · needs {need}", share=format_decimal(round(cell.share * 100), locale=locale), need=need)
