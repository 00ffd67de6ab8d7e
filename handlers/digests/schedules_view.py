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
from models.digests.schedules import LAST_WORKING_DAY, Digest, Pattern, Rhythm

MOST_LISTED = 20
NAMES = {
    Digest.QUEUE: "Operations queue",
    Digest.PIPELINE: "Pipeline against capacity",
    Digest.SCOREBOARD: "Scoreboard",
}
MEANINGS = {
    Digest.QUEUE: "What operations must decide",
    Digest.PIPELINE: "Weeks that are too full, and the deals behind them",
    Digest.SCOREBOARD: "Both teams’ figures, with a picture",
}
PATTERNS = {
    Pattern.WORKING_DAYS: "Every working day",
    Pattern.WEEKDAYS: "On weekdays",
    Pattern.MONTHLY: "On a working day of the month",
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
            line(("Nothing is posted yet. A digest says what needs a decision, and nothing when nothing does.",))
        )
    for one in listed[:MOST_LISTED]:
        blocks += [line(*_listed(one, locale)), *(_buttons(one) if one.may_change else ()), DividerBlock()]
    if len(listed) > MOST_LISTED:
        blocks.append(line((f"And {len(listed) - MOST_LISTED} more.",)))
    blocks += [line(*_cycle(monthly)), DividerBlock()] if monthly else []
    blocks += actions([button(Act.SCHEDULE, "Add a schedule…", Target(), style="primary")])
    return modal(Callback.SCHEDULES, "Schedules", blocks, submit=None)


def schedule_view(form: ScheduleForm) -> View:
    """A schedule to add or to change; the next three occurrences stand on top."""
    blocks: list[Block] = [line(*_preview(form))]
    digests = [Option(text=NAMES[d], value=d.value, description=MEANINGS[d]) for d in Digest]
    digest = StaticSelectElement(action_id=Act.EDIT, options=digests, initial_option=_chosen(digests, form.digest))
    only = ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True)
    channel = ConversationSelectElement(action_id=Act.SCHEDULED, initial_conversation=form.channel or None, filter=only)
    patterns = [Option(text=text, value=pattern.value) for pattern, text in PATTERNS.items()]
    pattern = StaticSelectElement(
        action_id=Act.SCHEDULED, options=patterns, initial_option=_chosen(patterns, form.pattern)
    )
    blocks.append(field("digest", "What", digest))
    blocks.append(field("channel", "Where", channel, is_live=True))
    blocks.append(field("pattern", "When", pattern, is_live=True))
    blocks += _dates(form)
    at = TimePickerElement(action_id=Act.SCHEDULED, initial_time=f"{form.at:%H:%M}")
    blocks.append(field("at", "At", at, is_live=True))
    zone = Option(text=form.timezone, value=form.timezone)
    zones = ExternalDataSelectElement(
        action_id=Act.SCHEDULED, placeholder="Type a city", min_query_length=0, initial_option=zone
    )
    blocks.append(field("timezone", "Time zone", zones, is_live=True))
    title = "Change a schedule" if form.id else "Add a schedule"
    target = ScheduleTarget(schedule=form.id, revision=form.revision)
    return modal(Callback.SCHEDULE, title, blocks, target=target, submit="Save")


def saved_view(digest: Digest, channel: str, following: Sequence[datetime], obstacle: str) -> View:
    """What was saved, and whether it will arrive."""
    sentences: list[Sentence] = [(Bold("Saved. "), f"{NAMES[digest]} in ", Channel(channel), ".")]
    sentences += [("Next: ", *_instants(following), ".")] if following else [("It is paused.",)]
    sentences += [(Bold("But: "), *as_sentence(obstacle))] if obstacle else []
    return modal(Callback.NOTICE, "Schedules", [line(*sentences)], submit=None)


def rhythm_text(rhythm: Rhythm, locale: Locale) -> str:
    """When something is posted, in words."""
    at = f"{format_time(rhythm.at, 'short', locale=locale)} ({rhythm.timezone})"
    match rhythm.pattern:
        case Pattern.WORKING_DAYS:
            return f"every working day at {at}"
        case Pattern.MONTHLY:
            return f"on working day {rhythm.working_day} of the month at {at}"
        case Pattern.WEEKDAYS if len(rhythm.weekdays) == 7:
            return f"every day at {at}"
        case _:
            names = get_day_names("wide", locale=locale)
            return f"every {', '.join(names[day] for day in sorted(rhythm.weekdays))} at {at}"


def _listed(one: Listed, locale: Locale) -> list[Sentence]:
    next_: Sentence = ("Next: ", When(one.next_at)) if one.next_at else (Bold("Paused"),)
    return [(Bold(NAMES[one.digest]), " in ", Channel(one.channel)), (f"{rhythm_text(one.rhythm, locale)} · ", *next_)]


def _cycle(monthly: Monthly) -> Iterator[Sentence]:
    yield (Bold("S&OP cycle"), " in ", Channel(monthly.channel))
    yield ("On working days: ", ", ".join(f"{name} {day}" for name, day in monthly.steps), ".")
    next_: Sentence = ("Next step: ", When(monthly.next_at), " · ") if monthly.next_at else ()
    yield (*next_, *as_sentence("`/sop schedule` changes the days."))


def _buttons(one: Listed) -> list[Block]:
    target = ScheduleTarget(schedule=one.id)
    is_paused = one.next_at is None
    sure = confirmation("End it?", "It is not posted any more. Pausing keeps it in the list.", "End it")
    return actions(
        [
            button(Act.SCHEDULE, "Change…", target),
            button(Act.POST_NOW, "Post now", target),
            button(Act.RESUME, "Resume", target) if is_paused else button(Act.PAUSE, "Pause", target),
            button(Act.END, "End", target, style="danger", confirm=sure),
        ]
    )


def _preview(form: ScheduleForm) -> Iterator[Sentence]:
    if form.following:
        yield (Bold("Next: "), *_instants(form.following), ".")
    else:
        yield ("Choose at least one weekday.",)
    if form.obstacle:
        yield (Bold("Belay cannot post there. "), *as_sentence(form.obstacle))


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
        return [field(block_id("weekdays", form.revision), "On", boxes, is_live=True, is_optional=True)]
    if form.pattern is Pattern.MONTHLY:
        number = NumberInputElement(
            action_id=Act.SCHEDULED,
            is_decimal_allowed=False,
            min_value="1",
            max_value=str(LAST_WORKING_DAY),
            initial_value=str(form.working_day),
            dispatch_action_config=AS_TYPED,
        )
        hint = "A month with fewer working days: the last one."
        return [field(block_id("working_day", form.revision), "Working day", number, hint=hint, is_live=True)]
    return []


def _chosen(options: Sequence[Option], value: str) -> Option:
    return next(option for option in options if option.value == value)
