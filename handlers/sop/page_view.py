"""The page as a message: gaps, what limits supply, what was lost, and the table of months."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from slack_sdk.models.blocks import (
    Block,
    RawTextObject,
    TableBlock,
    TableBlockColumnSettings,
)

from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import header, line
from handlers.sop.gap_sections import MOSTS, Reader
from handlers.sop.page_sections import decisions, sections
from models.base.arithmetic import half_up
from models.base.language import _
from models.base.words import HasCurrency, month_text
from models.sop.identities import FamilyPlan
from models.sop.page import Page

MOST_FAMILIES, MOST_ROWS = 24, 100
MOST_TEXT = 11_500  # Slack takes 12,000 characters in all of a message's blocks.
LEAST_TABLE = 1_500


@dataclass(frozen=True)
class ShownPage:
    """The page as one looks at it: as it is now (`changed_since`: what of it is no more what was signed), or published.

    `signed_by` and `changes` are those of the version that is published. `sees_money`: whether the reader sees money by
    family, `sees_total`: whether they see it in all.
    """

    page: Page
    company: HasCurrency
    locale: Locale
    signed_by: str = ""
    changes: str = ""
    changed_since: str = ""
    is_deciding: bool = False
    sees_money: bool = False
    sees_total: bool = False


def page_blocks(shown: ShownPage) -> list[Block]:
    """The page: what changed and was decided, gaps with their ways out, what was lost, and the table of months.

    Where that is more than a message takes, each list is shortened, so that the table keeps its room.
    """
    page = shown.page
    company = shown.company
    locale = shown.locale
    top: list[Block] = [header(page_text(shown)), *_decided(shown)]
    for most in MOSTS:
        blocks = [*top, *sections(page, company, locale, most, _reader(shown))]
        room = MOST_TEXT - sum(_length(block.to_dict()) for block in blocks)
        if room >= LEAST_TABLE:
            break
    table, count = _table(shown, room)
    blocks.append(table)
    if count < len(page.plans):
        where = _("the workbook below") if page.version else _("the workbook, once it is signed")
        blocks.append(line((_("And {count} more families: in {where}.", count=len(page.plans) - count, where=where),)))
    return blocks


def page_text(shown: ShownPage) -> str:
    """The same in a line."""
    page = shown.page
    state = _("signed, version {version}", version=page.version) if page.version else _("draft")
    since = _(", changed since") if shown.changed_since else ""
    by = _(", by {signed_by}", signed_by=shown.signed_by) if shown.signed_by else ""
    return _(
        "S&OP {month}: {state}{since}{by}", month=month_text(page.month, shown.locale), state=state, since=since, by=by
    )


def _decided(shown: ShownPage) -> list[Block]:
    changes = {_("Changed: "): shown.changes, _("Changed since: "): shown.changed_since}
    changed: list[Sentence] = [(Bold(name), clip(text, 1000)) for name, text in changes.items() if text]
    sentences = [*changed, *decisions(shown.page.open_decisions, shown.locale)]
    return [line(*sentences)] if sentences else []


def _length(part: Any) -> int:
    """How many characters of text a block holds."""
    if isinstance(part, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _length(v) for k, v in part.items())
    return sum(map(_length, part)) if isinstance(part, list) else 0


def _reader(shown: ShownPage) -> Reader:
    return Reader(shown.is_deciding, shown.sees_money, shown.sees_money or shown.sees_total)


def _table(shown: ShownPage, room: int) -> tuple[TableBlock, int]:
    """Families and measures down, months across; as many families as there is room for in the message."""
    page, locale = shown.page, shown.locale
    rows: list[list[str]] = [["", *(str(format_skeleton("yyMMM", m, locale=locale)) for m in page.months)]]
    length = sum(map(len, rows[0])) + 100
    count = 0
    for plan in sorted(page.plans, key=_worth)[:MOST_FAMILIES]:
        family = list(_family_rows(plan, page.sales.get(plan.family), locale))
        family += [_money_row(plan, shown.company, locale)] if shown.sees_money and page.keeps_stock else []
        length += sum(len(cell or " ") for row in family for cell in row)
        if length > room or len(rows) + len(family) > MOST_ROWS:
            break
        rows += family
        count += 1
    rows += _capacity_rows(page, room - length, MOST_ROWS - len(rows), locale)
    settings = [TableBlockColumnSettings(align="left"), *(TableBlockColumnSettings(align="right") for _ in page.months)]
    cells = [[RawTextObject(text=cell or " ") for cell in row] for row in rows]
    return TableBlock(rows=cells, column_settings=settings), count


def _worth(plan: FamilyPlan) -> tuple[Fraction, str]:
    """The families that matter most first: by what is wanted of them, in money."""
    return -sum(plan.demand) * plan.unit_price, plan.family


def _family_rows(plan: FamilyPlan, sales: Sequence[int] | None, locale: Locale) -> Iterator[list[str]]:
    """Demand (and what sales believe where another was agreed on), supply, net stock and its target, or what waits."""
    months = plan.months
    name = clip(plan.family, 24)
    yield [_("{name}: demand", name=name), *(_short(month.demand, locale) for month in months)]
    if sales is not None:
        yield [_("of sales"), *(_short(units, locale) for units in sales)]
    if not plan.band.keeps_stock:
        yield [_("delivered"), *(_short(month.shipments, locale) for month in months)]
        yield [_("waiting"), *(_short(month.backlog, locale) for month in months)]
        return
    yield [_("supply"), *(_short(month.supply, locale) for month in months)]
    yield [_("net stock"), *(_short(month.net, locale) for month in months)]
    if any(plan.targets):
        yield [_("target"), *(_short(units, locale) for units in plan.targets)]


def _capacity_rows(page: Page, room: int, most: int, locale: Locale) -> list[list[str]]:
    """What teams are asked for and what is free, where hours are what is sold; as many as there is room for."""
    rows: list[list[str]] = []
    for one in () if page.keeps_stock else page.capacity:
        months = range(len(page.months))
        load = [half_up(one.load[n] / 1000) for n in months]
        free = [half_up(one.free(n) / 1000) for n in months]
        both = [
            [
                _("{name}: load, {unit}", name=clip(one.name, 20), unit=clip(one.unit, 8)),
                *(_short(units, locale) for units in load),
            ],
            [_("free"), *(_short(units, locale) for units in free)],
        ]
        room -= sum(len(cell) for row in both for cell in row)
        if room < 0 or len(rows) + len(both) > most:
            break
        rows += both
    return rows


def _money_row(plan: FamilyPlan, company: HasCurrency, locale: Locale) -> list[str]:
    """The change in inventory investment."""
    scale = 10**company.places
    return [
        _("change in {currency}", currency=company.currency),
        *(_short(half_up(m.investment / scale), locale) for m in plan.months),
    ]


def _short(value: int, locale: Locale) -> str:
    """A number in few characters."""
    if abs(value) >= 10_000:
        return f"{_whole(round(value / 1000), locale)}k"
    return _whole(value, locale)


def _whole(value: int, locale: Locale) -> str:
    """With a minus that is as wide as a plus, as money has it."""
    return str(format_decimal(value, "#,##0;−#,##0", locale=locale))
