"""What may be answered, and the choices that are best together."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from models.capacity.adjusting import adjust
from models.company.customers import take_customers
from models.company.resources import ResourceRow
from models.compare.answers import Choices, Freedom, Usual, Wishes, choices_of, possible_answers, worth_of
from models.compare.comparison import Comparison, compare_with, waiting_for_operations
from models.deals.deciding import approve
from models.files.company import GivenCustomer
from models.promise import Adjustment
from tests.world import NOW, World

WEEK = date(2027, 1, 18)


def compared(world: World, *tents: int) -> Comparison:
    customers = ("Acme", "Borealis", "Scouts", "Depot", "Alpine")
    for customer, quantity in zip(customers, tents, strict=False):
        world.propose(("Summit tent", quantity, 43200, WEEK), customer=customer)
    olga = world.person("Olga")
    return compare_with(waiting_for_operations(olga)[0], by=olga, now=NOW)


def keys(choices: Choices) -> list[str]:
    return [chosen.answer.key for chosen in choices.chosen]


def test_answers_are_as_asked_the_ways_that_are_left_beside_others_and_not_now(world: World) -> None:
    comparison = compared(world, 100, 90, 60)
    answers = possible_answers(comparison)
    assert [(answer.said, answer.gain) for answer in answers[0]] == [
        ("as asked", 0),
        ("48 on Jan 18, 52 on Jan 25", -49_920),
        ("18 on Jan 18, 82 on Jan 25", -78_720),
        ("1 week later", -96_000),
        ("48 instead of 100", -738_400),
        ("18 instead of 100", -1_164_400),
        ("not now", -1_420_000),
    ]
    assert [answer.key for answer in answers[0]] == ["asked", "split+", "split", "later", "partial+", "partial", "wait"]


def test_choices_are_worth_most_together(world: World) -> None:
    comparison = compared(world, 100, 90, 60)
    choices = choices_of(comparison, possible_answers(comparison), Wishes())
    # 28 and 34 hours of the 62 that are left.
    assert [chosen.answer.said for chosen in choices.chosen] == [
        "48 on Jan 18, 52 on Jan 25",
        "1 week later",
        "as asked",
    ]
    assert choices.is_proven
    assert [chosen.overtime for chosen in choices.chosen] == [0, 0, 0]


def test_likelihood_counts_unless_it_is_not_to(world: World) -> None:
    comparison = compared(world, 100, 90)
    chances = [replace(deal, likelihood=chance) for deal, chance in zip(comparison.deals, (100, 1), strict=True)]
    likely = replace(comparison, deals=tuple(chances))
    possible = possible_answers(likely)
    assert keys(choices_of(likely, possible, Wishes())) == ["asked", "later"]
    assert keys(choices_of(likely, possible, Wishes(by_likelihood=False))) == ["split", "asked"]


def test_customers_of_a_tier_go_first(world: World) -> None:
    take_customers(world.workspace, [GivenCustomer("Acme", tier="strategic")])
    comparison = compared(world, 100, 90)
    possible = possible_answers(comparison)
    assert keys(choices_of(comparison, possible, Wishes())) == ["split", "asked"]
    assert keys(choices_of(comparison, possible, Wishes(tier="strategic"))) == ["asked", "later"]


def test_nobody_comes_later_than_asked_where_that_is_wished(world: World) -> None:
    comparison = compared(world, 100, 90)
    choices = choices_of(comparison, possible_answers(comparison), Wishes(nobody_later=True))
    assert not any(chosen.answer.is_late for chosen in choices.chosen)


def test_what_a_person_has_chosen_stays_and_the_others_follow(world: World) -> None:
    comparison = compared(world, 100, 90)
    first = comparison.deals[0].id
    possible = possible_answers(comparison)
    assert keys(choices_of(comparison, possible, Wishes(fixed={first: Usual.ASKED}))) == ["asked", "later"]
    both = {deal.id: str(Usual.ASKED) for deal in comparison.deals}
    assert choices_of(comparison, possible, Wishes(fixed=both)) == Choices((), is_proven=True)


def test_deal_that_costs_more_than_it_brings_gets_no_answer_now(world: World) -> None:
    world.propose(("Summit tent", 100, 28000, WEEK), customer="Cheap")
    comparison = compared(world, 90)
    choices = choices_of(comparison, possible_answers(comparison), Wishes())
    assert keys(choices) == ["wait", "asked"]
    assert [answer.key for answer in possible_answers(comparison)[0] if answer.key == "reprice"] == ["reprice"]
    assert worth_of(comparison.deals[0]) == -100_000


def broken(world: World) -> Comparison:
    """Three promises for 34, 24 and 16 hours of a week that has 20 left."""
    olga = world.person("Olga")
    for customer, tents in (("Acme", 60), ("Borealis", 40), ("Scouts", 24)):
        deal = world.propose(("Summit tent", tents, 43200, date(2027, 1, 25)), customer=customer)
        approve(deal, by=olga, now=NOW)
    assembly = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    breaks = adjust(assembly, Adjustment("Assembly", date(2027, 1, 11), 20_000, 0, reason="Repair"), by=olga, now=NOW)
    return compare_with(breaks.promises[0], by=olga, now=NOW)


def test_as_many_promises_are_kept_as_can_be(world: World) -> None:
    comparison = broken(world)
    choices = choices_of(comparison, possible_answers(comparison), Wishes())
    assert keys(choices) == ["later", "later", "keep"]
    assert choices.is_proven


def test_promise_that_may_move_does_not_shrink(world: World) -> None:
    comparison = broken(world)
    first, second, third = possible_answers(comparison)
    possible = [[answer for answer in first if answer.key in {"partial", "wait"}], second, third]
    ids = [deal.id for deal in comparison.deals]
    others = {ids[1]: "later", ids[2]: "later"}
    shrunk = choices_of(comparison, possible, Wishes(fixed={**others, ids[0]: Freedom.MAY_SHRINK}))
    moved = choices_of(comparison, possible, Wishes(fixed={**others, ids[0]: Freedom.MAY_MOVE}))
    assert (keys(shrunk)[0], keys(moved)[0]) == ("partial", "wait")


def test_promise_that_is_given_up_by_choice_makes_room_for_others(world: World) -> None:
    comparison = broken(world)
    fixed = {comparison.deals[2].id: "later"}
    choices = choices_of(comparison, possible_answers(comparison), Wishes(fixed=fixed))
    assert keys(choices) == ["split", "later", "later"]
