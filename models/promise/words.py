"""The promise in words: what is short where, and what a way to yes changes, as one would say it over the phone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from babel import Locale
from babel.numbers import format_decimal

from models.base.language import _, ngettext
from models.base.words import amount_words, money_text, week_text
from models.promise import Check, Company, Line, Shortage, Way, WayKind

MOST_SAID = 3
MOST_NAME = 60


def shortage_sentence(shortage: Shortage, unit: str, locale: Locale) -> str:
    """What is missing where, with the numbers."""
    where = _("{resource}, week of {week}", resource=shortage.resource[:80], week=week_text(shortage.week, locale))
    needed = amount_words(shortage.needed, unit, locale)
    if shortage.past:
        return _("{where}: needs {needed}, and that week is over.", where=where, needed=needed)
    free, short = (amount_words(n, "", locale).strip() for n in (shortage.free, shortage.short))
    return _("{where}: needs {needed}, {free} free, {short} short.", where=where, needed=needed, free=free, short=short)


def way_text(company: Company, asked: Check, way: Way, locale: Locale) -> str:
    """What a way changes: `116 on 18 Jan, 84 on 25 Jan`; `overtime, +$2,310`."""
    lines = asked.deal.lines
    match way.kind:
        case WayKind.LATER:
            words = _later(lines, way.lines)
        case WayKind.SPLIT | WayKind.COMBINED:
            words = _parts(lines, way.lines, locale)
        case WayKind.SOME:
            words = _some(lines, way.lines, locale)
        case WayKind.PARTIAL:
            words = _less(lines, way.lines, locale)
        case WayKind.WITHOUT:
            words = _(
                "without {names}", names=_joined([_name(line.offer) for line in lines if line not in way.lines], ", ")
            )
        case WayKind.SUBSTITUTE:
            words = _instead(company, lines, way.lines, locale)
        case WayKind.REPRICE:
            return _dearer(company, lines, way, locale)
        case WayKind.OVERTIME:
            words = ""
    bought = (
        _("overtime, +{money}", money=money_text(company, way.check.overtime_cost, locale))
        if way.check.overtime
        else ""
    )
    return ", ".join(filter(None, (words, bought)))


def concession_text(company: Company, way: Way, locale: Locale) -> str:
    """What a way costs: us, or the customer."""
    if way.concession is None:
        return _("customer pays {money} more", money=money_text(company, way.customer_pays_more or 0, locale))
    return _("gives up {money}", money=money_text(company, way.concession.total, locale))


def _later(asked: Sequence[Line], lines: Sequence[Line]) -> str:
    weeks = (lines[0].week - asked[0].week).days // 7
    return ngettext("{weeks} week later", "{weeks} weeks later", weeks, weeks=weeks)


def _parts(asked: Sequence[Line], lines: Sequence[Line], locale: Locale) -> str:
    """The deliveries of the offers that change; the only one is not named."""
    changed = [offer for offer in _by_offer(asked) if _by_offer(asked)[offer] != _by_offer(lines)[offer]]
    sentences = []
    for offer in changed:
        parts = sorted(_by_offer(lines)[offer])
        listed = ", ".join(
            _("{number} on {week}", number=_number(q, locale), week=week_text(week, locale))
            for week, q in parts[:MOST_SAID]
        )
        more = _(" and {count} more", count=len(parts) - MOST_SAID) if len(parts) > MOST_SAID else ""
        name = f"{_name(offer)}: " if len(_by_offer(asked)) > 1 else ""
        sentences.append(name + listed + more)
    return _joined(sentences, "; ")


def _some(asked: Sequence[Line], lines: Sequence[Line], locale: Locale) -> str:
    """The deliveries that come, and how many never do."""
    never = sum(line.quantity for line in asked) - sum(line.quantity for line in lines)
    return _("{parts}, {number} never", parts=_parts(asked, lines, locale), number=_number(never, locale))


def _less(asked: Sequence[Line], lines: Sequence[Line], locale: Locale) -> str:
    kept = {(line.offer, line.week): line.quantity for line in lines}
    sentences = []
    for line in asked:
        left = kept.get((line.offer, line.week), 0)
        if left != line.quantity:
            of_what = f" {_name(line.offer)}" if len(asked) > 1 else ""
            words = _("{number} instead of", number=_number(left, locale)) if left else _("none of")
            sentences.append(f"{words} {_number(line.quantity, locale)}{of_what}")
    return _joined(sentences, ", ")


def _instead(company: Company, asked: Sequence[Line], lines: Sequence[Line], locale: Locale) -> str:
    before, after = next((old, new) for old, new in zip(asked, lines, strict=True) if old != new)
    price = (
        ""
        if before.unit_price == after.unit_price
        else _(", {money} each", money=money_text(company, after.unit_price, locale))
    )
    return _("{after} instead of {before}{price}", after=_name(after.offer), before=_name(before.offer), price=price)


def _dearer(company: Company, asked: Sequence[Line], way: Way, locale: Locale) -> str:
    if len(asked) == 1:
        return _("{money} each", money=money_text(company, way.lines[0].unit_price, locale))
    share = Fraction(way.customer_pays_more or 0, sum(line.revenue for line in asked) or 1)
    return _("prices {percent} % higher", percent=format_decimal(round(float(share * 100), 2), locale=locale))


def _by_offer(lines: Iterable[Line]) -> defaultdict[str, set[tuple[date, int]]]:
    by_offer: defaultdict[str, set[tuple[date, int]]] = defaultdict(set)
    for line in lines:
        by_offer[line.offer].add((line.week, line.quantity))
    return by_offer


def _joined(sentences: Sequence[str], mark: str) -> str:
    more = (
        _("{mark}and {count} more", mark=mark, count=len(sentences) - MOST_SAID) if len(sentences) > MOST_SAID else ""
    )
    return mark.join(sentences[:MOST_SAID]) + more


def _number(quantity: int, locale: Locale) -> str:
    return format_decimal(quantity, locale=locale)


def _name(text: str) -> str:
    return text if len(text) <= MOST_NAME else text[: MOST_NAME - 1].rstrip() + "…"
