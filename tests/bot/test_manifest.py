"""The manifest fits its schema, and asks for what is needed."""

import jsonschema
import pytest

from bot.manifest import manifest
from tests.handlers.slack.test_web_calls import in_the_code, read

OF_CONVERSATIONS = {
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "conversations.open": {"im:write"},
    "conversations.info": {"channels:read", "groups:read"},
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


@pytest.mark.parametrize("is_socket_mode", [True, False])
def test_manifest_fits_its_schema(is_socket_mode: bool) -> None:
    schema = read("manifest.schema.2.0.0.json")
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(manifest(is_socket_mode=is_socket_mode))] == []
