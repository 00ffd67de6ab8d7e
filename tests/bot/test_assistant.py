"""`belay mcp`, asked by the SDK's own client: it asks and drafts, and cannot decide."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from models.api.tokens import Scope
from tests.handlers.api.conftest import token_of
from tests.places import ROOT
from tests.stage import Stage, staged

ASKING = {"check_deal", "what_waits_for_me", "find_deals", "read_deal", "list_offers", "read_capacity"}
Asked = Callable[[Client], Coroutine[Any, Any, Any]]


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, "http", has_api=True) as stage:
        yield stage


def asked(stage: Stage, ask: Asked, *scopes: Scope, name: str = "Sara") -> Any:
    """What the client of an assistant finds, with a token for somebody."""
    environment = {"BELAY_URL": stage.address, "BELAY_TOKEN": token_of(stage, name, *scopes), "PYTHONPATH": str(ROOT)}
    server = StdioServerParameters(command=sys.executable, args=["-m", "bot", "mcp"], env=environment, cwd=ROOT)

    async def run() -> Any:
        async with Client(server) as client:
            return await ask(client)

    return asyncio.run(run())


def test_assistant_asks_and_drafts(stage: Stage) -> None:
    stage.propose("60 Summit tent for Acme by 2027-01-25")

    async def ask(client: Client) -> list[Any]:
        lines = [{"offer": "Summit tent", "quantity": 2000, "by": "2027-01-20"}]
        return [
            await client.call_tool("check_deal", {"lines": lines}),
            await client.call_tool("what_waits_for_me", {}),
            await client.call_tool("read_deal", {"number": 1}),
            await client.call_tool("draft_deal", {"words": "20 Summit tent for Beta by 2027-02-22"}),
        ]

    checked, waiting, deal, drafted = (answer.structured_content for answer in asked(stage, ask))
    assert checked["fit"]["verdict"] == "short"
    assert checked["ways"]
    assert waiting["deals"] == []
    assert (deal["customer"], deal["state"]) == ("Acme", "proposed")
    assert "Fits." in drafted["sentence"]
    stage.sb.settle()
    assert "Nothing is posted yet." in stage.person("Sara").dm()[-1].as_text()


def test_assistant_has_no_tool_that_decides(stage: Stage) -> None:
    async def ask(client: Client) -> Any:
        return await client.list_tools()

    tools = {tool.name: tool.annotations for tool in asked(stage, ask).tools}
    assert set(tools) == ASKING | {"draft_deal"}
    assert {name for name, about in tools.items() if about and about.read_only_hint} == ASKING


def test_scopes_and_roles_hold_for_an_assistant_too(stage: Stage) -> None:
    async def ask(client: Client) -> list[Any]:
        words = {"words": "20 Summit tent for Beta by 2027-02-22"}
        return [await client.call_tool("draft_deal", words), await client.call_tool("list_offers", {})]

    drafted, offers = asked(stage, ask, Scope.READ_COMPANY)
    assert drafted.is_error
    assert "may not be used for deals:propose" in drafted.content[0].text
    assert not offers.is_error
    drafted, _ = asked(stage, ask, name="Olga")
    assert "Deals are proposed by sales." in drafted.content[0].text
