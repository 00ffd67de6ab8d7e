"""A CSV of weeks or of commitments: what is read, and every way in which a row can be wrong."""

from datetime import date

import pytest

from models.files import BadRows, CapacityFile, GivenCommitment, read_capacity
from models.promise import Adjustment, Kind

RESOURCES = {"Assembly": Kind.TIME, "Poles in stock": Kind.STOCK}
JAN_4, JAN_11 = date(2027, 1, 4), date(2027, 1, 11)
WEEKS = "resource,week,available,overtime,receipt,reason"
LOADS = "ref,resource,week,quantity,note"
COLUMNS = (
    "The first row names the columns. They are: resource, week, available, overtime, receipt, reason; "
    "or ref, resource, week, quantity, note."
)
DAY = "week should be a date such as 2027-01-18, not"
NUMBER = "should be a number of 0 or more with at most 3 decimals, not"


def read(*rows: str) -> CapacityFile:
    return read_capacity("\n".join(rows) + "\n", RESOURCES)


def wrong(*rows: str) -> list[str]:
    with pytest.raises(BadRows) as refused:
        read(*rows)
    return list(refused.value.wrong)


def test_weeks_are_read_by_the_names_of_their_columns() -> None:
    assert read("Week, REASON ,available,resource", "2027-01-06,Inventory,320.5,Assembly") == CapacityFile(
        adjustments=(Adjustment("Assembly", JAN_4, available=320_500, reason="Inventory"),)
    )


def test_weeks_of_time_and_of_stock_stand_in_one_file() -> None:
    given = read(
        WEEKS, "Assembly,2027-01-04,300,0,,", "Assembly,2027-01-11,,80,,", "Poles in stock,2027-01-04,,,0.125,"
    )
    assert given.adjustments == (
        Adjustment("Assembly", JAN_4, available=300_000, overtime=0),
        Adjustment("Assembly", JAN_11, overtime=80_000),
        Adjustment("Poles in stock", JAN_4, receipt=125),
    )


def test_commitments_are_read_with_their_reference() -> None:
    given = read(LOADS, "SO-7,Assembly,2027-01-08,12.5,Spring", 'SO-7,Assembly,2027-01-11,0,"one, two"')
    assert given == CapacityFile(
        commitments=(
            GivenCommitment("SO-7", "Assembly", JAN_4, 12_500, "Spring"),
            GivenCommitment("SO-7", "Assembly", JAN_11, 0, "one, two"),
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffref,resource,week,quantity\nA,Assembly,2027-01-04,12.5\n",
        "ref;resource;week;quantity\nA;Assembly;2027-01-04;12,5\n",
        "ref;resource;week;quantity\nA;Assembly;2027-01-04;12.5\n",
        "ref\tresource\tweek\tquantity\nA\tAssembly\t2027-01-04\t12,5\n",
        "ref,resource,week,quantity\r\nA,Assembly,2027-01-04,12.5\r\n",
        "ref,resource,week,quantity\n\n , ,,\nA,Assembly,2027-01-04,12.5",
        '"ref","resource","week","quantity"\n"A"," Assembly ","2027-01-04","12.5"\n',
    ],
    ids=["mark of order", "semicolons", "semicolons and points", "tabs", "other ends", "empty rows", "quotes"],
)
def test_spreadsheets_write_the_same_in_many_ways(text: str) -> None:
    assert read_capacity(text, RESOURCES).commitments == (GivenCommitment("A", "Assembly", JAN_4, 12_500, None),)


def test_ends_of_rows_of_an_old_spreadsheet_are_understood() -> None:
    given = read_capacity("ref,resource,week,quantity\rA,Assembly,2027-01-04,12.5\r", RESOURCES)
    assert given.commitments == (GivenCommitment("A", "Assembly", JAN_4, 12_500, None),)


def test_words_between_semicolons_keep_their_commas() -> None:
    given = read("ref;resource;week;quantity;note", "4711,1;Assembly;2027-01-04;12,5;2,5")
    assert given.commitments == (GivenCommitment("4711,1", "Assembly", JAN_4, 12_500, "2,5"),)


def test_cell_that_never_ends_is_refused_in_words() -> None:
    with pytest.raises(BadRows):
        read(LOADS, 'A,Assembly,2027-01-04,1,"' + "never " * 30_000)


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "=HYPERLINK(http://x.example)", "+1", "-1"])
def test_formulas_stay_the_text_that_they_are(formula: str) -> None:
    given = read(LOADS, f"{formula},Assembly,2027-01-04,1,{formula}")
    assert given.commitments == (GivenCommitment(formula, "Assembly", JAN_4, 1_000, formula),)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "resource",
        "resource,available",
        "week,available",
        "resource,week,availabel",
        "resource,week,available,",
        "resource,week,week",
        "ref,resource,week",
        "ref,resource,quantity",
        "ref,week,quantity",
        "ref,resource,week,quantity,available",
        "resource,week,quantity",
        "Assembly,2027-01-04,300",
    ],
)
def test_first_row_that_names_other_columns_is_refused(header: str) -> None:
    assert wrong(header, "Assembly,2027-01-04,300") == [COLUMNS]


def test_file_without_rows_is_refused() -> None:
    assert wrong(WEEKS) == wrong(WEEKS, ",,,,,", "") == ["There is no row below the first one."]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Foo,2027-01-04,1,,,", "there is no resource “Foo”"),
        ("assembly,2027-01-04,1,,,", "there is no resource “assembly”"),
        (f"{'x' * 100},2027-01-04,1,,,", f"there is no resource “{'x' * 80}”"),
        (",2027-01-04,1,,,", "there is no resource “”"),
        ("Assembly,,1,,,", f"{DAY} “”"),
        ("Assembly,04.01.2027,1,,,", f"{DAY} “04.01.2027”"),
        ("Assembly,2027-02-30,1,,,", f"{DAY} “2027-02-30”"),
        ("Assembly,1969-12-01,1,,,", f"{DAY} “1969-12-01”"),
        ("Assembly,3001-01-01,1,,,", f"{DAY} “3001-01-01”"),
        ("Assembly,2027-01-04,-1,,,", f"available {NUMBER} “-1”"),
        ("Assembly,2027-01-04,1.0001,,,", f"available {NUMBER} “1.0001”"),
        ("Assembly,2027-01-04,1e3,,,", f"available {NUMBER} “1e3”"),
        ("Assembly,2027-01-04,١,,,", f"available {NUMBER} “١”"),
        ("Assembly,2027-01-04,=300,,,", f"available {NUMBER} “=300”"),
        ('Assembly,2027-01-04,"1,000",,,', f"available {NUMBER} “1,000”"),
        ("Assembly,2027-01-04,1000000001,,,", f"available {NUMBER} “1000000001”"),
        ("Assembly,2027-01-04,,many,,", f"overtime {NUMBER} “many”"),
        ("Poles in stock,2027-01-04,,,NaN,", f"receipt {NUMBER} “NaN”"),
        ("Assembly,2027-01-04,,,,", "Assembly is time: fill in available or overtime, and no receipt"),
        ("Assembly,2027-01-04,1,,0,", "Assembly is time: fill in available or overtime, and no receipt"),
        (
            "Poles in stock,2027-01-04,,,,",
            "Poles in stock is stock: fill in receipt, and neither available nor overtime",
        ),
        (
            "Poles in stock,2027-01-04,,5,1,",
            "Poles in stock is stock: fill in receipt, and neither available nor overtime",
        ),
        (f"Assembly,2027-01-04,1,,,{'y' * 201}", "reason should have at most 200 characters"),
        ("Assembly,2027-01-04,1,,,one,two", "it has more cells than the first row"),
    ],
)
def test_row_of_a_week_that_is_wrong_is_named(row: str, sentence: str) -> None:
    assert wrong(WEEKS, "Assembly,2027-01-11,1,,,", row) == [f"Row 3: {sentence}."]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",Assembly,2027-01-04,1,", "ref is missing: the reference that tells this load from others"),
        (f"{'x' * 201},Assembly,2027-01-04,1,", "ref should have at most 200 characters"),
        ("A,Foo,2027-01-04,1,", "there is no resource “Foo”"),
        ("A,Assembly,Monday,1,", f"{DAY} “Monday”"),
        ("A,Assembly,2027-01-04,,", "quantity is missing"),
        ("A,Assembly,2027-01-04", "quantity is missing"),
        ("A,Assembly,2027-01-04,-1,", f"quantity {NUMBER} “-1”"),
        (f"A,Assembly,2027-01-04,1,{'y' * 201}", "note should have at most 200 characters"),
    ],
)
def test_row_of_a_commitment_that_is_wrong_is_named(row: str, sentence: str) -> None:
    assert wrong(LOADS, row) == [f"Row 2: {sentence}."]


def test_week_that_stands_twice_is_wrong_whatever_its_day() -> None:
    twice = ["Row 3: Assembly in the week of 2027-01-04 stands twice."]
    assert wrong(WEEKS, "Assembly,2027-01-04,1,,,", "Assembly,2027-01-08,2,,,") == twice
    assert wrong(LOADS, "A,Assembly,2027-01-04,1,", "A,Assembly,2027-01-08,2,") == twice
    assert len(read(LOADS, "A,Assembly,2027-01-04,1,", "B,Assembly,2027-01-04,2,").commitments) == 2


def test_every_wrong_row_is_named_by_its_place_in_the_file() -> None:
    with pytest.raises(BadRows) as refused:
        read(WEEKS, "Foo,2027-01-04,1,,,", "", "Assembly,2027-01-04,1,,,", "Assembly,never,1,,,")
    assert refused.value.sentence == (
        "Nothing was changed.\nRow 2: there is no resource “Foo”.\nRow 5: "
        "week should be a date such as 2027-01-18, not “never”."
    )


def test_many_wrong_rows_are_counted() -> None:
    with pytest.raises(BadRows) as refused:
        read(WEEKS, *(f"Foo,2027-01-04,{n},,," for n in range(23)))
    lines = refused.value.sentence.split("\n")
    assert (len(lines), lines[20], lines[21]) == (22, "Row 21: there is no resource “Foo”.", "And 3 more.")


def test_file_of_too_many_rows_is_refused() -> None:
    rows = [f"SO-{n},Assembly,2027-01-04,1," for n in range(50_001)]
    assert len(read(LOADS, *rows[1:]).commitments) == 50_000
    assert wrong(LOADS, *rows) == ["At most 50000 rows at a time."]
