"""What stands out on the page: what changed in money, gaps with their ways out, what limits, what was lost."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from slack_sdk.models.blocks import Block

from handlers.slack.text import Bold, Code, Person, Sentence, clip
from handlers.slack.view_parts import line
from handlers.sop.gap_sections import Most, Reader, ask_of_gaps, gap_lines
from models.base.arithmetic import half_up
from models.base.language import N_, _, in_quotes, ngettext
from models.base.words import HasCurrency, month_text, share_text, signed_text, whole_money_text
from models.sop.money import Money, money_by_month
from models.sop.page import Change, MonthBefore, Page
from models.sop.resolutions import Decided
from models.sop.rough_cut import overtime_cost
from models.sop.steps import Step
from models.sop.way_words import months_text

MOST_NAMES = 12
MOST_LINES = 3
FULL = Fraction(9, 10)
MOST_DECISIONS = 12
REVIEWS: Mapping[str, str] = {Step.DEMAND: N_("demand review"), Step.SUPPLY: N_("supply review")}


def sections(page: Page, company: HasCurrency, locale: Locale, most: Most, reader: Reader) -> Iterator[Block]:
    """What stands out, section by section; a section without entries is left out."""
    summary = list(_summary(page, company, locale, reader))
    if summary:
        yield line(*summary)
    if page.gaps:
        yield line((Bold(_("Gaps")),), *gap_lines(page, company, locale, most, reader))
    if page.gaps and reader.is_deciding:
        yield from ask_of_gaps(page, company, locale)
    named = {
        _("Rough-cut capacity"): _tight(page, locale, most),
        _("Agreed on, other than sales"): _changes(page, page.agreed, locale, most),
        _("Other than the baseline"): _changes(page, page.changes, locale, most),
        _("Said"): _said(page, locale, most),
        _("Lost demand: the market talking"): _lost(page, locale, most),
    }
    for name, sentences in named.items():
        kept = list(sentences)
        if kept:
            yield line((Bold(name),), *kept)


def decisions(decided: Sequence[Decided], locale: Locale) -> list[Sentence]:
    """What was decided and is not done yet, with its owner and its day."""
    lines: list[Sentence] = [(Bold(_("Decisions")),)] if decided else []
    for one in decided[:MOST_DECISIONS]:
        where = ", ".join([clip(one.family, 60), *([month_text(one.month, locale)] if one.month else [])])
        due = format_skeleton("MMMd", one.due, locale=locale)
        lines.append(("•  ", Bold(where), f": {clip(one.text, 200)} ", Person(one.user), _(" by {due}", due=due)))
    if len(decided) > MOST_DECISIONS:
        lines.append((_("And {count} more: ", count=len(decided) - MOST_DECISIONS), Code("/sop"), _(" shows them.")))
    return lines


def _summary(page: Page, company: HasCurrency, locale: Locale, reader: Reader) -> Iterator[Sentence]:
    if page.before:
        yield _before(page.before, company, locale, keeps_stock=page.keeps_stock)
    if reader.sees_total:
        yield from _money(page, company, locale)
    for step, names in page.silent.items():
        if step in REVIEWS:
            who = ", ".join(clip(name, 40) for name in names[:MOST_NAMES])
            waits = _("The {review} waits for {who}.", review=_(REVIEWS[step]), who=who)
            counts = _("Silent in the {review}, counted as filled in: {who}.", review=_(REVIEWS[step]), who=who)
            yield (waits if page.step == step else counts,)
    yield from _remarks(page, locale)


def _money(page: Page, company: HasCurrency, locale: Locale) -> Iterator[Sentence]:
    """What the plan does to inventory, what it sells and earns, and the year beside its budget."""

    def text(amount: Fraction | int) -> str:
        return whole_money_text(company, half_up(Fraction(amount)), locale).replace("-", "−")

    change = sum(half_up(plan.months[0].investment) for plan in page.plans)
    horizon = sum(half_up(month.investment) for plan in page.plans for month in plan.months)
    total = _(
        "{text} in {month}, {text_2} over {count} months.",
        text=text(change),
        month=month_text(page.month, locale),
        text_2=text(horizon),
        count=len(page.months),
    )
    if page.keeps_stock:
        yield (Bold(_("Change in inventory investment: ")), total)
    planned = sum(money_by_month(page.plans), Money())
    margin = planned.margin - overtime_cost(page.capacity)
    yield (
        Bold(_("Plan: ")),
        _("{text} of revenue, {text_2} of margin.", text=text(planned.revenue), text_2=text(margin)),
    )
    year = page.year
    if year is None or year.budget is None or year.difference is None:
        return
    share = f" ({signed_text(Fraction(year.difference, year.budget))})" if year.budget else ""
    parts = _(
        "{text} to date and {text_2} to come, {text_3} budgeted",
        text=text(year.to_date),
        text_2=text(year.to_come),
        text_3=text(year.budget),
    )
    yield (Bold(f"{year.year}: "), f"{parts}: {text(year.difference)}{share}.")


def _remarks(page: Page, locale: Locale) -> Iterator[Sentence]:
    """What one should know of the data: what is not sold, not asked for, or not known."""

    def named(families: Sequence[str]) -> str:
        return clip(", ".join(families), 300)

    if page.gone:
        yield (_("Not sold any more: {named}.", named=named(page.gone)),)
    if page.unasked:
        yield (_("Nobody forecasts these, so the baseline counts: {named}.", named=named(page.unasked)),)
    if page.stale:
        missing = _("Bookings of the last months are missing, and estimated: {named}. ", named=named(page.stale))
        yield (missing, Code("/sop import"), _(" takes them."))
    for months, families in _by_months(page.unknown):
        when = ", ".join(month_text(month, locale) for month in months[:MOST_NAMES])
        yield (
            _(
                "Bookings are not known for {when}, so the baseline goes over them: {named}.",
                when=when,
                named=named(families),
            ),
        )
    for (month,), families in _by_months({family: (month,) for family, month in page.old_stock.items()}):
        yield (
            _(
                "Stock and backlog are those of {month}: {named}.",
                month=month_text(month, locale),
                named=named(families),
            ),
        )
    if page.means:
        yield (_("Less than a year of history, so a mean: {named}.", named=named(page.means)),)


def _by_months(months: Mapping[str, Sequence[date]]) -> list[tuple[tuple[date, ...], list[str]]]:
    """Families with the same months, together."""
    families: dict[tuple[date, ...], list[str]] = {}
    for family, of in sorted(months.items()):
        families.setdefault(tuple(of), []).append(family)
    return sorted(families.items(), key=lambda entry: -len(entry[1]))[:MOST_LINES]


def _before(before: MonthBefore, company: HasCurrency, locale: Locale, *, keeps_stock: bool) -> Sentence:
    def amount(units: int) -> str:
        return whole_money_text(company, units, locale) if before.is_money else format_decimal(units, locale=locale)

    booked = _("bookings not known") if before.booked is None else _("{amount} booked", amount=amount(before.booked))
    accuracy = before.accuracy
    judged = ""
    if accuracy.accuracy is not None and accuracy.bias is not None:
        judged = _(
            "; forecast accuracy {share}, bias {signed}",
            share=share_text(accuracy.accuracy),
            signed=signed_text(accuracy.bias),
        )
    sent = amount(before.shipped)
    shipped = _("{amount} shipped", amount=sent) if keeps_stock else _("{amount} delivered", amount=sent)
    stock = [_("{amount} in stock", amount=amount(before.inventory))] if keeps_stock else []
    price = _(", at list price") if before.is_money else ""
    words = _(
        "{moved}, {amount} in backlog{price}{judged}.",
        moved=", ".join([booked, shipped, *stock]),
        amount=amount(before.backlog),
        price=price,
        judged=judged,
    )
    return (Bold(f"{month_text(before.month, locale)}: "), words)


def _tight(page: Page, locale: Locale, most: Most) -> Iterator[Sentence]:
    """Resources that the plan fills, or that cannot carry it, the fullest first; without overtime."""
    months = range(len(page.months))
    shares = [(one.name, [(share, -n) for n in months if (share := one.utilisation(n))]) for one in page.capacity]
    full = [(max(used), name, sum(share > 1 for share, _ in used)) for name, used in shares if used]
    for (share, n), name, over in sorted(full, reverse=True)[: most.others]:
        if share < FULL:
            return
        count = "" if not over else ngettext("over in one month, ", "over in {over} months, ", over, over=over)
        yield (
            "•  ",
            Bold(clip(name, 60)),
            _(
                ": {count}{share} in {month}",
                count=count,
                share=share_text(share),
                month=month_text(page.months[-n], locale),
            ),
        )


def _changes(page: Page, changes: Sequence[Change], locale: Locale, most: Most) -> Iterator[Sentence]:
    for change in changes[: most.others]:
        units = format_decimal(change.units, "+#,##0;−#,##0", locale=locale)
        who = f"{clip(change.family, 60)}, {clip(change.seller, 40)}"
        when = (
            _("in {months}", months=months_text(change.months, locale))
            if change.months
            else _("over {count} months", count=len(page.months))
        )
        yield ("•  ", Bold(who), f": {units} {when} — {clip(change.reason, 150)}")
    if len(changes) > most.others:
        yield (_("And {count} more.", count=len(changes) - most.others),)


def _said(page: Page, locale: Locale, most: Most) -> Iterator[Sentence]:
    """The latest comments that belong to no gap."""
    for one in page.said_of(None)[-most.others :]:
        about = f"{clip(one.family, 60)}{f', {month_text(one.month, locale)}' if one.month else ''}"
        yield ("•  ", Bold(about), f": {in_quotes(clip(one.text, 150))} — {one.by}")


def _lost(page: Page, locale: Locale, most: Most) -> Iterator[Sentence]:
    for lost in page.lost[: most.others]:
        units, month = format_decimal(lost.units, locale=locale), month_text(lost.month, locale)
        who = f"#{lost.deal} {clip(lost.customer, 40)}"
        yield (
            "•  ",
            Bold(f"{clip(lost.family, 60)}, {month}"),
            _(": {units} units, {reason} ({who})", units=units, reason=lost.reason, who=who),
        )
    if len(page.lost) > most.others:
        where = _(": in the workbook") if page.version else ""
        yield (_("And {count} more{where}.", count=len(page.lost) - most.others, where=where),)
