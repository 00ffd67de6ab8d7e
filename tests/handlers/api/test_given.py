"""What a request may bring: names that nobody knows are mistakes, and text is trimmed."""

import pytest
from pydantic import ValidationError

from handlers.api.given import GivenDeal, GivenDelivery

LINE = {"offer": " Summit tent ", "quantity": 1, "by": "2027-01-20"}


def test_text_is_trimmed_and_what_lacks_is_empty() -> None:
    deal = GivenDeal.model_validate({"customer": " Acme ", "lines": [LINE]})
    assert (deal.customer, deal.lines[0].offer, deal.told, deal.external) == ("Acme", "Summit tent", "", {})


@pytest.mark.parametrize(
    "given",
    [
        {"customer": "Acme", "lines": []},
        {"customer": "Acme", "lines": [LINE], "price": 1},
        {"customer": "Acme", "lines": [{**LINE, "discount": 1}]},
        {"customer": "Acme", "lines": [LINE], "likelihood": 101},
        {"customer": "", "lines": [LINE]},
    ],
)
def test_what_nobody_knows_is_a_mistake(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        GivenDeal.model_validate(given)


def test_no_report_means_all_that_is_open() -> None:
    assert GivenDelivery.model_validate({}).reports is None
