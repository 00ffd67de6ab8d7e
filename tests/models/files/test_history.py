"""Histories from tables: in the form that is promised, and as people have them."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from models.base.errors import Refused
from models.files.history import History, read_histories
from models.sheets.names import Known

KNOWN = Known([], {}, [], Locale("en", "US"), date(2026, 11, 27))
JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


def read(text: str) -> dict[str, list[str | None]]:
    """The units of each family, as they would be written."""
    histories = read_histories(text.encode(), "history.csv", KNOWN)
    return {each.family: [None if units is None else f"{units:f}" for units in each.units] for each in histories}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("family,month,units\nTents,2026-01,5\nTents,2026-02,7\n", {"Tents": ["5", "7"]}),
        ("\ufeffFamily,Month,Units\r\nTents,2026-01,5\r\n", {"Tents": ["5"]}),
        ("family,month,units\nTents,2026-02,7\nTents,2026-01,5\n", {"Tents": ["5", "7"]}),
        ("family,month,units\nTents,2026-01,5\nTents,2026-04,7\n", {"Tents": ["5", None, None, "7"]}),
        ("family,month,units\nTents,2026-01,5\nTents,2026-02,\nTents,2026-03,0\n", {"Tents": ["5", None, "0"]}),
        ("family,month,units\n1001,2026-01,5\n1002,2026-01,6\n", {"1001": ["5"], "1002": ["6"]}),
        ("family,month,units\nAir,1949-01,112\nAir,1949-02,118\n", {"Air": ["112", "118"]}),
        ("family,month,units\nTents,2026-01,5\ntents,2026-02,7\n", {"Tents": ["5", "7"]}),
        ("family,month,units\nTents,2026-01,5\nTents,2026-01,7\n", {"Tents": ["12"]}),
        ("family,month,units\nTents,2026-01,-3\nLamps,2026-01,0.125\n", {"Tents": ["-3"], "Lamps": ["0.125"]}),
        ("family,month,units\nTents,2026-01,5\nTotal,2026-01,5\n", {"Tents": ["5"]}),
        ("Family,Jan 2026,Feb 2026\nTents,1,2\nLamps,4,5\nTotal,5,7\n", {"Tents": ["1", "2"], "Lamps": ["4", "5"]}),
        ("Produkt;Monat;Menge\nZelte;01.2026;12\nZelte;02.2026;11\n", {"Zelte": ["12", "11"]}),
        ("sku,date,sales\nA-1,2026-01-31,12\nA-1,2026-02-28,10\n", {"A-1": ["12", "10"]}),
        ("family,month,qty\nTents,202601,12\nTents,202602,10\n", {"Tents": ["12", "10"]}),
        ("month,product,orders\n2026-01,Tents,12\n2026-01,Lamps,10\n", {"Tents": ["12"], "Lamps": ["10"]}),
    ],
)
def test_history_is_read(text: str, expected: dict[str, list[str | None]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Produkt;Monat;Menge\nZelte;01.2026;1.234\n", "Is “1.234” 1.234 or 1234?"),
        ("family,month,units\nTents,2026-Q1,5\n", "Row 2: “2026-Q1” is no month that is clear."),
        ("month,units\n2026-01,5\n", "No column says which family it is. Which one is it?"),
        ("", "The file is empty."),
    ],
)
def test_what_is_not_clear_is_asked(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.sentence == sentence


def test_months_go_on_after_the_last_one_that_is_named() -> None:
    history = History("Tents", date(2026, 11, 1), (Decimal(1), Decimal(2)))
    assert history.months_ahead(2) == [date(2027, 1, 1), date(2027, 2, 1)]


def test_months_are_left_out_and_decimals_are_told() -> None:
    history = History("Tents", JAN, (Decimal("1.50"), Decimal(2), None))
    assert history.without([FEB]) == History("Tents", JAN, (Decimal("1.50"), None, None))
    assert (history.decimals, history.without([JAN]).decimals) == (1, 0)
    assert history.without([JAN, FEB]).decimals == 0
