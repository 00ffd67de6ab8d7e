"""What buttons and forms of the cycle carry: it comes back as it was, and several in a window are told apart."""

from handlers.sop.targets import CycleTarget, ReviewTarget, ScenarioTarget, TriedTarget


def test_targets_come_back_as_they_were() -> None:
    for target in (CycleTarget(cycle=3), ReviewTarget(cycle=3, seen="2026"), TriedTarget(cycle=3, way="a.b", deal=4)):
        assert type(target).decode(target.encode()) == target


def test_scenarios_of_a_window_are_told_apart() -> None:
    assert [ScenarioTarget(cycle=1, scenario=number).key for number in (4, 5)] == [4, 5]
