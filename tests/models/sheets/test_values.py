"""What each field of a row says."""

from models.sheets.fields import Kind
from models.sheets.questions import LEAVE_OUT
from tests.models.sheets.reading import Reading, read

HEADER = "family,month,bookings"


def test_empty_cell_is_as_the_row_above_if_its_person_says_so() -> None:
    lines = (HEADER, "Tents,2026-08,5", ",2026-09,7")
    assert [row["family"] for row in read(*lines).summed] == ["Tents", "Tents"]
    assert read(*lines).rows.left_out == {}
    assert read(*lines, answers={"fill:family": LEAVE_OUT}).rows.left_out == {3: "no family"}


def test_first_row_without_a_name_is_left_out() -> None:
    reading = read(HEADER, ",2026-08,5", "Tents,2026-09,7")
    assert reading.rows.left_out == {2: "no family"}


def test_name_that_nobody_knows_is_asked_or_left_out() -> None:
    lines = (HEADER, "Boats,2026-08,5", "Sheltr,2026-08,6")
    reading = read(*lines)
    assert [row["family"] for row in reading.summed] == ["Shelters"]
    assert reading.asked == ["name:family:Boats", "name:family:Sheltr"]
    answers = {"name:family:Boats": "Tents", "name:family:Sheltr": LEAVE_OUT}
    assert [row["family"] for row in read(*lines, answers=answers).summed] == ["Tents"]


def test_many_unknown_names_are_one_question_more() -> None:
    reading = read(HEADER, *(f"Unknown {n * 7919},2026-08,5" for n in range(30)))
    assert (len(reading.rows.left_out), len(reading.asked), reading.asked[-1]) == (30, 21, "names")


def test_name_without_a_column_is_asked_once() -> None:
    assert Reading(("Tents 2026,", "month,bookings", "2026-08,5"), answers={}).asked == []
    reading = read("All about Tents,", "month,bookings", "2026-08,5")
    assert ([row["family"] for row in reading.summed], reading.asked) == (["Tents"], ["all:family"])


def test_months_that_may_not_be_filled_in_are_left_out() -> None:
    assert read(HEADER, "Tents,2026-11,5", "Tents,x,5").rows.left_out == {
        2: "2026-11 is not over yet",
        3: "“x” is no month that is clear",
    }


def test_choices_days_and_shares_are_read() -> None:
    offers = read("name;family;standard;max discount", "Dome;Tents;ja;12,5 %", kind=Kind.OFFERS, locale="de-DE").summed
    assert offers == [{"name": "Dome", "family": "Tents", "standard": "true", "max_discount": "0.125"}]
    unknown = read("name,kind,weekly", "Oven,magic,5", "Bin,stock,", kind=Kind.RESOURCES)
    assert unknown.summed == [{"name": "Oven", "weekly": "5"}, {"name": "Bin", "kind": "stock"}]
    assert unknown.asked == ["choice:magic"]
    # Where no word is a kind, the column is of something else.
    assert read("name,kind,weekly", "Oven,magic,5", kind=Kind.RESOURCES).asked == []


def test_share_with_a_sign_says_nothing_of_those_without() -> None:
    rows = (f"{name},F,1,1,{share}" for name, share in (("A", "15%"), ("B", "0.1"), ("C", "0.2")))
    shown = read("name,family,list price,cost,max discount", *rows, kind=Kind.OFFERS)
    assert [row["max_discount"] for row in shown.summed] == ["0.15", "0.1", "0.2"]
