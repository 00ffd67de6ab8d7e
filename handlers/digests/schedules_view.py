"""Schedules as views: what is posted when, where, and a form for one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from babel import Locale
from babel.dates import format_time, get_day_names
from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DividerBlock,
    ExternalDataSelectElement,
    NumberInputElement,
    Option,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from handlers.digests.targets import ScheduleTarget
from handlers.slack.ids import Act, Callback, Target, block_id
from handlers.slack.text import Bold, Channel, Sentence, When, as_sentence
from handlers.slack.view_parts import AS_TYPED, actions, button, confirmation, field, line, modal
from models.base.language import N_, _
from models.digests.schedules import LAST_WORKING_DAY, Digest, Pattern, Rhythm

MOST_LISTED = 20
NAMES = {
    Digest.QUEUE: N_("Operations queue"),
    Digest.PIPELINE: N_("Pipeline against capacity"),
    Digest.SCOREBOARD: N_("Scoreboard"),
}
MEANINGS = {
    Digest.QUEUE: N_("What operations must decide"),
    Digest.PIPELINE: N_("Weeks that are too full, and the deals behind them"),
    Digest.SCOREBOARD: N_("Both teams’ figures, with a picture"),
}
PATTERNS = {
    Pattern.WORKING_DAYS: N_("Every working day"),
    Pattern.WEEKDAYS: N_("On weekdays"),
    Pattern.MONTHLY: N_("On a working day of the month"),
}


@dataclass(frozen=True)
class Listed:
    """A schedule in the list; `next_at` is None while it is paused."""

    id: int
    digest: Digest
    channel: str
    rhythm: Rhythm
    next_at: datetime | None
    may_change: bool = True


@dataclass(frozen=True)
class Monthly:
    """The S&OP cycle: its steps with their working days, and when the next one begins."""

    channel: str
    steps: Sequence[tuple[str, int]]
    next_at: datetime | None


@dataclass(frozen=True)
class ScheduleForm:
    """A schedule as it is typed; `following` are its next occurrences, `obstacle` why Belay cannot post there."""

    locale: Locale
    id: int = 0
    revision: int = 0
    digest: Digest = Digest.QUEUE
    channel: str = ""
    pattern: Pattern = Pattern.WORKING_DAYS
    weekdays: frozenset[int] = frozenset({0})
    working_day: int = 1
    at: time = time(9)
    timezone: str = "UTC"
    following: Sequence[datetime] = ()
    obstacle: str = ""


def schedules_view(listed: Sequence[Listed], locale: Locale, monthly: Monthly | None = None) -> View:
    """What is posted when, where, and the steps of the S&OP cycle."""
    blocks: list[Block] = []
    if not listed:
        blocks.append(
            line((_("Nothing is posted yet. A digest says what needs a decision, and nothing when nothing does."),))
        )
    for one in listed[:MOST_LISTED]:
        blocks += [line(*_listed(one, locale)), *(_buttons(one) if one.may_change else ()), DividerBlock()]
    if len(listed) > MOST_LISTED:
        blocks.append(line((_("And {count} more.", count=len(listed) - MOST_LISTED),)))
    blocks += [line(*_cycle(monthly)), DividerBlock()] if monthly else []
    blocks += actions([button(Act.SCHEDULE, _("Add a schedule…"), Target(), style="primary")])
    return modal(Callback.SCHEDULES, _("Schedules"), blocks, submit=None)


def schedule_view(form: ScheduleForm) -> View:
    """A schedule to add or to change; the next three occurrences stand on top."""
    blocks: list[Block] = [line(*_preview(form))]
    digests = [Option(text=_(NAMES[d]), value=d.value, description=_(MEANINGS[d])) for d in Digest]
    digest = StaticSelectElement(action_id=Act.EDIT, options=digests, initial_option=_chosen(digests, form.digest))
    only = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)
    channel = ConversationSelectElement(action_id=Act.SCHEDULED, initial_conversation=form.channel or None, filter=only)
    patterns = [Option(text=_(text), value=pattern.value) for pattern, text in PATTERNS.items()]
    pattern = StaticSelectElement(
        action_id=Act.SCHEDULED, options=patterns, initial_option=_chosen(patterns, form.pattern)
    )
    blocks.append(field("digest", _("What"), digest))
    blocks.append(field("channel", _("Where"), channel, is_live=True))
    blocks.append(field("pattern", _("When"), pattern, is_live=True))
    blocks += _dates(form)
    at = TimePickerElement(action_id=Act.SCHEDULED, initial_time=f"{form.at:%H:%M}")
    blocks.append(field("at", _("At"), at, is_live=True))
    zone = Option(text=form.timezone, value=form.timezone)
    zones = ExternalDataSelectElement(
        action_id=Act.SCHEDULED, placeholder=_("Type a city"), min_query_length=0, initial_option=zone
    )
    blocks.append(field("timezone", _("Time zone"), zones, is_live=True))
    title = _("Change a schedule") if form.id else _("Add a schedule")
    target = ScheduleTarget(schedule=form.id, revision=form.revision)
    return modal(Callback.SCHEDULE, title, blocks, target=target, submit=_("Save"))


def saved_view(digest: Digest, channel: str, following: Sequence[datetime], obstacle: str) -> View:
    """What was saved, and whether it will arrive."""
    sentences: list[Sentence] = [(Bold(_("Saved. ")), _("{names} in ", names=_(NAMES[digest])), Channel(channel), ".")]
    sentences += [(_("Next: "), *_instants(following), ".")] if following else [(_("It is paused."),)]
    sentences += [(Bold(_("But: ")), *as_sentence(obstacle))] if obstacle else []
    return modal(Callback.NOTICE, _("Schedules"), [line(*sentences)], submit=None)


def rhythm_text(rhythm: Rhythm, locale: Locale) -> str:
    """When something is posted, in words."""
    at = f"{format_time(rhythm.at, 'short', locale=locale)} ({rhythm.timezone})"
    match rhythm.pattern:
        case Pattern.WORKING_DAYS:
            return _("every working day at {at}", at=at)
        case Pattern.MONTHLY:
            return _("on working day {working_day} of the month at {at}", working_day=rhythm.working_day, at=at)
        case Pattern.WEEKDAYS if len(rhythm.weekdays) == 7:
            return _("every day at {at}", at=at)
        case _:
            names = get_day_names("wide", locale=locale)
            return _("every {names} at {at}", names=", ".join(names[day] for day in sorted(rhythm.weekdays)), at=at)


def _listed(one: Listed, locale: Locale) -> list[Sentence]:
    next_: Sentence = (_("Next: "), When(one.next_at)) if one.next_at else (Bold(_("Paused")),)
    return [
        (Bold(_(NAMES[one.digest])), _(" in "), Channel(one.channel)),
        (f"{rhythm_text(one.rhythm, locale)} · ", *next_),
    ]


def _cycle(monthly: Monthly) -> Iterator[Sentence]:
    yield (Bold(_("S&OP cycle")), _(" in "), Channel(monthly.channel))
    yield (_("On working days: "), ", ".join(f"{name} {day}" for name, day in monthly.steps), ".")
    next_: Sentence = (_("Next step: "), When(monthly.next_at), " · ") if monthly.next_at else ()
    yield (*next_, *as_sentence(_("`/sop schedule` changes the days.")))


def _buttons(one: Listed) -> list[Block]:
    target = ScheduleTarget(schedule=one.id)
    is_paused = one.next_at is None
    sure = confirmation(_("End it?"), _("It is not posted any more. Pausing keeps it in the list."), _("End it"))
    return actions(
        [
            button(Act.SCHEDULE, _("Change…"), target),
            button(Act.POST_NOW, _("Post now"), target),
            button(Act.RESUME, _("Resume"), target) if is_paused else button(Act.PAUSE, _("Pause"), target),
            button(Act.END, _("End"), target, style="danger", confirm=sure),
        ]
    )


def _preview(form: ScheduleForm) -> Iterator[Sentence]:
    if form.following:
        yield (Bold(_("Next: ")), *_instants(form.following), ".")
    else:
        yield (_("Choose at least one weekday."),)
    if form.obstacle:
        yield (Bold(_("Belay cannot post there. ")), *as_sentence(form.obstacle))


def _instants(following: Sequence[datetime]) -> Sentence:
    parts: list[str | When] = []
    for number, at in enumerate(following):
        parts += [" · "] if number else []
        parts.append(When(at))
    return tuple(parts)


def _dates(form: ScheduleForm) -> list[Block]:
    if form.pattern is Pattern.WEEKDAYS:
        names = get_day_names("wide", locale=form.locale)
        options = [Option(text=names[day], value=str(day)) for day in range(7)]
        ticked = [option for option in options if int(option.value or 0) in form.weekdays]
        boxes = CheckboxesElement(action_id=Act.SCHEDULED, options=options, initial_options=ticked or None)
        return [field(block_id("weekdays", form.revision), _("On"), boxes, is_live=True, is_optional=True)]
    if form.pattern is Pattern.MONTHLY:
        number = NumberInputElement(
            action_id=Act.SCHEDULED,
            is_decimal_allowed=False,
            min_value="1",
            max_value=str(LAST_WORKING_DAY),
            initial_value=str(form.working_day),
            dispatch_action_config=AS_TYPED,
        )
        hint = _("A month with fewer working days: the last one.")
        return [field(block_id("working_day", form.revision), _("Working day"), number, hint=hint, is_live=True)]
    return []


def _chosen(options: Sequence[Option], value: str) -> Option:
    return next(option for option in options if option.value == value)
