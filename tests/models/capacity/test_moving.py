"""Work that may be done ahead: placed where there is room, moved when capacity changes, and broken only then."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from models.capacity.adjusting import adjust, breaking, lock_touched
from models.capacity.moving import MOVE_WORK
from models.company.offers import Alternative
from models.company.resources import Commitment, Hold, ResourceRow
from models.deals.card_messages import CardMessage
from models.deals.deciding import approve
from models.deals.proposing import change, counter
from models.deals.reservations import held_until
from models.deals.rows import Deal
from models.deals.terms import check_deal
from models.promise import Adjustment
from models.promise.check import Verdict
from models.setup.exporting import company_document
from models.workspace.history import History
from models.workspace.outbox import News, Outbox
from tests.models.capacity.test_adjusting import resource
from tests.world import NOW, World

DEC_21, DEC_28, JAN_4, JAN_18 = date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 18)


def ahead(world: World, weeks: int = 2) -> None:
    """Summit tents may be assembled so many weeks earlier."""
    for need in world.offer("Summit tent").needs:
        if need.resource.name == "Assembly":
            need.ahead = weeks
    world.session.flush()


def add_alternative(world: World, name: str) -> None:
    """Summit tents may be assembled on another resource, too."""
    for need in world.offer("Summit tent").needs:
        if need.resource.name == "Assembly":
            other = resource(world, name)
            need.alternatives.append(Alternative(workspace=world.workspace, resource=other, rank=1))
    world.session.flush()


def tents(world: World, count: int = 200, customer: str = "Acme") -> Deal:
    """104 hours for 200 tents, of which 62 are free in the week of 4 January."""
    return world.propose(("Summit tent", count, 48000, JAN_18), customer=customer)


def cells(world: World, deal: Deal, row: type[Commitment | Hold] = Commitment) -> dict[date, int]:
    """What lies where on the assembly, in hours."""
    loads = select(row.week, row.quantity).join(ResourceRow, ResourceRow.id == row.resource_id)
    loads = loads.where(row.deal_id == deal.id, row.released_at.is_(None), ResourceRow.name == "Assembly")
    found: Counter[date] = Counter()
    for week, quantity in world.session.execute(loads):
        found[week] += quantity // 1000
    return found


def available(week: date, hours: int) -> Adjustment:
    return Adjustment("Assembly", week, available=hours * 1000, overtime=0, reason="Repair.")


def test_what_does_not_fit_in_its_week_is_promised_in_the_one_before(world: World) -> None:
    deal = tents(world)
    assert check_deal(deal, now=NOW).check.verdict is Verdict.SHORT
    ahead(world)
    checked = check_deal(deal, now=NOW).check
    assert (checked.verdict, checked.shortages) == (Verdict.FITS, ())
    approve(deal, by=world.person("Olga"), now=NOW)
    assert cells(world, deal) == {DEC_28: 42, JAN_4: 62}
    # The next one finds what is left.
    other = tents(world, 20, "Globex")
    counter(other, world.terms(("Summit tent", 18, 48000, JAN_18)), by=world.person("Olga"), now=NOW)
    assert cells(world, other, Hold) == {DEC_28: 13}


def test_work_is_moved_within_its_weeks_before_a_promise_breaks(world: World) -> None:
    ahead(world)
    deal = tents(world)
    approve(deal, by=world.person("Olga"), now=NOW)
    olga, assembly = world.person("Olga"), resource(world)
    assert breaking(world.workspace, available(JAN_4, 300), now=NOW).deals == []
    adjust(assembly, available(JAN_4, 300), by=olga, now=NOW)
    # 300 less the spring order's 258: 42 stay, 20 more are done the week before.
    assert (cells(world, deal), deal.broken_at) == ({DEC_28: 62, JAN_4: 42}, None)
    acts = world.session.scalars(select(History.move).where(History.subject == "deal").order_by(History.id)).all()
    assert acts[-1] == MOVE_WORK
    adjust(assembly, available(DEC_28, 30), by=olga, now=NOW)
    assert cells(world, deal) == {DEC_21: 32, DEC_28: 30, JAN_4: 42}
    assert breaking(world.workspace, available(DEC_21, 0), now=NOW).promises == [deal]
    adjust(assembly, available(DEC_21, 0), by=olga, now=NOW)
    assert deal.broken_at == NOW
    # Nothing is moved of what cannot be kept.
    assert cells(world, deal) == {DEC_21: 32, DEC_28: 30, JAN_4: 42}


def test_promise_that_stays_where_it_lies_is_kept_though_it_could_have_been_moved_before(world: World) -> None:
    # 850 tents take 429 hours of the 400 in their week, the rest by overtime that was agreed to.
    deal = world.propose(("Summit tent", 850, 48000, date(2027, 1, 25)))
    olga, assembly = world.person("Olga"), resource(world)
    cost = check_deal(deal, now=NOW).check.overtime_cost
    approve(deal, by=olga, now=NOW, overtime=cost)
    ahead(world)
    # Now all of it would fit ahead without overtime, and then no more: nothing that was agreed to changes.
    for week in (JAN_4, DEC_28):
        assert breaking(world.workspace, available(week, 0), now=NOW).promises == []
        adjust(assembly, available(week, 0), by=olga, now=NOW)
    assert (deal.broken_at, cells(world, deal)) == (None, {date(2027, 1, 11): 429})


def test_what_is_pushed_into_overtime_is_moved_where_it_costs_none(world: World) -> None:
    ahead(world)
    deal = world.propose(("Summit tent", 700, 48000, date(2027, 1, 25)))
    approve(deal, by=world.person("Olga"), now=NOW)
    assert cells(world, deal) == {date(2027, 1, 11): 354}
    less = Adjustment("Assembly", date(2027, 1, 11), available=320_000, overtime=80_000, reason="Repair.")
    adjust(resource(world), less, by=world.person("Olga"), now=NOW)
    assert cells(world, deal) == {JAN_4: 34, date(2027, 1, 11): 320}


def test_moved_work_raises_no_card_of_the_seller(world: World) -> None:
    ahead(world)
    deal = tents(world)
    approve(deal, by=world.person("Olga"), now=NOW)
    world.session.execute(update(CardMessage).values(ts="1.1"))
    world.session.execute(update(Outbox).values(settled_at=NOW))
    adjust(resource(world), available(JAN_4, 300), by=world.person("Olga"), now=NOW)
    queued = select(Outbox.kind).where(Outbox.settled_at.is_(None), Outbox.card_id.is_not(None)).distinct()
    assert set(world.session.scalars(queued)) == {News.CARD, News.THREAD}


def test_what_work_may_be_moved_to_is_locked_with_what_it_is_moved_from(world: World) -> None:
    """On SQLite whoever writes has the whole file."""
    add_alternative(world, "Last ten")
    deal = tents(world, 100)
    approve(deal, by=world.person("Olga"), now=NOW)
    world.session.commit()
    lock_touched(world.workspace, {"Assembly"})
    if world.database.engine.dialect.name == "sqlite":
        return
    other = select(ResourceRow.id).where(ResourceRow.name == "Last ten").with_for_update(nowait=True)
    with world.database.writing() as elsewhere, pytest.raises(OperationalError, match="could not obtain lock"):
        elsewhere.execute(other)


def countered_after_a_change(world: World, promised: int, countered: int) -> Deal:
    """A promise for 18 January that the seller wants to be more, and operations' answer, which holds the rest."""
    ahead(world)
    deal = tents(world, promised)
    approve(deal, by=world.person("Olga"), now=NOW)
    change(deal, world.terms(("Summit tent", countered + 10, 48000, JAN_18)), by=world.person("Sara"), now=NOW)
    counter(deal, world.terms(("Summit tent", countered, 48000, JAN_18)), by=world.person("Olga"), now=NOW)
    return deal


def test_hold_of_a_counter_stays_when_the_promise_is_moved(world: World) -> None:
    deal = countered_after_a_change(world, 100, 300)
    held, until = cells(world, deal, Hold), held_until(deal, now=NOW)
    assert (cells(world, deal), held) == ({JAN_4: 54}, {JAN_4: 8, DEC_28: 92})
    adjust(resource(world), available(JAN_4, 270), by=world.person("Olga"), now=NOW)
    # 270 less the spring order's 258: 12 stay, and what is done before finds room beside what is held.
    assert cells(world, deal) == {JAN_4: 12, DEC_28: 42}
    assert (cells(world, deal, Hold), held_until(deal, now=NOW)) == (held, until)


def test_hold_gives_way_where_the_moved_promise_needs_its_room(world: World) -> None:
    deal = countered_after_a_change(world, 100, 300)
    adjust(resource(world), available(DEC_28, 100), by=world.person("Olga"), now=NOW)
    adjust(resource(world), available(DEC_21, 0), by=world.person("Olga"), now=NOW)
    adjust(resource(world), available(JAN_4, 270), by=world.person("Olga"), now=NOW)
    assert (cells(world, deal), deal.broken_at) == ({JAN_4: 12, DEC_28: 42}, None)
    assert cells(world, deal, Hold) == {JAN_4: 8, DEC_28: 58}


def test_promise_without_windows_breaks_as_ever(world: World) -> None:
    deal = tents(world, 100)
    approve(deal, by=world.person("Olga"), now=NOW)
    adjust(resource(world), available(JAN_4, 300), by=world.person("Olga"), now=NOW)
    assert (deal.broken_at, cells(world, deal)) == (NOW, {JAN_4: 54})


def test_company_keeps_its_windows_and_alternatives(world: World) -> None:
    ahead(world)
    (offer,) = [each for each in company_document(world.workspace)["offers"] if each["name"] == "Summit tent"]
    assert [need.get("ahead") for need in offer["needs"] if need["resource"] == "Assembly"] == [2]
