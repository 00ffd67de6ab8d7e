"""When a cycle may move: one table. Who may is in `rules`."""

from collections.abc import Mapping
from enum import StrEnum


class Step(StrEnum):
    """Where a cycle stands; the steps in their order."""

    DATA = "data"
    DEMAND = "demand"
    SUPPLY = "supply"
    RECONCILIATION = "reconciliation"
    EXECUTIVE = "executive"
    SIGNED = "signed"


class Move(StrEnum):
    """What a person, or the clock, does to a cycle."""

    GO_ON = "go_on"
    FORECAST = "forecast"
    SUPPLY = "supply"
    DECIDE = "decide"
    AGREE = "agree"
    IMAGINE = "imagine"
    COMMENT = "comment"
    RECONCILE = "reconcile"
    SIGN = "sign"


REVIEWED = (Step.DEMAND, Step.SUPPLY, Step.RECONCILIATION, Step.EXECUTIVE, Step.SIGNED)
SUPPLIED = REVIEWED[1:]

TRANSITIONS: Mapping[tuple[Step, Move], Step] = {
    (Step.DATA, Move.GO_ON): Step.DEMAND,
    (Step.DEMAND, Move.GO_ON): Step.SUPPLY,
    (Step.SUPPLY, Move.GO_ON): Step.RECONCILIATION,
    (Step.RECONCILIATION, Move.GO_ON): Step.EXECUTIVE,
    (Step.EXECUTIVE, Move.SIGN): Step.SIGNED,
    (Step.SIGNED, Move.SIGN): Step.SIGNED,
    **{(step, Move.COMMENT): step for step in Step},
    **{(step, Move.FORECAST): step for step in REVIEWED},
    **{(step, move): step for step in SUPPLIED for move in (Move.SUPPLY, Move.DECIDE, Move.IMAGINE)},
    **{(step, move): step for step in SUPPLIED[1:] for move in (Move.RECONCILE, Move.AGREE)},
}

# While a signature is to come, whoever answers for a family is asked for its supply.
ASKING = (Step.SUPPLY, Step.RECONCILIATION, Step.EXECUTIVE)

# The working day, by its name in the settings, on which the clock goes on from a step.
BEGINS = {
    Step.DATA: "demand",
    Step.DEMAND: "supply",
    Step.SUPPLY: "reconciliation",
    Step.RECONCILIATION: "executive",
}
