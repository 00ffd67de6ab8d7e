"""Words in the thread of a deal: the fitting button, privately, for whoever may press it; they decide nothing."""

from datetime import timedelta

import pytest

from models.workspace.workspaces import the_workspace
from sandbox.client import Message
from tests.stage import OPS, Stage


@pytest.fixture
def deal(stage: Stage) -> Stage:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    return stage


def says(stage: Stage, name: str, text: str) -> Message | None:
    """What Belay answers privately, if anything."""
    person, ts = stage.person(name), stage.card().ts
    known = len(person.thread(OPS, ts))
    person.say(OPS, text, thread_ts=ts)
    stage.sb.settle()
    new = person.thread(OPS, ts)[known + 1 :]
    assert len(new) <= 1
    return new[0] if new else None


def test_a_planner_s_yes_becomes_the_button_and_decides_nothing(deal: Stage) -> None:
    whispered = says(deal, "Olga", "Looks good!")
    assert whispered
    assert whispered.buttons == ["Approve"]
    assert deal.state() == "proposed"
    for name in ("Sara", "Lea", "Otto"):
        assert "Words decide nothing" not in str([m.as_text() for m in deal.person(name).thread(OPS, deal.card().ts)])
    deal.person("Olga").press("Approve", in_=whispered)
    deal.sb.settle()
    assert deal.state() == "approved"
    assert deal.sb.violations() == []


def test_words_that_slack_delivers_again_are_answered_once(deal: Stage) -> None:
    for _ in range(3):
        deal.sb.fault("duplicate", method="message")
    assert says(deal, "Olga", "Looks good!")


def test_another_week_becomes_a_counter_that_is_filled_in(deal: Stage) -> None:
    whispered, olga = says(deal, "Olga", "next week instead?"), deal.person("Olga")
    assert whispered
    olga.press("Counter with this…", in_=whispered)
    deal.sb.settle()
    shown = olga.modal()
    assert shown is not None
    assert shown.title == "Counter"
    assert olga.submit().ok
    deal.sb.settle()
    assert "week of Jan 18 → 100 tents, week of Jan 25" in deal.thread()[-1]


def test_a_seller_answers_a_counter_in_words(deal: Stage) -> None:
    olga, sara = deal.person("Olga"), deal.person("Sara")
    olga.press("Counter…", in_=deal.card())
    deal.sb.settle()
    olga.enter("Quantity", 90)
    deal.sb.settle()
    assert olga.submit().ok
    deal.sb.settle()
    other = says(deal, "Sara", "only 95")
    assert other
    assert other.buttons == ["Counter back with this…"]
    agreed = says(deal, "Sara", "ok")
    assert agreed
    sara.press("Accept", in_=agreed)
    deal.sb.settle()
    assert deal.state() == "approved"


def test_an_answer_to_a_question_is_begun_with_what_was_written(deal: Stage) -> None:
    olga, sara = deal.person("Olga"), deal.person("Sara")
    olga.press("Ask…", in_=deal.card())
    deal.sb.settle()
    olga.fill("question", "Which colour?")
    assert olga.submit().ok
    deal.sb.settle()
    whispered = says(deal, "Sara", "Green, as <always> & ever")
    assert whispered
    sara.press("Answer…", in_=whispered)
    deal.sb.settle()
    assert sara.submit().ok
    deal.sb.settle()
    assert "Green, as <always> & ever" in deal.thread()[-1]


@pytest.mark.parametrize(("name", "text"), [("Pete", "ok"), ("Gus", "ok"), ("Sara", "ok"), ("Olga", "which colour?")])
def test_who_may_not_decide_or_says_something_else_hears_nothing(deal: Stage, name: str, text: str) -> None:
    assert says(deal, name, text) is None


def test_nothing_is_read_outside_the_threads_and_when_it_is_switched_off(deal: Stage) -> None:
    olga = deal.person("Olga")
    known = len(olga.channel(OPS))
    ts = olga.say(OPS, "ok")
    deal.sb.settle()
    olga.say(OPS, "looks good", thread_ts=ts)
    deal.sb.settle()
    assert len(olga.channel(OPS)) <= known + 2
    assert len(olga.thread(OPS, ts)) == 2
    with deal.bot.database.writing() as session:
        the_workspace(session).is_reading_threads = False
    assert says(deal, "Olga", "ok") is None


def test_a_yes_to_what_does_not_fit_leads_to_a_counter(stage: Stage) -> None:
    stage.propose("Acme 300 Summit tent by 18 Jan")
    whispered = says(stage, "Olga", "ok")
    assert whispered
    assert "It does not fit as it is." in whispered.as_text()
    assert whispered.buttons == ["Counter…"]


def test_a_word_after_the_decision_offers_nothing(deal: Stage) -> None:
    deal.person("Olga").press("Approve", in_=deal.card())
    deal.sb.settle()
    deal.sb.turn(by=timedelta(minutes=1))
    assert says(deal, "Olga", "ok") is None
