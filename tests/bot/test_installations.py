"""Several workspaces in one bot: revoked and installed again, with tokens that are sealed and exchanged."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.cli import main
from bot.installations import Place
from bot.keys import Keys
from models.files import read_company
from models.setup.importing import import_company
from models.workspace.installations import Installation
from models.workspace.members import Member
from models.workspace.workspaces import Workspace, the_workspace
from tests.bot.town import KEYS, TEAMS, Town, opened
from tests.stage import OPS
from tests.world import COMPANY, NOW


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with opened(database_url) as town:
        yield town


def test_two_workspaces_live_side_by_side_while_one_leaves_and_comes_back(town: Town) -> None:
    for name in TEAMS:
        assert "Belay is installed" in town.install(name).text
        town.furnish(name)
    town.propose("North", "Acme")
    town.propose("South", "Bolt & Co")
    assert town.posted("North", "Acme")
    assert town.posted("South", "Bolt")
    assert (len(town.cards("North")), len(town.cards("South"))) == (1, 1)

    gone = town.sandbox("South")
    gone.uninstall(town.slack.gateway.app_id)
    assert town.sandbox("North").until(lambda: town.left() == ["South"])
    town.propose("North", "Carter")
    assert town.posted("North", "Carter")
    with town.bot.database.reading() as session:
        left = session.scalars(select(Installation).where(Installation.place == town.team("South"))).one()
        assert (left.token, left.refresh_token) == ("", None)

    assert "Belay is installed" in town.install("South").text
    town.propose("South", "Dora")
    assert town.posted("South", "#2 · Dora")
    assert len(town.cards("North")) == 2
    assert [box.violations() for box in town.sandboxes.values()] == [[], []]


def test_imported_company_is_nobodys_who_installs_it_from_anywhere(town: Town) -> None:
    with town.bot.database.writing() as session:
        import_company(the_workspace(session), read_company(COMPANY), by=None, now=NOW)
    town.install("North")
    with town.bot.database.reading() as session:
        teams = session.scalars(select(Workspace.team_id).order_by(Workspace.id)).all()
    assert teams == [None, town.team("North")]


def test_tokens_are_sealed_and_bound_to_their_place(town: Town) -> None:
    town.install("North")
    town.install("South")
    with town.bot.database.reading() as session:
        north, south = session.scalars(select(Installation).order_by(Installation.id))
        token = KEYS.open(north.token, place=north.place, field="token")
        assert town.slack.gateway.homes[token] == north.place
        assert token not in north.token
        moved = south.token
    with town.bot.database.writing() as session:
        session.scalars(select(Installation).order_by(Installation.id).limit(1)).one().token = moved
    with pytest.raises(Exception, match="cannot be opened"):
        town.bot.installations.token(Place(town.team("North")))


def test_new_key_seals_everything_anew_and_the_old_one_is_needless(town: Town) -> None:
    town.install("North")
    place = Place(town.team("North"))
    token = town.bot.installations.token(place)
    newer = Keys.read(",".join([KEYS.next_key(), *KEYS.written()]))
    town.bot.installations._config = replace(town.bot.config, belay_keys=newer)
    assert (town.bot.installations.rotate_keys(), town.bot.installations.rotate_keys()) == (1, 0)
    only = Keys(newer.by_number[:1])
    town.bot.installations._config = replace(town.bot.config, belay_keys=only)
    assert town.bot.installations.token(place) == token


def test_token_is_exchanged_before_its_end_once_for_all_who_ask(database_url: str) -> None:
    with opened(database_url, is_rotating=True) as town:
        town.install("North")
        place = Place(town.team("North"))
        first = town.bot.installations.token(place)
        town.sandbox("North").turn(by=timedelta(hours=11))
        asked = [threading.Thread(target=town.bot.installations.token, args=[place]) for _ in range(8)]
        for thread in asked:
            thread.start()
        for thread in asked:
            thread.join()
        second = town.bot.installations.token(place)
        assert (first == second, town.slack.gateway.exchanged) == (False, 1)
        assert town.bot.installations.client(place).auth_test()["team_id"] == place.team


def test_organisation_installs_it_in_all_of_its_workspaces(database_url: str) -> None:
    with opened(database_url, organisation="E0ACME") as town:
        assert "Belay is installed" in town.install("North").text
        for name in TEAMS:
            town.sandbox(name).person("Sara").command(OPS, "/belay")
        assert town.sandbox("North").until(lambda: len(town.bot.installations.places()) == 2)
        for name in TEAMS:
            town.furnish(name)
            town.propose(name, f"Acme {name}")
            assert town.posted(name, f"Acme {name}")
        with town.bot.database.reading() as session:
            assert [each.place for each in session.scalars(select(Installation))] == ["E0ACME"]
            assert session.scalars(select(Member.is_outsider)).all().count(True) == 0
        town.sandbox("North").uninstall(town.slack.gateway.app_id)
        assert town.sandbox("North").until(lambda: town.left() == ["North", "South"])


def test_doctor_names_the_workspace_that_must_install_it_again(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("slack_client_id", "slack_client_secret", "slack_signing_secret", "slack_api_url", "database_url"):
        monkeypatch.setenv(name.upper(), getattr(town.bot.config, name))
    monkeypatch.setenv("BELAY_KEYS", ",".join(KEYS.written()))
    assert main(["doctor"]) == 1
    assert capsys.readouterr().out == "Belay is installed in no workspace: open /slack/install.\n"
    # What is imported before it is installed anywhere would be nobody's.
    assert main(["import", str(COMPANY)]) == 2
    assert capsys.readouterr().err == "belay: Belay is installed in no workspace yet: open /slack/install.\n"
    for name in TEAMS:
        town.install(name)
        town.furnish(name)
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out == "Nothing is missing: `belay run` starts the bot.\n"
    del town.slack.gateway.homes[town.bot.installations.token(Place(town.team("South")))]
    assert main(["doctor"]) == 1
    south = town.team("South")
    assert capsys.readouterr().out == (
        f"{south}: Slack refuses auth.test: invalid_auth. Install Belay there again, from /slack/install.\n"
    )
