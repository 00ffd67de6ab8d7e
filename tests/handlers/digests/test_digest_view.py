"""Digests, agendas, schedules, scoreboard and standards with 700 open deals, 100 families and the longest names."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.agendas import reminders
from handlers.agendas.agenda_view import (
    MOST_ITEMS,
    Item,
    agenda_blocks,
    agenda_text,
    escalation_blocks,
    escalation_text,
)
from handlers.agendas.reminders import render_agenda
from handlers.deals.standards_view import Standards, standard_view, standards_view
from handlers.digests import schedules, scoreboard
from handlers.digests.digest_view import MOST_ITEMS as MOST_QUEUED
from handlers.digests.messages import posting_of, render_digest
from handlers.digests.pictures import load_picture
from handlers.digests.scoreboard_view import Board, board_blocks, board_text, board_view, definitions_view, own_sentence
from handlers.digests.targets import ScheduleTarget
from handlers.rendering import render
from handlers.setup import setup
from handlers.slack.forms import Filled
from handlers.slack.replies import Show, Suggest
from handlers.slack.slack_checks import SlackChecks
from models.base.words import company_locale
from models.deals.reminding import keep_turns
from models.deals.standards import Beyond, Candidate
from models.deals.turns import Turn
from models.deals.waiting import waiting_for
from models.digests.contents import pipeline_of, queue_of
from models.digests.schedules import (
    MOST_SCHEDULES,
    Digest,
    Due,
    Pattern,
    Rhythm,
    Schedule,
    ScheduleSettings,
    add_schedule,
)
from models.digests.scoreboard import Figures, Share, Speed
from models.workspace.agendas import remind
from models.workspace.members import set_roles
from models.workspace.outbox import News, Outbox
from sandbox.limits.objects import suggestions
from tests.handlers.large import ODD, Large, long, offer_name
from tests.handlers.shown import Slack
from tests.world import NOW

LATER = NOW + timedelta(days=8)
EVERY = frozenset(range(7))
AMOUNT = 10**15


@pytest.fixture
def session(large: Large) -> Iterator[Session]:
    """What a test changes is taken back: the world is everybody's."""
    with large.world.session.begin_nested() as attempt:
        yield large.world.session
        attempt.rollback()


def schedule(large: Large, digest: Digest, channel: str = "C0ALL") -> Schedule:
    rhythm = Rhythm(Pattern.WEEKDAYS, time(9), "America/Argentina/ComodRivadavia", "US", EVERY)
    return add_schedule(
        large.world.workspace, ScheduleSettings(digest, channel, rhythm), by=large.person("Sara"), now=NOW
    )


def queued(large: Large, row: Schedule, due: datetime | None = None) -> Outbox:
    made = Outbox(workspace=large.world.workspace, kind=News.DIGEST, stream=row.channel, queued_at=NOW, not_before=NOW)
    made.details = Due(row.id, due=due).written()
    large.world.session.add(made)
    large.world.session.flush()
    return made


@pytest.mark.parametrize("digest", [Digest.QUEUE, Digest.PIPELINE])
def test_digest_of_hundreds_of_deals_is_accepted(large: Large, slack: Slack, session: Session, digest: Digest) -> None:
    row = queued(large, schedule(large, digest), due=LATER - timedelta(hours=2))
    call = render_digest(session, row, LATER)
    assert call
    blocks: Sequence[Any] = call.arguments["blocks"]
    slack.post(call.arguments["text"], blocks)
    said = str(blocks)
    assert "This is late" in said
    if digest is Digest.QUEUE:
        items = queue_of(large.world.workspace, "C0ALL", now=LATER)
        assert len(items) > 500
        assert f"And {len(items) - MOST_QUEUED} more: " in said
        assert "/deal list" in said
    else:
        red = len(pipeline_of(large.world.workspace, now=LATER).red)
        assert red > 10
        assert f"And {red - 10} more weeks: " in said
        assert "/capacity" in said


def test_digest_with_its_picture_is_accepted(large: Large, slack: Slack) -> None:
    pipeline = pipeline_of(large.world.workspace, now=NOW)
    picture = load_picture(pipeline.resources, company_locale("US"))
    assert picture.png.startswith(b"\x89PNG")
    assert len(picture.png) < 300_000
    file = SlackChecks(slack.client).upload(picture)
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": picture.alt}
    slack.post("picture", [image])


def test_digest_with_nothing_to_decide_is_not_posted(large: Large, session: Session) -> None:
    for digest in (Digest.QUEUE, Digest.SCOREBOARD):
        row = schedule(large, digest, "C0NOTHING")
        if digest is Digest.QUEUE:
            large.world.workspace.url = None
            for turn in session.scalars(select(Turn).where(Turn.ended_at.is_(None))):
                turn.ended_at = NOW
            early = NOW - timedelta(days=400)
            assert not [item for item in queue_of(large.world.workspace, "C0NOTHING", now=early) if item.clocks]
        else:
            assert posting_of(row, now=NOW - timedelta(days=400)) is None


def test_queue_of_an_operations_channel_is_of_its_own_deals(large: Large) -> None:
    workspace = large.world.workspace
    everything = queue_of(workspace, "C0ALL", now=NOW)
    mine = queue_of(workspace, "C0TENTS", now=NOW)
    assert {item.deal.channel for item in mine} == {"C0TENTS"}
    assert len(mine) == sum(item.deal.channel == "C0TENTS" for item in everything)
    ranks = [item.rank for item in everything]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("name", ["Sara", "Olga", "Fin", "Lea", "Pete"])
def test_agenda_with_many_deals_is_accepted(large: Large, slack: Slack, session: Session, name: str) -> None:
    member = large.person(name)
    waiting = waiting_for(member, now=LATER)
    items = reminders._items(waiting, member, LATER)
    slack.post(agenda_text(items), [block.to_dict() for block in agenda_blocks(items)], is_updated=True)
    remind(member, now=LATER)
    session.flush()
    row = session.scalars(select(Outbox).where(Outbox.member_id == member.id).order_by(Outbox.id.desc())).first()
    assert row
    call = render_agenda(session, row, LATER)
    assert (call is None) == (not waiting)
    if len(waiting) > MOST_ITEMS:
        assert call
        assert f"And {len(waiting) - MOST_ITEMS} more: " in str(call.arguments["blocks"])


def test_escalation_of_everything_is_accepted(large: Large, slack: Slack, session: Session) -> None:
    keep_turns(session, now=LATER)
    rows = session.scalars(select(Outbox).where(Outbox.kind == News.ESCALATION)).all()
    assert rows
    call = render(session, rows[0], now=LATER)
    assert call
    slack.post(call.arguments["text"], call.arguments["blocks"])
    items = reminders._listed(session.scalars(select(Turn).limit(30)).all(), None, LATER)
    assert isinstance(items[0], Item)
    slack.post(escalation_text(items), [block.to_dict() for block in escalation_blocks(items)])


def test_schedules_are_accepted(large: Large, slack: Slack, session: Session) -> None:
    for n in range(MOST_SCHEDULES - 1):
        schedule(large, list(Digest)[n % 3], "C0ALL")
    slack.show(schedules.open_schedules(large.world.workspace, large.person("Sara")))
    row = schedule(large, Digest.QUEUE)
    target = ScheduleTarget(schedule=row.id)
    slack.show(schedules.open_schedule(large.world.workspace, large.person("Sara"), NOW, target))
    for pattern in Pattern:
        values = {"digest": "queue", "channel": slack.channel, "pattern": pattern, "at": "09:00", "timezone": "UTC"}
        many = {"weekdays": tuple("0123456")} if pattern is Pattern.WEEKDAYS else {}
        form, target = Filled(values, {}, many), ScheduleTarget(revision=10**6)
        sara, checks = large.person("Sara"), SlackChecks(slack.client)
        shown = schedules.foresee(large.world.workspace, sara, NOW, form, target, checks)
        assert isinstance(shown, Show)
        slack.show(shown)


@pytest.mark.parametrize("text", ["", "new york", "Z", "zzzz", long(300)])
def test_suggested_zones_and_countries_are_accepted(large: Large, text: str) -> None:
    for found in (schedules.suggest_zones(text), setup.suggest_countries(large.person("Sara"), text)):
        assert isinstance(found, Suggest)
        assert list(suggestions({"options": [option.to_dict() for option in found.options]}, "")) == []


def largest_figures() -> Figures:
    speed, share = Speed((timedelta(days=9999),) * 10_000), Share(123_456_789, 123_456_789)
    kinds = ("later", "mixed", "overtime", "partial", "reprice", "split", "substitute", "without")
    return Figures(
        first_answer=speed,
        to_yes=speed,
        plain_no=share,
        as_asked=share,
        counters=share,
        counters_by_kind=dict.fromkeys(kinds, share),
        won_after_counter=share,
        kept=share,
        repromised=10**9,
        notice_days=-12345.5,
        converted=share,
        wasted=AMOUNT,
        discount=AMOUNT,
        services=AMOUNT,
        below_floor=AMOUNT,
        deals_below_floor=share,
    )


def test_scoreboard_is_accepted(large: Large, slack: Slack) -> None:
    figures = largest_figures()
    requests = dict.fromkeys(Beyond, 10**9)
    board = Board(figures, figures, requests, large.world.workspace, company_locale("US"), sees_margin=True)
    slack.post(board_text(board), [block.to_dict() for block in board_blocks(board)])
    slack.show(board_view(board))
    slack.show(definitions_view())
    said = own_sentence(figures)
    assert said
    shown = scoreboard.open_scoreboard(large.world.workspace, large.person("Lea"), NOW, SlackChecks(slack.client))
    slack.show(shown)


def test_scoreboard_of_an_empty_quarter_is_accepted(large: Large, slack: Slack) -> None:
    early: datetime = NOW - timedelta(days=800)
    shown = scoreboard.open_scoreboard(large.world.workspace, large.person("Lea"), early, SlackChecks(slack.client))
    assert shown.later is None
    slack.show(shown)


def test_standards_are_accepted(large: Large, slack: Slack, session: Session) -> None:
    offer = large.world.offer(offer_name("fits", 0))
    found = [Candidate(offer, kind, 10**6, AMOUNT, AMOUNT, 9999) for kind in Beyond] * 10
    for may_decide in (True, False):
        slack.show(standards_view(Standards(found[:1], large.world.workspace, company_locale("US"), may_decide)))
    slack.show(standards_view(Standards(found, large.world.workspace, company_locale("US"), may_decide=False)))
    slack.show(standards_view(Standards([], large.world.workspace, company_locale("US"), may_decide=True)))
    for candidate in found[: len(Beyond)]:
        slack.show(standard_view(candidate, company_locale("US")))


def test_hours_and_settings_are_accepted(large: Large, slack: Slack, session: Session) -> None:
    slack.show(setup.open_hours(large.person("Sara")))
    set_roles(large.person("Lea"), [], by=None, now=NOW)
    slack.show(setup.open_settings(large.world.workspace, large.person("Lea"), frozenset()))
    assert ODD in long(300)
