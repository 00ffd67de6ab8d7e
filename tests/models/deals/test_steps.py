"""A step of a proposal: whom it asks, how many, and when it is done."""

import pytest

from models.deals.decisions import Decision
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.deals.states import Move
from models.deals.steps import Step
from models.policy.rules import ALL, ANY
from models.workspace.members import Grant, Member
from models.workspace.roles import Role, Side


def member(key: int, *roles: Role) -> Member:
    return Member(id=key, name=f"Person {key}", is_outsider=False, grants=[Grant(role=role) for role in roles])


def proposal(*steps: Step, said: tuple[tuple[int, Member], ...] = ()) -> Proposal:
    decisions = [
        Decision(proposal_id=1, step_id=step, by_id=by.id, by=by, move=Move.APPROVE, side=Side.APPROVERS)
        for step, by in said
    ]
    return Proposal(id=1, deal=Deal(decisions=decisions), side=Side.SALES, all_steps=list(steps))


def step(key: int, *people: int, role: Role | None = None, need: int = ANY) -> Step:
    asked = list(people)
    known = {"role": role, "asked_role": role, "people": asked, "asked_people": asked}
    return Step(id=key, rank=1, side=Side.APPROVERS, need=need, **known)


@pytest.mark.parametrize(("need", "required"), [(ANY, 1), (2, 2), (ALL, 3)])
def test_so_many_are_required(need: int, required: int) -> None:
    asked = step(1, 7, 8, 9, need=need)
    proposal(asked)
    assert asked.required == required


@pytest.mark.parametrize(
    ("role", "has", "asks"),
    [
        (Role.OPERATIONS, Role.OPERATIONS, True),
        (Role.OPERATIONS, Role.LEADERSHIP, False),
        (Role.FINANCE, Role.LEADERSHIP, True),
        (Role.LEADERSHIP, Role.FINANCE, False),
        (Role.SALES, Role.SALES, True),
    ],
)
def test_role_is_answered_for_by_who_has_it_and_finance_by_leadership_too(role: Role, has: Role, *, asks: bool) -> None:
    assert step(1, role=role).asks(member(7, has)) == asks


def test_step_by_name_asks_its_people_only() -> None:
    one = step(1, 7, 8)
    assert [one.asks(member(key, Role.LEADERSHIP)) for key in (7, 9)] == [True, False]


def test_done_step_waits_for_nobody() -> None:
    fin, lea = member(7, Role.FINANCE), member(8, Role.LEADERSHIP)
    both, any_one = step(1, 7, 8, need=ALL), step(2, role=Role.FINANCE)
    given = proposal(both, any_one, said=((2, fin),))
    assert [one.is_done for one in given.steps] == [False, True]
    assert [one.waits_for(lea) for one in given.steps] == [True, False]
    assert not both.waits_for(fin)
    any_one.kept_version, both.kept_version = None, 1
    assert given.open_steps == []


def test_one_person_counts_by_name_everywhere_but_not_for_two_roles() -> None:
    both = member(7, Role.OPERATIONS, Role.FINANCE)
    operations, finance, named = step(1, role=Role.OPERATIONS), step(2, role=Role.FINANCE), step(3, 7)
    assert [s.is_done for s in proposal(operations, finance, named, said=((1, both),)).steps] == [True, False, True]
    assert [s.is_done for s in proposal(operations, finance, named, said=((3, both),)).steps] == [False, False, True]
    only = member(7, Role.FINANCE)
    assert [s.is_done for s in proposal(operations, finance, named, said=((3, only),)).steps] == [False, True, True]
