"""Rows of one key become one."""

from models.sheets.fields import Kind
from tests.models.sheets.reading import Reading, read

HEADER = "family,month,bookings"


def numbers(reading: Reading, field: str = "bookings") -> tuple[list[str], list[str]]:
    summed = reading.summed
    return [row[field] for row in summed], reading.asked


def test_rows_of_a_month_are_added_up_in_the_order_of_names_and_months() -> None:
    reading = read(HEADER, "Tents,2026-09,5", "Shelters,2026-08,1", "Tents,2026-08,3", "Tents,2026-09,2")
    assert [(row["family"], row["month"], row["bookings"]) for row in reading.summed] == [
        ("Tents", "2026-08", "3"),
        ("Tents", "2026-09", "7"),
        ("Shelters", "2026-08", "1"),
    ]
    assert list(reading.asking.notes) == ["Several rows of the same family and month are added up."]


def test_same_row_twice_is_asked() -> None:
    lines = (HEADER, "Tents,2026-08,5", "Tents,2026-08,5")
    assert numbers(read(*lines)) == (["10"], ["twice"])
    assert numbers(read(*lines, answers={"twice": "once"})) == (["5"], [])


def test_family_above_its_offers_counts_once() -> None:
    lines = ("product,month,bookings", "Tents,2026-08,5", "Summit tent,2026-08,3", "Ridge tent,2026-08,2")
    assert numbers(read(*lines)) == (["5"], [])
    assert numbers(read(*lines, "Trail tent,2026-08,1"))[1] == ["levels"]
    assert numbers(read(*lines, "Trail tent,2026-08,1", answers={"levels": "whole"})) == (["5"], [])


def test_levels_of_several_days_are_asked() -> None:
    lines = ("family,date,inventory", "Tents,2026-08-31,5", "Tents,2026-08-07,9")
    assert numbers(read(*lines), "inventory")[1] == ["level:inventory"]
    assert numbers(read(*lines, answers={"level:inventory": "last"}), "inventory") == (["5"], [])


def test_levels_of_offers_are_added_up() -> None:
    assert numbers(read("product,month,inventory", "Summit tent,2026-08,5", "Ridge tent,2026-08,9"), "inventory") == (
        ["14"],
        [],
    )


def test_returns_may_outweigh_orders_and_any_other_negative_month_is_asked() -> None:
    assert numbers(read(HEADER, "Tents,2026-08,-5")) == (["-5"], [])
    assert numbers(read(HEADER, "Tents,2026-08,-5", "Tents,2026-08,7")) == (["2"], [])
    supplied = read("family,month,supply", "Tents,2026-08,-5")
    assert numbers(supplied, "supply") == (["-5"], ["negative:supply:Tents|2026-08-01"])


def test_texts_of_a_key_stand_once_each() -> None:
    lines = ("family,month,certain,reason", "Tents,2026-12,5,Season", "Tents,2026-12,2,Order", "Tents,2026-12,1,Season")
    assert numbers(read(*lines, kind=Kind.FORECAST), "reason") == (["Season; Order"], [])
