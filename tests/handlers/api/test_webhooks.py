"""Webhooks through the door: made in Slack, told in order, signed; a receiver that is down, slow or gone."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from sandbox.client import Person
from tests.receiver import Receiver, receiving
from tests.stage import OPS, Stage, shown, staged

LINE = "60 Summit tent for Acme by 2027-01-25"


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, "http", belay_private_webhooks=True) as stage:
        yield stage


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def at_webhooks(stage: Stage) -> Person:
    """Lea with the list of webhooks before her."""
    lea = stage.person("Lea")
    if lea.modal():
        lea.close()
    lea.command(OPS, "/belay api")
    stage.sb.settle()
    lea.press("Webhooks…")
    stage.sb.settle()
    return lea


def made(stage: Stage, url: str, *events: str, name: str = "CRM") -> str:
    """Lea adds a webhook: its secret."""
    lea = at_webhooks(stage)
    lea.press("Add a webhook…")
    stage.sb.settle()
    lea.fill_by_label("What is it for?", name)
    lea.fill_by_label("Address", url)
    lea.fill_by_label("Tell it of", list(events))
    assert lea.submit().ok
    stage.sb.settle()
    text = shown(lea).as_text()
    lea.close()
    return next(word for word in text.split() if word.startswith("whsec_"))


def decided(stage: Stage, number: int = 1) -> None:
    """Olga approves what Sara has posted, and Sara wins it."""
    stage.person("Olga").press("Approve", in_=stage.card(number))
    stage.sb.settle()
    stage.person("Sara").press("Won", in_=stage.own_card("Sara", number))
    stage.sb.settle()


def log(stage: Stage) -> str:
    lea = at_webhooks(stage)
    lea.press("Log")
    stage.sb.settle()
    return shown(lea).as_text()


def test_deal_is_told_in_order_and_signed(stage: Stage, receiver: Receiver) -> None:
    secret = made(stage, receiver.url, "deal: posted", "deal: approved", "deal: won")
    stage.propose(LINE)
    decided(stage)
    assert receiver.events() == ["deal.posted 1", "deal.approved 1", "deal.won 1"]
    posted, approved, won = receiver.verified(secret)
    line = {"offer": "Summit tent", "quantity": 60, "unit_price": "480.00", "week": "2027-01-25"}
    assert posted["data"]["lines"] == [line]
    assert (posted["data"]["state"], posted["data"]["by"]) == ("proposed", "Sara")
    assert (approved["data"]["state"], won["data"]["state"]) == ("approved", "won")
    assert {"cost", "margin"}.isdisjoint(posted["data"])
    assert len({headers["webhook-id"] for headers, _ in receiver.taken}) == 3
    assert "deal.won #1 · arrived" in log(stage)
    assert stage.sb.violations() == []


def test_receiver_that_was_down_for_a_day_gets_everything_once_and_in_order(stage: Stage, receiver: Receiver) -> None:
    made(stage, receiver.url, "deal: posted", "deal: approved", "deal: won")
    receiver.status = 503
    stage.propose(LINE)
    stage.propose("20 Summit tent for Beta by 2027-02-22")
    decided(stage, 2)
    stage.sb.turn(by=timedelta(days=1))
    assert receiver.taken == []
    assert "tried" in log(stage)
    tries = receiver.tries
    assert 24 <= tries <= 2 * 40
    receiver.status = 200
    stage.sb.turn(by=timedelta(hours=1, minutes=5))
    events = receiver.events()
    assert [event for event in events if event.endswith(" 1")] == ["deal.posted 1"]
    assert [event for event in events if event.endswith(" 2")] == ["deal.posted 2", "deal.approved 2", "deal.won 2"]
    assert len({headers["webhook-id"] for headers, _ in receiver.taken}) == len(events)


def test_slow_receiver_delays_nobody_else(stage: Stage, receiver: Receiver) -> None:
    with receiving() as slow:
        slow.seconds = 3.0
        made(stage, slow.url, "deal: posted", name="Slow")
        made(stage, receiver.url, "deal: posted", name="Fast")
        sara = stage.person("Sara")
        for number in range(4):
            sara.command(OPS, f"/deal 20 Summit tent for Customer {number} by 2027-02-{1 + 7 * number:02}")
            assert stage.sb.until(lambda: (form := sara.modal()) and "Fits" in form.as_text())
            assert sara.submit().ok
        stage.sb.until(lambda: len(receiver.taken) == 4)
        assert len(slow.taken) < 4
        stage.sb.settle()
        assert len(slow.taken) == 4


def test_receiver_that_is_gone_is_told_no_more_until_an_admin_says_so(stage: Stage, receiver: Receiver) -> None:
    made(stage, receiver.url, "deal: posted")
    receiver.status = 410
    stage.propose(LINE)
    assert "wants to be told of nothing any more (HTTP 410)" in stage.person("Lea").dm()[-1].as_text()
    assert "given up: HTTP 410" in log(stage)
    receiver.status = 200
    stage.propose("20 Summit tent for Beta by 2027-02-22")
    assert receiver.taken == []
    lea = at_webhooks(stage)
    assert "Its receiver wants nothing any more (HTTP 410)" in shown(lea).as_text()
    lea.press("Tell it again")
    stage.sb.settle()
    lea.press("Log")
    stage.sb.settle()
    lea.press("Send again")
    stage.sb.settle()
    assert receiver.events() == ["deal.posted 1"]


def test_receiver_that_is_down_for_a_week_is_told_of_and_gets_all_of_it_when_an_admin_says_so(
    stage: Stage, receiver: Receiver
) -> None:
    made(stage, receiver.url, "deal: posted", "deal: approved", "deal: won")
    receiver.status = 503
    stage.propose(LINE)
    stage.propose("20 Summit tent for Beta by 2027-02-22")
    stage.sb.turn(by=timedelta(hours=23))
    assert down(stage) == []
    stage.sb.turn(by=timedelta(days=2))
    stage.propose("10 Summit tent for Gamma by 2027-03-01")
    stage.sb.turn(by=timedelta(days=5))
    # Once, however many wait, since whenever, and however often they are tried.
    (told,) = down(stage)
    assert told.startswith("The receiver of the webhook CRM has taken nothing for a day (HTTP 503).")
    assert "deal.posted #2 · given up: HTTP 503" in log(stage)
    receiver.status = 200
    stage.person("Lea").press("Send again what was given up: 3")
    stage.sb.settle()
    # Two may be on their way at a time: only those of one deal are in order.
    assert sorted(receiver.events()) == ["deal.posted 1", "deal.posted 2", "deal.posted 3"]
    assert "given up" not in log(stage)
    # It was back in between: now whoever made it hears of it anew.
    receiver.status = 503
    decided(stage)
    stage.sb.turn(by=timedelta(hours=26))
    assert len(down(stage)) == 2


def down(stage: Stage) -> list[str]:
    """What Lea heard of receivers that are down."""
    texts = [message.as_text() for message in stage.person("Lea").dm()]
    return [text for text in texts if "has taken nothing for a day" in text]


def test_sent_again_it_has_the_same_id(stage: Stage, receiver: Receiver) -> None:
    made(stage, receiver.url, "deal: posted")
    stage.propose(LINE)
    log(stage)
    stage.person("Lea").press("Send again")
    stage.sb.settle()
    first, second = (headers["webhook-id"] for headers, _ in receiver.taken)
    assert first == second


def test_removed_webhook_is_told_of_nothing(stage: Stage, receiver: Receiver) -> None:
    made(stage, receiver.url, "deal: posted")
    receiver.status = 503
    stage.propose(LINE)
    lea = at_webhooks(stage)
    lea.press("Remove")
    stage.sb.settle()
    assert "There is none yet." in shown(lea).as_text()
    receiver.status = 200
    stage.sb.turn(by=timedelta(hours=2))
    assert receiver.taken == []


def test_capacity_that_changes_is_told_with_what_it_breaks(stage: Stage, receiver: Receiver) -> None:
    made(stage, receiver.url, "capacity: changed", "deal: broken")
    stage.propose(LINE)
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    olga = stage.person("Olga")
    olga.command(OPS, "/capacity Assembly")
    stage.sb.settle()
    olga.press("Adjust a week…")
    stage.sb.settle()
    olga.fill_by_label("In the week of", "2027-01-11")
    stage.sb.settle()
    olga.fill_by_label("Available, in hours", "0")
    olga.fill_by_label("Overtime that can be bought", "0")
    olga.fill_by_label("Why?", "The press is down.")
    stage.sb.settle()
    olga.submit()
    stage.sb.settle()
    documents = [json.loads(body) for _, body in receiver.taken]
    kinds = {document["type"]: document["data"] for document in documents}
    assert set(kinds) == {"capacity.changed", "deal.broken"}
    assert (kinds["capacity.changed"]["resource"], kinds["capacity.changed"]["broke"]) == ("Assembly", [1])
    assert kinds["deal.broken"]["why"] == "The press is down."


def test_webhooks_are_an_admins(stage: Stage) -> None:
    sara = stage.person("Sara")
    sara.command(OPS, "/belay api")
    stage.sb.settle()
    assert "Only workspace admins" in shown(sara).as_text()
