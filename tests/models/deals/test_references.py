"""What other systems call a deal: one key, one deal, for good."""

import pytest

from models.base.errors import Refused
from models.deals.references import find_referred, refer, references_of
from tests.world import NOW, World


def test_deal_is_found_by_its_key_in_each_system(world: World) -> None:
    deal, other = world.propose(), world.propose(customer="Beta")
    refer(deal, {"salesforce": "006A", "sap": " 4711 "}, by=world.person("Sara"), now=NOW)
    refer(deal, {"salesforce": "006A"}, by=world.person("Sara"), now=NOW)
    assert references_of(world.workspace, [deal.id, other.id]) == {deal.id: {"salesforce": "006A", "sap": "4711"}}
    assert find_referred(world.workspace, {"sap": "4711"}) is deal
    assert find_referred(world.workspace, {"sap": "006A"}) is None


@pytest.mark.parametrize(
    ("references", "sentence"),
    [
        ({"salesforce": "006A"}, r"006A in salesforce is deal #1 already"),
        ({"hubspot": "2"}, r"Deal #2 is 1 in hubspot already"),
        ({"Sales Force": "2"}, "small letters"),
        ({"sap": " "}, "1 to 200 characters"),
    ],
)
def test_key_belongs_to_one_deal_for_good(world: World, references: dict[str, str], sentence: str) -> None:
    deal, other = world.propose(), world.propose(customer="Beta")
    refer(deal, {"salesforce": "006A"}, by=world.person("Sara"), now=NOW)
    refer(other, {"hubspot": "1"}, by=world.person("Sara"), now=NOW)
    with pytest.raises(Refused, match=sentence):
        refer(other, references, by=world.person("Sara"), now=NOW)
