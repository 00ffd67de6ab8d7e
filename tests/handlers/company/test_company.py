"""`/belay company` through the door: entries are added, renamed, retired, and seen before they are changed."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from handlers.slack.listening import LISTENERS, Door
from models.company.offers import OfferRow
from models.company.resources import ResourceRow
from models.setup.exporting import company_document
from models.workspace.history import History
from models.workspace.workspaces import the_workspace
from tests.handlers.slack.conftest import post_to, signed
from tests.handlers.slack.fuzzing import content_of
from tests.stage import OPS, Stage, shown

KEPT_BY = "The company’s data is kept by admins"


@pytest.fixture
def lea(stage: Stage) -> Any:
    """An admin, before the overview."""
    person = stage.person("Lea")
    person.command(OPS, "/belay company")
    stage.sb.settle()
    return person


def opened(stage: Stage, person: Any, *labels: str) -> str:
    """What stands before a person after some buttons."""
    for label in labels:
        person.press(label)
        stage.sb.settle()
    return shown(person).as_text()


def filled(stage: Stage, person: Any, **fields: str) -> str:
    """What stands before a person after they have filled in a form and sent it."""
    for label, value in fields.items():
        person.fill_by_label(label.replace("_", " "), value)
    reply = person.submit()
    assert reply.ok, reply.errors
    stage.sb.settle()
    return shown(person).as_text()


def offer(stage: Stage, name: str) -> Any:
    def read(session: Any) -> Any:
        columns = (OfferRow.list_price, OfferRow.unit_cost, OfferRow.family, OfferRow.unit, OfferRow.retired_at)
        return session.execute(select(*columns).where(OfferRow.name == name)).one_or_none()

    return stage.look(read)


def test_offer_is_changed_after_it_was_seen_what_that_changes(stage: Stage, lea: Any) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    assert "Offers: 5" in shown(lea).as_text()
    assert "Tents · $480 · needs Assembly" in opened(stage, lea, "list.offer-0-0-0")
    assert "List price: 480.00" in opened(stage, lea, "change_entry.offer-0-1-0")
    seen = filled(stage, lea, List_price="500")
    assert "Nothing is saved yet. This changes:\n• Summit tent: list price 480 → 500" in seen
    assert "One open deal names it; what is agreed in them stays as it is." in seen
    assert seen.endswith("“Save anyway” does it.")
    assert offer(stage, "Summit tent").list_price == 48000
    # What is typed afterwards was not seen.
    assert "list price 480 → 510" in filled(stage, lea, List_price="510")
    assert offer(stage, "Summit tent").list_price == 48000
    lea.submit()
    stage.sb.settle()
    assert "Saved: Summit tent." in shown(lea).as_text()
    assert offer(stage, "Summit tent").list_price == 51000
    changes = stage.look(lambda s: s.scalars(select(History).where(History.move == "import")).all()[-1].details)
    assert changes["changes"] == ["Summit tent: list price 480 → 510"]


def test_new_entries_are_added_at_once_and_names_are_there_once(stage: Stage, lea: Any) -> None:
    opened(stage, lea, "list.offer-0-0-0", "Add an offer…")
    lea.fill_by_label("Name", "Pole set")
    lea.fill_by_label("Family", "Parts")
    lea.fill_by_label("List price", "forty")
    lea.fill_by_label("Cost", "20")
    assert lea.submit().errors == {"list_price": "A number of 0 or more, such as 480."}
    lea.fill_by_label("List price", "42.50")
    assert lea.submit().errors == {"name": "Pole set is there already: open it in the list."}
    lea.fill_by_label("Name", "Tent peg")
    assert lea.submit().ok
    stage.sb.settle()
    assert "Saved: Tent peg." in shown(lea).as_text()
    assert tuple(offer(stage, "Tent peg")) == (4250, 2000, "Parts", "piece", None)
    opened(stage, lea, "Back", "list.resource-0-0-0", "Add a stock…")
    assert "Fabric\n1,200.5 metres in stock" in filled(stage, lea, Name="Fabric", Unit="metre", In_stock="1,200.5")
    opened(stage, lea, "Add people or machines…")
    assert "Crew\n40 hours a week" in filled(stage, lea, Name="Crew", In_a_usual_week="40")
    opened(stage, lea, "Back", "list.customer-0-0-0", "Add a customer…")
    assert "Acme\nA · Sara · 007" in filled(
        stage, lea, Name="Acme", Tier="A", Looked_after_by="Sara", Number_in_other_tools="007"
    )


def test_rename_keeps_deals_and_retiring_keeps_them_too(stage: Stage, lea: Any) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    opened(stage, lea, "list.offer-0-0-0", "change_entry.offer-0-1-0")
    assert "Summit tent is called Alpine tent; deals and history come along" in filled(stage, lea, Name="Alpine tent")
    lea.submit()
    stage.sb.settle()
    assert "Saved: Alpine tent." in shown(lea).as_text()
    stage.propose("Beta 10 Alpine tent by 18 Jan")
    assert "Alpine tent" in stage.card(2).as_text()
    opened(stage, lea, "Rename a family…")
    assert "Tents is called Shelters now." in filled(stage, lea, Family="Tents", New_name="Shelters")
    opened(stage, lea, "change_entry.offer-0-1-0")
    assert "Retired: Alpine tent." in opened(stage, lea, "Retire…")
    assert offer(stage, "Alpine tent").retired_at is not None
    assert stage.state(1) == "proposed"
    stage.person("Olga").press("Approve", in_=stage.card(1))
    stage.sb.settle()
    assert stage.state(1) == "approved"


def test_less_capacity_says_which_promise_breaks_before_and_after(stage: Stage, lea: Any) -> None:
    stage.propose("Acme 100 Summit tent by 1 Mar")
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    opened(stage, lea, "list.resource-0-0-0", "change_entry.resource-0-1-0")
    lea.fill_by_label("Overtime in a week, at most", "0")
    assert "This would break 1 promise: #1 Acme" in filled(stage, lea, In_a_usual_week="10")
    lea.submit()
    stage.sb.settle()
    assert "One promise can no longer be kept." in shown(lea).as_text()


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_nobody_else_opens_or_changes_anything(stage: Stage) -> None:
    def state(session: Any) -> Any:
        workspace = the_workspace(session)
        rows = (session.execute(select(table.__table__).order_by(table.id)).all() for table in (OfferRow, ResourceRow))
        return [workspace.name, *map(list, rows)]

    before = stage.look(state)
    ours = [
        (door, key) for (door, key), one in LISTENERS.items() if one.function.__module__.startswith("handlers.company")
    ]
    assert len(ours) >= 18
    user = {"id": stage.people["Sara"], "team_id": _team(stage)}
    for number, (door, key) in enumerate(ours):
        if door is Door.COMMAND:
            continue
        metadata = json.dumps({"kind": "offer", "row": 1, "need": 1})
        view = {
            "id": "V1",
            "type": "modal",
            "callback_id": key,
            "private_metadata": metadata,
            "blocks": [],
            "state": {},
        }
        payload: dict[str, Any] = {
            "team": {"id": _team(stage)},
            "user": user,
            "trigger_id": f"1.{number}",
            "view": view,
        }
        if door is Door.ACTION:
            button = {"type": "button", "action_id": key, "block_id": "b", "value": metadata, "action_ts": "1.1"}
            payload |= {"type": "block_actions", "actions": [button], "container": {"type": "view", "view_id": "V1"}}
        else:
            payload |= {"type": "view_submission"}
        content = content_of(payload)
        assert post_to(stage.bot, content, signed(stage, content)).status_code == 200
    stage.sb.settle()
    assert stage.look(state) == before
    refused = stage.look(
        lambda s: {r.details["asked"] for r in s.scalars(select(History).where(History.move == "refused"))}
    )
    assert refused >= {key for door, key in ours if door is not Door.COMMAND} - {"company_file", "stand_in"}
    sara = stage.person("Sara")
    sara.command(OPS, "/belay company")
    stage.sb.settle()
    assert KEPT_BY in shown(sara).as_text()


def _team(stage: Stage) -> str:
    return str(stage.look(lambda session: the_workspace(session).team_id))


def test_form_that_changes_nothing_and_one_that_cannot_be_are_said(stage: Stage, lea: Any) -> None:
    opened(stage, lea, "list.offer-0-0-0", "change_entry.offer-0-1-0")
    assert "Nothing was changed." in filled(stage, lea)
    opened(stage, lea, "change_entry.offer-0-1-0")
    lea.fill_by_label("Smallest quantity", "0")
    assert lea.submit().errors == {"min_lot": "A whole number from 1 on."}


def test_what_was_retired_is_brought_back(stage: Stage, lea: Any) -> None:
    opened(stage, lea, "list.offer-0-0-0", "change_entry.offer-0-1-0", "Retire…")
    assert offer(stage, "Summit tent").retired_at is not None
    assert "Summit tent\nTents · $480" in opened(stage, lea, "Retired…")
    assert "Brought back: Summit tent." in opened(stage, lea, "Bring it back")
    assert offer(stage, "Summit tent").retired_at is None
    assert "No offers are retired." in opened(stage, lea, "Retired…")


def test_card_of_a_deal_shows_the_new_name(stage: Stage, lea: Any) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    opened(stage, lea, "list.offer-0-0-0", "change_entry.offer-0-1-0")
    filled(stage, lea, Name="Alpine tent")
    lea.submit()
    stage.sb.settle()
    assert "100 × Alpine tent" in stage.card().as_text()
    assert "100 × Alpine tent" in stage.own_card("Sara").as_text()


def test_what_may_be_delivered_instead_is_chosen_in_the_form(stage: Stage, lea: Any) -> None:
    def substitutes() -> list[str]:
        document = stage.look(lambda session: company_document(the_workspace(session)))
        return next(list(each.get("substitutes", ())) for each in document["offers"] if each["name"] == "Pole set")

    opened(stage, lea, "list.offer-0-0-0", "change_entry.offer-0-3-0")
    offered = [option["text"]["text"] for option in lea.suggest("May be replaced by", "tent")]
    assert set(offered) == {"Summit tent", "Ridge tent"}
    lea.fill_by_label("May be replaced by", ["Ridge tent"])
    seen = filled(stage, lea)
    assert "• Pole set: may be replaced by none → Ridge tent" in seen
    assert "May be replaced by (optional): Ridge tent" in seen
    lea.submit()
    stage.sb.settle()
    assert substitutes() == ["Ridge tent"]
    opened(stage, lea, "change_entry.offer-0-3-0")
    lea.fill_by_label("May be replaced by", [])
    filled(stage, lea)
    lea.submit()
    stage.sb.settle()
    assert substitutes() == []
