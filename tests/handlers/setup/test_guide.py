"""The guide: begun where there is nothing, true after every step, with each step done by Belay itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from models.company.offers import EVERY_FAMILY, family_channels
from models.digests.schedules import schedules_of
from models.workspace.guides import Guide, begin_guide, guide_of
from models.workspace.workspaces import the_workspace
from tests.stage import OPS, Stage, shown, staged


@pytest.fixture(params=["http", "socket"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """A workspace with people and nothing else."""
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", request.param, company=None) as stage:
        stage.sb.settle()
        yield stage


def guide(stage: Stage) -> Any:
    """The guide as it stands before the admin."""
    return stage.person("Lea").dm()[0]


def done(stage: Stage) -> str:
    return str(guide(stage).as_text().splitlines()[0].partition(" Stop")[0])


def test_each_step_is_done_by_belay_and_the_same_message_says_so(empty: Stage) -> None:
    lea = empty.person("Lea")
    assert done(empty) == "Set Belay up: 0 of 5 done."
    ts = guide(empty).ts
    lea.press("do_it.company", in_=guide(empty))
    empty.sb.settle()
    assert "✓ 1. Company · 3 offers and 3 resources, in USD." in guide(empty).as_text()
    lea.press("do_it.people", in_=guide(empty))
    empty.sb.settle()
    assert "1 in operations, 1 in leadership. Somebody has to speak for sales." in guide(empty).as_text()
    give(empty, Sales=["Sara"], Operations=["Lea", "Olga"], Leadership=["Lea"])
    assert "✓ 2. People · 1 in sales, 2 in operations, 1 in leadership." in guide(empty).as_text()
    lea.press("Do it for me…", in_=guide(empty))
    empty.sb.settle()
    lea.fill_by_label("Name", "Deal desk")
    assert lea.submit().ok
    empty.sb.settle()
    assert "The channel is there" in shown(lea).as_text()
    lea.close()
    (channel,) = [each for each in empty.sb.channels() if each["name"] == "deal-desk"]
    assert empty.look(lambda s: family_channels(the_workspace(s))) == {EVERY_FAMILY: channel["id"]}
    lea.press("do_it.schedules", in_=guide(empty))
    empty.sb.settle()
    (schedule,) = empty.look(lambda s: [(row.digest, row.channel) for row in schedules_of(the_workspace(s))])
    assert schedule == ("pipeline", channel["id"])
    sara = empty.person("Sara")
    sara.command(OPS, "/deal Acme 20 Summit tent by 18 Jan")
    empty.sb.settle()
    assert sara.submit().ok
    empty.sb.settle()
    assert done(empty) == "Belay is set up. /deal proposes a deal, /belay shows this again."
    assert guide(empty).ts == ts
    assert empty.sb.violations() == []


def test_first_deal_is_filled_in_for_who_sells(empty: Stage) -> None:
    lea = empty.person("Lea")
    lea.press("try_deal.first deal", in_=guide(empty))
    empty.sb.settle()
    assert "There is nothing to sell yet" in shown(lea).as_text()
    lea.close()
    lea.press("do_it.company", in_=guide(empty))
    empty.sb.settle()
    lea.press("try_deal.first deal", in_=guide(empty))
    empty.sb.settle()
    assert "A deal is proposed by somebody in sales: they type /deal." in shown(lea).as_text()
    lea.close()
    give(empty, Sales=["Lea"])
    lea.press("try_deal.first deal", in_=guide(empty))
    empty.sb.settle()
    assert "Customer: Acme\nOffer: Summit tent\nQuantity: 20" in shown(lea).as_text()


def test_channel_that_slack_does_not_make_is_said(empty: Stage) -> None:
    lea = empty.person("Lea")
    for name, why in ((OPS, "a channel of that name already"), ("!!!", "Small letters, digits and hyphens only")):
        lea.press("Do it for me…", in_=guide(empty))
        empty.sb.settle()
        lea.fill_by_label("Name", name)
        lea.submit()
        empty.sb.settle()
        assert why in shown(lea).as_text()
        lea.close()
    assert empty.look(lambda s: family_channels(the_workspace(s))) == {}


def test_only_admins_do_steps_and_slash_belay_shows_the_same(empty: Stage) -> None:
    reply = empty.person("Lea").command(OPS, "/belay")
    assert "Set Belay up: 0 of 5 done." in str(reply.blocks)
    sara = empty.person("Sara")
    assert "of 5 done" not in str(sara.command(OPS, "/belay").blocks)
    assert len(sara.dm()) == 0
    lea = empty.person("Lea")
    lea.press("do_it.schedules", in_=guide(empty))
    empty.sb.settle()
    assert empty.look(lambda s: len(schedules_of(the_workspace(s)))) == 0


def test_guide_is_begun_once_and_not_where_there_is_a_company(stage: Stage) -> None:
    assert stage.look(lambda s: s.scalar(select(func.count(Guide.id)))) == 0
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        now = stage.bot.clock.read().now
        for user in ("Lea", "Olga"):
            begin_guide(workspace, member_id=1, user_id=stage.people[user], now=now)
        row = guide_of(workspace)
        assert row is not None
        assert row.channel == stage.people["Lea"]


def give(stage: Stage, **roles: list[str]) -> None:
    """Exactly these people have these roles."""
    lea = stage.person("Lea")
    lea.command(OPS, "/belay roles")
    stage.sb.settle()
    for label, names in roles.items():
        lea.fill_by_label(label, [stage.people[name] for name in names])
    assert lea.submit().ok
    stage.sb.settle()
