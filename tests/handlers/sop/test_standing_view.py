"""Where the cycle stands: its steps, who is silent, what was decided, and the buttons of who may."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from babel import Locale

from handlers.sop.standing import open_standing
from handlers.sop.standing_view import Standing, finishing, standing_view
from models.sop.resolutions import Decided
from models.sop.steps import Move, Step
from models.sop.supplying import answer_supply, find_supply
from sandbox.render import render_blocks
from tests.models.sop.december import DEC, at, planned, the_cycle, turn
from tests.world import World

EN = Locale("en", "US")
BEGINS = datetime(2026, 12, 9, 16, tzinfo=UTC)


def text_of(**given: Any) -> str:
    details: dict[str, Any] = {
        "month": DEC,
        "step": Step.DEMAND,
        "begins": [],
        "due": {},
        "answered": {},
        "silent": {},
        "version": 0,
        "decided": [],
        "closable": frozenset(),
        "moves": frozenset(),
        "locale": EN,
    }
    return render_blocks(standing_view(Standing(**details | given)).to_dict()["blocks"])


def decision(number: int) -> Decided:
    return Decided(number, "Tents", DEC, f"Hire {number}.", "Olga", "UOLGA", date(2026, 12, 21))


def test_steps_stand_in_their_order_with_who_is_waited_for() -> None:
    assert text_of(silent={Step.DEMAND: ("Pete", "Sara")}).splitlines() == [
        "S&OP Dec 2026",
        "1 · Data",
        "▸ 2 · Demand review · waiting for Pete, Sara",
        "3 · Supply review",
        "4 · Reconciliation",
        "5 · Executive meeting",
        "[ Show the page ]",
    ]


def test_who_has_answered_stands_before_who_has_not_and_when_it_is_due() -> None:
    due = {Step.DEMAND: datetime(2026, 12, 8, 17, tzinfo=UTC)}
    line = text_of(answered={Step.DEMAND: ("Sara",)}, silent={Step.DEMAND: ("Pete",)}, due=due).splitlines()[2]
    assert line == "▸ 2 · Demand review, due 2026-12-08 17:00 UTC · answered: Sara · waiting for Pete"


def test_more_names_than_a_line_holds_are_counted() -> None:
    names = tuple(f"P{number}" for number in range(14))
    assert text_of(silent={Step.DEMAND: names}).splitlines()[2].endswith("P11 and 2 more")


def test_buttons_are_what_the_person_may_do_now() -> None:
    assert text_of(step=Step.DATA).splitlines()[-1] == "5 · Executive meeting"
    every = text_of(moves=frozenset(Move)).splitlines()[-1]
    assert every == (
        "[ Submit forecast… ]  [ Submit supply… ]  [ Show the page ]  [ Decide… ]  "
        "[ Agree on demand… ]  [ What if… ]  [ Mark as reconciled ]  [ Sign and publish ]"
    )
    assert text_of().splitlines()[-1] == "[ Show the page ]"


def test_below_the_page_stands_what_ends_the_step_and_nothing_else() -> None:
    blocks = [block.to_dict() for block in finishing(frozenset(Move))]
    assert render_blocks(blocks) == "[ Mark as reconciled ]  [ Sign and publish ]"
    assert finishing(frozenset({Move.FORECAST, Move.SUPPLY})) == []


def test_signed_plan_says_its_version_and_that_it_has_changed() -> None:
    assert text_of(version=2).splitlines()[6] == "Signed, version 2"
    assert text_of(version=2, is_changed=True).splitlines()[6] == "Signed, version 2, changed since"


def test_month_before_that_nobody_signed_is_named() -> None:
    assert text_of(unsigned=date(2026, 11, 1)).splitlines()[6] == "Nov 2026 was not signed."


def test_decision_is_closed_by_who_may_and_shown_to_the_others() -> None:
    lines = text_of(decided=[decision(1), decision(2)], closable=frozenset({2})).splitlines()
    assert lines[-3:] == [
        "Tents: Hire 1. — Olga, by Dec 21",
        "Tents: Hire 2. — Olga, by Dec 21",
        "[ It is done ]",
    ]


def test_signing_names_what_is_still_open(world: World) -> None:
    turn(planned(world), at("12-16"))
    cycle, lea = the_cycle(world), world.person("Lea")
    answer = find_supply(cycle, "Tents")
    answer_supply(answer, (0, 0, 0), rest_percent=Fraction(0), limit="Cloth", by=world.person("Olga"), now=at("12-16"))
    view = open_standing(world.workspace, lea).to_dict()
    (sign,) = [e for block in view["blocks"] for e in block.get("elements", []) if e.get("action_id") == "sign"]
    assert sign["confirm"]["text"]["text"] == (
        "Still open: No decision on the gaps of Tents. Silent: Sara, Pete, Olga and 1 more."
        " It is published in the S&OP channel; a later change is a new version."
    )
