"""The gaps of the page: how much is missing or too much, the ways out, what was said, and what to do about each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.numbers import format_decimal
from slack_sdk.models.blocks import ActionsBlock, Block, Option, StaticSelectElement

from handlers.slack.ids import Act
from handlers.slack.text import Bold, Sentence, clip
from handlers.sop.family_view import family_key
from models.base.language import _, in_quotes
from models.base.words import HasCurrency, month_text, whole_money_text
from models.sop.gaps import Gap
from models.sop.page import Page
from models.sop.way_words import months_text, way_out_words

MOST_OFFERED, MOST_TRIED = 20, 5


@dataclass(frozen=True)
class Most:
    """How much of each list is shown: gaps, ways out of the first of them, and entries of the other lists."""

    gaps: int
    ways: int
    others: int


@dataclass(frozen=True)
class Reader:
    """Who reads the page: whether they decide, and see money by family, and in all."""

    is_deciding: bool = False
    sees_money: bool = False
    sees_total: bool = False


MOSTS = (Most(8, 3, 6), Most(6, 2, 4), Most(4, 1, 2), Most(2, 0, 1))


def gap_text(company: HasCurrency, gap: Gap, months: Sequence[date], locale: Locale, *, sees_money: bool = True) -> str:
    """How much is missing, or too much, at its worst: in units, and in money that waits or is tied up.

    Without `sees_money` there is none that says what a unit costs.
    """
    units = format_decimal(gap.units, locale=locale)
    worst = _(" in {month}", month=month_text(months[gap.worst], locale)) if gap.first != gap.last else ""
    waits = (
        _("; customers wait for {whole_money}", whole_money=whole_money_text(company, gap.waiting, locale))
        if gap.waiting
        else ""
    )
    if not gap.keeps_stock:
        return (
            _("{units} wait{worst}{waits}", units=units, worst=worst, waits=waits)
            if gap.is_short
            else _("{units} more than is wanted{worst}", units=units, worst=worst)
        )
    stock = whole_money_text(company, gap.stock, locale)
    if not gap.is_short:
        return _(
            "{units} above the ceiling{worst}{tied}",
            units=units,
            worst=worst,
            tied=_(", {stock} tied up", stock=stock) if sees_money else "",
        )
    return _(
        "{units} short{worst}{making}{waits}",
        units=units,
        worst=worst,
        making=_(", {stock} to make", stock=stock) if sees_money else "",
        waits=waits,
    )


def gap_months(gap: Gap, months: Sequence[date], locale: Locale) -> str:
    """The months of a gap, the first and the last of several."""
    return months_text(months[gap.first : gap.last + 1], locale)


def gap_lines(page: Page, company: HasCurrency, locale: Locale, most: Most, reader: Reader) -> Iterator[Sentence]:
    """Gap by gap: how much and why, the ways out, and what was said of it."""
    for number, gap in enumerate(page.gaps[: most.gaps]):
        limit = page.limits.get(gap.family, "")
        why = f" — {clip(limit, 100)}" if limit and gap.is_short else ""
        done = _(" · decided") if page.is_decided(gap) else ""
        name = f"{clip(gap.family, 60)}, {gap_months(gap, page.months, locale)}"
        text = gap_text(company, gap, page.months, locale, sees_money=reader.sees_money)
        yield ("•  ", Bold(name), f": {text}{why}{done}")
        # Several ways out of the first gaps; of the others the one that closes most of it.
        ways = page.ways_out(number)
        best = sorted(ways, key=lambda way: -way.units)[: min(1, most.ways)]
        shown = ways[: most.ways] if number < most.ways else best
        for way in shown:
            words = way_out_words(company, way, locale, has_money=reader.sees_money)
            yield (f"     ↳ {': '.join(words)}",)
        yield from (
            (f"     {in_quotes(clip(one.text, 150))} — {one.by}",) for one in page.said_of(gap)[-max(1, most.ways) :]
        )
    if len(page.gaps) > most.gaps:
        where = _(": in the workbook") if page.version else ""
        yield (_("And {count} more{where}.", count=len(page.gaps) - most.gaps, where=where),)


def ask_of_gaps(page: Page, company: HasCurrency, locale: Locale) -> Iterator[Block]:
    """The gaps to decide on, and the ways out of them to try: a form, or the scenarios, follows."""
    selects = [_decide_on(page, locale)]
    ways = [
        Option(
            text=clip(f"{clip(gap.family, 24)}: {way_out_words(company, way, locale)[0]}", 75),
            value=f"{family_key(gap.family)}-{gap.first}.{way.kind}",
        )
        for number, gap in enumerate(page.gaps[:MOST_TRIED])
        for way in {way.kind: way for way in reversed(page.ways_out(number))}.values()
    ]
    if ways:
        selects.append(StaticSelectElement(action_id=Act.WHAT_IF_WAY, placeholder=_("What if we take…"), options=ways))
    yield ActionsBlock(elements=selects)


def _decide_on(page: Page, locale: Locale) -> StaticSelectElement:
    """The gaps to choose one from."""
    options = [
        Option(
            text=clip(f"{clip(gap.family, 45)}, {gap_months(gap, page.months, locale)}", 75),
            value=f"{page.months[gap.worst].isoformat()}.{family_key(gap.family)}",
        )
        for gap in page.gaps[:MOST_OFFERED]
    ]
    return StaticSelectElement(action_id=Act.DECIDE_ON, placeholder=_("Decide on a gap…"), options=options)
