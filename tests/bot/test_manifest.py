"""The manifest fits its schema, and asks for what is needed."""

import json

import jsonschema
import pytest

from bot.cli import main
from bot.manifest import REDIRECT, manifest
from handlers.api.workflow import STEPS
from models.words.asking import Topic, asked_in
from tests.handlers.slack.test_web_calls import in_the_code, read

OF_CONVERSATIONS = {
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "conversations.open": {"im:write"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.create": {"channels:manage"},
    "conversations.invite": {"channels:manage"},
}
# What no method asks for, but commands, files of forms, and the event of a mention do.
BESIDES = {"commands", "files:read", "app_mentions:read"}


@pytest.mark.parametrize("is_socket_mode", [True, False])
def test_scopes_are_those_that_the_methods_need(is_socket_mode: bool) -> None:
    reference = read("slack_web_api.json")
    needed = set(BESIDES)
    for name in in_the_code(reference):
        accepted = set(reference[name]["scope"].get("bot", ()))
        chosen = OF_CONVERSATIONS.get(name, accepted)
        assert chosen <= accepted
        assert name in OF_CONVERSATIONS or len(accepted) <= 1
        needed |= chosen
    assert set(manifest(is_socket_mode=is_socket_mode)["oauth_config"]["scopes"]["bot"]) == needed


@pytest.mark.parametrize("is_for_several", [True, False])
@pytest.mark.parametrize("has_steps", [True, False])
@pytest.mark.parametrize("has_agent_view", [True, False])
@pytest.mark.parametrize("is_socket_mode", [True, False])
def test_manifest_fits_its_schema(
    is_socket_mode: bool, has_agent_view: bool, has_steps: bool, is_for_several: bool
) -> None:
    schema = read("manifest.schema.2.0.0.json")
    validator = jsonschema.validators.validator_for(schema)(schema)
    made = manifest(
        is_socket_mode=is_socket_mode,
        has_agent_view=has_agent_view,
        has_steps=has_steps,
        is_for_several=is_for_several,
    )
    assert [error.message for error in validator.iter_errors(made)] == []


def test_agent_view_is_there_when_asked_for_and_its_prompts_are_read() -> None:
    plain, agent = manifest(), manifest(has_agent_view=True)
    assert "agent_view" not in plain["features"]
    more = set(agent["oauth_config"]["scopes"]["bot"]) - set(plain["oauth_config"]["scopes"]["bot"])
    prompts = agent["features"]["agent_view"]["suggested_prompts"]
    assert more == {"assistant:write"}
    assert [asked_in(prompt["message"]).topic for prompt in prompts] == [
        *(Topic.HELP, Topic.WAITING, Topic.OPEN, Topic.OWN)
    ]


def test_steps_of_workflows_are_there_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["manifest", "--steps"])
    made = json.loads(capsys.readouterr().out)
    assert made["functions"].keys() == STEPS.keys()
    assert (made["settings"]["function_runtime"], made["settings"]["org_deploy_enabled"]) == ("remote", True)
    assert "functions" not in manifest()


def test_manifest_for_several_says_where_slack_comes_back() -> None:
    one, several = (manifest(is_socket_mode=False, is_for_several=which) for which in (False, True))
    assert "redirect_urls" not in one["oauth_config"]
    assert several["oauth_config"]["redirect_urls"] == [f"https://belay.example.com{REDIRECT}"]
    assert [made["settings"]["org_deploy_enabled"] for made in (one, several)] == [False, True]


def test_several_workspaces_install_it_over_http(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--several"]) == 2
    assert capsys.readouterr().err == "belay: Several workspaces install it over HTTP: say where, with --http.\n"
    assert main(["manifest", "--several", "--http", "https://b.example/slack/events"]) == 0
    assert "https://b.example/slack/oauth_redirect" in capsys.readouterr().out
