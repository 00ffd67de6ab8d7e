"""The page as a message: gaps, what limits supply, what was lost, and the table of months."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    Option,
    RawTextObject,
    StaticSelectElement,
    TableBlock,
    TableBlockColumnSettings,
)

from handlers.blocks.families import family_key
from handlers.blocks.parts import header, line
from handlers.ids import Act
from handlers.phrases import Bold, Code, Person, Sentence, clip
from models.arithmetic import half_up
from models.sop.page import MonthBefore, Page
from models.sop.plan import FamilyPlan, Gap
from models.sop.rows import Resolution, Step
from models.sop.way_words import way_out_text
from models.words import HasCurrency, month_text, share_text, signed_text, whole_money_text

MOST_FAMILIES = 24
MOST_TEXT = 11_500  # Slack takes 12,000 characters in all of a message's blocks.
MOST_GAPS = 8
MOST_WAYS = 3
MOST_LOST = 6
MOST_CHANGES = 6
MOST_NAMES = 12
MOST_DECISIONS = 12


def page_blocks(
    page: Page,
    company: HasCurrency,
    locale: Locale,
    heading: str,
    said: Sequence[Block] = (),
    *,
    is_deciding: bool = False,
) -> list[Block]:
    """The page: what was said of it, gaps with their ways out, what was lost, and the table of months."""
    blocks: list[Block] = [header(heading), *said, line(*_summary(page, company, locale))]
    if page.gaps:
        blocks.append(line((Bold("Gaps"),), *_gaps(page, company, locale)))
    if page.gaps and is_deciding:
        blocks.append(_decide_on(page, locale))
    tight = list(_tight(page, locale))
    if tight:
        blocks.append(line((Bold("Rough-cut capacity"),), *tight))
    if page.changes:
        blocks.append(line((Bold("Other than the baseline"),), *_changes(page, locale)))
    if page.lost:
        blocks.append(line((Bold("Lost demand: the market talking"),), *_lost(page, locale)))
    table, shown = _table(page, company, locale, MOST_TEXT - sum(_length(block.to_dict()) for block in blocks))
    blocks.append(table)
    if shown < len(page.plans):
        where = "the workbook below" if page.version else "the workbook, once it is signed"
        blocks.append(line((f"And {len(page.plans) - shown} more families: in {where}.",)))
    return blocks


def page_text(page: Page, locale: Locale) -> str:
    """The same in a line."""
    month = month_text(page.month, locale)
    state = f"signed, version {page.version}" if page.version else "draft"
    return f"S&OP {month}: {state}"


def gap_text(company: HasCurrency, gap: Gap, locale: Locale) -> str:
    """How much is missing, or too much, in units and in money."""
    units = format_decimal(abs(gap.units), locale=locale)
    kind = "short" if gap.units > 0 else "more than wanted"
    return f"{units} {kind}, {whole_money_text(company, abs(gap.money), locale)}"


def decisions(resolutions: Sequence[Resolution], locale: Locale) -> list[Sentence]:
    """What was decided and is not done yet, with its owner and its day."""
    told: list[Sentence] = [(Bold("Decisions"),)] if resolutions else []
    for row in resolutions[:MOST_DECISIONS]:
        where = ", ".join([clip(row.family, 60), *([month_text(row.month, locale)] if row.month else [])])
        due = format_skeleton("MMMd", row.due, locale=locale)
        told.append(("•  ", Bold(where), f": {clip(row.text, 200)} ", Person(row.owner.user_id), f" by {due}"))
    if len(resolutions) > MOST_DECISIONS:
        told.append((f"And {len(resolutions) - MOST_DECISIONS} more: ", Code("/sop"), " shows them."))
    return told


def _summary(page: Page, company: HasCurrency, locale: Locale) -> Iterator[Sentence]:
    if page.before:
        yield _before(page.before, locale)
    change = sum(half_up(plan.months[0].investment) for plan in page.plans)
    horizon = sum(half_up(m.investment) for plan in page.plans for m in plan.months)
    more = "more" if horizon >= 0 else "less"
    yield (
        Bold("Change in inventory investment: "),
        f"{whole_money_text(company, change, locale)} in {month_text(page.month, locale)}, ",
        f"{whole_money_text(company, abs(horizon), locale)} {more} over {len(page.months)} months.",
    )
    for step, names in page.silent.items():
        if step in {Step.DEMAND, Step.SUPPLY}:
            told = ", ".join(clip(name, 40) for name in names[:MOST_NAMES])
            yield (f"Silent in the {step} review, counted as filled in: {told}.",)
    if page.stale:
        told = clip(", ".join(page.stale), 300)
        yield (
            f"Bookings of the last months are missing, and forecast over: {told}. ",
            Code("/sop import"),
            " takes them.",
        )
    if page.means:
        yield (f"Less than a year of history, so a mean: {clip(', '.join(page.means), 300)}.",)


def _before(before: MonthBefore, locale: Locale) -> Sentence:
    shipped, stock, owed = (
        format_decimal(units, locale=locale) for units in (before.shipped, before.inventory, before.backlog)
    )
    booked = "bookings not known" if before.booked is None else f"{format_decimal(before.booked, locale=locale)} booked"
    accuracy, judged = before.accuracy, ""
    if accuracy.accuracy is not None and accuracy.bias is not None:
        judged = f"; forecast accuracy {share_text(accuracy.accuracy)}, bias {signed_text(accuracy.bias)}"
    told = f"{booked}, {shipped} shipped, {stock} in stock, {owed} in backlog{judged}."
    return (Bold(f"{month_text(before.month, locale)}: "), told)


def _gaps(page: Page, company: HasCurrency, locale: Locale) -> Iterator[Sentence]:
    for number, gap in enumerate(page.gaps[:MOST_GAPS]):
        month = month_text(page.months[gap.month], locale)
        limit = page.limits.get(gap.family, "")
        why = f" — {clip(limit, 100)}" if limit and gap.units > 0 else ""
        yield ("•  ", Bold(f"{clip(gap.family, 60)}, {month}"), f": {gap_text(company, gap, locale)}{why}")
        # Several ways out of the first gaps; of the others the one that closes most of it.
        ways = page.ways_out(number)
        shown = ways[:MOST_WAYS] if number < MOST_WAYS else sorted(ways, key=lambda way: -way.units)[:1]
        yield from ((f"     ↳ {way_out_text(company, way, locale)}",) for way in shown)
    if len(page.gaps) > MOST_GAPS:
        where = ": in the workbook" if page.version else ""
        yield (f"And {len(page.gaps) - MOST_GAPS} more{where}.",)


def _decide_on(page: Page, locale: Locale) -> Block:
    """The gaps to choose one from; a form follows."""
    options = [
        Option(
            text=clip(f"{clip(gap.family, 50)}, {month_text(page.months[gap.month], locale)}", 75),
            value=f"{gap.month}.{family_key(gap.family)}",
        )
        for gap in page.gaps[:MOST_GAPS]
    ]
    select = StaticSelectElement(action_id=Act.DECIDE_ON, placeholder="Decide on a gap…", options=options)
    return ActionsBlock(elements=[select])


def _tight(page: Page, locale: Locale) -> Iterator[Sentence]:
    for resource in page.capacity:
        over = [(n, share) for n in range(len(page.months)) if (share := resource.utilisation(n)) and share > 1]
        if over:
            worst, share = max(over, key=lambda entry: entry[1])
            months = "one month" if len(over) == 1 else f"{len(over)} months"
            where = month_text(page.months[worst], locale)
            yield (
                "•  ",
                Bold(clip(resource.name, 60)),
                f": over in {months}, {round(float(share * 100))} % in {where}",
            )


def _changes(page: Page, locale: Locale) -> Iterator[Sentence]:
    for change in page.changes[:MOST_CHANGES]:
        units = format_decimal(change.units, "+#,##0;−#,##0", locale=locale)
        who = f"{clip(change.family, 60)}, {clip(change.seller, 40)}"
        yield ("•  ", Bold(who), f": {units} over {len(page.months)} months — {clip(change.reason, 150)}")
    if len(page.changes) > MOST_CHANGES:
        yield (f"And {len(page.changes) - MOST_CHANGES} more.",)


def _lost(page: Page, locale: Locale) -> Iterator[Sentence]:
    for lost in page.lost[:MOST_LOST]:
        units, month = format_decimal(lost.units, locale=locale), month_text(lost.month, locale)
        who = f"#{lost.deal} {clip(lost.customer, 40)}"
        yield ("•  ", Bold(f"{clip(lost.family, 60)}, {month}"), f": {units} units, {lost.reason} ({who})")
    if len(page.lost) > MOST_LOST:
        where = ": in the workbook" if page.version else ""
        yield (f"And {len(page.lost) - MOST_LOST} more{where}.",)


def _length(part: Any) -> int:
    """How many characters of text a block holds."""
    if isinstance(part, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _length(v) for k, v in part.items())
    return sum(map(_length, part)) if isinstance(part, list) else 0


def _table(page: Page, company: HasCurrency, locale: Locale, room: int) -> tuple[TableBlock, int]:
    """Families and measures down, months across; as many families as there is room for in the message."""
    rows: list[list[str]] = [["", *(str(format_skeleton("yyMMM", m, locale=locale)) for m in page.months)]]
    length, shown = sum(map(len, rows[0])) + 100, 0  # 100: the line below, which says how many are left out.
    for plan in sorted(page.plans, key=_worth)[:MOST_FAMILIES]:
        family = list(_family_rows(plan, company, locale))
        length += sum(len(cell or " ") for row in family for cell in row)
        if length > room:
            break
        rows += family
        shown += 1
    settings = [TableBlockColumnSettings(align="left"), *(TableBlockColumnSettings(align="right") for _ in page.months)]
    cells = [[RawTextObject(text=cell or " ") for cell in row] for row in rows]
    return TableBlock(rows=cells, column_settings=settings), shown


def _worth(plan: FamilyPlan) -> tuple[Fraction, str]:
    """The families that matter most first: by what is wanted of them, in money."""
    return -sum(plan.demand) * plan.unit_price, plan.family


def _family_rows(plan: FamilyPlan, company: HasCurrency, locale: Locale) -> Iterator[list[str]]:
    months = plan.months
    name = clip(plan.family, 24)
    yield [f"{name}: demand", *(_short(month.demand, locale) for month in months)]
    yield ["supply", *(_short(month.supply, locale) for month in months)]
    scale = 10**company.places
    yield [f"investment {company.currency}", *(_short(half_up(m.investment / scale), locale) for m in months)]
    yield ["stock less backlog", *(_short(m.inventory - m.backlog, locale) for m in months)]


def _short(value: int, locale: Locale) -> str:
    """A number in few characters."""
    if abs(value) >= 10_000:
        return f"{format_decimal(round(value / 1000), locale=locale)}k"
    return str(format_decimal(value, locale=locale))
