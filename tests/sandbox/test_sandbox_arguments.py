"""The embedded table of arguments is Slack's."""

import json
from typing import Any

import pytest

from sandbox.api.arguments import ARGUMENTS, REQUIRED
from sandbox.api.call import METHODS
from tests.places import DATA

METHODS_FILE = DATA / "slack_web_api.json"
KNOWN = (
    "api.test apps.connections.open auth.test chat.delete chat.getPermalink chat.postEphemeral chat.postMessage "
    "chat.update conversations.create conversations.history conversations.info conversations.invite conversations.join "
    "conversations.list conversations.members "
    "conversations.open conversations.replies files.completeUploadExternal files.getUploadURLExternal files.info "
    "functions.completeError functions.completeSuccess "
    "usergroups.list usergroups.users.list users.info users.list views.open views.publish views.push views.update"
)


@pytest.fixture(scope="module")
def documented() -> dict[str, Any]:
    if not METHODS_FILE.exists():
        pytest.skip("../shared/data/slack_web_api.json is not here")
    found: dict[str, Any] = json.loads(METHODS_FILE.read_text())
    return found


def test_the_sandbox_knows_these_methods_and_no_others() -> None:
    assert sorted(METHODS) == sorted(ARGUMENTS) == sorted(KNOWN.split())


@pytest.mark.parametrize("method", ARGUMENTS)
def test_the_arguments_of_a_method_are_the_documented_ones(method: str, documented: dict[str, Any]) -> None:
    assert sorted(ARGUMENTS[method].split()) == sorted(documented[method]["args"])
    assert sorted(REQUIRED.get(method, "").split()) == sorted(documented[method]["required"])


@pytest.mark.parametrize("method", ARGUMENTS)
def test_the_scopes_of_a_method_are_documented(method: str, documented: dict[str, Any]) -> None:
    assert set(METHODS[method].scopes) <= set(documented[method]["scope"].get("bot", []))
