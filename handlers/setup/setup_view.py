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
    StaticSelectElement,
    TimePickerElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target, action_id
from handlers.slack.text import Bold, Code, Sentence, as_sentence, clip
from handlers.slack.view_parts import actions, button, field, line, modal
from models.base.countries import country_name
from models.base.language import LANGUAGES, _
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
    people = ", ".join(_("{count} in {role}", count=count, role=_(role)) for role, count in state.people.items())
    there = _(
        "{offers} offers, {count} channels, {people}.", offers=state.offers, count=len(state.channels), people=people
    )
    if not state.missing:
        return (
            Bold(_("{name} is set up. ", name=state.name or _("Belay"))),
            there,
            " ",
            *as_sentence(_("`/deal` proposes a deal.")),
        )
    todo = "\n".join(f"• {sentence}" for sentence in state.missing)
    return (Bold(_("Still to do\n")), *as_sentence(todo), _("\nThere are {there}", there=there))


def channels_view(families: Sequence[str], channels: Mapping[str, str]) -> View:
    """The operations channel of each family."""
    blocks: list[Block] = [
        line((_("A deal’s card goes to the channel of the family that brings most of its revenue."),))
    ]
    blocks += actions([button(Act.MAKE_CHANNEL, _("Make a new channel…"), Target())])
    for number, family in enumerate([EVERY_FAMILY, *families[:MOST_FAMILIES]]):
        label = _("All families without a channel of their own") if family == EVERY_FAMILY else clip(family, 200)
        blocks.append(field(f"channel.{number}", label, _channel(channels.get(family)), is_optional=True))
    if len(families) > MOST_FAMILIES:
        blocks.append(
            line((_("And {count} more families, which go to the first channel.", count=len(families) - MOST_FAMILIES),))
        )
    return modal(Callback.CHANNELS, _("Operations channels"), blocks, submit=_("Save"))


def hours_view(hours: WorkingHours, locale: Locale) -> View:
    """When a person works, and whose public holidays are free."""
    known = Option(text=clip(country_name(hours.country, locale), 75), value=hours.country or NO_COUNTRY)
    country = ExternalDataSelectElement(
        action_id=Act.COUNTRY, placeholder=_("Type a name"), min_query_length=0, initial_option=known
    )
    hint = _(
        "Your time to answer is counted in these hours. Your time zone, {timezone}, is the one Slack knows.",
        timezone=hours.timezone,
    )
    blocks: list[Block] = [line((hint,)), *_hours(hours), field("country", _("Public holidays of"), country)]
    return modal(Callback.HOURS, _("Your working hours"), blocks, submit=_("Save"))


def settings_view(workspace: Workspace, leads: Mapping[Side, Member | None]) -> View:
    """What counts for everybody."""
    answer = NumberInputElement(
        action_id=Act.EDIT, is_decimal_allowed=False, min_value="1", initial_value=str(workspace.answer_hours)
    )
    reading = Option(text=_("Offer the fitting button to who answers in a deal’s thread"), value="threads")
    boxes = CheckboxesElement(
        action_id=Act.EDIT, options=[reading], initial_options=[reading] if workspace.is_reading_threads else None
    )
    blocks: list[Block] = [
        line(
            (
                _("These hours count for the company, and for everybody who has not set their own with "),
                Code("/belay hours"),
                ".",
            )
        ),
        *_hours(workspace.hours),
        field("answer_hours", _("Working hours to answer"), answer),
    ]
    for side, member in leads.items():
        chosen = UserSelectElement(action_id=action_id(Act.EDIT, side), initial_user=member.user_id if member else None)
        hint = _("Is told when an answer is a working day overdue; leadership is told a day later.")
        blocks.append(
            field(
                side,
                _("Leads {side}", side=_(side)),
                chosen,
                is_optional=True,
                hint=hint if side is Side.SALES else None,
            )
        )
    languages = [Option(text=name, value=code) for code, name in LANGUAGES.items()]
    spoken = next(option for option in languages if option.value == workspace.language)
    select = StaticSelectElement(action_id=Act.EDIT, options=languages, initial_option=spoken)
    hint = _("To a person Belay speaks in the language that they have chosen in Slack.")
    blocks.append(field("language", _("Language of cards and summaries in channels"), select, hint=hint))
    blocks.append(field("threads", _("Words in threads"), boxes, is_optional=True))
    return modal(Callback.SETTINGS, _("Settings"), blocks, submit=_("Save"))


def _hours(hours: WorkingHours) -> list[Block]:
    opens = TimePickerElement(action_id=Act.EDIT, initial_time=f"{hours.opens:%H:%M}")
    closes = TimePickerElement(action_id=Act.EDIT, initial_time=f"{hours.closes:%H:%M}")
    return [field("opens", _("The day begins at"), opens), field("closes", _("It ends at"), closes)]


def _channel(chosen: str | None) -> ConversationSelectElement:
    only = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)
    return ConversationSelectElement(action_id=Act.SET_CHANNELS, initial_conversation=chosen, filter=only)


def belay_help() -> Sentence:
    """The words after /belay."""
    return (
        Code("/belay"),
        _(" says how far the set-up is.\n"),
        Code("/belay company"),
        _(" holds what is sold, what it takes and who buys.\n"),
        Code("/belay roles"),
        _(" says who speaks for sales, operations, finance and leadership.\n"),
        Code("/belay policy"),
        _(" says who must agree to which deals, "),
        Code("/belay terms"),
        _(" what they say besides prices and dates.\n"),
        Code("/belay channels"),
        _(" chooses the operations channel of each family.\n"),
        Code("/belay schedules"),
        _(" says what is posted when, where; "),
        Code("/belay scoreboard"),
        _(" how sales and operations do; "),
        Code("/belay standards"),
        _(" what customers keep asking for.\n"),
        Code("/belay hours"),
        _(" sets your working hours, "),
        Code("/belay settings"),
        _(" those of the company, the time to answer and who leads.\n"),
        Code("/belay away until 3 Jan, deputy @Otto"),
        _(" says when you are not there and who answers for you, "),
        Code("/belay back"),
        _(" that you are.\n"),
        Code("/belay data"),
        _(" sends an admin everything that is kept, or erases it; "),
        Code("/belay api"),
        _(" makes tokens for other tools.\n"),
        Code("/deal help"),
        _(" is for proposing deals, "),
        Code("/capacity help"),
        _(" for the coming weeks."),
    )
