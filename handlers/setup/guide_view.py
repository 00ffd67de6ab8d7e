"""The five steps of the set-up, as a message that keeps itself true."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from slack_sdk.models.blocks import Block, PlainTextInputElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target
from handlers.slack.text import Bold, Sentence, as_sentence
from handlers.slack.view_parts import actions, button, field, line, modal
from models.base.countries import country_name
from models.setup.progress import SetupState, needing_nothing
from models.workspace.roles import Role

DONE, OPEN = "✓", "○"
ENGLISH = Locale("en")
CHANNEL_NAME = "deals"


@dataclass(frozen=True)
class StepTarget(Target):
    """A step of the guide."""

    step: str = ""

    @property
    def key(self) -> str:
        """One of several in the message."""
        return self.step


@dataclass(frozen=True)
class Step:
    """What there is to do, whether it is done, and the buttons for it."""

    name: str
    is_done: bool
    told: str
    buttons: Sequence[tuple[Act, str]]


def steps_in(state: SetupState) -> list[Step]:
    """The steps, as far as they are."""
    return [_company(state), _people(state), _channels(state), _deal(state), _schedules(state)]


def guide_blocks(state: SetupState) -> list[Block]:
    """All steps, each with its buttons; what is done can still be changed."""
    steps = steps_in(state)
    done = sum(step.is_done for step in steps)
    if done == len(steps):
        heading: Sentence = (Bold("Belay is set up."), " `/deal` proposes a deal, `/belay` shows this again.")
    else:
        heading = (Bold(f"Set Belay up: {done} of {len(steps)} done."), " Stop whenever you like; this stays as it is.")
    blocks: list[Block] = [line(as_sentence_of(heading))]
    for number, step in enumerate(steps, 1):
        mark = DONE if step.is_done else OPEN
        blocks.append(line((f"{mark} ", Bold(f"{number}. {step.name}"), *as_sentence(f" · {step.told}"))))
        blocks += actions(button(act, label, StepTarget(step=step.name.lower())) for act, label in step.buttons)
    return blocks


def as_sentence_of(sentence: Sentence) -> Sentence:
    """Words to type in the plain parts of a sentence are marked as such."""
    return tuple(piece for part in sentence for piece in (as_sentence(part) if isinstance(part, str) else (part,)))


def guide_text(state: SetupState) -> str:
    """The guide in a notification."""
    steps = steps_in(state)
    done = sum(step.is_done for step in steps)
    return "Belay is set up." if done == len(steps) else f"Set Belay up: {done} of {len(steps)} done."


def channel_view() -> View:
    """A new channel, by its name."""
    element = PlainTextInputElement(action_id=Act.EDIT, initial_value=CHANNEL_NAME, max_length=80)
    told: Sentence = ("A public channel for the cards of all deals, with Belay, you and operations in it.",)
    blocks = [line(told), field("name", "Name", element)]
    return modal(Callback.NEW_CHANNEL, "A channel for deals", blocks, submit="Make it")


def _company(state: SetupState) -> Step:
    settings = (Act.COMPANY_SETTINGS, "Settings…")
    if state.offers or state.resources:
        told = f"{_counted(state.offers, 'offer')} and {_counted(state.resources, 'resource')}, in {state.currency}."
        if state.needless:
            told += f" {needing_nothing(state.needless)}"
        is_done = bool(state.offers and state.resources)
        ways = [
            (Act.COMPANY, "Open…"),
            (Act.BRING, "Bring a file…"),
            (Act.SEND_COMPANY, "Send me a workbook"),
            settings,
        ]
        return Step("Company", is_done, told + _assumed(state), ways)
    buttons = [
        (Act.BRING, "Bring a spreadsheet…"),
        (Act.SEND_COMPANY, "Send me a workbook"),
        (Act.COMPANY, "Type it in…"),
        (Act.SAMPLES, "Try a sample…"),
        (Act.DO_IT, "Do it for me"),
        settings,
    ]
    told = "What you sell, and what it takes. Name, price and cost are enough to begin. Do it for me takes a sample."
    return Step("Company", False, told + _assumed(state), buttons)


def _assumed(state: SetupState) -> str:
    """What counts until somebody says something else; nothing once it was said."""
    if state.country and state.margin_floor:
        return ""
    holidays = (
        f"the public holidays of {country_name(state.country, ENGLISH)}" if state.country else "no public holidays"
    )
    floor = (
        f"a lowest margin of {(state.margin_floor * 100).normalize():f}%" if state.margin_floor else "no lowest margin"
    )
    name = f"the name {state.name}" if state.name else "no name"
    return f" Assumed so far: {name}, the time zone {state.timezone}, {holidays}, {floor}."


def _people(state: SetupState) -> Step:
    there = ", ".join(f"{count} in {role}" for role, count in state.people.items() if count)
    lacking = [str(role) for role in (Role.SALES, Role.OPERATIONS) if not state.people[role]]
    told = f"{there or 'Nobody has a role yet'}."
    if lacking:
        told += f" Somebody has to speak for {' and '.join(lacking)}."
    buttons = [(Act.ROLES, "Choose people…"), *([(Act.DO_IT, "Do it for me")] if lacking else [])]
    if not there:
        told += " Do it for me makes you operations and leadership."
    return Step("People", not lacking, told, buttons)


def _channels(state: SetupState) -> Step:
    is_done = bool(state.channels) and not state.families_without
    told = "Deals have their channel." if is_done else "Where operations see deals: a channel you have, or a new one."
    buttons = [(Act.CHANNELS, "Choose…"), *([] if is_done else [(Act.MAKE_CHANNEL, "Do it for me…")])]
    return Step("Channels", is_done, told, buttons)


def _deal(state: SetupState) -> Step:
    if state.deals:
        return Step("First deal", True, f"{_counted(state.deals, 'deal')} so far.", [(Act.PROPOSE, "Propose a deal…")])
    told = "Fill in the form and see whether it fits; operations get it with buttons. It takes the role sales."
    return Step("First deal", False, told, [(Act.PROPOSE, "Propose a deal…"), (Act.TRY_DEAL, "Do it for me…")])


def _schedules(state: SetupState) -> Step:
    if state.schedules:
        told = f"{_counted(state.schedules, 'summary', 'summaries')} a channel hears by itself."
        return Step("Schedules", True, told, [(Act.SCHEDULE, "Another one…")])
    told = "What a channel hears by itself. Do it for me: the open deals, on working days at 9."
    return Step("Schedules", False, told, [(Act.SCHEDULE, "Choose…"), (Act.DO_IT, "Do it for me")])


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
