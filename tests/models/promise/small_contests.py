"""Small contests: a saw of ten hours a week, chairs that take an hour of it each, and pots of glue."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from models.promise.facts import Company, Kind, Line, Need, Offer, Place, Resource
from models.promise.joint import Answer, Contender, Contest, Joint, Reserve, choose

TODAY = date(2026, 11, 25)
PAST, W0, W1, W2 = date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7)
HOUR = POT = 1000
CHAIR = Need("Saw", per_unit=HOUR)
NOTHING = Answer(0)


def saw(
    *,
    name: str = "Saw",
    weekly: int = 10,
    overtime: int = 0,
    load: Mapping[date, int] | None = None,
    places: Mapping[date, tuple[int, int]] | None = None,
) -> Resource:
    """Hours by week; overtime costs 5 an hour. Of its place in a week a deal has so many hours behind so many."""
    return Resource(
        name,
        Kind.TIME,
        "hour",
        weekly=HOUR * weekly,
        overtime=HOUR * overtime,
        overtime_cost=5,
        load={week: HOUR * hours for week, hours in (load or {}).items()},
        places={week: (Place(HOUR * hours, HOUR * ahead),) for week, (hours, ahead) in (places or {}).items()},
    )


def glue(
    on_hand: int, *, receipts: Mapping[date, int] | None = None, load: Mapping[date, int] | None = None
) -> Resource:
    """Pots as they were counted this week."""
    return Resource(
        "Glue",
        Kind.STOCK,
        "pot",
        on_hand=POT * on_hand,
        receipts={week: POT * pots for week, pots in (receipts or {}).items()},
        load={week: POT * pots for week, pots in (load or {}).items()},
    )


def shop(*resources: Resource, **offers: Need) -> Company:
    """A company that sells chairs, and what else is named with its need."""
    needs = {"Chair": CHAIR, **offers}
    every = {name: Offer(name, "F", "piece", 20, 8, Decimal(0), needs=(need,)) for name, need in needs.items()}
    return Company("Ridgeline", "JPY", 0, {resource.name: resource for resource in resources}, every)


def lines(quantity: int, week: date = W0, *, offer: str = "Chair") -> tuple[Line, ...]:
    """One delivery."""
    return (Line(offer, quantity, 20, week),)


def answered(
    company: Company, *contenders: Contender, reserves: Iterable[Reserve] = ()
) -> list[tuple[int, int]] | None:
    """Each deal's answer and the cost of its overtime, as it is proven; None where there is none."""
    joint = chosen(company, *contenders, reserves=reserves)
    return None if joint.choices is None else [(one.answer, one.overtime) for one in joint.choices]


def chosen(company: Company, *contenders: Contender, reserves: Iterable[Reserve] = ()) -> Joint:
    """What is chosen, and proven."""
    joint = choose(Contest(company, TODAY, contenders, tuple(reserves)), limit=5.0)
    assert joint.is_proven
    return joint


def asks(company: Company, asked: tuple[Line, ...], *, worth: int = 100, is_new: bool = True) -> Contender:
    """As asked, or nothing."""
    return Contender(company, (Answer(worth, asked, is_new), NOTHING))
