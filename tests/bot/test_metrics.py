"""Figures: how many requests, how far behind, and whether the bot can do its work; through the door."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import seconds_behind
from bot.web import MOST_BEHIND, State, web_app
from models.workspace.outbox import News, postpone, queue, settle
from models.workspace.workspaces import leave
from tests.stage import OPS, Stage
from tests.world import NOW, StoppedClock, World


def get(stage: Stage, path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        app = web_app(stage.bot.app, stage.bot.config.slack_signing_secret, State(stage.bot.database, stage.bot.clock))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://belay") as client:
            return await client.get(path)

    return asyncio.run(ask())


def figures(stage: Stage) -> dict[str, float]:
    families = text_string_to_metric_families(get(stage, "/metrics").text)
    return {
        " ".join([sample.name, *sorted(sample.labels.values())]): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_what_was_asked_and_what_waits_are_figures(stage: Stage) -> None:
    before = figures(stage)
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.person("Sara").command(OPS, "/deal nonsense")
    stage.sb.fault("ratelimited", method="chat.postMessage", retry_after=60)
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    after = figures(stage)
    grown = {name: after[name] - before.get(name, 0) for name in after if name.startswith("belay_requests_total")}
    assert grown["belay_requests_total command opened"] >= 1
    assert grown["belay_requests_total action answered"] >= 1
    assert after["belay_request_seconds_count submission"] > before.get("belay_request_seconds_count submission", 0)
    assert after["belay_calls_total sent"] - before.get("belay_calls_total sent", 0) >= 3
    assert after["belay_calls_total limited"] - before.get("belay_calls_total limited", 0) >= 1
    assert (after["belay_outbox_waiting"] > 0, after["belay_outbox_stuck"], after["belay_holds"]) == (True, 0, 0)
    text = get(stage, "/metrics").text
    assert [name for name in ("Acme", "Sara", "Summit") if name in text] == []


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_bot_is_ready_while_it_can_do_its_work(stage: Stage) -> None:
    assert (get(stage, "/readyz").status_code, get(stage, "/healthz").text) == (200, "ok\n")
    stage.sb.fault("error", method="chat.postMessage", error="token_revoked", times=100)
    stage.propose("Acme 100 Summit tent by 18 Jan")
    refused = get(stage, "/readyz")
    assert (refused.status_code, refused.text) == (503, "slack: token_revoked\n")


def test_bot_that_is_behind_or_without_its_database_is_not_ready(world: World) -> None:
    state = State(world.database, StoppedClock())
    assert seconds_behind(world.session, NOW) == 0
    row = queue(world.workspace, News.HOME, stream="U1", now=NOW - timedelta(seconds=MOST_BEHIND + 5))
    world.session.commit()
    assert state.obstacles() == ["delivery: 125 seconds behind"]
    # What waits for somebody to act is nothing that another bot would do better.
    postpone(row, until=NOW - timedelta(hours=1), error="is_archived", is_stuck=True)
    world.session.commit()
    assert state.obstacles() == []
    # Nor is what waits behind it.
    behind = queue(world.workspace, News.HOME, stream="U1", now=NOW - timedelta(hours=1))
    world.session.commit()
    assert state.obstacles() == []
    settle(row, now=NOW)
    world.session.commit()
    assert state.obstacles() == ["delivery: 3600 seconds behind"]
    leave(world.workspace, now=NOW)
    world.session.commit()
    assert state.obstacles() == []
    settle(behind, now=NOW)
    world.session.commit()
    broken = State(type(world.database)("sqlite:////nowhere/belay.db"), StoppedClock())
    assert broken.obstacles() == ["database: OperationalError"]


def test_workspace_whose_token_is_refused_stops_no_other(world: World) -> None:
    state = State(world.database, StoppedClock())
    row = queue(world.workspace, News.HOME, stream="U1", now=NOW - timedelta(hours=1))
    postpone(row, until=NOW, error="token_revoked", is_stuck=True)
    world.session.commit()
    assert state.obstacles() == ["slack: token_revoked"]
    assert replace(state, has_one_token=False).obstacles() == []
