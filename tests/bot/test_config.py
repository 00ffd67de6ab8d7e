"""Settings: one example that names them all, one refusal that names everything wrong."""

import re
from pathlib import Path

import pytest

from bot.config import Config, missing_to_run, names, read_config
from bot.keys import Keys
from models.base.errors import Refused
from tests.places import ROOT

EXAMPLE = ROOT / ".env.example"
ASSIGNMENT = re.compile(r"^([A-Z_]+)=(.*)$")
KEY = "A" * 43 + "="
WRONG = {
    "SLACK_BOT_TOKEN": "xoxp-1",
    "SLACK_APP_TOKEN": "xoxb-1",
    "SLACK_API_URL": "slack.com/api",
    "DATABASE_URL": "mysql://localhost/belay",
    "BELAY_ADMINS": "U1, olga",
    "BELAY_CLOCK_URL": "localhost:8030",
    "BELAY_KEYS": "secret",
    "BELAY_URL": "belay.example.com",
    "BELAY_LOG": "xml",
    "SENTRY_DSN": "https://sentry.example.com/1",
    "BELAY_HOST": "belay.example.com:80",
    "PORT": "http",
}


def test_example_names_exactly_the_settings_in_their_order() -> None:
    assert [found[1] for line in _example() if (found := ASSIGNMENT.match(line))] == names()


def test_example_explains_each_setting_above_it() -> None:
    lines = _example()
    bare = [
        line for above, line in zip(["", *lines], lines, strict=False) if ASSIGNMENT.match(line) and above[:2] != "# "
    ]
    assert bare == []


def test_example_as_it_stands_gives_the_defaults() -> None:
    given = {found[1]: found[2] for line in _example() if (found := ASSIGNMENT.match(line))}
    assert read_config(given) == Config()


def test_refusal_names_every_malformed_setting_at_once() -> None:
    with pytest.raises(Refused) as refused:
        read_config(WRONG)
    assert [name for name in names() if name in refused.value.sentence] == list(WRONG)


@pytest.mark.parametrize("name", WRONG)
def test_malformed_setting_alone_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_config({name: WRONG[name]})
    assert refused.value.sentence.startswith(f"{name} should ")
    assert [other for other in names() if other in refused.value.sentence] == [name]


@pytest.mark.parametrize("port", ["-1", "65536", "80.5", "²", "٨٠٣٠x", "0x50"])
def test_port_that_is_no_port_is_refused(port: str) -> None:
    with pytest.raises(Refused, match=r"^PORT should be a number from 0 to 65535\.$"):
        read_config({"PORT": port})


@pytest.mark.parametrize("url", ["postgresql://host:port/belay", "postgresql://[host/belay"])
def test_database_address_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(Refused, match=r"^DATABASE_URL should "):
        read_config({"DATABASE_URL": url})


def test_settings_are_read_with_their_types() -> None:
    given = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_SIGNING_SECRET": "secret",
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "secret",
        "SLACK_API_URL": "https://slack-gov.com/api/",
        "DATABASE_URL": "postgresql://belay@db/belay",
        "BELAY_ADMINS": "U1, W2 U3",
        "BELAY_CLOCK_URL": "http://127.0.0.1:9/clock",
        "BELAY_KEYS": f"1:{KEY}",
        "BELAY_HISTORY_KEY": "nobody can guess it",
        "BELAY_URL": "https://belay.example.com/",
        "BELAY_PER_MINUTE": "30",
        "BELAY_API": "1",
        "BELAY_API_PER_MINUTE": "90",
        "BELAY_PRIVATE_WEBHOOKS": "1",
        "BELAY_TOKEN": "belay_x",
        "BELAY_LOG": "json",
        "SENTRY_DSN": "https://key@sentry.example.com/1",
        "BELAY_HOST": "::1",
        "PORT": "80",
        "NO_BROWSER": "1",
    }
    assert list(given) == names()
    assert read_config(given) == Config(
        slack_bot_token="xoxb-1",
        slack_app_token="xapp-1",
        slack_signing_secret="secret",
        slack_client_id="1.2",
        slack_client_secret="secret",
        slack_api_url="https://slack-gov.com/api/",
        database_url="postgresql://belay@db/belay",
        belay_admins=frozenset({"U1", "W2", "U3"}),
        belay_clock_url="http://127.0.0.1:9/clock",
        belay_keys=Keys((("1", bytes(32)),)),
        belay_history_key="nobody can guess it",
        belay_url="https://belay.example.com",
        belay_per_minute=30,
        belay_api=True,
        belay_api_per_minute=90,
        belay_private_webhooks=True,
        belay_token="belay_x",
        belay_log="json",
        sentry_dsn="https://key@sentry.example.com/1",
        belay_host="::1",
        port=80,
        no_browser=True,
    )


@pytest.mark.parametrize(("said", "is_without"), [("", False), ("0", False), ("1", True), ("yes", True)])
def test_no_browser_is_anything_but_zero(said: str, is_without: bool) -> None:
    assert read_config({"NO_BROWSER": said}).no_browser is is_without


def test_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in names():
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text("PORT=8001\nBELAY_ADMINS=U1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "8002")
    assert read_config() == Config(port=8002, belay_admins=frozenset({"U1"}))


def test_running_takes_a_bot_token_and_one_of_the_two_doors() -> None:
    assert [sentence.split()[0] for sentence in missing_to_run(Config())] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert missing_to_run(Config(slack_bot_token="xoxb-1", slack_app_token="xapp-1")) == []
    assert missing_to_run(Config(slack_bot_token="xoxb-1", slack_signing_secret="secret")) == []


def _example() -> list[str]:
    return EXAMPLE.read_text().splitlines()


TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
CLIENT = {"SLACK_CLIENT_ID": "1.2", "SLACK_APP_TOKEN": "xapp-1"}
WHOLE = {**CLIENT, "SLACK_CLIENT_SECRET": "s", "BELAY_KEYS": f"1:{KEY}"}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        (TOKENS, []),
        (CLIENT, ["SLACK_CLIENT_SECRET", "BELAY_KEYS"]),
        ({**WHOLE, **TOKENS}, ["SLACK_BOT_TOKEN"]),
        (WHOLE, []),
    ],
)
def test_what_is_missing_to_run_is_named(given: dict[str, str], missing: list[str]) -> None:
    assert [sentence.split()[0] for sentence in missing_to_run(read_config(given))] == missing
