"""What is said of deals: titles, verdicts, prices, turns, and what changed. Short, and the same everywhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal, format_percent

from handlers.slack.text import Bold, Sentence, When, clip
from models.base.language import ENGLISH, N_, _, at_the_head, language
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
    Move.APPROVE: N_("Approved"),
    Move.ACCEPT: N_("Accepted"),
    Move.DECLINE: N_("Declined"),
    Move.WITHDRAW: N_("Withdrawn"),
    Move.WIN: N_("Won"),
    Move.LOSE: N_("Lost"),
    Move.CANCEL: N_("Cancelled"),
    Move.DELIVER: N_("Delivered"),
    Move.DELIVER_PART: N_("Delivered in part"),
    Move.OBJECT: N_("Objected to"),
    Move.KEEP: N_("Change taken back, earlier terms stand"),
    Move.DECLINE_CHANGE: N_("Change declined, earlier terms stand"),
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


def verdict_sentence(checked: Checked, locale: Locale) -> Sentence:
    """Whether it fits, and what is in the way."""
    check = checked.check
    if check.verdict is Verdict.FITS:
        return (Bold(_("Fits, but tightly.") if check.tight else _("Fits.")),)
    if check.verdict is Verdict.OVERTIME:
        cost = money_text(checked.company, check.overtime_cost, locale)
        weeks = [
            _("{resource}, week of {week}", resource=clip(use.resource, MOST_NAME), week=week_text(use.week, locale))
            for use in check.overtime
        ]
        more = _("; and {count} more", count=len(weeks) - 3) if len(weeks) > 3 else ""
        uses = [(checked.company.resources[use.resource], use.week) for use in check.overtime[:3]]
        kept = "".join(_reserved_text(resource, week, locale) for resource, week in uses)
        return (
            Bold(_("Fits with overtime, {cost}.", cost=cost)),
            f" {'; '.join(weeks[:3])}{more}{'.' if kept else ''}{kept}",
        )
    worst = check.bottleneck or check.shortages[0]
    rest = [shortage for shortage in check.shortages if shortage is not worst]
    also = ", ".join(
        _("{resource}, week of {week}", resource=clip(s.resource, MOST_NAME), week=week_text(s.week, locale))
        for s in rest[:2]
    )
    more = _(" Also short: {also}{value}.", also=also, value=", …" if len(rest) > 2 else "") if rest else ""
    resource = checked.company.resources[worst.resource]
    sentence = shortage_sentence(worst, resource.unit, locale)
    return (Bold(_("Does not fit. ")), sentence, more + _reserved_text(resource, worst.week, locale))


def _reserved_text(resource: Resource, week: date, locale: Locale) -> str:
    """What of a week is kept for others, and until when."""
    kept = [
        _(
            "{amount} reserved for {whom} until {week}",
            amount=amount_words(one.quantity, resource.unit, locale),
            whom=clip(one.whom, 80),
            week=week_text(one.until, locale),
        )
        for one in resource.reserved.get(week, ())
    ]
    return f" {'; '.join(kept)}." if kept else ""


def agreed_overtime_sentence(card: Card) -> Sentence | None:
    """The overtime that a promise was made with, and what of it is still needed: it shrinks behind loads that go."""
    cost = sum(use.cost for use in card.overtime_agreed)
    if not cost:
        return None
    now = min(cost, card.check.overtime_cost)
    needed = money_text(card.company, now, card.locale) if now else _("none of it")
    left = "" if now == cost else _("; {needed} is needed now", needed=needed)
    return (_("With overtime, {money}{left}", money=money_text(card.company, cost, card.locale), left=left),)


def rivalry_sentence(rivalry: Rivalry, locale: Locale) -> Sentence:
    """Who else wants the same capacity, and what they would leave of what this deal needs."""
    shown = [f"#{rival.number} {clip(rival.customer, 30)}" for rival in rivalry.rivals[:3]]
    more = _(" and {count} more", count=len(rivalry.rivals) - 3) if len(rivalry.rivals) > 3 else ""
    who = (_("Also wanted by "), Bold(", ".join(shown) + more))
    if rivalry.is_enough:
        return (*who, _("; there is enough for all."))
    where = _(
        "{resource}, week of {week}", resource=clip(rivalry.resource, MOST_NAME), week=week_text(rivalry.week, locale)
    )
    needed = amount_words(rivalry.needed, rivalry.unit, locale)
    left = amount_words(rivalry.left, "", locale).strip() if rivalry.left else _("nothing")
    return (
        *who,
        _(
            ". If they get theirs, {left} is left of the {needed} needed: {where}.",
            left=left,
            needed=needed,
            where=where,
        ),
    )


def counter_sentences(
    checked: Checked, asked: Checked, promised: Mapping[Cell, int], until: datetime, locale: Locale
) -> list[Sentence]:
    """What a counter costs against what was asked, and what it holds until when, beyond what is promised already."""
    less = asked.check.margin.revenue - checked.check.margin.revenue
    money = money_text(checked.company, abs(less), locale)
    costs = (
        [_("{money} less revenue", money=money) if less > 0 else _("{money} more revenue", money=money)] if less else []
    )
    if checked.check.verdict is Verdict.OVERTIME:
        costs.append(_("{money} of overtime", money=money_text(checked.company, checked.check.overtime_cost, locale)))
    sentences: list[Sentence] = [(Bold(_("Against what was asked: ")), f"{_(' and ').join(costs)}.")] if costs else []
    return [
        *sentences,
        (
            Bold(_("Sending it holds ")),
            _("{held}, until ", held=_held_text(checked, promised, locale)),
            When(until),
            ".",
        ),
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
        _(
            "{amount} of {name} ({week})",
            amount=amount_words(n, units[name], locale),
            name=clip(name, 30),
            week=week_text(week, locale),
        )
        for week, name, n in needs[:MOST_NEEDS]
    ]
    more = _(" and {count} more", count=len(needs) - MOST_NEEDS) if len(needs) > MOST_NEEDS else ""
    return (", ".join(parts) + more) or _("nothing")


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


def broken_sentence(checked: Checked, locale: Locale) -> Sentence:
    """A promise that cannot be kept, and what is missing."""
    lacking = [shortage for shortage in checked.check.shortages if not shortage.past]
    worst = max(lacking, key=lambda s: (s.short * 1000 // s.needed, -s.week.toordinal(), s.resource))
    sentence = shortage_sentence(worst, checked.company.resources[worst.resource].unit, locale)
    return (Bold(_("This promise can no longer be kept. ")), sentence)


def deviation_sentence(checked: Checked, locale: Locale) -> Sentence | None:
    """Where the deal leaves standard terms; the margin's own line is for those who may see it."""
    deviations = [deviation for deviation in checked.check.deviations if deviation.kind != "margin"]
    if not deviations:
        return None
    words = "; ".join(_deviation(deviation, checked, locale) for deviation in deviations[:6])
    more = _("; and {count} more", count=len(deviations) - 6) if len(deviations) > 6 else ""
    return (_("Beyond standard terms: "), words + more)


def turn_text(card: Card) -> str:
    """Whose turn it is, or how it ended."""
    if card.is_open:
        sides = _(" and ").join(possessive(name) for name in card.turn_names)
        turn = _("{sides} turn", sides=at_the_head(sides))
        turn += f", {card.sent_back}" if card.sent_back else ""
        agreed = _(" · {agreed} agreed", agreed=", ".join(card.agreed)) if card.agreed else ""
        return turn + agreed
    if card.state is State.APPROVED and card.win_by:
        return _(
            "{ended} · {seller} reports won or lost by {week}",
            ended=_ended(card),
            seller=card.seller,
            week=week_text(card.win_by, card.locale),
        )
    if card.state is State.WON:
        return _("{ended} · operations deliver", ended=_ended(card))
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
        return _("overdue")
    hours, minutes = divmod(int(clock.left.total_seconds()) // 60, 60)
    return _("{hours} h left", hours=hours) if hours else _("{minutes} min left", minutes=minutes)


def _clock_sentence(clock: TurnClock) -> Sentence | None:
    who = f"{clock.name[:1].upper()}{clock.name[1:]}"
    if clock.awaited is Awaited.CONDITION:
        return None
    if clock.awaited is Awaited.DELIVERY:
        return (Bold(_("Delivered?")), _(" Operations say what has arrived.")) if clock.is_overdue else None
    if clock.awaited is Awaited.REPORT:
        if not clock.is_overdue or clock.release_at is None:
            return None
        return (
            Bold(_("Won or lost?")),
            _(" Without a word the capacity is free again on "),
            When(clock.release_at),
            ".",
        )
    if clock.is_overdue:
        return (
            Bold(_("Overdue")),
            _(": {possessive} answer was due ", possessive=possessive(who)),
            When(clock.due_at),
            ".",
        )
    return (_("{possessive} answer is due ", possessive=possessive(who)), When(clock.due_at), ".")


def possessive(name: str) -> str:
    """Whose, in English: without a second s."""
    if language() != ENGLISH:
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"


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


def _ended(card: Card) -> str:
    if card.state is State.EXPIRED:
        return _("Released: neither won nor lost was reported")
    if card.is_on_the_spot and card.state is State.APPROVED:
        return _("Approved on the spot: it fits, within standard terms")
    if card.ending is None:
        return at_the_head(_(card.state))
    ended = at_the_head(_(ENDINGS.get(card.ending.move, card.state)))
    return _("{ended} by {by}", ended=ended, by=card.ending.by)


def _against_list(price: int, list_price: int, locale: Locale) -> str:
    if not list_price or price == list_price:
        return ""
    share = 1 - Decimal(price) / Decimal(list_price)
    shown = format_percent(abs(share), "#,##0.# %", locale=locale)
    return _(" · {share} off list", share=shown) if share > 0 else _(" · {share} over list", share=shown)


def _deviation(deviation: Deviation, checked: Checked, locale: Locale) -> str:
    asked, standard, offer = deviation.asked, deviation.standard, clip(deviation.offer or "", MOST_NAME)
    match deviation.kind:
        case "discount" if isinstance(asked, int) and isinstance(standard, int):
            lowest = money_text(checked.company, standard, locale)
            return _("{offer} under {lowest}, the lowest standard price", offer=offer, lowest=lowest)
        case "lead_time" if isinstance(standard, date):
            return _("{offer} before {week}, the standard lead time", offer=offer, week=week_text(standard, locale))
        case "lot":
            return _("{offer} under the smallest delivery of {standard}", offer=offer, standard=standard)
        case _:
            return _("{offer} is not in the standard catalogue", offer=offer)
