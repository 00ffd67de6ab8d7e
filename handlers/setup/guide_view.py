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
from models.base.language import _, language, ngettext
from models.base.words import in_language
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
        heading: Sentence = (Bold(_("Belay is set up.")), _(" `/deal` proposes a deal, `/belay` shows this again."))
    else:
        heading = (
            Bold(_("Set Belay up: {done} of {count} done.", done=done, count=len(steps))),
            _(" Stop whenever you like; this stays as it is."),
        )
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
    return (
        _("Belay is set up.")
        if done == len(steps)
        else _("Set Belay up: {done} of {count} done.", done=done, count=len(steps))
    )


def channel_view() -> View:
    """A new channel, by its name."""
    element = PlainTextInputElement(action_id=Act.EDIT, initial_value=CHANNEL_NAME, max_length=80)
    told: Sentence = (_("A public channel for the cards of all deals, with Belay, you and operations in it."),)
    blocks = [line(told), field("name", _("Name"), element)]
    return modal(Callback.NEW_CHANNEL, _("A channel for deals"), blocks, submit=_("Make it"))


def _company(state: SetupState) -> Step:
    settings = (Act.COMPANY_SETTINGS, _("Settings…"))
    if state.offers or state.resources:
        told = _(
            "{offers} and {resources}, in {currency}.",
            offers=ngettext("{count} offer", "{count} offers", state.offers, count=state.offers),
            resources=ngettext("{count} resource", "{count} resources", state.resources, count=state.resources),
            currency=state.currency,
        )
        if state.needless:
            told += f" {needing_nothing(state.needless)}"
        is_done = bool(state.offers and state.resources)
        ways = [
            (Act.COMPANY, _("Open…")),
            (Act.BRING, _("Bring a file…")),
            (Act.SEND_COMPANY, _("Send me a workbook")),
            settings,
        ]
        return Step(_("Company"), is_done, told + _assumed(state), ways)
    buttons = [
        (Act.BRING, _("Bring a spreadsheet…")),
        (Act.SEND_COMPANY, _("Send me a workbook")),
        (Act.COMPANY, _("Type it in…")),
        (Act.SAMPLES, _("Try a sample…")),
        (Act.DO_IT, _("Do it for me")),
        settings,
    ]
    told = _("What you sell, and what it takes. Name, price and cost are enough to begin. Do it for me takes a sample.")
    return Step(_("Company"), False, told + _assumed(state), buttons)


def _assumed(state: SetupState) -> str:
    """What counts until somebody says something else; nothing once it was said."""
    if state.country and state.margin_floor:
        return ""
    holidays = (
        _("the public holidays of {country}", country=country_name(state.country, in_language(language(), None)))
        if state.country
        else _("no public holidays")
    )
    floor = (
        _("a lowest margin of {share}%", share=f"{(state.margin_floor * 100).normalize():f}")
        if state.margin_floor
        else _("no lowest margin")
    )
    name = _("the name {name}", name=state.name) if state.name else _("no name")
    return _(
        " Assumed so far: {name}, the time zone {timezone}, {holidays}, {floor}.",
        name=name,
        timezone=state.timezone,
        holidays=holidays,
        floor=floor,
    )


def _people(state: SetupState) -> Step:
    there = ", ".join(
        _("{count} in {role}", count=count, role=_(role)) for role, count in state.people.items() if count
    )
    lacking = [_(role) for role in (Role.SALES, Role.OPERATIONS) if not state.people[role]]
    told = _("{there}.", there=there) if there else _("Nobody has a role yet.")
    if lacking:
        told += _(" Somebody has to speak for {lacking}.", lacking=_(" and ").join(lacking))
    buttons = [(Act.ROLES, _("Choose people…")), *([(Act.DO_IT, _("Do it for me"))] if lacking else [])]
    if not there:
        told += _(" Do it for me makes you operations and leadership.")
    return Step(_("People"), not lacking, told, buttons)


def _channels(state: SetupState) -> Step:
    is_done = bool(state.channels) and not state.families_without
    told = (
        _("Deals have their channel.")
        if is_done
        else _("Where operations see deals: a channel you have, or a new one.")
    )
    buttons = [(Act.CHANNELS, _("Choose…")), *([] if is_done else [(Act.MAKE_CHANNEL, _("Do it for me…"))])]
    return Step(_("Channels"), is_done, told, buttons)


def _deal(state: SetupState) -> Step:
    if state.deals:
        return Step(
            _("First deal"),
            True,
            ngettext("{count} deal so far.", "{count} deals so far.", state.deals, count=state.deals),
            [(Act.PROPOSE, _("Propose a deal…"))],
        )
    told = _("Fill in the form and see whether it fits; operations get it with buttons. It takes the role sales.")
    return Step(_("First deal"), False, told, [(Act.PROPOSE, _("Propose a deal…")), (Act.TRY_DEAL, _("Do it for me…"))])


def _schedules(state: SetupState) -> Step:
    if state.schedules:
        told = ngettext(
            "{count} summary a channel hears by itself.",
            "{count} summaries a channel hears by itself.",
            state.schedules,
            count=state.schedules,
        )
        return Step(_("Schedules"), True, told, [(Act.SCHEDULE, _("Another one…"))])
    told = _("What a channel hears by itself. Do it for me: the open deals, on working days at 9.")
    return Step(_("Schedules"), False, told, [(Act.SCHEDULE, _("Choose…")), (Act.DO_IT, _("Do it for me"))])
