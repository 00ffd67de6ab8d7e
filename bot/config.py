"""Settings: read once from the environment and `.env`, typed, refused with the list of everything wrong."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.keys import Keys
from models.base.errors import Refused

DSN = re.compile(r"https?://[^\s@/:]+(?::[^\s@/]+)?@[^\s@/:]+(?::\d{1,5})?(?:/[^\s/]+)*/\d+")

SHORTEST_KEY = 16


@dataclass(frozen=True)
class Config:
    """What the environment says; `.env.example` explains each."""

    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_client_id: str = ""
    slack_client_secret: str = ""
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///belay.db"
    belay_admins: frozenset[str] = frozenset()
    belay_clock_url: str = ""
    belay_keys: Keys = field(default=Keys(), repr=False)
    belay_history_key: str = field(default="", repr=False)
    belay_url: str = ""
    belay_per_minute: int = 60
    belay_api: bool = False
    belay_api_per_minute: int = 300
    belay_private_webhooks: bool = False
    belay_token: str = field(default="", repr=False)
    belay_log: str = "text"
    sentry_dsn: str = ""
    belay_host: str = "127.0.0.1"
    port: int = 8030
    no_browser: bool = False

    @property
    def is_installed_by_oauth(self) -> bool:
        """Whether workspaces install it from /slack/install, any number of them."""
        return bool(self.slack_client_id)

    @property
    def has_http(self) -> bool:
        """Whether it serves HTTP: what Slack posts, what somebody installs it by, or the API."""
        return not self.is_socket_mode or self.is_installed_by_oauth or self.belay_api

    @property
    def is_socket_mode(self) -> bool:
        """Socket Mode needs no public address and is taken where there is an app-level token."""
        return bool(self.slack_app_token)


def names() -> list[str]:
    """The settings as the environment names them."""
    return [setting.name.upper() for setting in fields(Config)]


def read_config(environment: Mapping[str, str] | None = None) -> Config:
    """Read the settings; what is malformed is refused in one sentence for each."""
    given = _given() if environment is None else environment
    wrong: list[str] = []
    config = Config(
        slack_bot_token=_token(given, "SLACK_BOT_TOKEN", "xoxb-", wrong),
        slack_app_token=_token(given, "SLACK_APP_TOKEN", "xapp-", wrong),
        slack_signing_secret=given.get("SLACK_SIGNING_SECRET", ""),
        slack_client_id=given.get("SLACK_CLIENT_ID", ""),
        slack_client_secret=given.get("SLACK_CLIENT_SECRET", ""),
        slack_api_url=_address(given, "SLACK_API_URL", Config.slack_api_url, wrong),
        database_url=_database(given, wrong),
        belay_admins=_people(given, wrong),
        belay_clock_url=_address(given, "BELAY_CLOCK_URL", "", wrong),
        belay_keys=_keys(given, wrong),
        belay_history_key=_history_key(given, wrong),
        belay_url=_address(given, "BELAY_URL", "", wrong).rstrip("/"),
        belay_per_minute=_number(given, "BELAY_PER_MINUTE", Config.belay_per_minute, 100_000, wrong),
        belay_api=_is_on(given, "BELAY_API"),
        belay_api_per_minute=_number(given, "BELAY_API_PER_MINUTE", Config.belay_api_per_minute, 100_000, wrong),
        belay_private_webhooks=_is_on(given, "BELAY_PRIVATE_WEBHOOKS"),
        belay_token=_token(given, "BELAY_TOKEN", "belay_", wrong),
        belay_log=_log(given, wrong),
        sentry_dsn=_sentry(given, wrong),
        belay_host=_host(given, wrong),
        port=_number(given, "PORT", Config.port, 65535, wrong),
        no_browser=_is_on(given, "NO_BROWSER"),
    )
    if wrong:
        raise Refused(" ".join(wrong))
    return config


def missing_to_run(config: Config) -> list[str]:
    """What `belay run` cannot do without, a sentence each."""
    missing: list[str] = []
    if config.is_installed_by_oauth:
        missing += _missing_to_install(config)
    elif not config.slack_bot_token:
        missing.append("SLACK_BOT_TOKEN is missing: the bot token of the installed app (xoxb-…).")
    if not config.slack_app_token and not config.slack_signing_secret:
        missing.append("SLACK_APP_TOKEN (xapp-…, for Socket Mode) or SLACK_SIGNING_SECRET (for HTTP) is missing.")
    if config.sentry_dsn and not find_spec("sentry_sdk"):
        missing.append("SENTRY_DSN needs sentry-sdk, which is not installed: install `belay[sentry]`.")
    return missing


def _missing_to_install(config: Config) -> Iterator[str]:
    if config.slack_bot_token:
        yield "SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for several: give one of them."
    if not config.slack_client_secret:
        yield "SLACK_CLIENT_SECRET is missing: it goes with SLACK_CLIENT_ID."
    if not config.belay_keys:
        yield "BELAY_KEYS is missing: tokens are kept encrypted. `belay keys new` makes a key."


def environment(**more: str) -> dict[str, str]:
    """What a tool that Belay starts finds in its environment."""
    return dict(os.environ) | more


def _given() -> dict[str, str]:
    from_file = {key: value for key, value in dotenv_values(Path.cwd() / ".env").items() if value is not None}
    return from_file | dict(os.environ)


def _token(given: Mapping[str, str], name: str, prefix: str, wrong: list[str]) -> str:
    value = given.get(name, "")
    if value and not value.startswith(prefix):
        wrong.append(f"{name} should begin with {prefix}.")
    return value


def _address(given: Mapping[str, str], name: str, default: str, wrong: list[str]) -> str:
    value = given.get(name, "") or default
    if value and not value.startswith(("https://", "http://")):
        wrong.append(f"{name} should be a web address, such as {Config.slack_api_url}.")
    return value


def _database(given: Mapping[str, str], wrong: list[str]) -> str:
    value = given.get("DATABASE_URL", "") or Config.database_url
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        wrong.append("DATABASE_URL should begin with sqlite:/// or postgresql://.")
        return value
    try:
        urlsplit(value).port  # noqa: B018 - reading it is the check
        make_url(value)
    except (ArgumentError, ValueError):
        wrong.append("DATABASE_URL should be like postgresql://user:password@host:5432/name.")
    return value


def _people(given: Mapping[str, str], wrong: list[str]) -> frozenset[str]:
    people = frozenset(given.get("BELAY_ADMINS", "").replace(",", " ").split())
    if not all(person[:1] in {"U", "W"} for person in people):
        wrong.append("BELAY_ADMINS should be Slack user ids (U…), with commas between them.")
    return people


def _history_key(given: Mapping[str, str], wrong: list[str]) -> str:
    key = given.get("BELAY_HISTORY_KEY", "")
    if key and len(key) < SHORTEST_KEY:
        wrong.append(f"BELAY_HISTORY_KEY should be at least {SHORTEST_KEY} characters that nobody can guess.")
    return key


def _keys(given: Mapping[str, str], wrong: list[str]) -> Keys:
    try:
        return Keys.read(given.get("BELAY_KEYS", ""))
    except ValueError:
        wrong.append(
            "BELAY_KEYS should be like 1:… as `belay keys new` writes them, the newest first, with commas between them."
        )
        return Keys()


def _log(given: Mapping[str, str], wrong: list[str]) -> str:
    value = given.get("BELAY_LOG", "") or Config.belay_log
    if value not in {"text", "json"}:
        wrong.append("BELAY_LOG should be text or json.")
    return value


def _sentry(given: Mapping[str, str], wrong: list[str]) -> str:
    value = given.get("SENTRY_DSN", "")
    if value and not DSN.fullmatch(value):
        wrong.append("SENTRY_DSN should be like https://key@host/1, as the project's settings at Sentry show it.")
    return value


def _host(given: Mapping[str, str], wrong: list[str]) -> str:
    value = given.get("BELAY_HOST", "") or Config.belay_host
    if value.lower() == "localhost":
        return Config.belay_host
    try:
        return str(ip_address(value))
    except ValueError:
        wrong.append("BELAY_HOST should be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.")
        return Config.belay_host


def _is_on(given: Mapping[str, str], name: str) -> bool:
    return given.get(name, "") not in {"", "0"}


def _number(given: Mapping[str, str], name: str, default: int, most: int, wrong: list[str]) -> int:
    value = given.get(name, "") or str(default)
    if not (value.isascii() and value.isdecimal()) or not 0 <= int(value) <= most:
        wrong.append(f"{name} should be a number from 0 to {most}.")
        return default
    return int(value)
