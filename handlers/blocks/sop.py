"""The S&OP cycle as views: where it stands, the forms of both reviews, the page, a decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    Option,
    PlainTextInputElement,
    RawTextObject,
    StaticSelectElement,
    TableBlock,
    TableBlockColumnSettings,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.parts import actions, button, confirmation, field, header, line, modal
from handlers.ids import Act, Callback, Target, action_id, block_id
from handlers.phrases import Bold, Code, Part, Sentence, When, clip
from models.arithmetic import half_up
from models.sop.page import Page
from models.sop.plan import FamilyPlan
from models.sop.rows import Step
from models.words import HasCurrency, money_text

MOST_FAMILIES = 24
MOST_TEXT = 11_500  # Slack takes 12,000 characters in all of a message's blocks.
MOST_GAPS = 8
MOST_LOST = 6
MOST_NAMES = 12
MOST_OPTIONS = 100
STEPS = {
    Step.DATA: "1 · Data",
    Step.DEMAND: "2 · Demand review",
    Step.SUPPLY: "3 · Supply review",
    Step.RECONCILIATION: "4 · Reconciliation",
    Step.EXECUTIVE: "5 · Executive meeting",
    Step.SIGNED: "Signed",
}


@dataclass(frozen=True)
class Standing:
    """Where a cycle stands: who is silent, when the next step begins, and what a person may do."""

    month: date
    step: Step
    begins: Sequence[tuple[Step, datetime]]
    silent: dict[str, tuple[str, ...]]
    version: int
    resolutions: Sequence["Decided"]
    may: frozenset[Act]
    locale: Locale


@dataclass(frozen=True)
class Decided:
    """A decision that is open; `is_mine`: the reader may close it."""

    id: int
    text: str
    family: str
    owner: str
    due: date
    is_mine: bool


@dataclass(frozen=True)
class ReviewForm:
    """A family to answer for: its months as they are filled in, and what a person has typed."""

    callback: Callback
    cycle: int
    family: str
    families: Sequence[str]
    months: Sequence[date]
    rows: Sequence[tuple[str, str, Sequence[int]]]
    told: Sequence[Sentence]
    reason: tuple[str, str, str]
    left: int
    locale: Locale
    revision: int = 0


def month_text(month: date, locale: Locale) -> str:
    """A month with its year."""
    return str(format_skeleton("yMMM", month, locale=locale))


def standing_view(standing: Standing) -> View:
    """Where the cycle stands."""
    blocks: list[Block] = [header(f"S&OP {month_text(standing.month, standing.locale)}")]
    blocks.append(line(*_steps(standing)))
    blocks += actions(
        [
            _act(standing, Act.FORECAST, "Submit forecast…", style="primary"),
            _act(standing, Act.SUPPLY, "Submit supply…", style="primary"),
            _act(standing, Act.PAGE, "Show the page"),
            _act(standing, Act.DECIDE, "Decide…"),
            _sign(standing),
        ]
    )
    for decided in standing.resolutions[:MOST_NAMES]:
        blocks.append(line(_resolution(decided, standing.locale)))
        if decided.is_mine:
            closing = button(Act.CLOSE, "It is done", Target(resolution=decided.id))
            closing.action_id = action_id(Act.CLOSE, decided.id)
            blocks += actions([closing])
    return modal(Callback.SOP, "S&OP", blocks, target=Target(), submit=None)


def review_view(form: ReviewForm) -> View:
    """A family's next three months, the rest by a percentage, and why."""
    target = Target(cycle=form.cycle, kind=clip(form.family, 200), revision=form.revision)
    options = [Option(text=clip(name, 75), value=str(n)) for n, name in enumerate(form.families[:MOST_OPTIONS])]
    chosen = options[form.families.index(form.family)] if form.family in form.families[:MOST_OPTIONS] else None
    select = StaticSelectElement(action_id=Act.FAMILY, options=options, initial_option=chosen)
    family = field(block_id("family", form.revision), "Family", select, is_live=True)
    blocks: list[Block] = [line(*form.told), family]
    for name, label, units in form.rows:
        for number, month in enumerate(form.months[:3]):
            element = PlainTextInputElement(action_id=Act.EDIT, initial_value=str(units[number]), max_length=10)
            said = f"{label}, {month_text(month, form.locale)}"
            blocks.append(field(block_id(f"{name}.{number}", form.revision), said, element))
    rest = PlainTextInputElement(action_id=Act.EDIT, initial_value="0", max_length=8)
    hint = f"All months from {month_text(form.months[3], form.locale)} on are moved by this, such as 10 or -5."
    blocks.append(field(block_id("rest", form.revision), "The rest, in percent", rest, hint=hint))
    name, label, begun = form.reason
    why = PlainTextInputElement(action_id=Act.EDIT, initial_value=begun or None, max_length=500)
    blocks.append(field(block_id(name, form.revision), label, why, is_optional=True))
    title = "Forecast" if form.callback is Callback.FORECAST else "Supply"
    if form.left > 1 and form.callback is Callback.FORECAST:
        agree = button(Act.AGREE_ALL, f"Agree to all {form.left} as filled in", Target(cycle=form.cycle))
        blocks.insert(1, actions([agree])[0])
    return modal(form.callback, title, blocks, target=target, submit="Submit")


def decide_view(cycle: int, families: Sequence[str]) -> View:
    """What was decided, who sees to it, by when."""
    options = [Option(text=clip(name, 75), value=str(n)) for n, name in enumerate(families[:MOST_OPTIONS])]
    text = PlainTextInputElement(action_id=Act.EDIT, multiline=True, max_length=1000)
    blocks: list[Block] = [
        field("text", "What was decided", text),
        field("family", "Family", StaticSelectElement(action_id=Act.EDIT, options=options)),
        field("owner", "Who sees to it", UserSelectElement(action_id=Act.EDIT)),
        field("due", "By when", DatePickerElement(action_id=Act.EDIT)),
    ]
    return modal(Callback.DECIDE, "Decide", blocks, target=Target(cycle=cycle), submit="Record")


def planning_view(channel: str, coordinator: str, days: dict[str, int], labels: dict[str, str]) -> View:
    """Where the page goes, who coordinates, on which working days."""
    only = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)
    where = ConversationSelectElement(action_id=Act.EDIT, initial_conversation=channel or None, filter=only)
    who = UserSelectElement(action_id=Act.EDIT, initial_user=coordinator or None)
    blocks: list[Block] = [field("channel", "S&OP channel", where), field("coordinator", "Coordinator", who)]
    for name, label in labels.items():
        element = PlainTextInputElement(action_id=Act.EDIT, initial_value=str(days[name]), max_length=2)
        blocks.append(field(name, label, element))
    return modal(Callback.PLANNING, "S&OP schedule", blocks, target=Target(), submit="Save")


def page_blocks(
    page: Page, company: HasCurrency, locale: Locale, heading: str, said: Sequence[Block] = ()
) -> list[Block]:
    """The page: what was said of it, gaps and what limits supply, what was lost, and the table of months."""
    blocks: list[Block] = [header(heading), *said, line(*_summary(page, company, locale))]
    if page.gaps:
        blocks.append(line((Bold("Gaps"),), *_gaps(page, company, locale)))
    tight = list(_tight(page, locale))
    if tight:
        blocks.append(line((Bold("Rough-cut capacity"),), *tight))
    if page.lost:
        blocks.append(line((Bold("Lost demand: the market talking"),), *_lost(page, locale)))
    table, shown = _table(page, company, locale, MOST_TEXT - sum(_length(block.to_dict()) for block in blocks))
    blocks.append(table)
    if shown < len(page.plans):
        blocks.append(line((f"And {len(page.plans) - shown} more families: in the workbook below.",)))
    return blocks


def page_text(page: Page, locale: Locale) -> str:
    """The same in a line."""
    month = month_text(page.month, locale)
    state = f"signed, version {page.version}" if page.version else "draft"
    return f"S&OP {month}: {state}"


def _steps(standing: Standing) -> Iterator[Sentence]:
    begins = dict(standing.begins)
    for step, name in STEPS.items():
        if step is Step.SIGNED:
            continue
        at: tuple[Part, ...] = (" · ", When(begins[step])) if step in begins else ()
        silent = standing.silent.get(step, ())
        missing = f" · silent: {', '.join(silent[:MOST_NAMES])}" if silent else ""
        more = f" and {len(silent) - MOST_NAMES} more" if len(silent) > MOST_NAMES else ""
        yield ((Bold(f"▸ {name}") if step is standing.step else name), *at, missing + more)
    if standing.version:
        yield (Bold(f"Signed, version {standing.version}"),)


def _act(standing: Standing, act: Act, label: str, style: str | None = None) -> ButtonElement | None:
    return button(act, label, Target(), style=style) if act in standing.may else None


def _sign(standing: Standing) -> ButtonElement | None:
    if Act.SIGN not in standing.may:
        return None
    sure = confirmation(
        "Sign the plan?", "It is published in the S&OP channel; a later change is a new version.", "Sign"
    )
    return button(Act.SIGN, "Sign and publish", Target(), style="primary", confirm=sure)


def _resolution(decided: Decided, locale: Locale) -> Sentence:
    due = str(format_skeleton("MMMd", decided.due, locale=locale))
    return (Bold(clip(decided.family, 60)), f": {clip(decided.text, 300)} — {decided.owner}, by {due}")


def _summary(page: Page, company: HasCurrency, locale: Locale) -> Iterator[Sentence]:
    change = sum(half_up(plan.months[0].investment) for plan in page.plans)
    horizon = sum(half_up(m.investment) for plan in page.plans for m in plan.months)
    more = "more" if horizon >= 0 else "less"
    yield (
        Bold("Change in inventory investment: "),
        f"{money_text(company, change, locale)} in {month_text(page.month, locale)}, ",
        f"{money_text(company, abs(horizon), locale)} {more} over {len(page.months)} months.",
    )
    for step, names in page.silent.items():
        if step in {Step.DEMAND, Step.SUPPLY}:
            told = ", ".join(clip(name, 40) for name in names[:MOST_NAMES])
            yield (f"Silent in the {step} review, counted as filled in: {told}.",)
    if page.means:
        yield (f"Less than a year of history, so a mean: {clip(', '.join(page.means), 300)}.",)


def _gaps(page: Page, company: HasCurrency, locale: Locale) -> Iterator[Sentence]:
    for gap in page.gaps[:MOST_GAPS]:
        month = month_text(page.months[gap.month], locale)
        units = format_decimal(abs(gap.units), locale=locale)
        kind = "short" if gap.units > 0 else "more than wanted"
        limit = page.limits.get(gap.family, "")
        why = f" — {clip(limit, 100)}" if limit and gap.units > 0 else ""
        money = money_text(company, abs(gap.money), locale)
        yield ("•  ", Bold(f"{clip(gap.family, 60)}, {month}"), f": {units} {kind}, {money}{why}")
    if len(page.gaps) > MOST_GAPS:
        yield (f"And {len(page.gaps) - MOST_GAPS} more: in the workbook.",)


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


def _lost(page: Page, locale: Locale) -> Iterator[Sentence]:
    for lost in page.lost[:MOST_LOST]:
        units, month = format_decimal(lost.units, locale=locale), month_text(lost.month, locale)
        who = f"#{lost.deal} {clip(lost.customer, 40)}"
        yield ("•  ", Bold(f"{clip(lost.family, 60)}, {month}"), f": {units} units, {lost.reason} ({who})")
    if len(page.lost) > MOST_LOST:
        yield (f"And {len(page.lost) - MOST_LOST} more: in the workbook.",)


def _length(part: Any) -> int:
    """How many characters of text a block holds."""
    if isinstance(part, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _length(v) for k, v in part.items())
    return sum(map(_length, part)) if isinstance(part, list) else 0


def _table(page: Page, company: HasCurrency, locale: Locale, room: int) -> tuple[TableBlock, int]:
    """Families and measures down, months across; as many families as there is room for in the message."""
    rows: list[list[str]] = [["", *(str(format_skeleton("yyMMM", m, locale=locale)) for m in page.months)]]
    length, shown = sum(map(len, rows[0])) + 100, 0  # 100: the line below, which says how many are left out.
    for plan in page.plans[:MOST_FAMILIES]:
        family = list(_family_rows(plan, company, locale))
        length += sum(len(cell or " ") for row in family for cell in row)
        if length > room:
            break
        rows += family
        shown += 1
    settings = [TableBlockColumnSettings(align="left"), *(TableBlockColumnSettings(align="right") for _ in page.months)]
    cells = [[RawTextObject(text=cell or " ") for cell in row] for row in rows]
    return TableBlock(rows=cells, column_settings=settings), shown


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


def sop_help() -> Sentence:
    """The words after /sop."""
    return (
        Code("/sop"),
        " shows where the cycle stands. ",
        Code("/sop forecast"),
        " and ",
        Code("/sop supply"),
        " answer the reviews, ",
        Code("/sop page"),
        " shows the page, ",
        Code("/sop accuracy"),
        " how good forecasts were, ",
        Code("/sop import"),
        " takes actuals as a CSV, ",
        Code("/sop schedule"),
        " sets the days.",
    )


def late_blocks(items: Sequence[tuple[str, str, datetime]]) -> list[Block]:
    """Steps that are two days late, for leadership."""
    told: list[Sentence] = [(Bold(name), f": {step}, due ", When(due)) for name, step, due in items[:MOST_NAMES]]
    return [header("The S&OP waits"), line(*told)]
