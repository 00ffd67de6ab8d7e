"""The form of a decision: its gap, the ways out of it, and what was chosen before."""

from typing import Any

from babel import Locale

from handlers.slack.ids import Act
from handlers.sop.decision_view import MOST_WAYS, DecideForm, decide_view
from models.base.months import months_from
from tests.models.sop.december import DEC

EN = Locale("en", "US")
MONTHS = months_from(DEC, 3)


def form(**given: Any) -> dict[str, Any]:
    return dict(decide_view(DecideForm(7, MONTHS, EN, **given)).to_dict())


def fields(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def test_form_begins_with_a_family_and_any_month() -> None:
    view = form()
    assert fields(view) == ["family", "month", "text", "owner", "due"]
    month = view["blocks"][1]["element"]
    assert [option["text"]["text"] for option in month["options"]] == ["Dec 2026", "Jan 2027", "Feb 2027"]
    assert "initial_option" not in month
    assert view["private_metadata"] == '{"cycle":7}'


def test_gap_without_a_way_out_is_a_line_and_no_choice() -> None:
    view = form(family="Tents", month=DEC, gap="40 short, $19,200")
    assert fields(view) == ["family", "month", "text", "owner", "due"]
    assert "40 short, $19,200" in str(view["blocks"][2])


def test_ways_out_are_chosen_with_their_cost_under_the_name_of_the_gap() -> None:
    view = form(family="Tents", month=DEC, gap="40 short", ways=[("overtime", "$400"), ("stock", "nothing")], place=5)
    way = view["blocks"][2]
    assert (way["block_id"], way["label"]["text"]) == ("way~5", "40 short")
    options = [(one["text"]["text"], one["description"]["text"], one["value"]) for one in way["element"]["options"]]
    assert options == [("overtime", "$400", "0"), ("stock", "nothing", "1")]


def test_no_more_ways_out_are_offered_than_slack_takes() -> None:
    view = form(family="Tents", month=DEC, gap="40 short", ways=[(f"way {n}", "$1") for n in range(12)], place=1)
    assert len(view["blocks"][2]["element"]["options"]) == MOST_WAYS


def test_text_that_a_way_filled_in_is_of_a_new_revision() -> None:
    view = form(family="Tents", text="Overtime in January.", origin=Act.PAGE, revision=3)
    text = next(block for block in view["blocks"] if block["block_id"].startswith("text"))
    assert (text["block_id"], text["element"]["initial_value"]) == ("text~3", "Overtime in January.")
    assert view["private_metadata"] == '{"revision":3,"cycle":7,"origin":"page"}'
