"""The demo as it is started: with its story, or with nothing but the bot installed; nothing of it stays."""

import argparse
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
    (line,) = capsys.readouterr().out.splitlines()
    words, _, page = line.rpartition(" ")
    assert words == "The page is at"
    with pytest.raises(httpx.ConnectError):
        httpx.get(page)
    assert list(tmp_path.iterdir()) == []


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
