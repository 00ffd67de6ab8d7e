"""Schedules of digests: what a form is read as, what it refuses, and what comes of it by itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from slack_sdk import WebClient

from handlers.digests import schedules
from handlers.digests.targets import ScheduleTarget
from handlers.slack.forms import Filled
from handlers.slack.replies import Say, Show, Suggest
from handlers.slack.slack_checks import SlackChecks
from handlers.slack.text import Bold, Channel, When
from handlers.slack.view_parts import line
from models.base.errors import NotFound, NotYours, Refused
from models.digests.schedules import Digest, Pattern, Rhythm, schedules_of
from sandbox.client import Message
from tests.stage import OPS, Stage, shown, staged
from tests.world import NOW, World

DAY = timedelta(days=1)
FORM = {"digest": "queue", "channel": "C0ALL", "pattern": "working days", "at": "09:30", "timezone": "Europe/Berlin"}
CHECKS = SlackChecks(WebClient())
# Thanksgiving and the weekend are no working days; Berlin is an hour ahead of UTC.
NEXT = [datetime(2026, 11, day, 8, 30, tzinfo=UTC) for day in (24, 25, 27)]


def filled(weekdays: tuple[str, ...] | None = None, **values: str) -> Filled:
    return Filled(FORM | values, {}, {} if weekdays is None else {"weekdays": weekdays})


def kept(world: World, form: Filled, schedule: int = 0, by: str = "Otto") -> Show:
    target = ScheduleTarget(schedule=schedule)
    reply = schedules.keep_schedule(world.workspace, world.person(by), NOW, form, target, CHECKS)
    assert isinstance(reply, Show)
    return reply


def foreseen(world: World, form: Filled) -> Show:
    reply = schedules.foresee(world.workspace, world.person("Otto"), NOW, form, ScheduleTarget(), CHECKS)
    assert isinstance(reply, Show)
    return reply


def test_schedule_is_kept_as_it_was_typed_and_says_when_it_comes(world: World) -> None:
    shown = kept(world, filled()).view.blocks
    (row,) = schedules_of(world.workspace)
    assert (row.digest, row.channel) == (Digest.QUEUE, "C0ALL")
    assert row.rhythm == Rhythm(Pattern.WORKING_DAYS, time(9, 30), "Europe/Berlin", "US")
    first, second, third = (When(at) for at in NEXT)
    saved = (Bold("Saved. "), "Operations queue in ", Channel("C0ALL"), ".")
    assert shown == [line(saved, ("Next: ", first, " · ", second, " · ", third, "."))]

    # What does not belong to the pattern is not kept.
    kept(world, filled(("0", "4"), pattern="monthly", working_day="3"), row.id)
    assert row.rhythm == Rhythm(Pattern.MONTHLY, time(9, 30), "Europe/Berlin", "US", working_day=3)
    schedules.pause(world.workspace, world.person("Otto"), NOW, ScheduleTarget(schedule=row.id))
    assert kept(world, filled(("4", "0"), pattern="weekdays"), row.id).view.blocks == [line(saved, ("It is paused.",))]
    assert row.rhythm.weekdays == {0, 4}


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"channel": ""}, "channel", "Choose a channel."),
        ({"pattern": "hourly"}, "pattern", "Choose one."),
        ({"pattern": "weekdays"}, "weekdays", "Choose at least one weekday."),
        *(({"timezone": zone}, "timezone", "Choose a time zone.") for zone in ("", "Mars/Olympus", "../etc/passwd")),
        *(
            ({"pattern": "monthly", "working_day": day}, "working_day", "A whole number from 1 to 23.")
            for day in ("", "0", "24")
        ),
        ({"at": "soon"}, "at", "Choose a time."),
        ({"digest": "gossip"}, "digest", "Choose one."),
    ],
)
def test_form_with_rubbish_is_refused_under_its_field_and_keeps_nothing(
    world: World, values: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        kept(world, Filled(FORM | values, {}, {}))
    assert (refused.value.field, refused.value.sentence) == (field, sentence)
    assert schedules_of(world.workspace) == []


def test_form_foresees_what_it_can_read_and_says_what_is_missing(world: World) -> None:
    first, second, third = (When(at) for at in NEXT)
    usual = foreseen(world, filled(channel=""))
    assert usual.view.blocks[0] == line((Bold("Next: "), first, " · ", second, " · ", third, "."))
    never = foreseen(world, filled((), pattern="weekdays", channel=""))
    assert never.view.blocks[0] == line(("Choose at least one weekday.",))
    monthly = [foreseen(world, filled(pattern="monthly", working_day=day)).view.blocks[0] for day in ("1", "24", "x")]
    assert monthly[0] == monthly[1] == monthly[2] != usual.view.blocks[0]
    # What is no digest, no pattern and no zone stays as it begins: in the person's own zone.
    rubbish = foreseen(world, filled(digest="gossip", pattern="hourly", timezone="", channel=""))
    assert rubbish.view.blocks[0] == foreseen(world, filled(timezone="America/Denver", channel="")).view.blocks[0]
    # Only where there is a channel is there something to ask Slack.
    assert (usual.later, foreseen(world, filled()).later is None) == (None, False)


def test_zones_are_suggested_by_any_part_of_their_names() -> None:
    def zones(text: str) -> list[str | None]:
        suggested = schedules.suggest_zones(text)
        assert isinstance(suggested, Suggest)
        return [option.value for option in suggested.options]

    assert zones(" new YORK ") == ["America/New_York"]
    assert zones("berlin") == ["Europe/Berlin"]
    assert (zones("zzzz"), zones("utc/"), len(zones(""))) == ([], [], 100)


def test_schedule_that_has_ended_or_is_for_others_is_refused(world: World) -> None:
    kept(world, filled())
    (row,) = schedules_of(world.workspace)
    target, otto, gus = ScheduleTarget(schedule=row.id), world.person("Otto"), world.person("Gus")
    for act in (schedules.open_schedule, schedules.pause, schedules.end, schedules.post_now):
        with pytest.raises(NotYours, match="Schedules are for people with a role"):
            act(world.workspace, gus, NOW, target)
    assert schedules.post_now(world.workspace, otto, NOW, target) == Say(
        ("Operations queue: it will be there in a moment, unless there is nothing to decide.",)
    )
    schedules.end(world.workspace, otto, NOW, target)
    for act in (schedules.open_schedule, schedules.pause, schedules.resume, schedules.end, schedules.post_now):
        with pytest.raises(NotFound, match="not there any more"):
            act(world.workspace, otto, NOW, target)


@pytest.fixture
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    """The bot through one of Slack's doors, on each database."""
    with staged(database_url, request.param) as stage:
        yield stage


@pytest.fixture
def digest_channel(stage: Stage) -> str:
    return stage.sb.add_channel("sales-and-ops", list(stage.people.values()))


def digests(stage: Stage, channel: str) -> list[Message]:
    return [m for m in stage.sb.channel(channel) if m.blocks and m.blocks[0]["type"] == "header"]


def schedule_queue(stage: Stage, where: str, by: str = "Otto") -> None:
    """As a newcomer would: /belay schedules, Add, choose, Save."""
    person = stage.person(by)
    person.command(OPS, "/belay schedules")
    stage.sb.settle()
    person.press("Add a schedule…")
    stage.sb.settle()
    person.choose("Where", where)
    stage.sb.settle()


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_newcomer_adds_a_digest_and_it_comes_by_itself(stage: Stage, digest_channel: str) -> None:
    otto = stage.person("Otto")
    schedule_queue(stage, digest_channel)
    following = "Next: 2026-11-24 16:00 UTC · 2026-11-25 16:00 UTC · 2026-11-27 16:00 UTC."
    assert following in shown(otto).as_text()
    otto.choose("When", "On weekdays")
    stage.sb.settle()
    otto.choose("On", ["Tuesday", "Friday"])
    stage.sb.settle()
    assert "Next: 2026-11-24 16:00 UTC · 2026-11-27 16:00 UTC · 2026-12-01 16:00 UTC." in shown(otto).as_text()
    otto.choose("At", "08:30")
    stage.sb.settle()
    otto.choose("Time zone", "Europe/Berlin")
    stage.sb.settle()
    assert "Next: 2026-11-24 07:30 UTC" in shown(otto).as_text()
    assert otto.submit().ok
    stage.sb.settle()
    assert f"Saved. Operations queue in <#{digest_channel}>." in shown(otto).as_text()
    otto.close()
    assert "every Tuesday, Friday at 8:30" in shown(otto).as_text()
    # Nothing waits: nothing is posted.
    stage.sb.turn(to=datetime(2026, 11, 24, 8, tzinfo=UTC))
    assert digests(stage, digest_channel) == []
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.sb.turn(to=datetime(2026, 11, 27, 8, tzinfo=UTC))
    (posted,) = digests(stage, digest_channel)
    assert posted.as_text().splitlines()[:3] == [
        "Operations queue: 1 to decide, 1 overdue",
        "Overdue",
        "•  #1 · Acme · 100 × Summit tent · $48,000 · operations, overdue: 2026-11-25 00:00 UTC",
    ]
    assert stage.sb.violations() == []


@pytest.mark.parametrize("stage", ["socket"], indirect=True)
def test_private_channel_is_said_at_once_with_the_remedy_and_works_after_it(stage: Stage) -> None:
    otto = stage.person("Otto")
    private = stage.sb.add_channel("leads-only", list(stage.people.values()), private=True)
    stage.propose("Acme 100 Summit tent by 18 Jan")
    schedule_queue(stage, private)
    remedy = "Belay is not in that private channel: type /invite @Belay there."
    assert remedy in shown(otto).as_text()
    assert otto.submit().ok
    stage.sb.settle()
    assert f"But: {remedy}" in shown(otto).as_text()
    otto.close()
    otto.press("Post now")
    stage.sb.settle()
    assert digests(stage, private) == []
    otto.command(OPS, "/belay")
    assert "Slack takes no messages for" in otto.channel(OPS)[-1].as_text()
    bot = next(person["id"] for person in stage.sb.people() if person["name"] == "Belay")
    stage.sb.invite(private, bot)
    stage.sb.turn(by=timedelta(minutes=5))
    assert len(digests(stage, private)) == 1


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_digest_that_comes_late_says_so(stage: Stage, digest_channel: str) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    schedule_queue(stage, digest_channel)
    assert stage.person("Otto").submit().ok
    stage.sb.settle()
    stage.bot.heartbeat._scheduler.pause()
    for follower in stage.sb.followers():
        stage.sb.http.delete(f"/clock/followers/{follower['name']}")
    stage.sb.turn(to=NOW + 2 * DAY + timedelta(hours=5))
    stage.bot.heartbeat._scheduler.resume()
    stage.sb.until(lambda: digests(stage, digest_channel))
    (posted,) = digests(stage, digest_channel)
    assert posted.as_text().splitlines()[1:3] == [
        "This is late: it was due 2026-11-25 16:00 UTC.",
        "The one before it was left out, more than a day late.",
    ]


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_list_pauses_resumes_and_ends_and_is_refused_without_a_role(stage: Stage, digest_channel: str) -> None:
    otto = stage.person("Otto")
    schedule_queue(stage, digest_channel)
    assert otto.submit().ok
    stage.sb.settle()
    otto.close()
    for button, said in (("Pause", "Paused"), ("Resume", "Next: 2026-11-24 16:00 UTC")):
        otto.press(button)
        stage.sb.settle()
        assert said in shown(otto).as_text()
    otto.press("Post now")
    stage.sb.settle()
    assert "it will be there in a moment, unless there is nothing to decide" in shown(otto).as_text()
    assert digests(stage, digest_channel) == []
    otto.close()
    otto.press("End")
    stage.sb.settle()
    assert "Nothing is posted yet." in shown(otto).as_text()
    gus = stage.person("Gus")
    gus.command(OPS, "/belay schedules")
    stage.sb.settle()
    assert "Schedules are for people with a role." in shown(gus).as_text()
