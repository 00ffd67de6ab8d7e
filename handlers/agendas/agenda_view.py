"""What waits for a person, and what is late below them, as messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, DateTimePickerElement
from slack_sdk.models.views import View

from handlers.deals.targets import DealTarget
from handlers.deals.words import possessive, time_left
from handlers.slack.ids import Act, Callback, Target, action_id
from handlers.slack.text import Bold, Link, Part, Sentence, When, as_sentence, clip, escape
from handlers.slack.view_parts import NO_TARGET, actions, button, field, header, line, modal, small
from models.deals.clocks import TurnClock
from models.deals.turns import Awaited

MOST_ITEMS = 12


@dataclass(frozen=True)
class Item:
    """A deal that waits: its title, what is owed, where its card stands, and what its person may decide at once.

    `is_plain_yes`: it takes nothing but a yes.
    """

    deal: int
    title: str
    owed: str
    clock: TurnClock
    link: str | None
    buttons: tuple[ButtonElement | None, ...] = ()
    is_plain_yes: bool = False


@dataclass(frozen=True)
class StepItem:
    """A step of the S&OP cycle, or a decision, that waits; `act` answers it."""

    title: str
    owed: str
    due: Sentence
    act: Act
    label: str
    target: Target


def several() -> list[Block]:
    """The way to a yes for several at once."""
    return actions([button(Act.BULK, "Decide several…", NO_TARGET, style="primary")])


def agenda_blocks(items: Sequence[Item], steps: Sequence[StepItem] = (), *, has_several: bool = False) -> list[Block]:
    """What waits for a person: the S&OP first, then deals, the most overdue first; each deal can be put off."""
    if not items and not steps:
        return [line((_heading(items, steps),))]
    blocks: list[Block] = [header(_heading(items, steps))]
    blocks += step_blocks(steps) + (several() if has_several else [])
    for item in items[:MOST_ITEMS]:
        blocks.append(line(_title(item), (item.owed, " · ", *_when(item.clock))))
        blocks += actions([*item.buttons, button(Act.SNOOZE, "Snooze until…", DealTarget(deal=item.deal))])
    if len(items) > MOST_ITEMS:
        blocks.append(line(as_sentence(f"And {len(items) - MOST_ITEMS} more: `/deal list` shows them.")))
    return blocks


def step_blocks(steps: Sequence[StepItem]) -> list[Block]:
    """Steps and decisions, each with its button."""
    blocks: list[Block] = []
    for number, step in enumerate(steps[:MOST_ITEMS]):
        blocks.append(line((Bold(step.title),), (f"{step.owed} · ", *step.due)))
        pressed = button(step.act, step.label, step.target, style="primary")
        pressed.action_id = action_id(step.act, f"step{number}")
        blocks += actions([pressed])
    return blocks


def agenda_text(items: Sequence[Item], steps: Sequence[StepItem] = ()) -> str:
    """The same in a line, as the text of a message."""
    return escape(_heading(items, steps))


def _heading(items: Sequence[Item], steps: Sequence[StepItem]) -> str:
    if not items and not steps:
        return "Nothing waits for you any more."
    if steps and not items and len(steps) == 1:
        return f"{steps[0].title} waits for you"
    if steps:
        return f"{len(items) + len(steps)} things wait for you"
    return "One deal waits for you" if len(items) == 1 else f"{len(items)} deals wait for you"


def escalation_blocks(items: Sequence[Item]) -> list[Block]:
    """What is late, for whoever is above those who owe it."""
    blocks: list[Block] = [header(escalation_text(items))]
    for item in items[:MOST_ITEMS]:
        away = "" if item.clock.is_overdue else "; everybody who is asked is away"
        blocks.append(line((*_title(item), f": {item.owed}, due ", When(item.clock.due_at), away)))
        blocks += actions(item.buttons) if any(item.buttons) else []
    return blocks + ([line((f"And {len(items) - MOST_ITEMS} more.",))] if len(items) > MOST_ITEMS else [])


def escalation_text(items: Sequence[Item]) -> str:
    """The same in a line."""
    if not all(item.clock.is_overdue for item in items):
        return "Nobody is there to answer" if len(items) == 1 else f"{len(items)} answers need you"
    return "An answer is overdue" if len(items) == 1 else f"{len(items)} answers are overdue"


def snooze_view(title: str, deal: int, at: datetime) -> View:
    """Until when not to hear of it."""
    picker = DateTimePickerElement(action_id=Act.EDIT, initial_date_time=int(at.timestamp()))
    hint = small("You hear of it again then, if it still waits for you. Whoever leads your side hears of it as ever.")
    blocks: list[Block] = [small(title), field("until", "Snooze until", picker), hint]
    return modal(Callback.SNOOZE, "Snooze", blocks, target=DealTarget(deal=deal), submit="Snooze")


def owed_text(clock: TurnClock, side_name: str, *, is_mine: bool) -> str:
    """What somebody owes."""
    whose = "Your" if is_mine else possessive(side_name)
    if clock.awaited is Awaited.DELIVERY:
        return "Delivered?"
    if clock.awaited is Awaited.REPORT:
        return "Won or lost?"
    if clock.awaited is Awaited.CONDITION:
        return f"Met? “{clip(clock.about, 120)}”"
    return f"{whose} answer"


def _title(item: Item) -> Sentence:
    return (Link(item.title, item.link) if item.link else Bold(item.title),)


def _when(clock: TurnClock) -> tuple[Part, ...]:
    if clock.awaited is Awaited.REPORT and clock.release_at:
        return ("the capacity is free again on ", When(clock.release_at))
    if clock.is_overdue:
        return (Bold("overdue"), " since ", When(clock.due_at))
    return (f"{time_left(clock)}, until ", When(clock.due_at))
