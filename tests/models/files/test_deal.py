"""A deal's file, read against its company."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.files.deal import read_deal
from models.files.reading import BadFile
from models.promise import Company, Deal, Kind, Line, Offer, Resource

W0, W1 = date(2027, 1, 4), date(2027, 1, 11)
GLUE = Resource("Glue", Kind.STOCK, "pot", as_of=date(2027, 1, 6))
COMPANY = Company("Bench", "USD", 2, {"Glue": GLUE}, {"Chair": Offer("Chair", "", "", 1, 1, Decimal(0))})


def read(folder: Path, lines: str, *, today: str = "2027-01-07", more: str = "") -> Deal:
    path = folder / "deal.json"
    path.write_text(f'{{"customer": "Acme", "today": "{today}", "lines": [{lines}]{more}}}')
    return read_deal(path, COMPANY)


def line(week: str = "2027-01-07", quantity: str = "3", offer: str = "Chair") -> str:
    return f'{{"offer": "{offer}", "quantity": {quantity}, "unit_price": "2.50", "week": "{week}"}}'


def test_lines_are_read_in_minor_units_and_by_their_mondays(tmp_path: Path) -> None:
    expected = Deal("Acme", date(2027, 1, 7), (Line("Chair", 3, 250, W0), Line("Chair", 4, 250, W1)))
    assert read(tmp_path, f"{line()}, {line('2027-01-17', chr(34) + '4' + chr(34))}") == expected


@pytest.mark.parametrize(
    ("lines", "today", "more", "sentence"),
    [
        ("", "2027-01-07", "", "lines should hold at least one line."),
        (
            line("2027-01-03"),
            "2027-01-07",
            "",
            "lines 1: week should be in or after the week 2027-01-04, not 2026-12-28.",
        ),
        (
            f"{line()}, {line('2027-01-04')}",
            "2027-01-07",
            "",
            "lines 2: one line for an offer in a week: Chair stands twice in 2027-01-04.",
        ),
        (line(offer="Table"), "2027-01-07", "", 'lines 1: offer should be the name of an offer, not "Table".'),
        (line(), "2027-01-05", "", "today should not be before 2027-01-06, when Glue was counted (as_of)."),
        (line(), "2027-01-07", ', "note": 1', "“note” is not known here; expected are customer, lines, today."),
        (line(), "2027-01-07", ', "today": 1', "is not JSON: the key “today” stands twice"),
        (line(quantity="NaN"), "2027-01-07", "", "is not JSON: NaN is not a number"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, lines: str, today: str, more: str, sentence: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(tmp_path, lines, today=today, more=more)
    assert refused.value.sentence == f"deal.json: {sentence}"


def test_deal_on_the_day_of_the_count_is_taken(tmp_path: Path) -> None:
    assert read(tmp_path, line(), today="2027-01-06").today == GLUE.as_of


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "deal.json: cannot be read (No such file or directory)."),
        (b"\xff", "deal.json: should be UTF-8 text."),
        (b"[1]", "deal.json: should be one JSON object."),
        (b'{"customer": "Acme", "today": "2027-01-07"}', "deal.json: lines is missing."),
    ],
)
def test_file_that_is_no_deal_is_refused(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "deal.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        read_deal(path, COMPANY)
    assert refused.value.sentence == sentence
