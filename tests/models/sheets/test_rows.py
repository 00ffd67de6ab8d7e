"""Rows: an entry for each amount, with its key."""

from fractions import Fraction

from models.sheets.fields import Kind
from tests.models.sheets.reading import read


def test_entries_have_the_key_of_their_row_or_column() -> None:
    down = read("family,month,bookings,shipments", "Tents,2026-08,5,4").rows
    assert [(entry.key, entry.field, entry.value) for entry in down.entries] == [
        (("Tents", "2026-08-01"), "bookings", Fraction(5)),
        (("Tents", "2026-08-01"), "shipments", Fraction(4)),
    ]
    across = read("month;Tents;Shelters", "2026-08;5;4", measure="bookings").rows
    assert list(across.keys) == [("Tents", "2026-08-01"), ("Shelters", "2026-08-01")]


def test_measure_may_stand_in_the_row() -> None:
    rows = read("family;measure;Aug 26", "Tents;Bookings;5", "Tents;Shipments;4", "Tents;Revenue;9").rows
    assert ([entry.field for entry in rows.entries], rows.left_out) == (
        ["bookings", "shipments"],
        {4: "“Revenue” is not read"},
    )


def test_row_without_amounts_is_a_row_where_none_are_needed() -> None:
    rows = read("offer,substitute", "Summit tent,Ridge tent", kind=Kind.SUBSTITUTES).rows
    assert (list(rows.keys), rows.entries) == ([("Summit tent", "Ridge tent")], [])
