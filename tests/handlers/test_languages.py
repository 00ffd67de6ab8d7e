"""People read in the language of their Slack, channels in the company's."""

from collections.abc import Iterator

import pytest
from slack_bolt import BoltContext
from slack_sdk import WebClient

from handlers.slack.answering import READER, failure
from tests.stage import OPS, Stage, shown, staged

LINE = "Acme 100 Summit tent by 18 Jan"


@pytest.fixture
def german(database_url: str) -> Iterator[Stage]:
    """Sara uses Slack in German, everybody else in English."""
    with staged(database_url, "socket") as stage:
        stage.sb.set_locale(stage.people["Sara"], "de-DE")
        stage.sb.settle()
        yield stage


def test_person_reads_in_the_language_of_their_slack_and_everybody_else_in_theirs(german: Stage) -> None:
    sara, olga = german.person("Sara"), german.person("Olga")
    sara.command(OPS, f"/deal {LINE}")
    german.sb.settle()
    form = shown(sara)
    assert form.title == "Deal vorschlagen"
    assert "Passt, aber knapp." in form.as_text()
    sara.submit()
    german.sb.settle()
    assert "Am Zug: Operations" in german.own_card("Sara").as_text()
    assert "Operations’ turn" in german.card().as_text()
    olga.press("Counter…", in_=german.card())
    german.sb.settle()
    assert shown(olga).title == "Counter"


def test_card_of_a_person_stays_in_their_language_when_it_changes(german: Stage) -> None:
    german.propose(LINE, by="Sara")
    german.person("Olga").press("Approve", in_=german.card())
    german.sb.settle()
    assert "Genehmigt von Olga" in german.own_card("Sara").as_text()
    assert "Approved by Olga" in german.card().as_text()


def test_refusal_is_read_in_the_language_of_who_is_refused(german: Stage) -> None:
    sara, pete = german.person("Sara"), german.person("Pete")
    for person in (sara, pete):
        person.command(OPS, "/capacity nowhere at all")
    german.sb.settle()
    notices = [shown(person).as_text() for person in (sara, pete)]
    assert "Keine Ressource heißt „nowhere at all“." in notices[0]
    assert "No resource is called “nowhere at all”." in notices[1]


def test_who_changes_the_language_of_their_slack_reads_in_it_from_then_on(german: Stage) -> None:
    german.sb.set_locale(german.people["Sara"], "en-GB")
    german.sb.settle()
    sara = german.person("Sara")
    sara.command(OPS, f"/deal {LINE}")
    german.sb.settle()
    assert shown(sara).title == "Propose a deal"


def test_language_that_is_not_spoken_here_is_english(german: Stage) -> None:
    german.sb.set_locale(german.people["Sara"], "fr-FR")
    german.sb.settle()
    sara = german.person("Sara")
    sara.command(OPS, f"/deal {LINE}")
    german.sb.settle()
    assert shown(sara).title == "Propose a deal"


def test_language_of_channels_is_a_setting(german: Stage) -> None:
    lea = german.person("Lea")
    lea.command(OPS, "/belay settings")
    german.sb.settle()
    lea.fill_by_label("Language of cards and summaries in channels", "Deutsch")
    reply = lea.submit()
    assert reply.ok, reply
    german.sb.settle()
    german.propose(LINE, by="Pete")
    assert "Am Zug: Operations" in german.card().as_text()
    assert "Operations’ turn" in german.own_card("Pete").as_text()
    olga = german.person("Olga")
    olga.press("Genehmigen", in_=german.card())
    german.sb.settle()
    assert german.thread()[-1].startswith("Olga hat zugestimmt")


def test_what_is_kept_is_read_by_everybody_in_their_own_language(german: Stage) -> None:
    german.propose("Acme 900 Summit tent by 4 Jan", by="Pete")
    german.bot.heartbeat.beat()
    german.sb.settle()
    pete, sara = german.person("Pete"), german.person("Sara")
    shown_to = []
    for person in (pete, sara):
        person.command(OPS, "/deal 1")
        german.sb.settle()
        shown_to.append(person.channel(OPS)[-1].as_text())
    assert ("Ways to yes" in shown_to[0], "gives up" in shown_to[0]) == (True, True)
    assert ("Wege zum Ja" in shown_to[1], "gives up" in shown_to[1]) == (True, False)


@pytest.mark.parametrize(("locale", "begins"), [("de-DE", "Bei uns ging etwas schief"), ("en-US", "Something went")])
def test_what_goes_wrong_is_said_in_the_language_of_who_asked(locale: str, begins: str) -> None:
    context = BoltContext({READER: locale})
    answer = failure(ValueError(), {"command": "/deal"}, context, WebClient(), print, print)
    assert begins in answer.body
