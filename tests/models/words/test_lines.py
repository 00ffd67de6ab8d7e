"""Each field is read, or asked with its likely answers."""

from models.words import Question
from tests.models.words.shop import reading


def test_open_fields_have_their_likely_answers() -> None:
    result = reading("200 tents by next week for Bravo at 430 or 440")
    assert result.open == (
        Question(
            "lines.0.offer",
            "“tents” may be several offers.",
            ("Summit tent", "Summit tent XL", "Ridge tent", "Trail tent", "Basecamp dome"),
        ),
        Question("lines.0.date", "“by next week”: those are several days.", ("2026-11-30", "2026-12-04")),
        Question("lines.0.price", "“at 430 or 440”: which price?", ("430.00", "440.00")),
    )


def test_what_is_missing_is_asked() -> None:
    assert [question.path for question in reading("Summit tents").open] == [
        "customer",
        "lines.0.quantity",
        "lines.0.date",
    ]


def test_assumption_is_said() -> None:
    assert reading("Acme about 200 domes by 3/4").said == (
        "“domes” was read as Basecamp dome.",
        "“about”: 200.",
        "“by 3/4”: that is Mar 4, 2027.",
    )


def test_number_of_which_nothing_is_said_may_be_the_price() -> None:
    (question,) = reading("Acme 200 Summit tents by 18 Jan 430").open
    assert question == Question("lines.0.price", "“430”: is that the price?", ("430",))


def test_deal_has_ten_lines_at_most() -> None:
    result = reading("Acme " + ", ".join(["5 Ridge tent"] * 12) + " by 18 Jan")
    assert (len(result.lines), [question.path for question in result.open]) == (10, ["lines"])
