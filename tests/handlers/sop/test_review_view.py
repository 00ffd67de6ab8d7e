"""The form of both reviews: a family's next months, the rest by a percentage, and why."""

from typing import Any

from babel import Locale

from handlers.slack.ids import Callback
from handlers.sop.review_view import ReviewForm, review_view
from models.base.months import months_from
from tests.models.sop.december import DEC

EN = Locale("en", "US")


def form(**given: Any) -> dict[str, Any]:
    details: dict[str, Any] = {
        "callback": Callback.SUPPLY,
        "name": "Supply",
        "cycle": 7,
        "family": "Tents",
        "months": months_from(DEC, 18),
        "rows": [("supply", "Supply", [10, 20, 30])],
        "sentences": [("Filled in.",)],
        "reason": ("limit", "What limits it", "Sewing"),
        "locale": EN,
    }
    return dict(review_view(ReviewForm(**details | given)).to_dict())


def inputs(view: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Block, label and what is filled in; of the family, nothing."""
    blocks = [block for block in view["blocks"] if block["type"] == "input"]
    return [(b["block_id"], b["label"]["text"], b["element"].get("initial_value", "")) for b in blocks]


def test_form_asks_for_three_months_the_rest_and_why() -> None:
    assert inputs(form()) == [
        ("family", "Family", ""),
        ("supply.0", "Supply, Dec 2026", "10"),
        ("supply.1", "Supply, Jan 2027", "20"),
        ("supply.2", "Supply, Feb 2027", "30"),
        ("rest", "Change from Mar 2027 on, in %", "0"),
        ("limit", "What limits it", "Sewing"),
    ]


def test_demand_stands_below_each_month_that_is_to_be_supplied() -> None:
    view = form(demand=[11, 22, 33, 44])
    hints = [block["hint"]["text"] for block in view["blocks"] if block.get("block_id", "").startswith("supply.")]
    assert hints == ["Demand 11", "Demand 22", "Demand 33"]


def test_next_family_takes_new_values_and_knows_which_answer_it_shows() -> None:
    view = form(revision=2, seen="2026-12-03T17:00:00+00:00")
    assert [block for block, _, _ in inputs(view)][:2] == ["family~2", "supply.0~2"]
    assert view["private_metadata"] == '{"revision":2,"cycle":7,"seen":"2026-12-03T17:00:00+00:00"}'


def test_one_click_agrees_to_several_families_and_not_to_one() -> None:
    def buttons(agreeable: int) -> list[str]:
        (row,) = [block for block in form(agreeable=agreeable)["blocks"] if block["type"] == "actions"]
        return [element["text"]["text"] for element in row["elements"]]

    assert buttons(3) == ["Agree to all 3 as filled in", "All at once, by CSV…"]
    assert buttons(1) == ["All at once, by CSV…"]
