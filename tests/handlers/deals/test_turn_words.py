"""Whose turn it is and until when, and how a deal ended."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.deals.turn_words import clock_sentences, left_text, possessive, time_left, turn_text
from handlers.deals.words import title
from handlers.slack.text import Bold, When
from models.deals.card import Ending, card_of
from models.deals.clocks import TurnClock
from models.deals.states import Move, State
from models.deals.turns import Awaited
from models.workspace.roles import Side
from tests.world import NOW, World

JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)
MOST = timedelta(hours=3, minutes=59)


def clock(side: Side = Side.OPERATIONS, *, left: timedelta = MOST, is_overdue: bool = False) -> TurnClock:
    name = "Sara" if side is Side.SALES else str(side)
    return TurnClock(side, name, Awaited.ANSWER, NOW, NOW + timedelta(hours=8), left, None, is_overdue)


def test_time_that_is_left_is_in_hours_and_in_minutes_below_one() -> None:
    left = [timedelta(hours=8), MOST, timedelta(minutes=59, seconds=59), timedelta()]
    assert [time_left(clock(left=one)) for one in left] == ["8 h left", "3 h left", "59 min left", "0 min left"]
    assert time_left(clock(left=MOST, is_overdue=True)) == "overdue"
    assert [possessive(name) for name in ("Sara", "operations")] == ["Sara’s", "operations’"]


def test_turn_is_whose_it_is_or_how_it_ended(world: World) -> None:
    card = card_of(world.propose(), now=NOW)
    ending = Ending(Move.APPROVE, "Olga", NOW, "")
    over = replace(card, state=State.APPROVED, ending=ending)
    assert title(card) == "#1 · Acme · 100 × Summit tent"
    texts = {
        "Operations’ turn": card,
        "Operations’ and finance’s turn · Lea agreed": replace(
            card, turn_names=("operations", "finance"), agreed=("Lea",)
        ),
        "Sara’s turn": replace(card, turn_names=("Sara",)),
        "Approved by Olga": over,
        "Approved by Olga · Sara reports won or lost by Jan 18": replace(over, win_by=JAN_18),
        "Won by Olga · operations deliver": replace(over, state=State.WON, ending=replace(ending, move=Move.WIN)),
        "Released: neither won nor lost was reported": replace(over, state=State.EXPIRED),
    }
    assert {text: turn_text(one) for text, one in texts.items()} == {text: text for text in texts}


def test_clock_says_by_when_and_since_when_an_answer_is_due(world: World) -> None:
    due: datetime = NOW + timedelta(hours=8)
    report = replace(clock(Side.SALES, is_overdue=True), awaited=Awaited.REPORT)
    clocks = (clock(), clock(Side.SALES, is_overdue=True), report, replace(report, release_at=due))
    card = replace(card_of(world.propose(), now=NOW), clocks=clocks)
    assert clock_sentences(card) == [
        ("Operations’ answer is due ", When(due), "."),
        (Bold("Overdue"), ": Sara’s answer was due ", When(due), "."),
        (Bold("Won or lost?"), " Without a word the capacity is free again on ", When(due), "."),
    ]
    assert left_text(card) == "3 h left"
    assert left_text(replace(card, clocks=(report,))) == ""
