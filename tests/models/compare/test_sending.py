"""All answers or none, under one lock, as they were seen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import func, select

from bot.database import Database
from models.base.errors import Busy, Refused, TooLate
from models.company.resources import Commitment, Hold, ResourceRow
from models.compare.sending import CHANGED, Sent, send_answers
from models.deals.deciding import approve
from models.deals.rows import Deal
from models.deals.terms import TermLine
from models.workspace.history import History
from tests.world import NOW, World

JAN_4, JAN_18, JAN_25 = (date(2027, 1, day) for day in (4, 18, 25))


def ask(world: World, *tents: int) -> list[Deal]:
    names = ("Acme", "Borealis", "Scouts")
    return [world.propose(("Summit tent", n, 43200, JAN_18), customer=c) for n, c in zip(tents, names, strict=False)]


def later(world: World, deal: Deal) -> Sent:
    lines = [TermLine(line.offer_id, line.quantity, line.unit_price, JAN_25) for line in deal.proposal.lines]
    return Sent(deal.id, deal.proposal.version, tuple(lines))


def as_asked(deal: Deal, overtime: int = 0) -> Sent:
    return Sent(deal.id, deal.proposal.version, overtime=overtime)


def taken(world: World, row: type[Commitment | Hold]) -> list[tuple[int | None, date, int]]:
    rows = select(row.deal_id, row.week, row.quantity).join(ResourceRow).where(ResourceRow.name == "Assembly")
    rows = rows.where(row.released_at.is_(None), row.deal_id.is_not(None)).order_by(row.deal_id, row.week)
    return [(deal, week, quantity) for deal, week, quantity in world.session.execute(rows)]


def test_answers_are_sent_together_each_with_its_own_history_and_hold(world: World) -> None:
    first, second, third = ask(world, 100, 90, 60)
    sent = [as_asked(first), later(world, second), later(world, third)]
    deals = send_answers(world.workspace, sent, by=world.person("Olga"), now=NOW)
    assert [(deal.number, deal.state) for deal in deals] == [(1, "approved"), (2, "countered"), (3, "countered")]
    assert taken(world, Commitment) == [(first.id, JAN_4, 54_000)]
    assert taken(world, Hold) == [(second.id, date(2027, 1, 11), 49_000), (third.id, date(2027, 1, 11), 34_000)]
    moves = select(History.subject_id, History.move).where(History.subject == "deal", History.move != "propose")
    assert [tuple(act) for act in world.session.execute(moves.order_by(History.id))] == [
        (first.id, "commit"),
        (second.id, "counter"),
        (third.id, "counter"),
    ]


def test_answers_that_cannot_be_had_together_are_not_sent(world: World) -> None:
    first, second = ask(world, 100, 90)
    with pytest.raises(TooLate, match="Not all of this can be had together any more"):
        send_answers(world.workspace, [as_asked(first), as_asked(second)], by=world.person("Olga"), now=NOW)
    assert taken(world, Commitment) == []
    assert (first.state, second.state) == ("proposed", "proposed")


def test_overtime_that_was_not_seen_is_not_bought(world: World) -> None:
    deal = world.propose(("Summit tent", 800, 43200, JAN_25), customer="Acme")
    other = world.propose(("Summit tent", 60, 43200, JAN_25), customer="Borealis")
    olga = world.person("Olga")
    # 404 hours and 34 of 400: the second one's are overtime.
    with pytest.raises(TooLate, match="Not all of this"):
        send_answers(world.workspace, [as_asked(deal), as_asked(other)], by=olga, now=NOW)
    seen = [as_asked(deal, overtime=22_000), as_asked(other, overtime=187_000)]
    send_answers(world.workspace, seen, by=olga, now=NOW)
    assert [(one.state, one.proposal.overtime_allowed) for one in (deal, other)] == [
        ("approved", 22_000),
        ("approved", 187_000),
    ]


def test_likelier_deal_gets_the_ordinary_hours(world: World) -> None:
    deal = world.propose(("Summit tent", 700, 43200, JAN_25), customer="Acme")
    other = world.propose(("Summit tent", 100, 43200, JAN_25), customer="Borealis")
    # 354 and 54 hours of 400.
    sent = [Sent(deal.id, 1, overtime=44_000, weight=10), Sent(other.id, 1, weight=90)]
    send_answers(world.workspace, sent, by=world.person("Olga"), now=NOW)
    assert [one.proposal.overtime_allowed for one in (deal, other)] == [44_000, None]


def test_older_terms_are_refused_and_nothing_is_sent(world: World) -> None:
    first, second = ask(world, 100, 60)
    stale = Sent(second.id, second.proposal.version + 1, later(world, second).lines)
    with pytest.raises(TooLate, match="The terms have changed"):
        send_answers(world.workspace, [as_asked(first), stale], by=world.person("Olga"), now=NOW)


def test_only_who_may_decide_sends(world: World) -> None:
    first, second = ask(world, 100, 60)
    sent = [as_asked(first), later(world, second)]
    for name in ("Sara", "Pete", "Lea", "Gus"):
        with pytest.raises(Refused), world.session.begin_nested():
            send_answers(world.workspace, sent, by=world.person(name), now=NOW)
    assert taken(world, Commitment) == []


def test_nothing_and_what_is_not_there_are_refused(world: World) -> None:
    (first,) = ask(world, 100)
    olga = world.person("Olga")
    with pytest.raises(Refused, match="There is nothing to send"):
        send_answers(world.workspace, [], by=olga, now=NOW)
    with pytest.raises(TooLate, match="One of these deals is not here"):
        send_answers(world.workspace, [as_asked(first), Sent(10**6, 1)], by=olga, now=NOW)


def test_all_or_none_are_sent_while_two_others_decide_on_the_same_deals(database: Database) -> None:
    """Whoever comes first decides; what is left never takes more than there is."""
    with World.build(database) as world:
        ids = [deal.id for deal in ask(world, 100, 90, 60)]
    together = Barrier(3)

    def act(which: int) -> str:
        together.wait()
        try:
            with World.enter(database) as world:
                deals = [world.session.get_one(Deal, key) for key in ids]
                if which == 2:
                    sent = [as_asked(deals[0]), later(world, deals[1]), later(world, deals[2])]
                    send_answers(world.workspace, sent, by=world.person("Olga"), now=NOW)
                else:
                    approve(deals[which], by=world.person("Otto"), now=NOW, version=1)
        except (Refused, Busy) as refused:
            return refused.sentence
        return "done"

    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(act, range(3)))
    with World.enter(database) as world:
        states = [world.session.get_one(Deal, key).state for key in ids]
        used = world.session.scalar(
            select(func.sum(Commitment.quantity))
            .join(ResourceRow)
            .where(ResourceRow.name == "Assembly", Commitment.week == JAN_4, Commitment.released_at.is_(None))
        )
    assert (used or 0) <= 320_000
    if said[2] == "done":
        assert states == ["approved", "countered", "countered"]
    else:
        assert said[2].endswith("Nothing was sent.")
        assert CHANGED in said[2] or "not possible now" in said[2] or "is promised" in said[2]
        assert states[2] == "proposed"
        assert "countered" not in states


def test_work_lies_in_the_cells_that_were_chosen_together(world: World) -> None:
    """By itself the first would be made in its own week, and the second would need overtime there."""
    need = world.offer("Ridge tent").needs[0]
    need.ahead, need.offset, need.per_unit, need.fixed = 1, -2, 250, 0
    first = world.propose(("Ridge tent", 600, 30000, JAN_25), customer="Acme")
    second = world.propose(("Summit tent", 592, 43200, JAN_25), customer="Borealis")
    send_answers(world.workspace, [as_asked(first), as_asked(second)], by=world.person("Olga"), now=NOW)
    jan_11 = date(2027, 1, 11)
    # 150 and 300 hours of 400 and, a week before, of 62.
    assert taken(world, Commitment) == [
        (first.id, JAN_4, 50_000),
        (first.id, jan_11, 100_000),
        (second.id, jan_11, 300_000),
    ]


def test_deal_that_goes_first_gets_the_ordinary_hours_before_a_likelier_one(world: World) -> None:
    deal = world.propose(("Summit tent", 700, 43200, JAN_25), customer="Acme")
    other = world.propose(("Summit tent", 100, 43200, JAN_25), customer="Borealis")
    sent = [Sent(deal.id, 1, weight=10, goes_first=True), Sent(other.id, 1, overtime=44_000, weight=90)]
    send_answers(world.workspace, sent, by=world.person("Olga"), now=NOW)
    assert [one.proposal.overtime_allowed for one in (deal, other)] == [None, 44_000]
