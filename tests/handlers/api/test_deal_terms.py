"""What a request brings as terms: offers by name, money with its decimals, and each mistake by its field."""

from typing import Any

import pytest

from tests.handlers.api.conftest import Asking
from tests.handlers.api.test_deals import DEAL

LINE: dict[str, Any] = {"offer": "Summit tent", "quantity": 60, "by": "2027-01-20"}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"lines": [{"offer": "Boat", "quantity": 1, "by": "2027-01-20"}]}, "lines.0.offer"),
        ({"lines": [{"offer": "Summit tent", "quantity": 0, "by": "2027-01-20"}]}, "lines.0.quantity"),
        ({"lines": [{"offer": "Summit tent", "quantity": 1, "by": "soon"}]}, "lines.0.by"),
        ({"lines": [{"offer": "Summit tent", "quantity": 1, "by": "2020-01-20"}]}, "lines.0.by"),
        ({"lines": [{**LINE, "unit_price": "1.001"}]}, "lines.0.unit_price"),
        ({"terms": {"Payment terms": "60 days"}}, "terms.Payment terms"),
        ({"customers": "Acme"}, "customers"),
        ({"external": {"Sales Force": "1"}}, "external"),
        ({"customer": " "}, "customer"),
    ],
)
def test_mistake_is_named_by_its_field_and_changes_nothing(asking: Asking, more: dict[str, object], field: str) -> None:
    sara = asking("Sara")
    answer = sara.post("/deals", json={**DEAL, **more})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert sara.get("/deals").json()["count"] == 0


def test_offer_is_known_in_any_capitals_and_costs_what_the_list_says(asking: Asking) -> None:
    sara = asking("Sara")
    answer = sara.post("/deals", json={"customer": "Acme", "lines": [{**LINE, "offer": "summit TENT"}]})
    (line,) = answer.json()["lines"]
    assert (line["offer"], line["unit_price"]) == ("Summit tent", "480.00")
    priced = sara.post("/deals", json={"customer": "Acme", "lines": [{**LINE, "unit_price": 432.5}]})
    assert priced.json()["lines"][0]["unit_price"] == "432.50"
