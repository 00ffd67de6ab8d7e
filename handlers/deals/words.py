"""What is said of deals: titles, prices, and what changed. Short, and the same everywhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent

from handlers.slack.text import Bold, Sentence, clip
from models.base.language import _
from models.base.words import HasCurrency, company_locale, money_text, quantity_words, week_text
from models.deals.card import Card, CardDelivery, CardLine
from models.deals.changes import Delivery, TermChange
from models.deals.deliveries import Outcome
from models.deals.rows import Deal
from models.promise import Margin

MOST_NAME = 60
MOST_CHANGES = 8


def title(card: Card) -> str:
    """The deal in a line: number, customer, what."""
    totals: Counter[str] = Counter()
    for entry in card.lines:
        totals[entry.offer] += entry.quantity
    return titled(card.number, card.customer, totals, card.locale)


def deal_title(deal: Deal) -> str:
    """The same without a check: for lists."""
    totals: Counter[str] = Counter()
    for entry in deal.proposal.lines:
        totals[entry.offer.name] += entry.quantity
    return titled(deal.number, deal.customer, totals, company_locale(deal.workspace.country))


def titled(number: int, customer: str, totals: Mapping[str, int], locale: Locale) -> str:
    """A deal in a line: number, customer, and how many of what."""
    first, quantity = next(iter(totals.items()))
    rest = _(" + {count} more", count=len(totals) - 1) if len(totals) > 1 else ""
    what = f"{format_decimal(quantity, locale=locale)} × {clip(first, 60)}{rest}"
    return f"#{number} · {clip(customer, 60)} · {what}"


def line_sentence(line: CardLine, company: HasCurrency, locale: Locale, *, is_only: bool) -> Sentence:
    """One delivery: how many, when, for how much; the only one leaves the discount to the sum."""
    quantity = quantity_words(line.quantity, line.unit, locale)
    price = price_text(line.unit_price, line.unit_price if is_only else line.list_price, company, locale)
    return (
        Bold(f"{clip(line.offer, MOST_NAME)}: {quantity}"),
        _(", week of {week}, {price}", week=week_text(line.week, locale), price=price),
    )


def price_text(price: int, list_price: int, company: HasCurrency, locale: Locale) -> str:
    """A price and how it stands to the list."""
    money = money_text(company, price, locale)
    return (
        _("{money} each{against_list}", money=money, against_list=_against_list(price, list_price, locale))
        if price
        else _("free of charge")
    )


def sums_sentence(margin: Margin, company: HasCurrency, locale: Locale) -> Sentence:
    """What the customer pays, against the list, and the margin's band."""
    revenue = money_text(company, margin.revenue, locale)
    return (Bold(revenue), f"{_against_list(margin.revenue, margin.list, locale)} · {_(margin.band)}")


def agreed_overtime_sentence(card: Card) -> Sentence | None:
    """The overtime that a promise was made with, and what of it is still needed: it shrinks behind loads that go."""
    cost = sum(use.cost for use in card.overtime_agreed)
    if not cost:
        return None
    now = min(cost, card.check.overtime_cost)
    needed = money_text(card.company, now, card.locale) if now else _("none of it")
    left = "" if now == cost else _("; {needed} is needed now", needed=needed)
    return (_("With overtime, {money}{left}", money=money_text(card.company, cost, card.locale), left=left),)


def delivery_sentence(one: CardDelivery, locale: Locale) -> Sentence:
    """A delivery as promised, and what became of it."""
    promised = _(
        "{quantity}, week of {week}",
        quantity=quantity_words(one.quantity, one.unit, locale),
        week=week_text(one.week, locale),
    )
    if one.arrived is None or one.delivered is None:
        return (_("Still to come: {offer}, {promised}", offer=clip(one.offer, MOST_NAME), promised=promised),)
    came = format_decimal(one.delivered, locale=locale)
    short = _("{came} of ", came=came) if one.outcome is Outcome.SHORT else ""
    late = _(", promised for {week}", week=week_text(one.week, locale)) if one.arrived != one.week else ""
    quantity = quantity_words(one.quantity, one.unit, locale)
    arrived = _(
        "{offer}: {short}{quantity}, week of {week}{late}",
        offer=clip(one.offer, MOST_NAME),
        short=short,
        quantity=quantity,
        week=week_text(one.arrived, locale),
        late=late,
    )
    return (
        Bold(
            _("Delivered ")
            if one.outcome is Outcome.ON_TIME
            else _("Delivered {outcome} ", outcome=_(str(one.outcome)))
        ),
        arrived,
    )


def change_sentences(changes: Iterable[TermChange], company: HasCurrency, locale: Locale) -> list[Sentence]:
    """What changed, offer by offer."""
    sentences = [_change(change, company, locale) for change in changes]
    more: list[Sentence] = (
        [(_("And {count} more.", count=len(sentences) - MOST_CHANGES),)] if len(sentences) > MOST_CHANGES else []
    )
    return sentences[:MOST_CHANGES] + more


def _change(change: TermChange, company: HasCurrency, locale: Locale) -> Sentence:
    weeks = {entry.week for entry in change.before} != {entry.week for entry in change.after}
    prices = {entry.unit_price for entry in change.before} != {entry.unit_price for entry in change.after}

    def told(entries: tuple[Delivery, ...]) -> str:
        if not entries:
            return _("nothing")
        return ", ".join(
            _delivery(entry, change.unit, company, locale, weeks=weeks, prices=prices) for entry in entries
        )

    return (Bold(clip(change.offer, MOST_NAME)), f": {told(change.before)} → ", Bold(told(change.after)))


def _delivery(entry: Delivery, unit: str, company: HasCurrency, locale: Locale, *, weeks: bool, prices: bool) -> str:
    quantity = quantity_words(entry.quantity, unit, locale)
    when = _(", week of {week}", week=week_text(entry.week, locale)) if weeks else ""
    price = _(" at {money}", money=money_text(company, entry.unit_price, locale)) if prices else ""
    return quantity + when + price


def _against_list(price: int, list_price: int, locale: Locale) -> str:
    if not list_price or price == list_price:
        return ""
    share = 1 - Decimal(price) / Decimal(list_price)
    shown = format_percent(abs(share), "#,##0.# %", locale=locale)
    return _(" · {share} off list", share=shown) if share > 0 else _(" · {share} over list", share=shown)
