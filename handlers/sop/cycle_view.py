"""The S&OP cycle as views: where it stands, the forms of both reviews, the page, a decision."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale
from babel.dates import format_skeleton
from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target, action_id, block_id
from handlers.slack.text import Bold, Code, Part, Person, Sentence, When, as_sentence, clip
from handlers.slack.view_parts import actions, button, confirmation, field, header, line, modal, notice
from handlers.sop.family_view import family_select
from models.base.words import month_text
from models.sop.page import Decided
from models.sop.rows import Step

MOST_FAMILIES = 24
MOST_TEXT = 11_500  # Slack takes 12,000 characters in all of a message's blocks.
MOST_GAPS = 8
MOST_LOST = 6
MOST_NAMES = 12
MOST_WAYS = 10
MOST_OWNERS = 40
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
    """Where a cycle stands: who is silent, when the next step begins, and what a person may do.

    `closable` are the decisions that the reader may close; `is_changed`: it is no more what was signed; `unsigned` is
    the month before, where nobody signed it.
    """

    month: date
    step: Step
    begins: Sequence[tuple[Step, datetime]]
    silent: dict[str, tuple[str, ...]]
    version: int
    decided: Sequence[Decided]
    closable: frozenset[int]
    may: frozenset[Act]
    locale: Locale
    is_changed: bool = False
    unsigned: date | None = None


@dataclass(frozen=True)
class DecideForm:
    """A decision as it is typed: its family and month, the gap there, and the ways out of it in words.

    `origin` is the window below, which shows the decision afterwards; `place` is a number of the family and month, so
    that what was chosen for one is not taken for another's. A way out that fills in the text makes a new revision.
    """

    cycle: int
    months: Sequence[date]
    locale: Locale
    family: str = ""
    month: date | None = None
    gap: str = ""
    ways: Sequence[tuple[str, str]] = ()
    place: int = 0
    text: str = ""
    origin: str = ""
    revision: int = 0


def standing_view(standing: Standing) -> View:
    """Where the cycle stands."""
    blocks: list[Block] = [header(f"S&OP {month_text(standing.month, standing.locale)}")]
    blocks.append(line(*_steps(standing)))
    blocks += actions(
        [
            _act(standing.may, Act.FORECAST, "Submit forecast…", style="primary"),
            _act(standing.may, Act.SUPPLY, "Submit supply…", style="primary"),
            _act(standing.may, Act.PAGE, "Show the page"),
            _act(standing.may, Act.DECIDE, "Decide…"),
            _act(standing.may, Act.RECONCILED, "Reconciled"),
            _sign(standing.may),
        ]
    )
    for decided in standing.decided[:MOST_NAMES]:
        blocks.append(line(_resolution(decided, standing.locale)))
        if decided.id in standing.closable:
            closing = button(Act.CLOSE, "It is done", Target(resolution=decided.id))
            closing.action_id = action_id(Act.CLOSE, decided.id)
            blocks += actions([closing])
    return modal(Callback.SOP, "S&OP", blocks, target=Target(), submit=None)


def finishing(may: frozenset[Act]) -> list[Block]:
    """The buttons below the page: what ends the step."""
    return actions([_act(may, Act.RECONCILED, "Reconciled"), _sign(may)])


def decide_view(form: DecideForm) -> View:
    """What was decided, who sees to it, by when; a way out of the gap may fill in the text."""
    target = Target(cycle=form.cycle, kind=form.origin, revision=form.revision)
    months = [Option(text=month_text(month, form.locale), value=month.isoformat()) for month in form.months]
    chosen = next((option for option in months if form.month and option.value == form.month.isoformat()), None)
    month = StaticSelectElement(action_id=Act.DECIDING, options=months, initial_option=chosen)
    text = PlainTextInputElement(action_id=Act.EDIT, multiline=True, max_length=1000, initial_value=form.text or None)
    blocks: list[Block] = [
        field("family", "Family", family_select(Act.DECIDING, form.family), is_live=True),
        field("month", "Month", month, is_live=True, is_optional=True),
    ]
    if form.ways:
        options = [
            Option(text=clip(done, 75), value=str(number), description=clip(cost, 75))
            for number, (done, cost) in enumerate(form.ways[:MOST_WAYS])
        ]
        radio = RadioButtonsElement(action_id=Act.WAY_OUT, options=options)
        blocks.append(field(block_id("way", form.place), form.gap, radio, is_live=True, is_optional=True))
    elif form.gap:
        blocks.append(line((form.gap,)))
    blocks += [
        field(block_id("text", form.revision), "What was decided", text),
        field("owner", "Who sees to it", UserSelectElement(action_id=Act.EDIT)),
        field("due", "By when", DatePickerElement(action_id=Act.EDIT)),
    ]
    return modal(Callback.DECIDE, "Decide", blocks, target=target, submit="Record")


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


def _steps(standing: Standing) -> Iterator[Sentence]:
    begins = dict(standing.begins)
    for step, name in STEPS.items():
        if step is Step.SIGNED:
            continue
        at: tuple[Part, ...] = (" · ", When(begins[step])) if step in begins else ()
        silent = standing.silent.get(step, ())
        missing = f" · waiting for {', '.join(silent[:MOST_NAMES])}" if silent else ""
        more = f" and {len(silent) - MOST_NAMES} more" if len(silent) > MOST_NAMES else ""
        yield ((Bold(f"▸ {name}") if step is standing.step else name), *at, missing + more)
    if standing.version:
        yield (Bold(f"Signed, version {standing.version}"), ", changed since" if standing.is_changed else "")
    if standing.unsigned:
        yield (f"{month_text(standing.unsigned, standing.locale)} was not signed.",)


def _act(may: frozenset[Act], act: Act, label: str, style: str | None = None) -> ButtonElement | None:
    return button(act, label, Target(), style=style) if act in may else None


def _sign(may: frozenset[Act]) -> ButtonElement | None:
    if Act.SIGN not in may:
        return None
    sure = confirmation(
        "Sign the plan?", "It is published in the S&OP channel; a later change is a new version.", "Sign"
    )
    return button(Act.SIGN, "Sign and publish", Target(), style="primary", confirm=sure)


def _resolution(decided: Decided, locale: Locale) -> Sentence:
    due = str(format_skeleton("MMMd", decided.due, locale=locale))
    return (Bold(clip(decided.family, 60)), f": {clip(decided.text, 300)} — {decided.owner}, by {due}")


def owners_view(owners: Mapping[str, str], family: str = "", revision: int = 0) -> View:
    """Who answers for the supply of which family, and one to change."""
    named: list[Sentence] = [(Bold(clip(name, 60)), ": ", Person(user)) for name, user in owners.items()]
    told = named[:MOST_OWNERS] or [("No family has an owner: whoever in operations answers first, answers.",)]
    if len(named) > MOST_OWNERS:
        told.append((f"And {len(named) - MOST_OWNERS} more.",))
    who = UserSelectElement(action_id=Act.EDIT, initial_user=owners.get(family))
    blocks: list[Block] = [
        line(*told),
        field(block_id("family", revision), "Family", family_select(Act.OWNED, family), is_live=True),
        field(block_id("owner", revision), "Owner", who, is_optional=True, hint="Nobody: all of operations."),
    ]
    return modal(Callback.OWNERS, "Owners of families", blocks, target=Target(revision=revision), submit="Save")


def done_view(said: str) -> View:
    """What was done."""
    return notice((Bold(said), " ", *as_sentence("`/sop` shows where the cycle stands.")))


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
        " sets the days, ",
        Code("/sop owners"),
        " who answers for which family.",
    )


def late_blocks(items: Sequence[tuple[str, str, datetime]]) -> list[Block]:
    """Steps that are two days late, for leadership."""
    told: list[Sentence] = [(Bold(name), f": {step}, due ", When(due)) for name, step, due in items[:MOST_NAMES]]
    return [header("S&OP is overdue"), line(*told)]
