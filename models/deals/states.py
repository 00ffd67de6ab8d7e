"""When a deal may move: one table. Who may is in `rules`."""

from collections.abc import Mapping
from enum import StrEnum

from models.base.language import N_


class State(StrEnum):
    """Where a deal stands."""

    PROPOSED = N_("proposed")
    COUNTERED = N_("countered")
    APPROVED = N_("approved")
    WON = N_("won")
    DELIVERED = N_("delivered")
    DECLINED = N_("declined")
    WITHDRAWN = N_("withdrawn")
    LOST = N_("lost")
    CANCELLED = N_("cancelled")
    EXPIRED = N_("expired")


class Move(StrEnum):
    """What a person (or the clock) does to a deal."""

    REVISE = "revise"
    COUNTER = "counter"
    COUNTER_BACK = "counter_back"
    APPROVE = "approve"
    ACCEPT = "accept"
    COMMIT = "commit"
    UNDO = "undo"
    DECLINE = "decline"
    DECLINE_CHANGE = "decline_change"
    WITHDRAW = "withdraw"
    KEEP = "keep"
    CHANGE = "change"
    WIN = "win"
    LOSE = "lose"
    CANCEL = "cancel"
    DELIVER = "deliver"
    DELIVER_PART = "deliver_part"
    OBJECT = "object"
    HAND_OVER = "hand_over"
    EDIT = "edit"
    ATTACH = "attach"
    SEND_BACK = "send_back"
    TAKE_BACK = "take_back"
    RECALL = "recall"
    ABSTAIN = "abstain"
    ADD_APPROVER = "add_approver"
    REASSIGN = "reassign"
    STEP_ASIDE = "step_aside"
    MEET = "meet"
    WAIVE = "waive"
    ASK = "ask"
    ANSWER = "answer"
    JOIN_CALL = "join_call"
    SET_CALL = "set_call"
    EXTEND = "extend"
    LAPSE = "lapse"
    BREAK = "break"
    RESUME = "resume"
    SET_WIN_BY = "set_win_by"
    EXPIRE = "expire"


P, C, A = State.PROPOSED, State.COUNTERED, State.APPROVED
OPEN = frozenset({P, C})
AGREEING = frozenset({Move.APPROVE, Move.ACCEPT})
TALKING = (Move.ASK, Move.JOIN_CALL)
# What changes who is still asked, and no terms.
STEPPING = (Move.TAKE_BACK, Move.ABSTAIN, Move.ADD_APPROVER, Move.REASSIGN, Move.STEP_ASIDE)
FINISHING = (Move.ANSWER, Move.SET_CALL)
# What is still possible when nothing is to come.
AFTERWARDS = frozenset({Move.OBJECT, Move.ATTACH})

TRANSITIONS: Mapping[tuple[State, Move], State] = {
    (P, Move.REVISE): P,
    (P, Move.COUNTER): C,
    (C, Move.COUNTER): C,
    (C, Move.COUNTER_BACK): P,
    (P, Move.APPROVE): P,
    (C, Move.APPROVE): C,
    (C, Move.ACCEPT): C,
    (P, Move.COMMIT): A,
    (C, Move.COMMIT): A,
    (P, Move.DECLINE): State.DECLINED,
    (C, Move.DECLINE): State.DECLINED,
    (P, Move.WITHDRAW): State.WITHDRAWN,
    (C, Move.WITHDRAW): State.WITHDRAWN,
    (P, Move.DECLINE_CHANGE): A,
    (C, Move.DECLINE_CHANGE): A,
    (P, Move.KEEP): A,
    (C, Move.KEEP): A,
    (P, Move.SEND_BACK): P,
    (C, Move.SEND_BACK): C,
    (P, Move.RECALL): P,
    **{(state, move): state for state in (P, C) for move in STEPPING},
    (P, Move.LAPSE): P,
    (C, Move.LAPSE): C,
    (P, Move.EXTEND): P,
    (C, Move.EXTEND): C,
    (A, Move.COUNTER): C,
    (State.WON, Move.COUNTER): C,
    (A, Move.RESUME): State.WON,
    **{(state, Move.BREAK): state for state in (P, C, A, State.WON)},
    (A, Move.CHANGE): P,
    (A, Move.WIN): State.WON,
    (A, Move.LOSE): State.LOST,
    (A, Move.CANCEL): State.CANCELLED,
    (A, Move.SET_WIN_BY): A,
    (A, Move.EXPIRE): State.EXPIRED,
    (A, Move.UNDO): P,
    (State.WON, Move.CANCEL): State.CANCELLED,
    (State.WON, Move.CHANGE): P,
    (State.WON, Move.DELIVER): State.DELIVERED,
    (State.WON, Move.DELIVER_PART): State.WON,
    **{(state, Move.OBJECT): state for state in (State.WON, State.DELIVERED)},
    **{(state, move): state for state in (P, C, A, State.WON) for move in (Move.HAND_OVER, Move.EDIT)},
    **{(state, Move.ATTACH): state for state in (P, C, A, State.WON, State.DELIVERED)},
    **{(state, move): state for state in (P, C) for move in TALKING},
    **{(state, move): state for state in (P, C, A, State.WON) for move in FINISHING},
    **{(state, move): state for state in (P, C, A, State.WON) for move in (Move.MEET, Move.WAIVE)},
}
