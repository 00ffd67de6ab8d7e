"""The demo as it is started: with its story, or with nothing but the bot installed; nothing of it stays."""

import argparse
import re
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from bot.cli.demo import CHANNELS, MONDAY, demo, demonstrated
from bot.cli.seed import PEOPLE
from models.company.offers import OfferRow
from models.deals.rows import Deal
from models.workspace.members import Member


def test_demo_says_where_its_page_is_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "0")
    demo(argparse.Namespace(empty=True, story=True))
    first, second = capsys.readouterr().out.splitlines()
    words, _, page = first.rpartition(" ")
    assert words == "The page is at"
    api = re.fullmatch(r"The API is at (\S+): Lea makes a token with /belay api", second)
    assert api is not None
    for address in (page, api[1]):
        with pytest.raises(httpx.ConnectError):
            httpx.get(address)
    assert list(tmp_path.iterdir()) == []


def test_token_that_is_made_in_the_demo_opens_its_api() -> None:
    with demonstrated(0) as running:
        assert httpx.get(f"{running.api}/api/v1/docs").status_code == 200
        people = {person["name"]: person["id"] for person in running.sandbox.people()}
        lea = running.sandbox.person(people["Lea"])
        lea.command(CHANNELS[0], "/belay api")
        running.sandbox.settle()
        lea.press("Make a token…")
        running.sandbox.settle()
        lea.fill_by_label("What is it for?", "A trial")
        lea.fill_by_label("As whom?", people["Sara"])
        lea.fill_by_label("What may it be used for?", ["deals:read"])
        assert lea.submit().ok
        running.sandbox.settle()
        modal = lea.modal()
        assert modal is not None
        token = re.search(r"belay_[\w-]+", modal.as_text())
        assert token is not None
        read = httpx.get(f"{running.api}/api/v1/deals", headers={"Authorization": f"Bearer {token[0]}"})
        assert (read.status_code, read.text.count('"number"') > 0) == (200, True)


def test_empty_demo_has_people_and_channels_and_no_company() -> None:
    with demonstrated(0, is_empty=True) as running:
        home = Path(running.bot.config.database_url.removeprefix("sqlite:///")).parent
        assert {person.name for person in PEOPLE} < {person["name"] for person in running.sandbox.people()}
        assert [channel["name"] for channel in running.sandbox.channels() if channel["name"]] == list(CHANNELS)
        assert (home.exists(), running.sandbox.now() >= MONDAY) == (True, True)
        with running.bot.database.reading() as session:
            assert [session.scalar(select(func.count(row.id))) for row in (OfferRow, Deal)] == [0, 0]
            assert {member.roles for member in session.scalars(select(Member))} == {frozenset()}
    assert not home.exists()
