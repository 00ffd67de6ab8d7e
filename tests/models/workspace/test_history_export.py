"""History as rows: all of it, or of one subject, and more than is read at once."""

import pytest

from models.deals.deciding import approve
from models.workspace import history_export
from models.workspace.history_export import history_of
from tests.world import NOW, World


def test_history_of_a_deal_is_told_in_its_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_export, "AT_ONCE", 2)
    deal, other = world.propose(), world.propose(customer="Borealis")
    approve(deal, by=world.person("Olga"), now=NOW)
    told = list(history_of(world.workspace, "deal", deal.id))
    assert [(one.move, one.by, one.from_state, one.to_state) for one in told] == [
        ("propose", "Sara", "", "proposed"),
        ("commit", "Olga", "proposed", "approved"),
    ]
    assert [one.subject_id for one in history_of(world.workspace, "deal")] == [deal.id, other.id, deal.id]
    moves = [one.move for one in history_of(world.workspace)]
    assert moves[:1] == ["set_policy"]
    assert moves[-3:] == ["propose", "propose", "commit"]
    assert {one.by for one in history_of(world.workspace)} == {"Belay", "Sara", "Olga"}
