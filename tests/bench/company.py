"""A company as large as the promise speaks of, busy to about 71 %, and customers who ask too much of it.

Ten plants with twenty resources each: most are time with overtime, some are stock with receipts. An offer needs some of
its plant's resources, a deal is for offers of one plant. Everything is drawn from a fixed seed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.base.arithmetic import WEEK
from models.company.offers import OfferRow
from models.company.resources import Commitment, ResourceRow
from models.deals.terms import TermLine, Terms
from models.files import CompanyFile, GivenCommitment
from models.promise import Company, Kind, Need, Offer, Resource, WeekException
from models.setup.importing import import_company
from models.workspace.workspaces import Workspace
from tests.world import NOW

RESOURCES, WEEKS, COMMITMENTS = 200, 104, 50_000
PLANTS, OF_PLANT, STOCKS_OF_PLANT = 10, 20, 3
MONDAY = date(2026, 11, 23)
HOUR = PIECE = 1000
WEEKLY, OVERTIME = 400 * HOUR, 80 * HOUR
ARRIVING, ARRIVES_EVERY = 2000 * PIECE, 4
# A cell without any commitment counts as well, so that those with some are busier than the company.
BUSY, SPREAD = 0.78, 0.2


@dataclass(frozen=True)
class Plant:
    """What is made in one place, and of what."""

    resources: Sequence[Resource]
    offers: Sequence[Offer]


def plants() -> list[Plant]:
    """The company's plants, without any load."""
    chance = Random("plants")
    return [_plant(chance, number) for number in range(PLANTS)]


def large_load(made: Iterable[Plant]) -> list[GivenCommitment]:
    """50,000 commitments over all resources and weeks."""
    chance = Random("load")
    resources = [resource for plant in made for resource in plant.resources]
    cells = list(product(resources, range(WEEKS)))
    times = Counter(chance.choices(range(len(cells)), k=COMMITMENTS))
    return [load for n in sorted(times) for load in _parts(chance, *cells[n], times[n])]


def import_plants(workspace: Workspace, made: Sequence[Plant]) -> None:
    """Import the company as its file would be."""
    company = Company(
        name="Ten plants",
        currency="USD",
        places=2,
        margin_floor=Decimal("0.30"),
        resources={resource.name: resource for plant in made for resource in plant.resources},
        offers={offer.name: offer for plant in made for offer in plant.offers},
    )
    import_company(workspace, CompanyFile(company, ()), by=None, now=NOW)


def commit(workspace: Workspace, load: Iterable[GivenCommitment]) -> None:
    """Write commitments straight into their table: an import takes them one by one."""
    known = dict(workspace.session.execute(select(ResourceRow.name, ResourceRow.id)).all())
    same = {"workspace_id": workspace.id, "committed_at": NOW}
    rows = [
        same | {"resource_id": known[x.resource], "week": x.week, "quantity": x.quantity, "ref": x.ref} for x in load
    ]
    workspace.session.execute(insert(Commitment), rows)


def asks(session: Session, made: Sequence[Plant], *, lines: int) -> Iterator[Terms]:
    """What customers ask, one after the other; more lines are smaller ones."""
    ids = dict(session.execute(select(OfferRow.name, OfferRow.id)).all())
    chance = Random(f"asks of {lines}")
    while True:
        first = MONDAY + chance.randint(6, 10) * WEEK
        weeks = [first] if chance.random() < 0.6 else [first, first + WEEK]
        chosen = chance.sample(chance.choice(made).offers, lines)
        yield Terms(tuple(_line(chance, offer, ids[offer.name], chance.choice(weeks), lines) for offer in chosen))


def _plant(chance: Random, number: int) -> Plant:
    names = [f"Plant {number} · {n:02}" for n in range(OF_PLANT)]
    resources = [_stock(chance, name) for name in names[:STOCKS_OF_PLANT]]
    resources += [_time(chance, name) for name in names[STOCKS_OF_PLANT:]]
    offers = [f"Offer {number}.{n:02}" for n in range(OF_PLANT)]
    return Plant(resources, [_offer(chance, name, offers, resources) for name in offers])


def _time(chance: Random, name: str) -> Resource:
    short = {MONDAY + chance.randrange(WEEKS) * WEEK: WeekException(available=WEEKLY * 4 // 5) for _ in range(2)}
    return Resource(name, Kind.TIME, "hour", WEEKLY, OVERTIME, overtime_cost=55_00, exceptions=short)


def _stock(chance: Random, name: str) -> Resource:
    first = chance.randrange(ARRIVES_EVERY)
    receipts = {MONDAY + week * WEEK: ARRIVING for week in range(first, WEEKS, ARRIVES_EVERY)}
    return Resource(name, Kind.STOCK, "piece", on_hand=400 * PIECE, as_of=MONDAY, receipts=receipts)


def _offer(chance: Random, name: str, all_of_plant: Sequence[str], resources: Sequence[Resource]) -> Offer:
    others = [other for other in all_of_plant if other != name]
    price = chance.randint(20, 600) * 100
    return Offer(
        name=name,
        family=name.partition(".")[0],
        unit="piece",
        list_price=price,
        unit_cost=price * chance.randint(50, 68) // 100,
        margin_floor=Decimal(chance.choice(("0.25", "0.30", "0.30", "0.35"))),
        standard=chance.random() < 0.9,
        max_discount=Decimal("0.10"),
        lead_weeks=2,
        min_lot=chance.choice((1, 1, 5, 10, 20)),
        substitutes=tuple(chance.sample(others, chance.choice((0, 0, 0, 1, 2)))),
        needs=tuple(_needs(chance, resources)),
    )


def _needs(chance: Random, resources: Sequence[Resource]) -> Iterator[Need]:
    """Two or three kinds of time first, and now and then a part from stock."""
    for resource in chance.sample(resources[STOCKS_OF_PLANT:], chance.choice((2, 3))):
        fixed = chance.randint(2, 8) * HOUR if chance.random() < 0.3 else 0
        each = chance.randint(5, 25) * HOUR // 20
        yield Need(resource.name, chance.choice((-2, -1, 0)), chance.choice((1, 1, 2)), each, fixed)
    if chance.random() < 0.4:
        yield Need(chance.choice(resources[:STOCKS_OF_PLANT]).name, per_unit=chance.choice((1, 2)) * PIECE)


def _line(chance: Random, offer: Offer, offer_id: int, week: date, lines: int) -> TermLine:
    hours = chance.uniform(40, 240) * HOUR / lines**0.5
    quantity = round(hours / offer.needs[0].per_unit)
    return TermLine(offer_id, quantity, offer.list_price * chance.randint(85, 100) // 100, week)


def _parts(chance: Random, resource: Resource, week: int, times: int) -> Iterator[GivenCommitment]:
    """The load of one resource in one week, cut into so many commitments."""
    usual = WEEKLY if resource.kind is Kind.TIME else ARRIVING // ARRIVES_EVERY
    load = round(usual * min(1.15, max(0.1, chance.gauss(BUSY, SPREAD))))
    cuts = sorted(chance.sample(range(1, load), times - 1))
    for number, (begins, ends) in enumerate(pairwise((0, *cuts, load))):
        yield GivenCommitment(f"SO-{number}", resource.name, MONDAY + week * WEEK, ends - begins, None)
