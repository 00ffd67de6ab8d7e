"""Installing from a browser: what comes back late, from elsewhere or with a refusal installs nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.bot.town import Town, opened


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with opened(database_url) as town:
        yield town


def test_cancelled_late_or_foreign_return_installs_nothing(town: Town) -> None:
    with town.browser() as browser:
        slack = town.begin(browser)
        page = browser.get(slack).text
        cancel = re.search(r'href="([^"]+)">Cancel', page)
        assert cancel
        cancelled = browser.get(cancel.group(1).replace("&amp;", "&"))
        assert "it was cancelled in Slack" in cancelled.text
        back = browser.get(f"{slack}&team={town.team('North')}").headers["location"]
        with town.browser() as another:
            assert (another.get(back).status_code, "same browser" in another.get(back).text) == (400, True)
        assert "Belay is installed" in browser.get(back).text
        again = browser.get(back)
    assert (again.status_code, "was done already" in again.text) == (401, True)
    assert len(town.bot.installations.places()) == 1


def test_state_is_good_for_ten_minutes(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    with town.browser() as browser:
        slack = town.begin(browser)
        back = browser.get(f"{slack}&team={town.team('North')}").headers["location"]
        town.sandbox("North").turn(by=timedelta(minutes=11))
        late = browser.get(back)
    assert (late.status_code, town.bot.installations.places()) == (401, [])
