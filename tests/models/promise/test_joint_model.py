"""What is said of sums of variables: how large they may be, what is beyond something, and what binds only if used."""

from ortools.sat.python import cp_model

from models.promise.joint_model import JointModel, value_of
from models.promise.search import fresh_solver


def solved(joint: JointModel, *, most: list[tuple[int, cp_model.IntVar]]) -> cp_model.CpSolver:
    joint.model.maximize(sum(times * var for times, var in most))
    solver = fresh_solver(1.0)
    assert solver.solve(joint.model) == cp_model.OPTIMAL
    return solver


def test_sum_is_at_most_what_its_variables_may_be() -> None:
    joint = JointModel()
    assert joint.most([(2, joint.new(5)), (-3, joint.new(7)), (1, joint.new(1))]) == 11
    assert joint.most([(4, joint.new(-2))]) == 0


def test_what_is_beyond_is_nothing_below_and_the_rest_above() -> None:
    joint = JointModel()
    amount = joint.new(10)
    (over,) = joint.beyond([(1, amount)], -6)
    solver = solved(joint, most=[(1, amount)])
    assert (solver.value(amount), value_of(solver, [over])) == (10, 4)
    assert joint.beyond([(1, amount)], -10) == []


def test_kept_sum_binds_only_where_it_is_used() -> None:
    joint = JointModel()
    kept, other = joint.new(3), joint.new(9)
    joint.keep([(1, kept)], [(1, kept), (1, other)], 5)
    assert solved(joint, most=[(1, other)]).value(other) == 9
    joint.model.add(kept >= 1)
    assert solved(joint, most=[(1, other)]).value(other) == 4


def test_goal_of_a_sum_is_the_same_in_smaller_numbers() -> None:
    joint = JointModel()
    first, second = joint.new(3), joint.new(1)
    goal = joint.goal([(20, first), (-30, second), (10, first)])
    assert [(times, var.index) for times, var in goal.terms] == [(1, first.index), (-1, second.index)]
    assert (goal.low, goal.high, goal.is_exact) == (-1, 3, True)
