"""What a scenario changes, as one reads it."""

from datetime import date
from fractions import Fraction

import pytest
from babel import Locale

from handlers.sop.scenario_words import change_text
from models.sop.what_if import ChangeKind, ScenarioChange

US = Locale("en", "US")
MONTHS = [date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]


def change(kind: ChangeKind, name: str = "", percent: Fraction = Fraction(0), units: int = 0, like: str = "") -> str:
    one = ScenarioChange(kind=kind, name=name, first=0, last=2, percent=percent, units=units, like=like)
    return change_text(one, MONTHS, US)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (change(ChangeKind.CAPACITY, "Assembly", Fraction(100)), "Assembly: capacity +100 % in Jan 2027–Mar 2027"),
        (
            change(ChangeKind.CAPACITY, "Assembly", units=-40_000),
            "Assembly: capacity: 40 fewer a month in Jan 2027–Mar 2027",
        ),
        (change(ChangeKind.DEMAND, units=1200), "All: demand: 1,200 more a month in Jan 2027–Mar 2027"),
        (change(ChangeKind.PRICE, "Tents", Fraction(-5)), "Tents: price −5 %"),
        (change(ChangeKind.OVERTIME, "Sewing"), "Sewing: overtime allowed in Jan 2027–Mar 2027"),
        (change(ChangeKind.LAUNCH, "Domes"), "Domes: launch in Jan 2027"),
        (
            change(ChangeKind.LAUNCH, "Domes", Fraction(-20), like="Tents"),
            "Domes: sells like Tents at 80 % from Jan 2027 on only",
        ),
        (change(ChangeKind.END, "Tarps"), "Tarps: ends with Mar 2027"),
    ],
)
def test_change_in_words(said: str, words: str) -> None:
    assert said == words
