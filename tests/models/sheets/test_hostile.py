"""Files that nobody means well with, and files by chance: each is read, asked about or refused, and in time."""

import random
import time

import pytest

from models.base.errors import Refused
from models.sheets.fields import Kind
from models.sheets.preview import TableFile, preview
from tests.models.sheets.books import book
from tests.models.sheets.cases import known

WORDS = [
    *(
        "family",
        "month",
        "bookings",
        "Tents",
        "Shelters",
        "Assembly",
        "2026-08",
        "Aug 26",
        "08/09/2026",
        "KW 1/2027",
        "W1",
    ),
    *(
        "1,180",
        "1.180",
        "-5",
        "(3)",
        "12 %",
        "3 k",
        "$5",
        "",
        "",
        "-",
        "Total",
        "Summe",
        "ref",
        "week",
        "resource",
        "Plan",
    ),
    *(
        "qty",
        "offer",
        "name",
        "=1+1",
        "#REF!",
        "’",
        "\u0000x",
        "9" * 70,
        "1e99",
        "x" * 300,
        "Q3 26",
        "2026",
        "46235",
        "☃",
    ),
]
CHANCES = 300


@pytest.mark.parametrize("kind", Kind)
def test_table_by_chance_is_never_an_error(kind: Kind) -> None:
    chance = random.Random(kind)
    for seed in range(CHANCES):
        rows = [[chance.choice(WORDS) for _ in range(chance.randrange(1, 7))] for _ in range(chance.randrange(1, 9))]
        data = "\n".join(chance.choice(";,\t").join(row) for row in rows).encode(chance.choice(["utf-8", "utf-16"]))
        begun = time.monotonic()
        try:
            read = preview(TableFile.open(data, "a.csv"), kind, known(), measure="")
        except Refused as refused:
            assert refused.sentence
            continue
        assert all(set(row) >= set() for row in read.rows), seed
        assert time.monotonic() - begun < 2, seed


@pytest.mark.parametrize("seed", range(4))
def test_bytes_by_chance_are_never_an_error(seed: int) -> None:
    chance = random.Random(seed)
    whole = book({"A": [["family", "month", "bookings"], ["Tents", "2026-08", 5]]})
    for _ in range(CHANCES // 4):
        broken = bytearray(chance.choice([whole, b"family,month,bookings\nTents,2026-08,5\n", chance.randbytes(200)]))
        for _ in range(chance.randrange(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            preview(TableFile.open(bytes(broken), "a.xlsx"), Kind.ACTUALS, known())
        except Refused as refused:
            assert refused.sentence


@pytest.mark.parametrize(
    "cell",
    ["1" * 5000, "(" * 5000, " " * 5000 + "1", "1 " * 2000, "-" * 5000, "a - " * 1000, "1,1" * 1500, "='" * 2000],
)
def test_long_cells_take_no_time(cell: str) -> None:
    begun = time.monotonic()
    lines = ["family,month,bookings", f'Tents,2026-08,"{cell}"', f'Tents,"{cell}",5', f'"{cell}",2026-08,5']
    preview(TableFile.open("\n".join(lines).encode(), "a.csv"), Kind.ACTUALS, known())
    assert time.monotonic() - begun < 2


def test_fifty_thousand_rows_are_read_in_time() -> None:
    chance = random.Random(1)
    offers = list(known().offers)
    lines = ["order no;order date;product;customer;qty;price"]
    for number in range(50_000):
        day = f"{chance.randrange(1, 29):02}.{chance.randrange(1, 11):02}.2026"
        lines.append(
            f"SO-{number};{day};{chance.choice(offers)};Customer {number % 500};{chance.randrange(1, 2000)};4,50"
        )
    begun = time.monotonic()
    read = preview(TableFile.open("\n".join(lines).encode(), "a.csv"), Kind.ACTUALS, known("de-DE"), measure="bookings")
    assert (len(read.rows), read.questions) == (20, ())
    # It takes about two seconds; a machine that is busy is given more.
    assert time.monotonic() - begun < 20
