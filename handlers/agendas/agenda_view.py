"""What waits for a person, and what is late below them, as messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, DateTimePickerElement
from slack_sdk.models.views import View

from handlers.deals.targets import DealTarget
from handlers.deals.turn_words import possessive, time_left
from handlers.slack.ids import Act, Callback, Target, action_id
from handlers.slack.text import Bold, Link, Part, Sentence, When, as_sentence, clip, escape
from handlers.slack.view_parts import NO_TARGET, actions, button, field, header, line, modal, small
from models.base.language import _, ngettext
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
    return actions([button(Act.BULK, _("Decide several…"), NO_TARGET, style="primary")])


def agenda_blocks(items: Sequence[Item], steps: Sequence[StepItem] = (), *, has_several: bool = False) -> list[Block]:
    """What waits for a person: the S&OP first, then deals, the most overdue first; each deal can be put off."""
    if not items and not steps:
        return [line((_heading(items, steps),))]
    blocks: list[Block] = [header(_heading(items, steps))]
    blocks += step_blocks(steps) + (several() if has_several else [])
    for item in items[:MOST_ITEMS]:
        blocks.append(line(_title(item), (item.owed, " · ", *_when(item.clock))))
        blocks += actions([*item.buttons, button(Act.SNOOZE, _("Snooze until…"), DealTarget(deal=item.deal))])
    if len(items) > MOST_ITEMS:
        blocks.append(line(as_sentence(_("And {count} more: `/deal list` shows them.", count=len(items) - MOST_ITEMS))))
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
        return _("Nothing waits for you any more.")
    if steps and not items and len(steps) == 1:
        return _("{title} waits for you", title=steps[0].title)
    if steps:
        return _("{count} things wait for you", count=len(items) + len(steps))
    return ngettext("One deal waits for you", "{count} deals wait for you", len(items), count=len(items))


def escalation_blocks(items: Sequence[Item]) -> list[Block]:
    """What is late, for whoever is above those who owe it."""
    blocks: list[Block] = [header(escalation_text(items))]
    for item in items[:MOST_ITEMS]:
        away = "" if item.clock.is_overdue else _("; everybody who is asked is away")
        blocks.append(line((*_title(item), _(": {owed}, due ", owed=item.owed), When(item.clock.due_at), away)))
        blocks += actions(item.buttons) if any(item.buttons) else []
    return blocks + (
        [line((_("And {count} more.", count=len(items) - MOST_ITEMS),))] if len(items) > MOST_ITEMS else []
    )


def escalation_text(items: Sequence[Item]) -> str:
    """The same in a line."""
    if not all(item.clock.is_overdue for item in items):
        return ngettext("Nobody is there to answer", "{count} answers need you", len(items), count=len(items))
    return ngettext("An answer is overdue", "{count} answers are overdue", len(items), count=len(items))


def snooze_view(title: str, deal: int, at: datetime) -> View:
    """Until when not to hear of it."""
    picker = DateTimePickerElement(action_id=Act.EDIT, initial_date_time=int(at.timestamp()))
    hint = small(
        _("You hear of it again then, if it still waits for you. Whoever leads your side hears of it as ever.")
    )
    blocks: list[Block] = [small(title), field("until", _("Snooze until"), picker), hint]
    return modal(Callback.SNOOZE, _("Snooze"), blocks, target=DealTarget(deal=deal), submit=_("Snooze"))


def owed_text(clock: TurnClock, side_name: str, *, is_mine: bool) -> str:
    """What somebody owes."""
    if clock.awaited is Awaited.DELIVERY:
        return _("Delivered?")
    if clock.awaited is Awaited.REPORT:
        return _("Won or lost?")
    if clock.awaited is Awaited.CONDITION:
        return _("Met? “{about}”", about=clip(clock.about, 120))
    return _("Your answer") if is_mine else _("{whose} answer", whose=possessive(side_name))


def _title(item: Item) -> Sentence:
    return (Link(item.title, item.link) if item.link else Bold(item.title),)


def _when(clock: TurnClock) -> tuple[Part, ...]:
    if clock.awaited is Awaited.REPORT and clock.release_at:
        return (_("the capacity is free again on "), When(clock.release_at))
    if clock.is_overdue:
        return (Bold(_("overdue")), _(" since "), When(clock.due_at))
    return (_("{time_left}, until ", time_left=time_left(clock)), When(clock.due_at))
