"""Ways to yes where people decide: on the form, on the cards, in a counter, and in a refusal."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select

from bot.delivery.attempts import Attempt
from bot.delivery.searches import search_ways
from handlers.deals.card_view import card_blocks
from handlers.deals.targets import DealTarget
from handlers.deals.ways_view import ways_blocks
from handlers.slack.ids import Act
from models.base.errors import TooLate
from models.company.resources import Commitment, Hold, ResourceRow
from models.deals import ways
from models.deals.card import card_of
from models.deals.card_messages import Audience
from models.deals.deciding import DeclineReason, accept, approve, cancel, decline
from models.deals.known_ways import keep_ways, seek_ways, sought, ways_known
from models.deals.lapsing import tell_lapsed_holds
from models.deals.proposing import counter, revise
from models.deals.rows import Deal, WaysFound
from models.deals.rules import moves_of, moves_of_side
from models.deals.terms import TermLine, check_deal
from models.deals.ways import KnownWay, ways_of
from models.files import GivenCommitment
from models.promise import WayKind, Ways, ways_to_yes
from models.setup.importing import take_commitments
from models.workspace.members import Member
from models.workspace.outbox import Outbox
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace, the_workspace
from sandbox.client import Person, View
from sandbox.render import buttons_in, render_blocks
from tests.stage import OPS, Stage, shown
from tests.world import NOW, StoppedClock, World

JAN_4, JAN_11, JAN_18, JAN_25 = (date(2027, 1, day) for day in (4, 11, 18, 25))
LINE = "Acme 200 Summit tent by 18 Jan at 10% off"
SHORT = "Does not fit. Assembly, week of Jan 4: needs 104 hours, 62 free, 42 short."
THREE = [
    "1   116 on Jan 18, 84 on Jan 25  ·  gives up $806.40",
    "2   1 week later  ·  gives up $1,920",
    "3   116 instead of 200  ·  gives up $40,320",
]
over_http = pytest.mark.parametrize("stage", ["http"], indirect=True)
over_socket = pytest.mark.parametrize("stage", ["socket"], indirect=True)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """What an earlier test has searched is searched again."""
    ways._search.cache_clear()
    yield
    ways._search.cache_clear()


@over_http
def test_way_taken_on_the_form_fills_in_the_terms_and_keeps_the_words(stage: Stage) -> None:
    sara = stage.person("Sara")
    sara.command(OPS, f"/deal {LINE}")
    stage.sb.settle()
    assert SHORT in shown(sara).as_text()
    assert ways_in(shown(sara)) == THREE
    assert shown(sara).buttons == ["Take this", "Take this", "Take this", "Add a line", "Check"]
    sara.fill_by_label("Customer", "Acme Outdoor")
    sara.fill_by_label("What the customer told us", "Two deliveries are fine.")
    sara.fill_by_label("How likely", "75 %: wants us")

    sara.press("Take this")
    stage.sb.settle()
    assert "Fits, but tightly." in shown(sara).as_text()
    assert ways_in(shown(sara)) == []
    assert entered(shown(sara)) == {
        "customer": "Acme Outdoor",
        "offer.0": "Summit tent",
        "quantity.0": "116",
        "price.0": "432.00",
        "date.0": "2027-01-18",
        "offer.1": "Summit tent",
        "quantity.1": "84",
        "price.1": "432.00",
        "date.1": "2027-01-25",
        "told": "Two deliveries are fine.",
        "likelihood": "75 %: wants us",
    }
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    posted = stage.card().as_text().splitlines()
    assert posted[:5] == [
        "#1 · Acme Outdoor · 200 × Summit tent",
        "Operations’ turn · version 1 · Sara sells · 75 % likely",
        "Operations’ answer is due 2026-11-24 00:00 UTC.",
        "Summit tent: 116 tents, week of Jan 18, $432 each · 10 % off list",
        "Summit tent: 84 tents, week of Jan 25, $432 each · 10 % off list",
    ]
    assert "> The customer: “Two deliveries are fine.”" in posted
    assert ways_in(stage.card()) == []
    assert stage.sb.violations() == []


def test_counter_from_a_way_is_two_clicks_and_holds_what_it_says(stage: Stage) -> None:
    stage.propose(LINE)
    olga, sara = stage.person("Olga"), stage.person("Sara")
    assert ways_in(stage.card()) == ways_in(stage.own_card("Sara")) == THREE
    assert stage.card().buttons[:4] == [*["Counter with this…"] * 3, "Counter…"]
    assert stage.own_card("Sara").buttons[:4] == [*["Revise to this…"] * 3, "Revise…"]

    olga.press("Counter with this…", in_=stage.card())
    stage.sb.settle()
    told = "Sending it holds 62 hours of Assembly (Jan 4), 46 hours of Assembly (Jan 11), until 2026-12-01 16:00 UTC."
    assert told in shown(olga).as_text()
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert olga.modals() == []
    assert stage.look(holds) == [("Assembly", JAN_4, 62_000), ("Assembly", JAN_11, 46_000)]
    assert "Summit tent: 200 tents, week of Jan 18 → 116 tents, week of Jan 18, 84 tents, week of Jan 25" in (
        stage.own_card("Sara").as_text()
    )

    sara.press("Accept", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert stage.state() == "approved"
    assert stage.look(holds) == []
    assert stage.look(commitments) == [("Assembly", JAN_4, 62_000), ("Assembly", JAN_11, 46_000)]
    assert stage.sb.violations() == []


@over_socket
def test_search_keeps_nobody_waiting_and_what_it_finds_too_late_is_dropped(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, search, written = Event(), ways_to_yes, []

    def write_meanwhile() -> None:
        with stage.bot.database.writing() as session:
            written.append(the_workspace(session).name)

    def slow(*asked: Any, **how: Any) -> Ways:
        go.wait(20)
        # Another thread: the search's own could write even inside of its transaction.
        other = Thread(target=write_meanwhile)
        other.start()
        other.join()
        return search(*asked, **how)

    monkeypatch.setattr(ways, "ways_to_yes", slow)
    sara, pete, olga = stage.person("Sara"), stage.person("Pete"), stage.person("Olga")
    for person in (sara, pete):
        person.command(OPS, f"/deal {LINE}")
        assert stage.sb.until(partial(seeks, person))
        assert SHORT in shown(person).as_text()
    sara.enter("Quantity", 100)
    assert stage.sb.until(lambda: (form := sara.modal()) and "Fits, but tightly." in form.as_text())
    assert pete.submit().ok
    assert stage.sb.until(lambda: len(stage.sb.channel(OPS)) == 1)
    assert "Looking for ways to yes…" in stage.card().as_text()
    olga.press("Counter…", in_=stage.card())
    assert stage.sb.until(lambda: seeks(olga))

    go.set()
    stage.sb.settle()
    assert set(written) == {"Ridgeline"}
    assert ways_in(stage.card()) == ways_in(shown(olga)) == THREE
    assert "Fits, but tightly." in shown(sara).as_text()
    assert (ways_in(shown(sara)), entered(shown(sara))["quantity.0"]) == ([], "100")


@over_http
def test_refused_approval_brings_ways_whose_buttons_work(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    olga = stage.person("Olga")
    olga.open_home()
    stage.sb.settle()
    load(stage, "Assembly", JAN_4, 40)
    told = "This does not fit. Assembly, week of Jan 4: needs 54 hours, 22 free, 32 short."
    offered = [
        "1   36 on Jan 18, 64 on Jan 25  ·  gives up $614.40",
        "2   1 week later  ·  gives up $960",
        "3   36 instead of 100  ·  gives up $30,720",
    ]
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    refusal, options = [m for m in olga.channel(OPS) if m.ephemeral]
    assert refusal.as_text() == told
    assert ways_in(options) == offered
    olga.press("counter.1.later", in_=options)
    stage.sb.settle()
    assert (shown(olga).title, entered(shown(olga))["date.0"]) == ("Counter", "2027-01-25")
    olga.close()

    olga.press("Approve", in_=olga.home())
    stage.sb.settle()
    window = shown(olga)
    assert ways_in(window) == offered
    olga.press("counter.1.later", in_=window)
    stage.sb.settle()
    # The window says what is short as well as the ways, and its button opens the form.
    assert (window.as_text().splitlines()[0], shown(olga).title) == (told, "Counter")
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert (stage.state(), stage.look(holds)) == ("countered", [("Assembly", JAN_11, 54_000)])


@over_socket
def test_refused_acceptance_brings_ways_to_counter_back_and_then_to_revise(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan at 10% off")
    olga, sara = stage.person("Olga"), stage.person("Sara")
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.enter("Quantity", 110)
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.turn(to=datetime(2026, 12, 1, 16, 0, tzinfo=UTC))
    load(stage, "Assembly", JAN_4, 40)
    sara.press("Accept", in_=stage.own_card("Sara"))
    stage.sb.settle()
    refusal, options = [m for m in sara.dm() if m.ephemeral]
    assert refusal.as_text() == "This does not fit. Assembly, week of Jan 4: needs 59 hours, 22 free, 37 short."
    assert ways_in(options)[0] == "1   36 on Jan 18, 74 on Jan 25  ·  gives up $710.40"
    assert options.buttons == ["Counter back with this…"] * 3

    sara.press("counter_back.1.later", in_=options)
    stage.sb.settle()
    assert shown(sara).title == "Counter back"
    sara.enter("Delivery, in the week of", "2027-01-18")
    sara.fill_by_label("A word to operations", "They need all of them.")
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert stage.state() == "proposed"
    assert ways_in(stage.own_card("Sara"))[0] == "1   36 on Jan 18, 74 on Jan 25  ·  gives up $710.40"
    assert stage.own_card("Sara").buttons == [
        *["Revise to this…"] * 3,
        *("Revise…", "Ask…", "Withdraw", "Edit…", "Attach…", "Hand over…", "Who agrees…"),
    ]
    sara.press("revise.1.split", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert "Summit tent: 36 tents, week of Jan 18, $432 each · 10 % off list" in stage.card().as_text()
    assert ways_in(stage.own_card("Sara")) == []


@over_http
def test_ways_are_found_again_when_another_deal_takes_or_frees_capacity(stage: Stage) -> None:
    stage.propose(LINE)
    stage.propose("Borealis 60 Summit tent by 18 Jan", by="Pete")
    assert ways_in(stage.card(1)) == THREE
    stage.person("Olga").press("Approve", in_=stage.card(2))
    stage.sb.settle()
    # 34 of the 62 hours are gone.
    fewer = [
        "1   48 on Jan 18, 152 on Jan 25  ·  gives up $1,459.20",
        "2   1 week later  ·  gives up $1,920",
        "3   48 instead of 200  ·  gives up $72,960",
    ]
    assert ways_in(stage.card(1)) == ways_in(stage.own_card("Sara", 1)) == fewer
    pete = stage.person("Pete")
    pete.press("Lost…", in_=stage.own_card("Pete", 2))
    stage.sb.settle()
    pete.fill_by_label("What decided it?", "Price")
    stage.sb.settle()
    assert pete.submit().ok
    stage.sb.settle()
    assert ways_in(stage.card(1)) == ways_in(stage.own_card("Sara", 1)) == THREE


@over_socket
def test_refused_approval_of_finance_offers_no_button_that_finance_may_not_press(stage: Stage) -> None:
    stage.propose("Acme 50 Summit tent by 8 Feb at 380")
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    load(stage, "Assembly", date(2027, 1, 25), 380)
    fin = stage.person("Fin")
    fin.press("Approve…", in_=stage.own_card("Fin"))
    stage.sb.settle()
    fin.fill_by_label("Why may it go below the floor?", "A new customer.")
    stage.sb.settle()
    assert fin.submit().ok
    stage.sb.settle()
    refusal = shown(fin)
    assert "This now needs overtime for $495, which operations have not agreed to." in refusal.as_text()
    assert refusal.buttons == []
    assert stage.state() == "proposed"


@over_http
def test_decline_is_possible_where_the_search_proved_that_there_is_no_way(stage: Stage) -> None:
    load(stage, "Poles in stock", date(2026, 11, 23), 120)
    load(stage, "Poles in stock", JAN_11, 2000)
    olga = stage.person("Olga")
    stage.propose(LINE)
    olga.press("Decline…", in_=stage.card(1))
    stage.sb.settle()
    assert "Counter first: operations can decline once a counter-proposal was made" in shown(olga).as_text()
    olga.close()

    stage.propose("Borealis 100 Pole set by 18 Jan", by="Pete")
    assert "No way to yes was found within the horizon." in stage.card(2).as_text()
    olga.press("Decline…", in_=stage.card(2))
    stage.sb.settle()
    olga.fill_by_label("Reason", "Material not available")
    olga.fill_by_label("In a sentence, for the seller to tell the customer", "The poles are sold out.")
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert stage.state(2) == "declined"
    assert "The poles are sold out." in stage.own_card("Pete", 2).as_text()


@over_http
def test_search_that_breaks_loses_neither_card_nor_deal_and_is_logged(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ways, "ways_to_yes", breaks)
    sara, olga = stage.person("Sara"), stage.person("Olga")
    with caplog.at_level(logging.ERROR, "belay"):
        sara.command(OPS, f"/deal {LINE}")
        stage.sb.settle()
        assert SHORT in shown(sara).as_text()
        stage.sb.settle()
        assert sara.submit().ok
        stage.sb.settle()
    assert SHORT in stage.card().as_text()
    assert stage.card().buttons == [
        "Counter…",
        "Ask…",
        "Join the call",
        "Show the numbers",
        "Show the week",
        "Decline…",
        "Attach…",
        "Who agrees…",
    ]
    broken = [str(record.exc_info[1]) for record in caplog.records if record.exc_info]
    assert broken == ["The solver is gone."] * 2
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("Quantity", 100)
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert (stage.state(), stage.look(holds)) == ("countered", [("Assembly", JAN_4, 54_000)])


@over_socket
def test_search_that_breaks_puts_no_window_over_the_form(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "ways_to_yes", breaks)
    sara = stage.person("Sara")
    sara.command(OPS, f"/deal {LINE}")
    stage.sb.settle()
    sara.enter("Quantity", 210)
    stage.sb.settle()
    assert [modal.title for modal in sara.modals()] == ["Propose a deal"]
    assert not seeks(sara)


def test_card_shows_the_best_three_in_words_and_overtime_as_what_it_costs(world: World) -> None:
    deal = asked(world, 900, 38000, JAN_25)
    found(world, deal)
    known = ways_known(deal, now=NOW)
    assert known is not None
    assert [(way.kind, way.said, way.cost) for way in known] == [
        ("split", "792 on Jan 25, 108 on Feb 1", "gives up $1,036.80"),
        ("overtime", "overtime, +$2,970", "gives up $2,970"),
        ("partial", "792 instead of 900", "gives up $51,840"),
        ("reprice", "$391.10 each", "customer pays $9,990 more"),
    ]
    text, buttons = shown_card(deal)
    assert text.split("Ways to yes\n")[1].splitlines()[:5] == [
        "1   792 on Jan 25, 108 on Feb 1  ·  gives up $1,036.80",
        "[ Counter with this… ]",
        "2   overtime, +$2,970",
        "3   792 instead of 900  ·  gives up $51,840",
        "[ Counter with this… ]",
    ]
    assert buttons[:3] == ["Counter with this…", "Counter with this…", "Approve with overtime"]


def test_way_below_the_floor_is_a_price_that_reaches_it(world: World) -> None:
    deal = asked(world, 10, 38000, JAN_25)
    found(world, deal)
    known = ways_known(deal, now=NOW)
    # 290 / 0.75 is 386.67; the share is found in ten-thousandths, and each price is rounded up.
    tent = world.offer("Summit tent").id
    lines = (TermLine(tent, 10, 38669, JAN_25),)
    assert known == (KnownWay(WayKind.REPRICE, "$386.69 each", "customer pays $66.90 more", lines),)
    assert shown_card(deal)[1][0] == "Counter with this…"
    assert shown_card(deal, by=world.person("Sara"))[1][0] == "Revise to this…"
    # A price is what finance may counter with.
    assert shown_card(deal, by=world.person("Fin"))[1][0] == "Counter with this…"
    revise(deal, world.terms(("Summit tent", 10, 38669, JAN_25)), by=world.person("Sara"), now=NOW)
    assert (card_of(deal, now=NOW).band, ways_known(deal, now=NOW)) == ("margin fine", None)


def test_way_of_too_many_lines_for_a_form_has_no_button() -> None:
    lines = tuple(TermLine(1, 1, 100, JAN_4) for _ in range(17))
    target = DealTarget(deal=7, version=1)
    for count, buttons in ((16, ["Take this"]), (17, [])):
        blocks = ways_blocks([KnownWay(WayKind.SPLIT, "many", "gives up $1", lines[:count])], Act.TAKE, target)
        assert buttons_in([block.to_dict() for block in blocks]) == buttons


def test_same_question_is_searched_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    deal, count = asked(world, 200), []

    def counted(*asked: Any, **how: Any) -> Ways:
        count.append(how["limit"])
        return ways_to_yes(*asked, **how)

    monkeypatch.setattr(ways, "ways_to_yes", counted)
    first, second = (ways_of(check_deal(deal, now=NOW)) for _ in range(2))
    assert (first is second, count) == (True, [2.0])
    approve(asked(world, 10), by=world.person("Olga"), now=NOW)
    third = ways_of(check_deal(deal, now=NOW))
    assert (third.options == first.options, len(count)) == (False, 2)


def test_search_is_asked_for_once_while_one_waits(world: World) -> None:
    deal = asked(world, 200)
    world.session.flush()
    seek_ways(deal, now=NOW)
    assert len(searches(world)) == 1
    (waiting,) = searches(world)
    waiting.first_attempt_at = NOW
    seek_ways(deal, now=NOW)
    assert len(searches(world)) == 2


def test_deals_that_want_the_same_are_searched_again_whenever_capacity_is_held_or_freed(world: World) -> None:
    waits, other = asked(world, 200), asked(world, 100)
    olga, sara, later = world.person("Olga"), world.person("Sara"), datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    terms = world.terms(("Summit tent", 90, 43200, JAN_18))
    acts: tuple[Callable[[], object], ...] = (
        lambda: counter(other, terms, by=olga, now=NOW),
        lambda: tell_lapsed_holds(world.session, now=later),
        lambda: accept(other, by=sara, now=later),
        lambda: cancel(other, by=sara, now=later, why="The store closes."),
    )
    for act in acts:
        for row in searches(world):
            row.settled_at = NOW
        act()
        world.session.flush()
        assert {"deal": waits.id} in [row.details for row in searches(world) if row.settled_at is None]


def test_nothing_is_searched_for_a_deal_that_fits_or_is_over(world: World) -> None:
    fits, over = asked(world, 10), asked(world, 200)
    world.session.flush()
    assert [sought(world.session, row, now=NOW) is None for row in searches(world)] == [True, False]
    decline(over, by=world.person("Lea"), now=NOW, reason=DeclineReason.RISK, why="No.")
    world.session.flush()
    assert [sought(world.session, row, now=NOW) is None for row in searches(world)] == [True, True]
    assert (fits.state, over.state) == ("proposed", "declined")


def test_ways_of_terms_that_were_changed_meanwhile_are_dropped(world: World) -> None:
    deal = asked(world, 200)
    world.session.flush()
    (row,) = searches(world)
    checked = sought(world.session, row, now=NOW)
    assert checked is not None
    revise(deal, world.terms(("Summit tent", 190, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    keep_ways(world.session, row, checked, ways_of(checked), now=NOW)
    assert ways_known(deal, now=NOW) is None
    found(world, deal)
    assert [way.said for way in ways_known(deal, now=NOW) or ()] == [
        "116 on Jan 18, 74 on Jan 25",
        "1 week later",
        "116 instead of 190",
    ]


def test_search_that_breaks_is_settled_and_the_card_goes_without_ways(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "ways_to_yes", breaks)
    deal = asked(world, 200)
    search(world)
    (row,) = searches(world)
    assert (row.settled_at, row.error) == (NOW, "RuntimeError while searching")
    assert "Looking for ways to yes…" not in shown_card(deal)[0]


def test_decline_is_refused_while_no_search_has_come_to_its_end(world: World) -> None:
    deal = without_a_way(world, is_complete=False)
    with pytest.raises(TooLate, match="Counter first"):
        decline(deal, by=world.person("Olga"), now=NOW, reason=DeclineReason.MATERIAL, why="Sold out.")


def test_decline_is_refused_again_when_the_deal_has_come_to_fit(world: World) -> None:
    deal = without_a_way(world)
    give(world.workspace, GivenCommitment("SO-1", "Poles in stock", JAN_11, 0, None))
    seek_ways(deal, now=NOW)
    search(world)
    assert check_deal(deal, now=NOW).check.verdict == "fits"
    with pytest.raises(TooLate, match="Counter first"):
        decline(deal, by=world.person("Olga"), now=NOW, reason=DeclineReason.MATERIAL, why="Sold out.")


def breaks(*_asked: Any, **_how: Any) -> Ways:
    raise RuntimeError("The solver is gone.")


def asked(world: World, quantity: int, price: int = 43200, week: date = JAN_18) -> Deal:
    """Tents take half an hour each and 4 hours, two weeks earlier; 62 hours are free in the week of 4 January."""
    return world.propose(("Summit tent", quantity, price, week))


def without_a_way(world: World, *, is_complete: bool = True) -> Deal:
    """Pole sets of which none will ever be there, and a search that has found nothing."""
    taken = [(date(2026, 11, 23), 120_000), (JAN_11, 2_000_000)]
    give(world.workspace, *(GivenCommitment("SO-1", "Poles in stock", week, n, None) for week, n in taken))
    deal = world.propose(("Pole set", 100, 4000, JAN_18))
    found(world, deal)
    assert deal.found is not None
    assert (deal.found.is_complete, deal.found.ways) == (True, [])
    deal.found.is_complete = is_complete
    return deal


def found(world: World, deal: Deal) -> WaysFound | None:
    """Search as the outbox does, in the present transaction."""
    world.session.flush()
    checked = sought(world.session, searches(world)[-1], now=NOW)
    assert checked is not None
    keep_ways(world.session, searches(world)[-1], checked, ways_of(checked), now=NOW)
    world.session.flush()
    world.session.refresh(deal)
    return deal.found


def search(world: World) -> None:
    """Search as the outbox does, in transactions of its own."""
    world.session.flush()
    key = searches(world)[-1].id
    world.session.commit()
    search_ways(Attempt(world.database, StoppedClock(), key, number=0))
    world.session.expire_all()


def searches(world: World) -> list[Outbox]:
    return list(world.session.scalars(select(Outbox).where(Outbox.kind == "ways").order_by(Outbox.id)))


def shown_card(deal: Deal, by: Member | None = None) -> tuple[str, list[str]]:
    """A card's text and buttons: the channel's, or a person's own."""
    moves, audience = moves_of_side(deal, Side.OPERATIONS), Audience.OPERATIONS
    if by:
        moves, audience = moves_of(deal, by), Audience.SELLER if by.id == deal.seller_id else Audience.APPROVER
    blocks = [block.to_dict() for block in card_blocks(card_of(deal, now=NOW), moves, audience)]
    return render_blocks(blocks), buttons_in(blocks)


def load(stage: Stage, resource: str, week: date, amount: int) -> None:
    """Load from elsewhere, of which no card knows yet."""
    with stage.bot.database.writing() as session:
        give(the_workspace(session), GivenCommitment("SO-1", resource, week, amount * 1000, None))


def give(workspace: Workspace, *given: GivenCommitment) -> None:
    resources = {row.name: row for row in workspace.session.scalars(select(ResourceRow))}
    take_commitments(workspace, given, resources, now=NOW)
    workspace.session.flush()


def holds(session: Any) -> list[tuple[str, date, int]]:
    rows = session.scalars(select(Hold).where(Hold.released_at.is_(None)).order_by(Hold.week))
    return [(row.resource.name, row.week, row.quantity) for row in rows]


def commitments(session: Any) -> list[tuple[str, date, int]]:
    rows = select(Commitment).where(Commitment.deal_id.is_not(None), Commitment.released_at.is_(None))
    return [(row.resource.name, row.week, row.quantity) for row in session.scalars(rows.order_by(Commitment.week))]


def seeks(person: Person) -> bool:
    """Whether somebody sees that ways are looked for."""
    modal = person.modal()
    return modal is not None and "Looking for ways to yes…" in modal.as_text()


def ways_in(place: Any) -> list[str]:
    """The ways that stand on a card or in a form, without their buttons."""
    lines = place.as_text().splitlines()
    if "Ways to yes" not in lines:
        return []
    told = lines[lines.index("Ways to yes") + 1 :]
    return [line for line in told if line[:1].isdigit() and line[1:4] == "   "]


def entered(view: View) -> dict[str, str]:
    """What stands in the fields of a form."""
    values: dict[str, str] = {}
    for block, elements in view.state.items():
        for element in elements.values():
            option = element.get("selected_option") or {}
            value = element.get("value") or element.get("selected_date") or (option.get("text") or {}).get("text")
            if value:
                values[block.split("~")[0]] = value
    return values
