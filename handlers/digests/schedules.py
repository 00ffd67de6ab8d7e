"""`/belay schedules`: what is posted when, where; add, change, pause, end, post now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View

from handlers.digests.schedules_view import (
    NAMES,
    Listed,
    Monthly,
    ScheduleForm,
    saved_view,
    schedule_view,
    schedules_view,
)
from handlers.digests.targets import ScheduleTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Say, Show, Suggest
from handlers.slack.slack_checks import SlackChecks
from handlers.slack.values import read_choice, read_time, read_whole, whole
from handlers.sop.standing_view import STEPS
from models.base.errors import Refused
from models.base.language import _
from models.base.words import locale_of
from models.base.working_time import time_zones
from models.digests import schedules
from models.digests.schedules import (
    LAST_WORKING_DAY,
    Digest,
    Pattern,
    Rhythm,
    Schedule,
    ScheduleSettings,
    check_may_schedule,
    find_schedule,
    next_three,
    schedules_of,
)
from models.sop.settings import current_cycle, planning_of
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_ZONES = 100


@opens(command="/belay schedules")
def open_schedules(workspace: Workspace, by: Member) -> View:
    """What is posted where and when, with what changes it."""
    check_may_schedule(by)
    return _list(workspace, by)


@opens(Act.SCHEDULE)
def open_schedule(workspace: Workspace, by: Member, now: datetime, target: ScheduleTarget) -> View:
    """A schedule to add, or one to change."""
    check_may_schedule(by)
    form = ScheduleForm(locale_of(by.locale), timezone=workspace.timezone)
    if target.schedule:
        row = find_schedule(workspace, target.schedule)
        schedules.check_may_change(row, by)
        form = _form_of(row, form)
    return schedule_view(_foreseen(form, workspace, now))


@listens(Act.SCHEDULED, is_writing=False)
def foresee(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: ScheduleTarget, checks: SlackChecks
) -> Reply:
    """The next three occurrences; and a moment later whether Belay can post there."""
    check_may_schedule(by)
    typed = _foreseen(_typed(form, target, by), workspace, now)
    return Show(schedule_view(typed), later=partial(_with_obstacle, typed, checks) if typed.channel else None)


@listens(suggests=Act.SCHEDULED)
def suggest_zones(text: str) -> Reply:
    """Time zones that hold what was typed."""
    sought = text.strip().lower().replace(" ", "_")
    zones = sorted(zone for zone in time_zones() if sought in zone.lower() and "/" in zone)
    return Suggest([Option(text=zone, value=zone) for zone in zones[:MOST_ZONES]])


@submits(Callback.SCHEDULE)
def keep_schedule(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: ScheduleTarget, checks: SlackChecks
) -> Reply:
    """It is posted so from now on."""
    settings = _settings_in(form, workspace)
    row = find_schedule(workspace, target.schedule) if target.schedule else None
    if row is None:
        row = schedules.add_schedule(workspace, settings, by=by, now=now)
    else:
        schedules.change_schedule(row, settings, by=by, now=now)
    following = [] if row.paused_at else next_three(settings.rhythm, now=now)
    saved = partial(saved_view, settings.digest, settings.channel, following)
    later = partial(_saved_with_obstacle, saved, settings.channel, checks)
    return Show(saved(""), later=later, below=_list(workspace, by))


@listens(Act.PAUSE)
def pause(workspace: Workspace, by: Member, now: datetime, target: ScheduleTarget) -> Reply:
    """Not until it is resumed."""
    schedules.pause_schedule(find_schedule(workspace, target.schedule), by=by, now=now)
    return Show(_list(workspace, by))


@listens(Act.RESUME)
def resume(workspace: Workspace, by: Member, now: datetime, target: ScheduleTarget) -> Reply:
    """Again, from the next time on."""
    schedules.resume_schedule(find_schedule(workspace, target.schedule), by=by, now=now)
    return Show(_list(workspace, by))


@listens(Act.END)
def end(workspace: Workspace, by: Member, now: datetime, target: ScheduleTarget) -> Reply:
    """It is posted no more; what it has posted stays."""
    schedules.end_schedule(find_schedule(workspace, target.schedule), by=by, now=now)
    return Show(_list(workspace, by))


@listens(Act.POST_NOW)
def post_now(workspace: Workspace, by: Member, now: datetime, target: ScheduleTarget) -> Reply:
    """At once; what it says is worked out when it is posted."""
    row = find_schedule(workspace, target.schedule)
    schedules.post_now(row, by=by, now=now)
    name = _(NAMES[row.digest])
    return Say((_("{name}: it will be there in a moment, unless there is nothing to decide.", name=name),))


def _list(workspace: Workspace, by: Member) -> View:
    listed = [
        Listed(s.id, s.digest, s.channel, s.rhythm, s.next_at, may_change=schedules.may_change(s, by))
        for s in schedules_of(workspace)
    ]
    return schedules_view(listed, locale_of(by.locale), _monthly(workspace))


def _monthly(workspace: Workspace) -> Monthly | None:
    """The S&OP cycle, which goes by itself as well."""
    planning = planning_of(workspace)
    cycle = current_cycle(workspace)
    if planning is None:
        return None
    steps = [
        (_(name).partition(" · ")[2], planning.days[step]) for step, name in STEPS.items() if step in planning.days
    ]
    times = (cycle.step_at if cycle else None, planning.next_at)
    return Monthly(planning.channel, steps, min((at for at in times if at), default=None))


def _form_of(row: Schedule, form: ScheduleForm) -> ScheduleForm:
    rhythm = row.rhythm
    return replace(
        form,
        id=row.id,
        digest=row.digest,
        channel=row.channel,
        pattern=rhythm.pattern,
        weekdays=rhythm.weekdays or form.weekdays,
        working_day=rhythm.working_day,
        at=rhythm.at,
        timezone=rhythm.timezone,
    )


def _typed(form: Filled, target: ScheduleTarget, by: Member) -> ScheduleForm:
    """The form as far as it is filled in; what cannot be read stays as it begins."""
    began = ScheduleForm(locale_of(by.locale))
    working_day = whole(form["working_day"], most=LAST_WORKING_DAY) or began.working_day
    has_days = "weekdays" in form.many
    return ScheduleForm(
        locale=began.locale,
        id=target.schedule,
        revision=target.revision,
        digest=next((digest for digest in Digest if digest == form["digest"]), began.digest),
        channel=form["channel"],
        pattern=next((pattern for pattern in Pattern if pattern == form["pattern"]), began.pattern),
        weekdays=_weekdays(form) if has_days else began.weekdays,
        working_day=working_day,
        at=read_time(form["at"], "at"),
        timezone=form["timezone"] if form["timezone"] in time_zones() else by.timezone,
    )


def _weekdays(form: Filled) -> frozenset[int]:
    """Days from Monday, 0."""
    days = (whole(day, most=6) for day in form.many.get("weekdays", ()))
    return frozenset(day for day in days if day is not None)


def _settings_in(form: Filled, workspace: Workspace) -> ScheduleSettings:
    if not form["channel"]:
        raise Refused(_("Choose a channel."), field="channel")
    pattern = read_choice(Pattern, form["pattern"], "pattern")
    if form["timezone"] not in time_zones():
        raise Refused(_("Choose a time zone."), field="timezone")
    number = read_whole(form["working_day"], "working_day", most=LAST_WORKING_DAY) if pattern is Pattern.MONTHLY else 1
    days = _weekdays(form) if pattern is Pattern.WEEKDAYS else frozenset()
    rhythm = Rhythm(pattern, read_time(form["at"], "at"), form["timezone"], workspace.country, days, number)
    return ScheduleSettings(read_choice(Digest, form["digest"], "digest"), form["channel"], rhythm)


def _foreseen(form: ScheduleForm, workspace: Workspace, now: datetime) -> ScheduleForm:
    rhythm = Rhythm(form.pattern, form.at, form.timezone, workspace.country, form.weekdays, form.working_day)
    is_never = form.pattern is Pattern.WEEKDAYS and not form.weekdays
    return replace(form, following=() if is_never else next_three(rhythm, now=now))


def _with_obstacle(form: ScheduleForm, checks: SlackChecks) -> View:
    return schedule_view(replace(form, obstacle=checks.obstacle(form.channel)))


def _saved_with_obstacle(saved: Callable[[str], View], channel: str, checks: SlackChecks) -> View:
    return saved(checks.obstacle(channel))
