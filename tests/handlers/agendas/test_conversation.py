"""What people write to Belay: each sentence gets one answer, in a direct message and where Belay is mentioned."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.agendas import conversation
from handlers.agendas.conversation_view import COLUMNS, KEEPER
from models.workspace.members import meet_member
from models.workspace.workspaces import the_workspace
from sandbox.client import Message
from tests.stage import OPS, Stage, staged

CAN_DO = "Propose a deal…, My turn"
OWN = "Revise…, Ask…, Withdraw, Edit…, Attach…, Hand over…, Who agrees…"
HELLO = "I check deals, say how they stand, and what waits for you. I read by rules, so write it like this:"
NOT_READ = "I read by rules, and could not read that. This I can read:"
AMOUNT = "I check one amount and one date, and the form then shows what else would fit. Ask it like this:"
NOTHING = "Nothing waits for you. /deal list shows the deals that are not over."
BESIDES = "Words decide and change nothing here. Besides the number, I could not read that; so it stands:"
SHORT = "Does not fit. Assembly, week of Jan 4: needs 104 hours, 62 free, 42 short. The form shows the ways to yes."
FITS = "40 × Ridge tent by Jan 18, 2027: Fits."
BOTH = "40 × Ridge tent by Jan 18, 2027; 20 × Pole set by Jan 18, 2027: Fits."
ACME, BRAVO = "#1 · Acme · 100 × Summit tent", "#2 · Bravo & Sons · 20 × Ridge tent"
NO_ROLE = "You have no role yet: an admin gives you one with /belay roles. Then I check deals and say how they stand."
NO_DEALS = "Deals are for people with a role. An admin gives roles with /belay roles."
GUEST = "Deals are for people of this workspace, and you are a guest here."
# What Sara writes | the first line of the answer | its buttons.
SENTENCES = f"""
hi | {HELLO} | {CAN_DO}
Hello Belay! | {HELLO} | {CAN_DO}
help | {HELLO} | {CAN_DO}
what can you do? | {HELLO} | {CAN_DO}
Hilfe | {HELLO} | {CAN_DO}
Was kannst du? | {HELLO} | {CAN_DO}
thank you! | You are welcome. |
status of #1 | {ACME} | {OWN}
#2 | {BRAVO} |
what's the status of deal 1? | {ACME} | {OWN}
How is #1 going? | {ACME} | {OWN}
whose turn is it on #1? | {ACME} | {OWN}
Wie steht's mit #1? | {ACME} | {OWN}
#1 and #2 | 2 deals, the latest first. | Open, Open
#7 | There is no deal #7. /deal list shows those that are open. |
how is the Acme deal | {ACME} | {OWN}
Any news on Bravo & Sons? | {BRAVO} |
has Acme accepted yet? | {ACME} | {OWN}
Wie steht es um Bravo? | {BRAVO} |
Acme | {ACME} | {OWN}
status of the Ridge tents | {BRAVO} |
status of Zebra | No deal has “zebra” in its customer or its offers. /deal find looks for others. |
status | Which deal? status of #12, or with a customer’s name: how is the Acme deal. |
what waits for me | {NOTHING} |
my turn | {NOTHING} |
was liegt an | {NOTHING} |
Hallo Belay, was muss ich tun? | {NOTHING} |
my deals | One deal. | Open
open deals | 2 deals, the latest first. | Open, Open
does 40 Ridge tents by 18 Jan fit? | {FITS} | Propose it…
can we make 200 Summit tents by 18 Jan? | 200 × Summit tent by Jan 18, 2027: {SHORT} | Propose it…
do we have capacity for 40 Ridge tents by 18 Jan? | {FITS} | Propose it…
Passen 40 Ridge tents bis 18.1.? | {FITS} | Propose it…
200 Summit tents for Acme by 18 Jan at $430 | Acme · 200 × Summit tent by Jan 18, 2027: {SHORT} | Propose it…
Acme 40 Ridge tent by 18 Jan at 10% off | Acme · {FITS} | Propose it…
what if Globex & Co wants 40 Ridge tents by 18 Jan? | Globex & Co · {FITS} | Propose it…
Does 40 Ridge tents and 20 Pole sets by 18 Jan fit? | {BOTH} | Propose it…
can you do 200 tents? | I cannot check that yet: which offer and by when? | Propose it…
does 40 Ridge tents fit? | I cannot check that yet: by when? | Propose it…
does 40 Ridge tnets by 18 Jan fit? | {FITS} | Propose it…
approve #1 | {BESIDES} | {OWN}
change #1 to 300 Summit tents by 18 Jan | Is this about #1, or is it a new deal? | Open #1, Propose it…
PO #4711: Globex 40 Ridge tents by 18 Jan | {FITS} | Propose it…
how many Summit tents can we make by 18 Jan? | {AMOUNT} | {CAN_DO}
what is the weather? | {NOT_READ} | {CAN_DO}
ok | {NOT_READ} | {CAN_DO}
"""
TABLE = [[cell.strip() for cell in row.split("|")] for row in SENTENCES.strip().splitlines()]
# Who writes what | the first line of the answer | its buttons.
BY_ROLE = f"""
Olga | hi | {HELLO} | My turn
Olga | my turn | 2 things wait for you. | Open, Open
Olga | does 40 Ridge tents by 18 Jan fit? | {FITS} |
Olga | #1 | {ACME} | Approve, Counter…, Ask…, Join the call, Show the numbers, Show the week, Attach…, Who agrees…
Fin | #1 | {ACME} | Ask…, Show the numbers, Attach…, Who agrees…
Lea | can we make 40 Ridge tents by 18 Jan? | {FITS} |
Pete | #1 | {ACME} |
Gus | hi | {NO_ROLE} | Ask for a role
Gus | what headings should my spreadsheet have? | {NO_ROLE} | Ask for a role
Gus | #1 | {NO_DEALS} | Ask for a role
Gus | my turn | {NO_DEALS} | Ask for a role
Gus | how is the Acme deal | {NO_DEALS} | Ask for a role
Gus | open deals | {NO_DEALS} | Ask for a role
Gus | approve #1 | {NO_DEALS} | Ask for a role
Gus | does 40 Ridge tents by 18 Jan fit? | {NO_ROLE} | Ask for a role
Gus | Acme | {NO_ROLE} | Ask for a role
"""
ROLES = [[cell.strip() for cell in row.split("|")] for row in BY_ROLE.strip().splitlines()]
Ask = Callable[[Stage, str, str], list[Message]]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One bot with two deals, which no question changes."""
    with staged(f"sqlite:///{tmp_path_factory.mktemp('conversation') / 'belay.db'}", "http") as stage:
        propose_two(stage)
        yield stage


@pytest.fixture
def busy(stage: Stage) -> Stage:
    propose_two(stage)
    return stage


def propose_two(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.propose("Bravo & Sons 20 Ridge tent by 1 Feb", by="Pete")


def in_dm(stage: Stage, name: str, text: str) -> list[Message]:
    """What is answered in the direct messages."""
    person = stage.person(name)
    known = len(person.dm())
    person.say("dm", text)
    stage.sb.settle()
    return person.dm()[known + 1 :]


def by_mention(stage: Stage, name: str, text: str) -> list[Message]:
    """What is answered where Belay is mentioned: whoever mentioned it sees that alone."""
    person, other = stage.person(name), stage.person("Otto")
    known, seen, direct = len(person.channel(OPS)), len(other.channel(OPS)), len(person.dm())
    person.say(OPS, f"@Belay {text}")
    stage.sb.settle()
    assert (len(other.channel(OPS)), len(person.dm())) == (seen + 1, direct)
    answers = person.channel(OPS)[known + 1 :]
    assert all(answer.ephemeral for answer in answers)
    return answers


def told(answers: list[Message]) -> tuple[str, str]:
    """The first line of the one answer, and its buttons."""
    (answer,) = answers
    return answer.as_text().splitlines()[0], ", ".join(answer.buttons)


@pytest.mark.parametrize("ask", [in_dm, by_mention])
@pytest.mark.parametrize(("sentence", "first", "buttons"), TABLE, ids=[row[0] for row in TABLE])
def test_each_sentence_gets_its_answer(shared: Stage, ask: Ask, sentence: str, first: str, buttons: str) -> None:
    assert told(ask(shared, "Sara", sentence)) == (first, buttons)
    assert shared.sb.violations() == []


@pytest.mark.parametrize("ask", [in_dm, by_mention])
@pytest.mark.parametrize(("name", "sentence", "first", "buttons"), ROLES)
def test_everybody_gets_what_they_may_see(
    shared: Stage, ask: Ask, name: str, sentence: str, first: str, buttons: str
) -> None:
    assert told(ask(shared, name, sentence)) == (first, buttons)


@pytest.mark.parametrize("ask", [in_dm, by_mention])
@pytest.mark.parametrize("sentence", ["hi", "#1", "my turn", "does 40 Ridge tents by 18 Jan fit?", "Acme"])
def test_guest_hears_nothing_of_deals(shared: Stage, ask: Ask, sentence: str) -> None:
    with shared.bot.database.writing() as session:
        meet_member(the_workspace(session), shared.people["Gus"]).is_outsider = True
    assert told(ask(shared, "Gus", sentence)) == (GUEST, "")
    with shared.bot.database.writing() as session:
        meet_member(the_workspace(session), shared.people["Gus"]).is_outsider = False


def test_answers_come_within_a_second(shared: Stage) -> None:
    for sentence, *_ in TABLE[::5]:
        begun = time.monotonic()
        assert in_dm(shared, "Sara", sentence)
        assert time.monotonic() - begun < 1.0, sentence


def test_what_stands_of_a_deal(shared: Stage) -> None:
    (answer,) = in_dm(shared, "Pete", "status of #1")
    assert answer.as_text().splitlines() == [
        ACME,
        "Proposed · $48,000 · Operations’ turn",
        "Operations’ answer is due 2026-11-24 00:00 UTC.",
        "Wanted for the week of Jan 18.",
    ]


def test_checked_deal_says_what_was_assumed_and_what_it_brings(shared: Stage) -> None:
    (answer,) = in_dm(shared, "Olga", "does 40 Ridge tnets by 18 Jan at 10% off fit?")
    assert answer.as_text().splitlines() == [
        FITS,
        "$10,800 · 10 % off list · margin fine",
        "“Ridge tnets” was read as Ridge tent.",
    ]


def test_checked_deal_is_proposed_by_its_form_alone(busy: Stage) -> None:
    sara = busy.person("Sara")
    (answer,) = in_dm(busy, "Sara", "can we make 40 Ridge tents for Globex & Co in 8 weeks at 5% off?")
    assert len(busy.sb.channel(OPS)) == 2
    busy.sb.turn(by=timedelta(days=1))
    sara.press("Propose it…", in_=answer)
    busy.sb.settle()
    assert sara.submit().ok
    busy.sb.settle()
    assert busy.card(3).as_text().splitlines()[0] == "#3 · Globex & Co · 40 × Ridge tent"
    # Eight weeks from the Monday on which it was asked.
    assert "week of Jan 18" in busy.card(3).as_text()
    assert busy.sb.violations() == []


def test_buttons_of_an_answer_open_what_they_say(busy: Stage) -> None:
    olga, sara = busy.person("Olga"), busy.person("Sara")
    (waiting,) = in_dm(busy, "Olga", "my turn")
    olga.press("Open", in_=waiting)
    busy.sb.settle()
    shown = olga.modal()
    assert shown is not None
    assert shown.title == "Deal"
    (hello,) = in_dm(busy, "Sara", "hi")
    sara.press("My turn", in_=hello)
    busy.sb.settle()
    assert sara.dm()[-1].as_text() == NOTHING
    sara.press("Propose a deal…", in_=hello)
    busy.sb.settle()
    form = sara.modal()
    assert form is not None
    assert form.title == "Propose a deal"


def test_message_that_slack_delivers_again_is_answered_once(busy: Stage) -> None:
    for method in ("message", "app_mention"):
        for _ in range(3):
            busy.sb.fault("duplicate", method=method)
    assert len(in_dm(busy, "Sara", "hi")) == 1
    assert len(by_mention(busy, "Sara", "hi")) == 1


def test_mention_in_a_thread_is_answered_there(busy: Stage) -> None:
    sara, ts = busy.person("Sara"), busy.person("Sara").say(OPS, "Lunch?")
    sara.say(OPS, "@Belay hi", thread_ts=ts)
    busy.sb.settle()
    answer = sara.thread(OPS, ts)[-1]
    assert (answer.ephemeral, answer.as_text().splitlines()[0]) == (True, HELLO)


def test_status_in_the_thread_of_a_deal_is_its_own(busy: Stage) -> None:
    pete, ts = busy.person("Pete"), busy.card().ts
    pete.say(OPS, "@Belay status?", thread_ts=ts)
    busy.sb.settle()
    assert pete.thread(OPS, ts)[-1].as_text().splitlines()[0] == ACME


def test_words_in_the_thread_of_a_deal_get_their_button_and_no_second_answer(busy: Stage) -> None:
    olga, ts = busy.person("Olga"), busy.card().ts
    known = len(olga.thread(OPS, ts))
    olga.say(OPS, "@Belay looks good", thread_ts=ts)
    busy.sb.settle()
    (answer,) = olga.thread(OPS, ts)[known + 1 :]
    assert answer.buttons == ["Approve"]


def test_nothing_that_is_no_person_s_message_is_answered(shared: Stage) -> None:
    event = {"type": "message", "user": "U1", "text": "hi", "channel": "D1", "channel_type": "im"}
    ignored = (
        *({"bot_id": "B1"}, {"bot_profile": {"id": "B1"}}, {"user": None}, {"user": "USLACKBOT"}, {"hidden": True}),
        *({"edited": {"user": "U1"}}, {"subtype": "message_changed"}, {"subtype": "message_deleted"}),
        *({"subtype": "channel_join"}, {"subtype": "bot_message"}, {"subtype": ["file_share"]}),
    )
    assert [conversation.is_written(event | change) for change in ignored] == [False] * len(ignored)
    assert conversation.is_written(event)
    assert conversation.is_written(event | {"subtype": "file_share"})


def test_unforeseen_is_answered_with_a_reference(shared: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(conversation, "asked_in", breaks)
    sara = shared.person("Sara")
    for channel, text in (("dm", "hi"), (OPS, "@Belay hi")):
        known = len(sara.channel(channel))
        sara.say(channel, text)
        # Bolt tells of the error when the request has been answered already, and is waited for no more.
        (answer,) = shared.sb.until(lambda c=channel, n=known: sara.channel(c)[n + 1 :])  # type: ignore[misc]
        assert answer.as_text().startswith("Something went wrong on our side, and nothing was changed. Reference ")


def test_long_message_is_answered(shared: Stage, tmp_path: Path) -> None:
    (answer,) = in_dm(shared, "Sara", "can we make 40 Ridge tents by 18 Jan? " + "ä" * 3000)
    assert answer.buttons == ["Propose a deal…"]
    assert shared.sb.violations() == []


def test_who_keeps_the_company_hears_what_there_is_to_do(tmp_path: Path) -> None:
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http", company=None) as stage:
        stage.sb.settle()
        first = [in_dm(stage, "Lea", text)[-1].as_text().splitlines()[0] for text in ("hi", "Acme", "my headings?")]
        assert first == [KEEPER, KEEPER, COLUMNS[0]]
        asked = in_dm(stage, "Lea", "what columns should my spreadsheet have?")[-1].as_text()
        assert "[ Bring a spreadsheet… ]  [ Send me a workbook ]" in asked
        assert in_dm(stage, "Gus", "what columns should my spreadsheet have?")[-1].as_text().startswith(NO_ROLE)
