"""What is said of deals: titles, verdicts, prices, turns, and what changed. Short, and the same everywhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent

from handlers.slack.text import Bold, Sentence, When, clip
from models.base.words import HasCurrency, amount_words, company_locale, money_text, quantity_words, week_text
from models.deals.card import Card, CardDelivery, CardLine
from models.deals.changes import Delivery, TermChange
from models.deals.clocks import TurnClock
from models.deals.deliveries import Outcome
from models.deals.reservations import Cell
from models.deals.rivals import Rivalry
from models.deals.rows import Deal
from models.deals.states import Move, State
from models.deals.terms import Checked
from models.deals.turns import Awaited
from models.promise import Deviation, Margin, Resource
from models.promise.check import Verdict
from models.promise.words import shortage_sentence

MOST_NAME = 60
MOST_CHANGES = 8
MOST_NEEDS = 4
ENDINGS = {
    Move.APPROVE: "Approved",
    Move.ACCEPT: "Accepted",
    Move.DECLINE: "Declined",
    Move.WITHDRAW: "Withdrawn",
    Move.WIN: "Won",
    Move.LOSE: "Lost",
    Move.CANCEL: "Cancelled",
    Move.DELIVER: "Delivered",
    Move.DELIVER_PART: "Delivered in part",
    Move.OBJECT: "Objected to",
    Move.KEEP: "Change taken back, earlier terms stand",
    Move.DECLINE_CHANGE: "Change declined, earlier terms stand",
}


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
    rest = f" + {len(totals) - 1} more" if len(totals) > 1 else ""
    what = f"{format_decimal(quantity, locale=locale)} × {clip(first, 60)}{rest}"
    return f"#{number} · {clip(customer, 60)} · {what}"


def line_sentence(line: CardLine, company: HasCurrency, locale: Locale, *, is_only: bool) -> Sentence:
    """One delivery: how many, when, for how much; the only one leaves the discount to the sum."""
    quantity = quantity_words(line.quantity, line.unit, locale)
    price = price_text(line.unit_price, line.unit_price if is_only else line.list_price, company, locale)
    return (Bold(f"{clip(line.offer, MOST_NAME)}: {quantity}"), f", week of {week_text(line.week, locale)}, {price}")


def price_text(price: int, list_price: int, company: HasCurrency, locale: Locale) -> str:
    """A price and how it stands to the list."""
    money = money_text(company, price, locale)
    return f"{money} each{_against_list(price, list_price, locale)}" if price else "free of charge"


def sums_sentence(margin: Margin, company: HasCurrency, locale: Locale) -> Sentence:
    """What the customer pays, against the list, and the margin's band."""
    revenue = money_text(company, margin.revenue, locale)
    return (Bold(revenue), f"{_against_list(margin.revenue, margin.list, locale)} · {margin.band}")


def verdict_sentence(checked: Checked, locale: Locale) -> Sentence:
    """Whether it fits, and what is in the way."""
    check = checked.check
    if check.verdict is Verdict.FITS:
        return (Bold("Fits, but tightly." if check.tight else "Fits."),)
    if check.verdict is Verdict.OVERTIME:
        cost = money_text(checked.company, check.overtime_cost, locale)
        weeks = [f"{clip(use.resource, MOST_NAME)}, week of {week_text(use.week, locale)}" for use in check.overtime]
        more = f"; and {len(weeks) - 3} more" if len(weeks) > 3 else ""
        uses = [(checked.company.resources[use.resource], use.week) for use in check.overtime[:3]]
        kept = "".join(_reserved_text(resource, week, locale) for resource, week in uses)
        return (Bold(f"Fits with overtime, {cost}."), f" {'; '.join(weeks[:3])}{more}{'.' if kept else ''}{kept}")
    worst = check.bottleneck or check.shortages[0]
    rest = [shortage for shortage in check.shortages if shortage is not worst]
    also = ", ".join(f"{clip(s.resource, MOST_NAME)}, week of {week_text(s.week, locale)}" for s in rest[:2])
    more = f" Also short: {also}{', …' if len(rest) > 2 else ''}." if rest else ""
    resource = checked.company.resources[worst.resource]
    sentence = shortage_sentence(worst, resource.unit, locale)
    return (Bold("Does not fit. "), sentence, more + _reserved_text(resource, worst.week, locale))


def _reserved_text(resource: Resource, week: date, locale: Locale) -> str:
    """What of a week is kept for others, and until when."""
    kept = [
        f"{amount_words(one.quantity, resource.unit, locale)} reserved for {clip(one.whom, 80)} until "
        f"{week_text(one.until, locale)}"
        for one in resource.reserved.get(week, ())
    ]
    return f" {'; '.join(kept)}." if kept else ""


def agreed_overtime_sentence(card: Card) -> Sentence | None:
    """The overtime that a promise was made with, and what of it is still needed: it shrinks behind loads that go."""
    cost = sum(use.cost for use in card.overtime_agreed)
    if not cost:
        return None
    now = min(cost, card.check.overtime_cost)
    needed = money_text(card.company, now, card.locale) if now else "none of it"
    left = "" if now == cost else f"; {needed} is needed now"
    return (f"With overtime, {money_text(card.company, cost, card.locale)}{left}",)


def rivalry_sentence(rivalry: Rivalry, locale: Locale) -> Sentence:
    """Who else wants the same capacity, and what they would leave of what this deal needs."""
    shown = [f"#{rival.number} {clip(rival.customer, 30)}" for rival in rivalry.rivals[:3]]
    more = f" and {len(rivalry.rivals) - 3} more" if len(rivalry.rivals) > 3 else ""
    who = ("Also wanted by ", Bold(", ".join(shown) + more))
    if rivalry.is_enough:
        return (*who, "; there is enough for all.")
    where = f"{clip(rivalry.resource, MOST_NAME)}, week of {week_text(rivalry.week, locale)}"
    needed = amount_words(rivalry.needed, rivalry.unit, locale)
    left = amount_words(rivalry.left, "", locale).strip() if rivalry.left else "nothing"
    return (*who, f". If they get theirs, {left} is left of the {needed} needed: {where}.")


def counter_sentences(
    checked: Checked, asked: Checked, promised: Mapping[Cell, int], until: datetime, locale: Locale
) -> list[Sentence]:
    """What a counter costs against what was asked, and what it holds until when, beyond what is promised already."""
    less = asked.check.margin.revenue - checked.check.margin.revenue
    money = money_text(checked.company, abs(less), locale)
    costs = [f"{money} {'less' if less > 0 else 'more'} revenue"] if less else []
    if checked.check.verdict is Verdict.OVERTIME:
        costs.append(f"{money_text(checked.company, checked.check.overtime_cost, locale)} of overtime")
    sentences: list[Sentence] = [(Bold("Against what was asked: "), f"{' and '.join(costs)}.")] if costs else []
    return [
        *sentences,
        (Bold("Sending it holds "), f"{_held_text(checked, promised, locale)}, until ", When(until), "."),
    ]


def _held_text(checked: Checked, promised: Mapping[Cell, int], locale: Locale) -> str:
    beyond = [
        (week, name, need - promised.get((name, week), 0))
        for name, weeks in checked.check.needs.items()
        for week, need in weeks.items()
    ]
    needs = sorted(entry for entry in beyond if entry[2] > 0)
    units = {name: resource.unit for name, resource in checked.company.resources.items()}
    parts = [
        f"{amount_words(n, units[name], locale)} of {clip(name, 30)} ({week_text(week, locale)})"
        for week, name, n in needs[:MOST_NEEDS]
    ]
    more = f" and {len(needs) - MOST_NEEDS} more" if len(needs) > MOST_NEEDS else ""
    return (", ".join(parts) + more) or "nothing"


def delivery_sentence(one: CardDelivery, locale: Locale) -> Sentence:
    """A delivery as promised, and what became of it."""
    promised = f"{quantity_words(one.quantity, one.unit, locale)}, week of {week_text(one.week, locale)}"
    if one.arrived is None or one.delivered is None:
        return (f"Still to come: {clip(one.offer, MOST_NAME)}, {promised}",)
    came = format_decimal(one.delivered, locale=locale)
    short = f"{came} of " if one.outcome is Outcome.SHORT else ""
    late = f", promised for {week_text(one.week, locale)}" if one.arrived != one.week else ""
    quantity = quantity_words(one.quantity, one.unit, locale)
    arrived = f"{clip(one.offer, MOST_NAME)}: {short}{quantity}, week of {week_text(one.arrived, locale)}{late}"
    return (Bold("Delivered " if one.outcome is Outcome.ON_TIME else f"Delivered {one.outcome} "), arrived)


def broken_sentence(checked: Checked, locale: Locale) -> Sentence:
    """A promise that cannot be kept, and what is missing."""
    lacking = [shortage for shortage in checked.check.shortages if not shortage.past]
    worst = max(lacking, key=lambda s: (s.short * 1000 // s.needed, -s.week.toordinal(), s.resource))
    sentence = shortage_sentence(worst, checked.company.resources[worst.resource].unit, locale)
    return (Bold("This promise can no longer be kept. "), sentence)


def deviation_sentence(checked: Checked, locale: Locale) -> Sentence | None:
    """Where the deal leaves standard terms; the margin's own line is for those who may see it."""
    deviations = [deviation for deviation in checked.check.deviations if deviation.kind != "margin"]
    if not deviations:
        return None
    words = "; ".join(_deviation(deviation, checked, locale) for deviation in deviations[:6])
    more = f"; and {len(deviations) - 6} more" if len(deviations) > 6 else ""
    return ("Beyond standard terms: ", words + more)


def turn_text(card: Card) -> str:
    """Whose turn it is, or how it ended."""
    if card.is_open:
        sides = " and ".join(possessive(name) for name in card.turn_names)
        turn = f"{sides[0].upper()}{sides[1:]} turn{f', {card.sent_back}' if card.sent_back else ''}"
        agreed = f" · {', '.join(card.agreed)} agreed" if card.agreed else ""
        return turn + agreed
    if card.state is State.APPROVED and card.win_by:
        return f"{_ended(card)} · {card.seller} reports won or lost by {week_text(card.win_by, card.locale)}"
    if card.state is State.WON:
        return f"{_ended(card)} · operations deliver"
    return _ended(card)


def clock_sentences(card: Card) -> list[Sentence]:
    """Until when an answer is awaited, in the reader's own zone; when it is over, since when."""
    return [sentence for clock in card.clocks if (sentence := _clock_sentence(clock))]


def left_text(card: Card) -> str:
    """How much time is left for the answer that is due first, in working hours."""
    answers = [clock for clock in card.clocks if clock.awaited is Awaited.ANSWER]
    return time_left(min(answers, key=lambda clock: clock.due_at)) if answers else ""


def time_left(clock: TurnClock) -> str:
    """How much working time is left."""
    if clock.is_overdue:
        return "overdue"
    hours, minutes = divmod(int(clock.left.total_seconds()) // 60, 60)
    return f"{hours} h left" if hours else f"{minutes} min left"


def _clock_sentence(clock: TurnClock) -> Sentence | None:
    who = f"{clock.name[:1].upper()}{clock.name[1:]}"
    if clock.awaited is Awaited.CONDITION:
        return None
    if clock.awaited is Awaited.DELIVERY:
        return (Bold("Delivered?"), " Operations say what has arrived.") if clock.is_overdue else None
    if clock.awaited is Awaited.REPORT:
        if not clock.is_overdue or clock.release_at is None:
            return None
        return (Bold("Won or lost?"), " Without a word the capacity is free again on ", When(clock.release_at), ".")
    if clock.is_overdue:
        return (Bold("Overdue"), f": {possessive(who)} answer was due ", When(clock.due_at), ".")
    return (f"{possessive(who)} answer is due ", When(clock.due_at), ".")


def possessive(name: str) -> str:
    """Whose: without a second s."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def change_sentences(changes: Iterable[TermChange], company: HasCurrency, locale: Locale) -> list[Sentence]:
    """What changed, offer by offer."""
    sentences = [_change(change, company, locale) for change in changes]
    more: list[Sentence] = [(f"And {len(sentences) - MOST_CHANGES} more.",)] if len(sentences) > MOST_CHANGES else []
    return sentences[:MOST_CHANGES] + more


def _change(change: TermChange, company: HasCurrency, locale: Locale) -> Sentence:
    weeks = {entry.week for entry in change.before} != {entry.week for entry in change.after}
    prices = {entry.unit_price for entry in change.before} != {entry.unit_price for entry in change.after}

    def told(entries: tuple[Delivery, ...]) -> str:
        if not entries:
            return "nothing"
        return ", ".join(
            _delivery(entry, change.unit, company, locale, weeks=weeks, prices=prices) for entry in entries
        )

    return (Bold(clip(change.offer, MOST_NAME)), f": {told(change.before)} → ", Bold(told(change.after)))


def _delivery(entry: Delivery, unit: str, company: HasCurrency, locale: Locale, *, weeks: bool, prices: bool) -> str:
    quantity = quantity_words(entry.quantity, unit, locale)
    when = f", week of {week_text(entry.week, locale)}" if weeks else ""
    price = f" at {money_text(company, entry.unit_price, locale)}" if prices else ""
    return quantity + when + price


def _ended(card: Card) -> str:
    if card.state is State.EXPIRED:
        return "Released: neither won nor lost was reported"
    if card.is_on_the_spot and card.state is State.APPROVED:
        return "Approved on the spot: it fits, within standard terms"
    if card.ending is None:
        return card.state.capitalize()
    ended = ENDINGS.get(card.ending.move, card.state.capitalize())
    return f"{ended} by {card.ending.by}"


def _against_list(price: int, list_price: int, locale: Locale) -> str:
    if not list_price or price == list_price:
        return ""
    share = 1 - Decimal(price) / Decimal(list_price)
    shown = format_percent(abs(share), "#,##0.# %", locale=locale)
    return f" · {shown} {'off' if share > 0 else 'over'} list"


def _deviation(deviation: Deviation, checked: Checked, locale: Locale) -> str:
    asked, standard, offer = deviation.asked, deviation.standard, clip(deviation.offer or "", MOST_NAME)
    match deviation.kind:
        case "discount" if isinstance(asked, int) and isinstance(standard, int):
            lowest = money_text(checked.company, standard, locale)
            return f"{offer} under {lowest}, the lowest standard price"
        case "lead_time" if isinstance(standard, date):
            return f"{offer} before {week_text(standard, locale)}, the standard lead time"
        case "lot":
            return f"{offer} under the smallest delivery of {standard}"
        case _:
            return f"{offer} is not in the standard catalogue"
