"""The bot with its API on the stage, and tokens for its people."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from models.api.tokens import Scope, make_token, tokens_of
from models.workspace.members import find_member
from models.workspace.workspaces import the_workspace
from tests.stage import Stage, staged
from tests.world import NOW

Asking = Callable[..., httpx.Client]


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, "http", has_api=True) as stage:
        yield stage


@pytest.fixture
def asking(stage: Stage) -> Iterator[Asking]:
    """Somebody's client of the API, with a token for these scopes; for all where none is named."""
    clients: list[httpx.Client] = []

    def client(name: str, *scopes: Scope) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token_of(stage, name, *scopes)}"}
        clients.append(httpx.Client(base_url=f"{stage.address}/api/v1", headers=headers, timeout=60))
        return clients[-1]

    yield client
    for each in clients:
        each.close()


def token_of(stage: Stage, name: str, *scopes: Scope) -> str:
    """A token that Lea has made for somebody."""
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        member, lea = (find_member(workspace, stage.people[who]) for who in (name, "Lea"))
        called = f"{name} {len(tokens_of(workspace))}"
        return make_token(workspace, name=called, member=member, scopes=scopes or list(Scope), by=lea, now=NOW).secret
