"""What if: from a gap in two acts, from a deal, from nothing; kept, made the plan, drawn."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.deals.targets import DealTarget
from handlers.slack.ids import Act
from handlers.sop.family_view import family_key
from models.company.offers import OfferRow
from models.deals.proposing import propose_deal
from models.deals.terms import TermLine, Terms
from models.sop.scenarios import scenarios_of
from models.sop.supplying import find_supply
from models.workspace.workspaces import the_workspace
from tests.handlers.desk import Json, Window, chosen, typed
from tests.handlers.sop.cycle_desk import FAMILY, PRESSED, SUBMITTED, CycleDesk


def names(desk: CycleDesk) -> list[str]:
    read: list[str] = desk.look(lambda session: [row.name for row in scenarios_of(desk._december(session))])
    return read


def submitted(desk: CycleDesk, **fields: Json) -> str:
    window = SUBMITTED["a new what-if"](desk.about("coordinator"))
    selects = {"which": "scenario_of", "like": "like_of"}
    edited = {(name, selects.get(name, "edit")): element for name, element in fields.items()}
    return desk.submit_form("coordinator", replace(window, fields={**window.fields, **edited})).text


def month(first: str) -> Json:
    return chosen("static_select", first)


def which(name: str) -> Json:
    return chosen("external_select", family_key(name)) | {"action_id": str(Act.SCENARIO_OF)}


def test_scenario_without_a_name_is_called_what_it_changes(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    kind = chosen("static_select", "capacity")
    submitted(desk, kind=kind, which=which("Assembly"), amount=typed("+100%"), name=typed(""))
    submitted(desk, kind=kind, which=which("Assembly"), amount=typed("40"), name=typed(""))
    assert names(desk) == [
        "Seven more",
        "Assembly: capacity +100 % in Dec 2026–May 2028",
        "Assembly: capacity: 40 more a month in Dec 2026–May 2028",
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"amount": typed("much")}, "By how much? Such as +100%, -20% or 40."),
        ({"amount": typed("0")}, "By how much? Such as +100%, -20% or 40."),
        ({"which": which("Assembly")}, "Choose a family for that, or none for all."),
        ({"kind": chosen("static_select", "capacity")}, "Choose a resource for that, or none for all."),
        ({"first": month("2027-02-01"), "last": month("2027-01-01")}, "That is before the first month."),
        ({"name": typed("seven MORE")}, "There is a scenario of that name already."),
        ({"kind": chosen("static_select", "whatever")}, "Choose one."),
    ],
)
def test_what_is_wrong_is_said_under_its_field(desk: CycleDesk, fields: dict[str, Json], sentence: str) -> None:
    desk.go_to("reconciliation")
    before = desk.rows()
    assert sentence in submitted(desk, **fields)
    assert desk.rows() == before


def test_scenario_that_is_made_the_plan_says_so_and_supply_follows(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    action, window = PRESSED["make it the plan"](desk.about("leadership"))
    form = desk.press_in_window("leadership", action, window).form
    assert "It is the plan now." in str(form)
    # It is made the plan once; with another window open, that is said.
    assert "Make it the plan" not in str(form)
    again = desk.press_in_window("leadership", action, window)
    assert "It is the plan already." in str(again)
    units = desk.look(lambda session: find_supply(desk._december(session), FAMILY).units[:2])
    # 7 more of 100 each month, and 40 in stock.
    assert units == [67, 107]


def test_way_out_is_tried_and_kept_in_two_acts_from_its_gap(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    assert desk.submit("operations", "submit supply").text.startswith("Tents is in.")
    action, window = PRESSED["show the page"](desk.about("finance"))
    page = desk.press_in_window("finance", action, window).form
    (select,) = _buttons(page, Act.WHAT_IF_WAY)
    option = select["options"][0]
    before = desk.rows()
    taken = {"type": "static_select", "action_id": str(Act.WHAT_IF_WAY), "selected_option": option}
    tried = desk.press_in_window("finance", taken, replace(window, callback="page")).form
    assert desk.rows() == before
    (keep,) = _buttons(tried, Act.KEEP_SCENARIO)
    assert "Tents" in str(tried["blocks"][2])
    desk.press_in_window("finance", keep, replace(window, callback="scenarios"))
    assert names(desk)[1].startswith("Tents, Dec 2026")
    gone = taken | {"selected_option": option | {"value": "nothing.more"}}
    assert "that way is not there any more" in desk.press_in_window("finance", gone, window).text


def _buttons(form: Json, act: Act) -> list[Any]:
    every = [element for block in form["blocks"] for element in block.get("elements", [])]
    return [one for one in every if str(one.get("action_id", "")).startswith(str(act))]


def test_deal_is_won_in_thought_from_its_numbers(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")

    def propose(session: Session) -> int:
        workspace = the_workspace(session)
        offer = session.scalars(select(OfferRow).where(OfferRow.name == "Summit tent")).one()
        line = TermLine(offer_id=offer.id, quantity=50, unit_price=48000, week=date(2027, 1, 18))
        sara = desk.member(session, "seller")
        return propose_deal(workspace, by=sara, now=desk.now, customer="Acme", terms=Terms((line,))).id

    with desk.bot.database.writing() as session:
        deal = propose(session)
    button = {"type": "button", "action_id": str(Act.WHAT_IF_WON), "value": DealTarget(deal=deal).encode()}
    tried = desk.press_in_window("operations", button, Window("notice")).form
    assert "Tents: demand: 50 more a month in Jan 2027" in str(tried)
    assert "they show money" in desk.press_in_window("seller", button, Window("notice")).text
    (keep,) = _buttons(tried, Act.KEEP_SCENARIO)
    desk.press_in_window("operations", keep, Window("scenarios"))
    assert names(desk)[1] == "#1 Acme is won"
