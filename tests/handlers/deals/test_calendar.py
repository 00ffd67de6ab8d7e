"""`/deal calendar`: calls and deliveries as a file that a calendar reads, for those whom they concern."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from icalendar import Calendar

from tests.stage import OPS, Stage, staged
from tests.world import NOW


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, "http") as stage:
        yield stage


def typed(stage: Stage, name: str) -> None:
    stage.person(name).command(OPS, "/deal calendar")
    stage.sb.settle()


def entries(stage: Stage) -> dict[str, str]:
    """The entries of the file that was sent last, by their names."""
    url = stage.sb.files()[-1]["url_private"]
    headers = {"Authorization": f"Bearer {stage.bot.config.slack_bot_token}"}
    calendar = Calendar.from_ical(httpx.get(url, headers=headers).content)
    return {str(event["uid"]).partition("@")[0]: str(event["summary"]) for event in calendar.walk("VEVENT")}


def test_calls_and_deliveries_are_sent_to_whom_they_concern(stage: Stage) -> None:
    sara, olga = stage.person("Sara"), stage.person("Olga")
    stage.propose("60 Summit tent for Acme by 2027-01-25")
    olga.press("Join the call", in_=stage.card())
    stage.sb.settle()
    sara.press("Set the call…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    sara.fill_by_label("The call is on", str(int((NOW + timedelta(days=2)).timestamp())))
    assert sara.submit().ok
    stage.sb.settle()
    for name in ("Sara", "Olga"):
        typed(stage, name)
        assert entries(stage) == {"deal-1-call": "Call with #1 Acme"}
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    sara.press("Won", in_=stage.own_card("Sara"))
    stage.sb.settle()
    files = len(stage.sb.files())
    for name in ("Sara", "Olga"):
        typed(stage, name)
        assert set(entries(stage).values()) == {"Call with #1 Acme", "Deliver 60 tents Summit tent: #1 Acme"}
    # Whom it does not concern gets no file.
    typed(stage, "Fin")
    assert len(stage.sb.files()) == files + 2
    assert stage.sb.violations() == []
