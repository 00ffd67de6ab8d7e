"""Schedules at their longest."""

import pytest
from sqlalchemy.orm import Session

from handlers.digests import schedules
from handlers.digests.targets import ScheduleTarget
from handlers.setup import setup
from handlers.slack.forms import Filled
from handlers.slack.replies import Show, Suggest
from handlers.slack.slack_checks import SlackChecks
from models.digests.schedules import (
    MOST_SCHEDULES,
    Digest,
    Pattern,
)
from sandbox.limits.objects import suggestions
from tests.handlers.digests.test_digest_view import schedule
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW


def test_schedules_are_accepted(large: Large, slack: Slack, session: Session) -> None:
    for n in range(MOST_SCHEDULES - 1):
        schedule(large, list(Digest)[n % len(Digest)], "C0ALL")
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
