"""Steps of workflows: an app is told of them without subscribing, and says what came of them, once and as promised."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import NotPossible
from tests.sandbox.stand import MANIFEST, Stand

WORDS = {"type": "string", "title": "Words"}
STEP = {
    "title": "Echo",
    "input_parameters": {"properties": {"words": WORDS}, "required": ["words"]},
    "output_parameters": {"properties": {"echo": WORDS}, "required": ["echo"]},
}
SETTINGS = {**MANIFEST["settings"], "function_runtime": "remote", "org_deploy_enabled": True}


def install(stand: Stand, **settings: Any) -> str:
    """An app with a step; answer its id."""
    app = stand.sb.do(
        "install", manifest={**MANIFEST, "functions": {"echo": STEP}, "settings": {**SETTINGS, **settings}}
    )
    return str(app["app_id"])


@pytest.fixture
def client(stand: Stand) -> WebClient:
    """What an app with a step calls Slack with, which has been asked to carry it out once."""
    app = stand.sb.do("install", manifest={**MANIFEST, "functions": {"echo": STEP}, "settings": SETTINGS})
    stand.sb.do("run_step", callback_id="echo", inputs={"words": "hello"}, app_id=app["app_id"])
    return WebClient(token=app["bot_token"], base_url=stand.client.base_url, retry_handlers=[])


def key(stand: Stand) -> str:
    return str(stand.sb.do("executions")[0]["id"])


def test_step_is_told_with_what_its_author_filled_in(stand: Stand, client: WebClient) -> None:
    assert client.token
    event = next(one["payload"]["event"] for one in stand.sb.requests() if one["kind"] == "function_executed")
    assert (event["function"]["callback_id"], event["inputs"]) == ("echo", {"words": "hello"})
    assert event["function_execution_id"] == key(stand)


def test_step_is_done_once_with_the_outputs_of_the_manifest(stand: Stand, client: WebClient) -> None:
    done = {"function_execution_id": key(stand), "outputs": {"echo": "hello"}}
    client.api_call("functions.completeSuccess", json=done)
    assert stand.sb.execution(key(stand))["state"] == "completed"
    assert stand.sb.execution(key(stand))["outputs"] == {"echo": "hello"}
    with pytest.raises(SlackApiError, match="execution_not_in_running_state"):
        client.api_call("functions.completeSuccess", json=done)


@pytest.mark.parametrize("outputs", [{}, {"echo": "a", "more": "b"}])
def test_outputs_that_were_not_promised_are_a_violation(
    stand: Stand, client: WebClient, outputs: dict[str, str]
) -> None:
    with pytest.raises(SlackApiError, match="parameter_validation_failed"):
        client.api_call("functions.completeSuccess", json={"function_execution_id": key(stand), "outputs": outputs})
    assert stand.sb.execution(key(stand))["state"] == "running"


def test_step_that_cannot_be_done_says_why(stand: Stand, client: WebClient) -> None:
    client.api_call("functions.completeError", json={"function_execution_id": key(stand), "error": "No echo here."})
    assert (stand.sb.execution(key(stand))["state"], stand.sb.execution(key(stand))["error"]) == (
        "failed",
        "No echo here.",
    )


def test_step_of_another_app_and_one_that_was_never_asked_for_are_not_found(stand: Stand, client: WebClient) -> None:
    for caller, execution in ((stand.client, key(stand)), (client, "Fx0NEVER")):
        with pytest.raises(SlackApiError, match="function_execution_not_found"):
            caller.api_call("functions.completeError", json={"function_execution_id": execution, "error": "no"})


@pytest.mark.parametrize(
    "settings", [{"function_runtime": "slack"}, {"org_deploy_enabled": False}], ids=["runtime", "organisations"]
)
def test_manifest_says_where_steps_run_and_that_organisations_may_have_them(
    stand: Stand, settings: dict[str, Any]
) -> None:
    with pytest.raises(NotPossible, match="functions need"):
        install(stand, **settings)


@pytest.mark.parametrize(("callback", "inputs"), [("nothing", {}), ("echo", {}), ("echo", {"words": "a", "more": "b"})])
def test_step_that_is_not_there_or_filled_in_otherwise_is_not_run(
    stand: Stand, callback: str, inputs: dict[str, str]
) -> None:
    app = install(stand)
    with pytest.raises(NotPossible):
        stand.sb.do("run_step", callback_id=callback, inputs=inputs, app_id=app)
