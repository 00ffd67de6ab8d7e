"""Steps as a card shows them."""

from datetime import date

from models.company.policies import set_policy
from models.deals.card_steps import missing_names, steps_of, turn_names
from models.deals.deciding import approve
from models.deals.talking import ask
from models.policy.rules import ALL, Kind, Rule, Who
from models.policy.standard import LEADERSHIP, OPERATIONS
from tests.world import NOW, World, user_id


def test_steps_say_who_why_and_how_far(world: World) -> None:
    both = Who(Kind.PEOPLE, (user_id("Fin"), user_id("Pete")))
    rules = [Rule(OPERATIONS), Rule(both, (("size", 100),), need=ALL), Rule(LEADERSHIP, order=2)]
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    deal = world.propose(("Summit tent", 100, 43200, date(2027, 1, 18)))
    approve(deal, by=world.person("Fin"), now=NOW)
    approve(deal, by=world.person("Olga"), now=NOW)
    shown = [(s.name, s.reasons, s.agreed, s.required, s.is_done, s.is_asked) for s in steps_of(deal)]
    assert shown == [
        ("operations", ("all deals",), ("Olga",), 1, True, False),
        ("Pete and Fin", ("of $1 or more",), ("Fin",), 2, False, True),
        ("leadership", ("all deals",), (), 1, False, False),
    ]
    assert (turn_names(deal), missing_names(deal)) == (("Pete and Fin",), ("Pete and Fin",))
    ask(deal, "Which colour?", by=world.person("Olga"), now=NOW)
    assert (turn_names(deal), steps_of(deal)[1].is_asked) == (("Sara",), False)
