"""The bot as it is put together: whom it knows when it has started, and whom it lets in."""

import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import select

from bot.app import Bot, build
from bot.config import Config
from models.base.errors import Refused
from models.workspace.members import Member
from models.workspace.workspaces import Workspace, the_workspace
from sandbox.client import App, Sandbox
from sandbox.server import RunningSandbox
from tests.handlers.slack.conftest import headers_of, post_to
from tests.places import ROOT
from tests.templates import begun

URL = "https://belay.example/slack/events"


def test_bot_that_is_built_does_nothing_until_it_is_started(bot: Bot, sb: Sandbox) -> None:
    assert (sb.calls(), sb.followers(), bot.socket) == ([], [], None)
    with bot.database.reading() as session:
        assert session.scalars(select(Workspace)).all() == []


def test_bot_that_has_started_knows_its_workspace_and_everybody_in_it(bot: Bot, sb: Sandbox, app: App) -> None:
    users = [sb.add_person("Sara", tz="America/Denver"), sb.add_person("Lea", tz="Europe/Berlin", admin=True)]
    bot.start()
    bot.wait_for_people()
    with bot.database.reading() as session:
        workspace = the_workspace(session)
        assert (workspace.team_id, workspace.bot_user_id) == (app.team_id, app.bot_user_id)
        members = session.scalars(select(Member).where(Member.user_id.in_(users)).order_by(Member.id))
        known = {member.name: (member.timezone, member.is_slack_admin, member.roles) for member in members}
    bot.stop()
    assert known == {"Sara": ("America/Denver", False, frozenset()), "Lea": ("Europe/Berlin", True, frozenset())}
    # Nobody waits for a bot that has stopped.
    assert sb.followers() == []


def test_token_that_slack_does_not_accept_is_said_and_nothing_is_kept(box: RunningSandbox, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'b.db'}"
    bot = build(Config(slack_bot_token="xoxb-false", slack_api_url=box.api_url, database_url=begun(url)))
    with pytest.raises(Refused) as refused:
        bot.start()
    assert refused.value.sentence == "Slack does not accept SLACK_BOT_TOKEN: invalid_auth."
    with bot.database.reading() as session:
        assert session.scalars(select(Workspace)).all() == []
    bot.database.close()


def test_command_of_a_workspace_that_is_not_known_goes_no_further(bot: Bot, app: App, sb: Sandbox) -> None:
    bot.start()
    answers = [command(bot, app, team) for team in (app.team_id, "T0ELSEWHERE", "")]
    bot.stop()
    assert json.loads(answers[0])["text"].startswith("Deals are for people with a role.")
    assert answers[1:] == ["Belay is not installed in this workspace."] * 2


def command(bot: Bot, app: App, team: str) -> str:
    """What the bot answers to `/deal 1`, signed as Slack signs."""
    body = {"command": "/deal", "text": "1", "team_id": team, "user_id": "U0NOBODY", "trigger_id": f"1.{team}"}
    content = urlencode(body | {"api_app_id": app.app_id}).encode()
    headers = headers_of(SignatureVerifier(app.signing_secret), content, int(time.time()))
    return post_to(bot, content, headers).text


def test_http_door_takes_nothing_where_there_is_no_signing_secret(tmp_path: Path) -> None:
    config = Config(slack_bot_token="xoxb-1", slack_app_token="xapp-1", database_url=f"sqlite:///{tmp_path / 'b.db'}")
    bot = build(config)
    content = b"command=%2Fdeal&team_id=T1&user_id=U1"
    # Whoever reads the source knows the words that stand in for a secret.
    answer = post_to(bot, content, headers_of(SignatureVerifier("none: Socket Mode"), content, int(time.time())))
    bot.database.close()
    assert answer.status_code in {401, 404}


def test_bot_has_imported_what_a_click_needs_before_it_listens() -> None:
    code = "import sys; from bot import app; app.warm_up(); print('ortools.sat.python.cp_model' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ended.stdout.split() == ["True"]
