"""The set-up as views."""

from collections.abc import Mapping, Sequence

from babel import Locale
from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    ExternalDataSelectElement,
    NumberInputElement,
    Option,
    TimePickerElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target, action_id
from handlers.slack.text import Bold, Code, Sentence, as_sentence, clip
from handlers.slack.view_parts import actions, button, field, line, modal
from models.base.countries import country_name
from models.base.working_time import WorkingHours
from models.company.offers import EVERY_FAMILY
from models.setup.progress import SetupState
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace

MOST_FAMILIES = 90
NO_COUNTRY = "none"


def state_sentences(state: SetupState) -> Sentence:
    """How far the set-up is."""
    people = ", ".join(f"{count} in {role}" for role, count in state.people.items())
    there = f"{state.offers} offers, {len(state.channels)} channels, {people}."
    if not state.missing:
        return (Bold(f"{state.name or 'Belay'} is set up. "), there, " ", *as_sentence("`/deal` proposes a deal."))
    todo = "\n".join(f"• {sentence}" for sentence in state.missing)
    return (Bold("Still to do\n"), *as_sentence(todo), f"\nThere are {there}")


def channels_view(families: Sequence[str], channels: Mapping[str, str]) -> View:
    """The operations channel of each family."""
    blocks: list[Block] = [line(("A deal’s card goes to the channel of the family that brings most of its revenue.",))]
    blocks += actions([button(Act.MAKE_CHANNEL, "Make a new channel…", Target())])
    for number, family in enumerate([EVERY_FAMILY, *families[:MOST_FAMILIES]]):
        label = "All families without a channel of their own" if family == EVERY_FAMILY else clip(family, 200)
        blocks.append(field(f"channel.{number}", label, _channel(channels.get(family)), is_optional=True))
    if len(families) > MOST_FAMILIES:
        blocks.append(line((f"And {len(families) - MOST_FAMILIES} more families, which go to the first channel.",)))
    return modal(Callback.CHANNELS, "Operations channels", blocks, submit="Save")


def hours_view(hours: WorkingHours, locale: Locale) -> View:
    """When a person works, and whose public holidays are free."""
    known = Option(text=clip(country_name(hours.country, locale), 75), value=hours.country or NO_COUNTRY)
    country = ExternalDataSelectElement(
        action_id=Act.COUNTRY, placeholder="Type a name", min_query_length=0, initial_option=known
    )
    hint = f"Your time to answer is counted in these hours. Your time zone, {hours.timezone}, is the one Slack knows."
    blocks: list[Block] = [line((hint,)), *_hours(hours), field("country", "Public holidays of", country)]
    return modal(Callback.HOURS, "Your working hours", blocks, submit="Save")


def settings_view(workspace: Workspace, leads: Mapping[Side, Member | None]) -> View:
    """What counts for everybody."""
    answer = NumberInputElement(
        action_id=Act.EDIT, is_decimal_allowed=False, min_value="1", initial_value=str(workspace.answer_hours)
    )
    reading = Option(text="Offer the fitting button to who answers in a deal’s thread", value="threads")
    boxes = CheckboxesElement(
        action_id=Act.EDIT, options=[reading], initial_options=[reading] if workspace.is_reading_threads else None
    )
    blocks: list[Block] = [
        line(
            (
                "These hours count for the company, and for everybody who has not set their own with ",
                Code("/belay hours"),
                ".",
            )
        ),
        *_hours(workspace.hours),
        field("answer_hours", "Working hours to answer", answer),
    ]
    for side, member in leads.items():
        chosen = UserSelectElement(action_id=action_id(Act.EDIT, side), initial_user=member.user_id if member else None)
        hint = "Is told when an answer is a working day overdue; leadership is told a day later."
        blocks.append(field(side, f"Leads {side}", chosen, is_optional=True, hint=hint if side is Side.SALES else None))
    blocks.append(field("threads", "Words in threads", boxes, is_optional=True))
    return modal(Callback.SETTINGS, "Settings", blocks, submit="Save")


def _hours(hours: WorkingHours) -> list[Block]:
    opens = TimePickerElement(action_id=Act.EDIT, initial_time=f"{hours.opens:%H:%M}")
    closes = TimePickerElement(action_id=Act.EDIT, initial_time=f"{hours.closes:%H:%M}")
    return [field("opens", "The day begins at", opens), field("closes", "It ends at", closes)]


def _channel(chosen: str | None) -> ConversationSelectElement:
    only = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)
    return ConversationSelectElement(action_id=Act.SET_CHANNELS, initial_conversation=chosen, filter=only)


def belay_help() -> Sentence:
    """The words after /belay."""
    return (
        Code("/belay"),
        " says how far the set-up is.\n",
        Code("/belay company"),
        " holds what is sold, what it takes and who buys.\n",
        Code("/belay roles"),
        " says who speaks for sales, operations, finance and leadership.\n",
        Code("/belay policy"),
        " says who must agree to which deals, ",
        Code("/belay terms"),
        " what they say besides prices and dates.\n",
        Code("/belay channels"),
        " chooses the operations channel of each family.\n",
        Code("/belay schedules"),
        " says what is posted when, where; ",
        Code("/belay scoreboard"),
        " how sales and operations do; ",
        Code("/belay standards"),
        " what customers keep asking for.\n",
        Code("/belay hours"),
        " sets your working hours, ",
        Code("/belay settings"),
        " those of the company, the time to answer and who leads.\n",
        Code("/belay away until 3 Jan, deputy @Otto"),
        " says when you are not there and who answers for you, ",
        Code("/belay back"),
        " that you are.\n",
        Code("/belay data"),
        " sends an admin everything that is kept, or erases it; ",
        Code("/belay api"),
        " makes tokens for other tools.\n",
        Code("/deal help"),
        " is for proposing deals, ",
        Code("/capacity help"),
        " for the coming weeks.",
    )
