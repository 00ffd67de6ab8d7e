"""Forms by the fields of tables: what is typed is read in the person's locale, or refused under its field."""

import pytest
from babel import Locale

from handlers.company.fields import CUSTOMER, NEED, OFFER, STOCK, TIME, read_entry, shown_entry
from handlers.slack.forms import Filled
from models.base.errors import BadForm

ENGLISH, GERMAN = Locale.parse("en_US"), Locale.parse("de_DE")
GOOD = {"name": "Tent", "family": "Tents", "list_price": "480", "unit_cost": "290"}


def form(**values: str) -> Filled:
    return Filled(values, {}, {})


@pytest.mark.parametrize(
    ("locale", "typed", "read"),
    [
        (ENGLISH, "1,480.50", "1480.50"),
        (GERMAN, "1.480,50", "1480.50"),
        (GERMAN, "480", "480"),
        (ENGLISH, "£335", "335"),
        (ENGLISH, "335.00 GBP", "335"),
        (ENGLISH, "£1,150", "1150"),
        (GERMAN, "1.150,50 €", "1150.5"),
        (GERMAN, "335.00", "335"),
    ],
)
def test_numbers_are_read_as_the_person_writes_them(locale: Locale, typed: str, read: str) -> None:
    assert read_entry(OFFER, form(**{**GOOD, "list_price": typed}), locale)["list_price"] == read


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("list_price", "-4", "A number of 0 or more"),
        ("list_price", "", "cannot do without"),
        ("max_discount", "120%", "A share from 0% to 100%"),
        ("lead_weeks", "1.5", "A whole number"),
        ("min_lot", "0", "A whole number from 1 on."),
        ("name", "", "cannot do without"),
    ],
)
def test_what_cannot_be_read_is_said_under_its_field(field: str, typed: str, why: str) -> None:
    with pytest.raises(BadForm) as refused:
        read_entry(OFFER, form(**{**GOOD, field: typed}), ENGLISH)
    assert why in refused.value.errors[field]


def test_shares_are_percent_and_empty_is_nothing() -> None:
    read = read_entry(OFFER, form(**{**GOOD, "max_discount": "12.5", "margin_floor": "30 %"}), ENGLISH)
    assert (read["max_discount"], read["margin_floor"], read["unit"]) == ("0.125", "0.3", "")
    shown = shown_entry(OFFER, {"max_discount": "0.125", "list_price": "1480.5", "standard": False}, GERMAN)
    assert (shown["max_discount"], shown["list_price"], shown["standard"]) == ("12,5%", "1480,50", "false")


@pytest.mark.parametrize("entry", [OFFER, TIME, STOCK, CUSTOMER, NEED])
def test_every_field_of_a_form_is_a_column_of_its_tables(entry: object) -> None:
    fields = list(entry.fields())  # type: ignore[attr-defined]
    assert len({each.name for each, _ in fields}) == len(fields)
