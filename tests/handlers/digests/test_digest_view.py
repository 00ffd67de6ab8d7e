"""Digests, agendas, schedules, scoreboard and standards with 700 open deals, 100 families and the longest names."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.digests.digest_view import MOST_ITEMS as MOST_QUEUED
from handlers.digests.messages import posting_of, render_digest
from handlers.digests.pictures import load_picture
from handlers.slack.slack_checks import SlackChecks
from models.base.language import _
from models.base.words import company_locale
from models.deals.turns import Turn
from models.digests.contents import pipeline_of, queue_of
from models.digests.schedules import (
    Digest,
    Due,
    Pattern,
    Rhythm,
    Schedule,
    ScheduleSettings,
    add_schedule,
)
from models.workspace.outbox import News, Outbox
from tests.handlers.large import Large
from tests.handlers.shown import Slack
from tests.world import NOW

LATER = NOW + timedelta(days=8)
EVERY = frozenset(range(7))


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
    assert _("This is late: it was due ") in said
    if digest is Digest.QUEUE:
        items = queue_of(large.world.workspace, "C0ALL", now=LATER)
        assert len(items) > 500
        for part in _("And {count} more: `/deal list` shows them all.", count=len(items) - MOST_QUEUED).split("`"):
            assert part in said
    else:
        red = len(pipeline_of(large.world.workspace, now=LATER).red)
        assert red > 10
        for part in _("And {count} more weeks: `/capacity` shows them.", count=red - 10).split("`"):
            assert part in said


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
