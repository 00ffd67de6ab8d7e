"""What both reviews share: counts, percentages, and what a file says family by family."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from models.base.errors import NotYours, Refused
from models.files.months import MOST_UNITS, GivenMonth
from models.files.sheet import BadRows
from models.sop.reviews import MOST_REASON, check_units, each_family, moved, words_of
from models.sop.rows import Forecast
from tests.models.sop.december import DEC, JAN


@pytest.mark.parametrize(
    ("units", "percent", "expected"),
    [
        (100, Fraction(0), 100),
        (100, Fraction(-15), 85),
        (5, Fraction(10), 6),
        (5, Fraction(9), 5),
        (5, Fraction(-10), 5),
        (3, Fraction(1, 3), 3),
        (100, Fraction(-100), 0),
        (100, Fraction(-250), 0),
        (0, Fraction(50), 0),
    ],
)
def test_percentage_rounds_halves_up_and_stops_at_nothing(units: int, percent: Fraction, expected: int) -> None:
    assert moved(units, percent) == expected


@pytest.mark.parametrize("units", [(), (1, 2), (1, 2, 3, 4), (1, -1, 3), (0, 0, MOST_UNITS + 1)])
def test_form_takes_three_months_of_counts(units: tuple[int, ...]) -> None:
    with pytest.raises(Refused) as refused:
        check_units(units, "certain.0")
    assert (refused.value.sentence, refused.value.field) == ("Whole numbers of 0 or more.", "certain.0")
    check_units((0, 1, MOST_UNITS), "certain.0")
    check_units((0,) * 6, "certain.0")


def test_file_is_answered_family_by_family_and_all_that_is_refused_is_told() -> None:
    rows = {family: Forecast(family=family) for family in ("Tents", "Lamps", "Parts")}
    answered: dict[str, list[GivenMonth]] = {}

    def answer(row: Forecast, entries: Sequence[GivenMonth]) -> None:
        if row.family != "Tents":
            raise Refused(f"No {row.family.lower()}.")
        answered[row.family] = list(entries)

    dec, lamps, jan, parts = (
        GivenMonth(family, month, (1, 1))
        for family, month in (("Tents", DEC), ("Lamps", DEC), ("Tents", JAN), ("Parts", DEC))
    )
    assert each_family([dec, jan], rows, answer) == 1
    assert answered == {"Tents": [dec, jan]}
    with pytest.raises(BadRows) as refused:
        each_family([dec, lamps, jan, parts], rows, answer)
    assert refused.value.wrong == ["Lamps: No lamps.", "Parts: No parts."]
    with pytest.raises(NotYours) as foreign:
        each_family([GivenMonth("Tarps", DEC, (1, 1))], rows, answer)
    assert foreign.value.sentence == "Tarps is not yours to answer for."
    assert each_family([], rows, answer) == 0


def test_words_of_a_family_are_each_said_once_else_what_was_said_before() -> None:
    def entries(*texts: str) -> list[GivenMonth]:
        return [GivenMonth("Tents", DEC, (1, 1), text) for text in texts]

    assert words_of(entries("A fair.", "", "An order.", "A fair."), "Old.") == "A fair.; An order."
    assert words_of(entries("", ""), "Old.") == "Old."
    assert words_of([], "") == ""
    assert words_of(entries("x" * 400, "y" * 400), "") == "x" * 400 + "; " + "y" * (MOST_REASON - 402)
