"""What is written down of an act, and that it waits to be chained."""

from models.workspace.history import RECORDED, record
from tests.world import NOW, World


def test_act_is_written_down_with_who_when_and_why(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    act = record(deal, "look", by=olga, now=NOW, states=("proposed", "proposed"), why="Once.", details={"n": 1})
    assert (act.subject, act.subject_id, act.move, act.by, act.at) == ("deal", deal.id, "look", olga, NOW)
    assert (act.from_state, act.to_state, act.why, act.details) == ("proposed", "proposed", "Once.", {"n": 1})
    # Its place in the chain comes with the end of the transaction.
    assert (act.number, act.chain, world.session.info[RECORDED][-1]) == (None, None, act.id)


def test_act_upon_the_workspace_itself_is_its_own(world: World) -> None:
    act = record(world.workspace, "look", by=None, now=NOW)
    assert (act.workspace_id, act.subject, act.by) == (world.workspace.id, "workspace", None)
