"""The table of a deal: where each move leads, and where nothing moves any more."""

import pytest

from models.deals.states import AFTERWARDS, AGREEING, OPEN, TRANSITIONS, Move, State

P, C, A, WON = State.PROPOSED, State.COUNTERED, State.APPROVED, State.WON


def leading(to: State) -> set[tuple[State, Move]]:
    """What leads to a state from another one."""
    return {(state, move) for (state, move), after in TRANSITIONS.items() if after is to and state is not to}


def test_nothing_moves_a_deal_that_is_over() -> None:
    moving = {(state, move) for state, move in TRANSITIONS if state not in {P, C, A, WON}}
    # A delivery may be objected to, and files are attached afterwards too.
    assert moving == {(State.DELIVERED, move) for move in AFTERWARDS}


def test_every_move_is_possible_somewhere() -> None:
    assert {move for _, move in TRANSITIONS} == set(Move)


@pytest.mark.parametrize(
    ("end", "ways"),
    [
        (State.DECLINED, {(P, Move.DECLINE), (C, Move.DECLINE)}),
        (State.WITHDRAWN, {(P, Move.WITHDRAW), (C, Move.WITHDRAW)}),
        (State.LOST, {(A, Move.LOSE)}),
        (State.EXPIRED, {(A, Move.EXPIRE)}),
        (State.CANCELLED, {(A, Move.CANCEL), (WON, Move.CANCEL)}),
        (State.DELIVERED, {(WON, Move.DELIVER)}),
    ],
)
def test_each_end_has_its_own_move(end: State, ways: set[tuple[State, Move]]) -> None:
    assert leading(end) == ways


def test_a_promise_comes_from_a_commitment_or_from_giving_up_its_change() -> None:
    assert {move for _, move in leading(A)} == {Move.COMMIT, Move.DECLINE_CHANGE, Move.KEEP}
    assert leading(WON) == {(A, Move.WIN), (A, Move.RESUME)}


def test_a_promise_is_negotiated_again_by_a_change_of_sales_or_a_counter_of_operations() -> None:
    assert {(state, move) for state, move in leading(P) if state not in OPEN} == {
        (A, Move.CHANGE),
        (WON, Move.CHANGE),
        (A, Move.UNDO),
    }
    assert {(state, move) for state, move in leading(C) if state not in OPEN} == {
        (A, Move.COUNTER),
        (WON, Move.COUNTER),
    }


def test_one_agreement_alone_decides_nothing() -> None:
    agreements = {(state, move): after for (state, move), after in TRANSITIONS.items() if move in AGREEING}
    assert agreements == {(P, Move.APPROVE): P, (C, Move.APPROVE): C, (C, Move.ACCEPT): C}


def test_questions_are_asked_of_open_deals_and_answered_until_the_end() -> None:
    assert {state for state, move in TRANSITIONS if move is Move.ASK} == {P, C}
    assert {state for state, move in TRANSITIONS if move is Move.ANSWER} == {P, C, A, WON}
