"""What the bot asks of Slack, held against Slack's own reference: methods, arguments, scopes, and the manifest."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.handlers.looking import submit_seen
from tests.places import DATA, ROOT
from tests.stage import OPS, Stage, staged

UNINVITED = "lamps-ops"
# Bolt's client names the team in every call, which Slack takes everywhere.
BY_BOLT = {"team_id"}
# Where a method takes any of several scopes: those of the conversations that Belay writes to, which are public and
# private channels and the direct messages that it opens.
# What one word of the client's calls.
BEHIND = {"files_upload_v2": {"files.getUploadURLExternal", "files.completeUploadExternal"}}
# What no method asks for: commands and shortcuts, and the download of a file that somebody handed in.
# A public channel is joined, so that chat:write.public is not needed.
ONLY_BY_SOCKET = {"apps.connections.open"}
# Installing by OAuth is played in tests/bot/test_installations.py.
ONLY_BY_OAUTH = {"oauth.v2.access"}


def read(name: str) -> Any:
    """A file of Slack's reference."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not in {DATA}")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reference() -> Any:
    """Arguments and scopes of each method."""
    return read("slack_web_api.json")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The stage after a day on which everything happened."""
    url = f"sqlite:///{tmp_path_factory.mktemp('calls') / 'belay.db'}"
    with staged(url, "http", has_steps=True) as stage:
        set_up(stage)
        propose_from_home(stage)
        negotiate(stage)
        end_badly(stage)
        lose_replies(stage)
        look_around(stage)
        steer_capacity(stage)
        keep_time(stage)
        run_workflows(stage)
        yield stage


def set_up(stage: Stage) -> None:
    """Roles, channels and the state of the set-up; what is not one's own is refused."""
    lea, sara = stage.person("Lea"), stage.person("Sara")
    for line in ("/belay", "/belay help", "/deal help", "/sop help"):
        assert lea.command(OPS, line).ok
    stage.sb.add_usergroup("emea-sales", "EMEA sales", [stage.people["Sara"]])
    lea.command(OPS, "/belay roles")
    stage.sb.settle()
    lea.press("Fill in from user groups")
    stage.sb.settle()
    lea.fill_by_label("Finance", [stage.people["Gus"]])
    assert lea.submit().ok
    stage.sb.settle()
    lea.command(OPS, "/belay channels")
    stage.sb.settle()
    lea.fill_by_label("Lamps", stage.sb.add_channel(UNINVITED, list(stage.people.values())))
    assert lea.submit().ok
    lea.command(OPS, "/belay channels")
    stage.sb.settle()
    lea.press("Make a new channel…")
    stage.sb.settle()
    lea.fill_by_label("Name", "Deal desk")
    assert lea.submit().ok
    stage.sb.settle()
    lea.close()
    lea.fill_by_label("All families without a channel of their own", OPS)
    assert lea.submit().ok
    sara.command(OPS, "/belay roles")
    stage.sb.settle()
    sara.close()


def propose_from_home(stage: Stage) -> None:
    """The button of the home, and every way to change the form."""
    sara, settle = stage.person("Sara"), stage.sb.settle
    for name in ("Sara", "Olga", "Gus"):
        stage.person(name).open_home()
    sara.press("Propose a deal", in_=sara.home())
    settle()
    sara.fill_by_label("Customer", "Acme")
    for button in ("Add a line", "remove_line.1"):
        sara.press(button)
        settle()
    sara.choose("Offer", "Summit tent")
    settle()
    sara.enter("Quantity", 100)
    settle()
    sara.fill_by_label("Delivery, in the week of", "2027-01-18")
    settle()
    sara.press("Check")
    settle()
    assert sara.submit().ok
    settle()


def negotiate(stage: Stage) -> None:
    """Ask, answer, join the call, counter, counter back, accept, change, win, deliver."""
    sara, olga, settle = stage.person("Sara"), stage.person("Olga"), stage.sb.settle
    for person, to in ((olga, sara), (sara, olga)):
        card = {"Olga": stage.card, "Sara": lambda: stage.own_card("Sara")}
        person.press("Ask…", in_=card[person.name]())
        settle()
        person.fill("question", "How soon?")
        assert person.submit().ok
        settle()
        to.press("Answer…", in_=card[to.name]())
        settle()
        to.fill("answer", "Soon.")
        assert to.submit().ok
        settle()
    olga.press("Join the call", in_=stage.card())
    settle()
    sara.press("Set the call…", in_=stage.own_card("Sara"))
    settle()
    assert sara.submit().ok
    olga.choose("more.1", "Show the numbers", in_=stage.card())
    settle()
    olga.close()
    change_terms(stage, "Olga", "Counter…", 90)
    change_terms(stage, "Sara", "Counter back…", 95)
    change_terms(stage, "Olga", "Counter…", 92)
    sara.press("Accept", in_=stage.own_card("Sara"))
    settle()
    change_terms(stage, "Sara", "Change…", 93)
    olga.press("Approve", in_=stage.card())
    settle()
    sara.press("Won", in_=stage.own_card("Sara"))
    settle()
    olga.press("Delivered…", in_=stage.card())
    settle()
    assert olga.submit().ok
    settle()
    assert stage.state() == "delivered"


def change_terms(stage: Stage, name: str, button: str, quantity: int) -> None:
    """Open a form of terms, change the quantity, and send it."""
    person = stage.person(name)
    person.press(button, in_=stage.card() if name == "Olga" else stage.own_card(name))
    stage.sb.settle()
    person.enter("Quantity", quantity)
    stage.sb.settle()
    assert person.submit().ok
    stage.sb.settle()


def end_badly(stage: Stage) -> None:
    """Decline too early, decline by leadership, withdraw; one deal comes from a message, one from a shortcut."""
    olga, sara, settle = stage.person("Olga"), stage.person("Sara"), stage.sb.settle
    stage.propose("Borealis 10 Ridge tent by 18 Jan at 10% off")
    olga.choose("more.2", "Decline…", in_=stage.card(2))
    settle()
    olga.close()
    olga.press("Counter…", in_=stage.card(2))
    settle()
    olga.fill_by_label("A word to the seller", "This is all.")
    settle()
    assert olga.submit().ok
    settle()
    stage.sb.turn(by=timedelta(days=30))
    olga.choose("more.2", "Decline…", in_=stage.card(2))
    settle()
    olga.fill_by_label("Reason", "Other")
    olga.fill("why", "No.")
    assert olga.submit().ok
    settle()
    assert stage.state(2) == "declined"
    stage.propose("Cirrus 10 Ridge tent by 18 Jan")
    sara.press("Withdraw", in_=stage.own_card("Sara", 3))
    settle()
    assert stage.state(3) == "withdrawn"
    said = sara.say(OPS, "They want 10 tents & more.")
    sara.message_shortcut("propose_message", OPS, said)
    settle()
    sara.close()
    sara.shortcut("propose_deal")
    settle()
    sara.close()


def lose_replies(stage: Stage) -> None:
    """Slack's answers to three posts are lost: the channel's card, the seller's card and the thread are looked for."""
    stage.sb.fault("lost_reply", "chat.postMessage", times=3)
    stage.propose("Delta 10 Ridge tent by 18 Jan")
    stage.sb.turn(by=timedelta(minutes=10))
    assert stage.thread(4) == ["Sara proposed this deal."]


def steer_capacity(stage: Stage) -> None:
    """The coming weeks, a week to adjust, a CSV."""
    olga, settle = stage.person("Olga"), stage.sb.settle
    assert olga.command(OPS, "/capacity help").ok
    olga.command(OPS, "/capacity Assembly")
    settle()
    olga.press("Adjust a week…")
    settle()
    olga.enter("In the week of", "2027-03-01")
    settle()
    olga.enter("Available, in hours", "320")
    settle()
    olga.fill_by_label("Why?", "Maintenance")
    settle()
    assert olga.submit().ok
    settle()
    olga.command(OPS, "/capacity import")
    settle()
    olga.attach("The file", ("weeks.csv", b"resource,week,available\nAssembly,2027-03-08,300\n"))
    submit_seen(olga, settle)
    modal = olga.modal()
    assert modal is not None
    assert "Imported 1 week." in modal.as_text()
    assert len(stage.sb.calls("download")) == 2


def keep_time(stage: Stage) -> None:
    """A schedule, a digest with its picture, words in a thread, a reminder that is put off."""
    lea, olga, settle = stage.person("Lea"), stage.person("Olga"), stage.sb.settle
    lea.command(OPS, "/belay schedules")
    settle()
    lea.press("Add a schedule…")
    settle()
    lea.choose("What", "Scoreboard")
    lea.choose("Where", OPS)
    settle()
    assert lea.submit().ok
    settle()
    lea.close()
    lea.press("Post now")
    settle()
    assert any(message.text.startswith("Scoreboard") for message in stage.sb.channel(OPS))
    stage.propose("Gale 10 Ridge tent by 15 Feb")
    olga.say(OPS, "ok", thread_ts=stage.card(6).ts)
    settle()
    stage.sb.turn(by=timedelta(days=1))
    olga.press("snooze.6", in_=olga.dm()[-1])
    settle()
    assert olga.submit().ok
    settle()


def run_workflows(stage: Stage) -> None:
    """A step that is done at once, and one that cannot be done."""
    for deal in ("Acme 1 Summit tent by 18 Jan", "nothing that is sold"):
        stage.sb.run_step("check_deal_step", person=stage.people["Sara"], deal=deal)
    stage.sb.settle()


def look_around(stage: Stage) -> None:
    """A channel that nobody invited Belay to; lists, one deal, homes; a click that is refused."""
    stage.propose("Echo 1 Scarce lamp by 18 Jan", by="Pete")
    assert len(stage.sb.channel(UNINVITED)) == 1
    for name in ("Sara", "Olga", "Gus"):
        person = stage.person(name)
        for line in ("/deal list", "/deal show 4", "/deal show x"):
            assert person.command(OPS, line).ok
        person.open_home()
    stage.person("Gus").press("Approve", in_=stage.card(4))
    stage.person("Gus").press("Counter…", in_=stage.card(4))
    stage.sb.settle()


def test_calls_use_documented_arguments(played: Stage, reference: Any) -> None:
    calls = methods_called(played)
    unknown = {(c["method"], *(set(c["args"]) - set(reference[c["method"]]["args"]) - BY_BOLT)) for c in calls}
    assert {call for call in unknown if len(call) > 1} == set()
    missing = {(c["method"], *(set(reference[c["method"]]["required"]) - set(c["args"]))) for c in calls}
    assert {call for call in missing if len(call) > 1} == set()


def test_calls_cover_every_method_in_the_code(played: Stage, reference: Any) -> None:
    assert {call["method"] for call in methods_called(played)} == in_the_code(
        reference
    ) - ONLY_BY_SOCKET - ONLY_BY_OAUTH


def test_calls_violate_nothing(played: Stage) -> None:
    assert played.sb.violations() == []


def methods_called(played: Stage) -> list[Any]:
    """Calls of the Web API; the download of a file is not one."""
    return [call for call in played.sb.calls() if call["method"] != "download"]


def in_the_code(reference: Any) -> set[str]:
    """Methods that are named in the code: `chat_update` of the client, or `"chat.update"`."""
    by_word = {name.replace(".", "_"): name for name in reference}
    files = [path for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    words = {by_word[word] for word in re.findall(r"\.(\w+)", code) if word in by_word}
    words |= {name for word, names in BEHIND.items() if f".{word}(" in code for name in names}
    return words | {name for name in re.findall(r'"([\w.]+)"', code) if name in reference}
