"""Yes in seconds, and its undo."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.base.errors import NotYours, Refused, TooLate
from models.company.policies import set_policy
from models.company.resources import Commitment
from models.deals.card import card_of
from models.deals.deciding import approve, win
from models.deals.on_the_spot import undo, undo_until
from models.deals.proposing import change, revise
from models.deals.rows import Deal
from models.policy.standard import standard_rules
from models.workspace.history import History
from models.workspace.roles import Side
from tests.world import NOW, World

JAN_4, JAN_18, JAN_25 = (date(2027, 1, day) for day in (4, 18, 25))
HOUR = timedelta(hours=1)


@pytest.fixture
def standard(world: World) -> World:
    set_policy(world.workspace, standard_rules(2), by=world.person("Lea"), now=NOW)
    return world


def committed(world: World) -> dict[int | None, int]:
    rows = select(Commitment.deal_id, Commitment.quantity).where(Commitment.released_at.is_(None))
    rows = rows.where(Commitment.deal_id.is_not(None))
    return {row.deal_id: row.quantity for row in world.session.execute(rows)}


def moves(deal: Deal) -> list[tuple[str, str | None]]:
    acts = select(History).where(History.subject == "deal", History.subject_id == deal.id).order_by(History.id)
    return [(act.move, act.by.name if act.by else None) for act in deal.session.scalars(acts)]


def test_deal_within_standard_terms_that_fits_is_promised_at_once(standard: World) -> None:
    deal = standard.propose()
    assert (deal.state, deal.promised_at, committed(standard)) == ("approved", NOW, {deal.id: 54_000})
    assert moves(deal) == [("propose", "Sara"), ("commit", None)]
    card = card_of(deal, now=NOW)
    assert (card.is_on_the_spot, card.undo_until, card.ending) == (True, NOW + HOUR, None)
    assert card_of(deal, now=NOW + 2 * HOUR).undo_until is None


@pytest.mark.parametrize(
    "line",
    [
        ("Summit tent", 100, 40000, JAN_18),
        ("Summit tent", 9, 43200, JAN_18),
        ("Summit tent", 800, 43200, JAN_25),
        ("Free installation", 1, 25000, JAN_18),
    ],
)
def test_anything_beyond_waits_for_operations(standard: World, line: tuple[str, int, int, date]) -> None:
    deal = standard.propose(line)
    assert (deal.state, list(deal.awaiting)) == ("proposed", [Side.OPERATIONS])


def test_large_deal_is_leaderships(standard: World) -> None:
    deal = standard.propose(("Summit tent", 250, 43200, JAN_25))
    assert (deal.state, list(deal.awaiting)) == ("proposed", [Side.LEADERSHIP])
    approve(deal, by=standard.person("Lea"), now=NOW)
    assert (deal.state, undo_until(deal)) == ("approved", None)


def test_undone_deal_gives_its_capacity_back_and_waits_for_operations(standard: World) -> None:
    first = standard.propose(customer="Acme")
    # 62 hours were free: 8 are left, and the next deal takes them.
    second = standard.propose(("Summit tent", 10, 43200, JAN_18), customer="Borealis")
    third = standard.propose(("Summit tent", 90, 43200, JAN_18), customer="Scouts")
    assert [deal.state for deal in (first, second, third)] == ["approved", "proposed", "proposed"]
    undo(first, by=standard.person("Olga"), now=NOW + HOUR, why="The line is down.")
    # Both cards say who did it and why.
    assert card_of(first, now=NOW + HOUR).returned == "Olga undid the approval: “The line is down.”"
    assert (first.state, list(first.awaiting), committed(standard)) == ("proposed", [Side.OPERATIONS], {})
    assert (first.promised, first.promised_at, first.win_by, first.first_promised_id) == (None, None, None, None)
    assert moves(first)[-1] == ("undo", "Olga")
    # The same terms are not approved on the spot again, nor others: operations have taken it upon them.
    revise(first, standard.terms(("Summit tent", 50, 43200, JAN_25)), by=standard.person("Sara"), now=NOW + HOUR)
    assert (first.state, list(first.awaiting)) == ("proposed", [Side.OPERATIONS])
    approve(first, by=standard.person("Otto"), now=NOW + HOUR)
    assert (first.state, undo_until(first)) == ("approved", None)


def test_undo_is_for_operations_within_a_working_hour_and_says_why(standard: World) -> None:
    deal, olga = standard.propose(), standard.person("Olga")
    with pytest.raises(NotYours, match="This is for operations"):
        undo(deal, by=standard.person("Fin"), now=NOW, why="No.")
    with pytest.raises(Refused, match="Say in a sentence why"):
        undo(deal, by=olga, now=NOW, why=" ")
    with pytest.raises(TooLate, match="The hour to undo this is over"):
        undo(deal, by=olga, now=NOW + HOUR + timedelta(seconds=1), why="No.")
    assert deal.state == "approved"
    win(deal, by=standard.person("Sara"), now=NOW)
    with pytest.raises(TooLate, match="Deal #1 is won"):
        undo(deal, by=olga, now=NOW, why="No.")


def test_what_people_agreed_to_is_not_undone(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    with pytest.raises(TooLate, match="what was not approved on the spot is not undone"):
        undo(deal, by=world.person("Otto"), now=NOW, why="No.")


def test_promise_changes_with_operations_only(standard: World) -> None:
    deal, sara = standard.propose(), standard.person("Sara")
    change(deal, standard.terms(("Summit tent", 90, 43200, JAN_25)), by=sara, now=NOW)
    assert (deal.state, list(deal.awaiting)) == ("proposed", [Side.OPERATIONS])
