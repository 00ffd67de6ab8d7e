"""What somebody saw of a deal: the same letters only if they would see the same again."""

from dataclasses import replace
from datetime import date

from models.policy.facts import EVERYTHING, Facts, look_at_term
from models.promise.check import Verdict

FACTS = Facts(
    revenue=100,
    cost=80,
    floor=30,
    discount=0,
    verdict=Verdict.FITS,
    overtime=0,
    deviations=frozenset(),
    families=frozenset({"Tents"}),
    tier="",
    weeks_ahead=8,
    seller="USARA",
    work=(("Tent", 1, date(2027, 1, 18)),),
    prices=(("Tent", date(2027, 1, 18), 100),),
    terms=(("Payment", "60 days"), ("Warranty", "36")),
)


def test_below_the_floor_is_what_is_missing_to_it() -> None:
    assert (FACTS.below_floor, replace(FACTS, floor=20).below_floor, replace(FACTS, floor=0).below_floor) == (10, 0, 0)


def test_who_looks_at_one_term_sees_no_other() -> None:
    looks = {look_at_term(" payment ")}
    other = replace(FACTS, terms=(("Payment", "60 days"), ("Warranty", "12")))
    longer = replace(FACTS, terms=(("Payment", "90 days"), ("Warranty", "36")))
    without = replace(FACTS, terms=())
    assert FACTS.seen(looks) == other.seen(looks)
    assert len({facts.seen(looks) for facts in (FACTS, longer, without)}) == 3
    assert FACTS.seen({"terms"}) != other.seen({"terms"})


def test_who_looks_at_everything_sees_each_change() -> None:
    changed = [replace(FACTS, revenue=1), replace(FACTS, cost=1), replace(FACTS, terms=()), replace(FACTS, prices=())]
    assert len({facts.seen(EVERYTHING) for facts in (FACTS, *changed)}) == 5


def test_standard_is_what_fits_without_a_deviation() -> None:
    assert FACTS.is_standard
    assert not replace(FACTS, verdict=Verdict.OVERTIME).is_standard
    assert not replace(FACTS, deviations=frozenset({"terms"})).is_standard
