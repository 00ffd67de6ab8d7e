"""Values of terms beyond the lines: typed, kept plain, and read aloud."""

import pytest
from babel import Locale

from models.base.errors import Refused
from models.policy.clauses import ClauseKind, GivenClause, check_clause, plain_value, value_words

US, GERMANY = Locale("en", "US"), Locale("de", "DE")


@pytest.mark.parametrize(
    ("kind", "typed", "locale", "plain", "said"),
    [
        (ClauseKind.NUMBER, " 1,200.50 ", US, "1200.5", "1,200.5"),
        (ClauseKind.NUMBER, "1.200,50", GERMANY, "1200.5", "1.200,5"),
        (ClauseKind.NUMBER, "100", US, "100", "100"),
        (ClauseKind.DATE, "2027-12-31", US, "2027-12-31", "Dec 31, 2027"),
        (ClauseKind.TEXT, "  two\n lines ", US, "two lines", "two lines"),
        (ClauseKind.CHOICE, "30 days", US, "30 days", "30 days"),
        (ClauseKind.NUMBER, "", US, "", "none"),
    ],
)
def test_value_is_kept_plain_and_read_as_people_do(
    kind: ClauseKind, typed: str, locale: Locale, plain: str, said: str
) -> None:
    assert plain_value(kind, typed, locale, choices=("30 days",)) == plain
    assert value_words(kind, plain, locale) == said


@pytest.mark.parametrize(
    ("kind", "typed", "refused"),
    [
        (ClauseKind.NUMBER, "a lot", "A number, such as 24."),
        (ClauseKind.NUMBER, "nan", "A number, such as 24."),
        (ClauseKind.NUMBER, "Infinity", "A number, such as 24."),
        (ClauseKind.NUMBER, "1000000000000", "A number, such as 24."),
        (ClauseKind.NUMBER, "0.1234567", "A number, such as 24."),
        (ClauseKind.DATE, "31 Dec", "Choose a date."),
        (ClauseKind.CHOICE, "90 days", "Choose one of the list."),
    ],
)
def test_what_is_no_value_is_refused_under_its_field(kind: ClauseKind, typed: str, refused: str) -> None:
    with pytest.raises(Refused) as error:
        plain_value(kind, typed, US, choices=("30 days",), field="clause.1")
    assert (error.value.sentence, error.value.field) == (refused, "clause.1")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (GivenClause(" ", ClauseKind.TEXT), "name"),
        (GivenClause("x" * 61, ClauseKind.TEXT), "name"),
        (GivenClause("Payment", ClauseKind.CHOICE, "a", ("a",)), "choices"),
        (GivenClause("Payment", ClauseKind.CHOICE, "a", ("a", "b" * 76)), "choices"),
        (GivenClause("Payment", ClauseKind.CHOICE, "c", ("a", "b")), "standard"),
    ],
)
def test_what_cannot_be_filled_in_is_refused(given: GivenClause, field: str) -> None:
    with pytest.raises(Refused) as error:
        check_clause(given)
    assert error.value.field == field
