"""A condition as a row: whether it stands, and whether it is open."""

from datetime import UTC, date, datetime

import pytest

from models.deals.conditions import Before, Condition, GivenCondition, check_conditions
from models.deals.decisions import Decision
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.deals.steps import Step
from models.workspace.members import Member
from models.workspace.roles import Role

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def condition(*, proposal: int = 1, step: int = 1, kept: int | None = None) -> Condition:
    """Said to version 1 in the step of operations; the present version is the second."""
    first, second = (Step(id=n, role=None, asked_role=Role.OPERATIONS, asked_people=[], people=[]) for n in (1, 2))
    second.kept_version = kept
    proposals = [Proposal(id=1, version=1, all_steps=[first]), Proposal(id=2, version=2, all_steps=[second])]
    deal = Deal(proposals=proposals, proposal=proposals[1])
    said = Decision(proposal_id=proposal, step_id=step, step=first, by_id=7)
    return Condition(deal=deal, decision=said, before=Before.WINNING)


@pytest.mark.parametrize(
    ("one", "stands"),
    [(condition(proposal=2), True), (condition(), False), (condition(kept=1), True), (condition(kept=2), False)],
)
def test_condition_stands_with_its_yes(one: Condition, *, stands: bool) -> None:
    assert (one.stands, one.is_open) == (stands, stands)
    one.decision.taken_back_at = NOW
    assert not one.stands


def test_settled_condition_is_not_open() -> None:
    met, waived = condition(proposal=2), condition(proposal=2)
    met.met_at, waived.waived_at = NOW, NOW
    assert (met.is_open, waived.is_open, met.stands) == (False, False, True)


def test_good_conditions_pass() -> None:
    owner = Member(name="Sara", is_outsider=False)
    check_conditions(
        [GivenCondition("Deposit", owner, date(2026, 11, 23), Before.WINNING)] * 3, today=date(2026, 11, 23)
    )
