"""Tables of weeks or of commitments: what is read, and what is asked."""

from datetime import date

import pytest

from models.files import BadRows, CapacityFile, GivenCommitment
from models.promise import Adjustment, Kind
from models.sheets.texts import BadTable
from tests.models.files.tables import capacity_of

RESOURCES = {"Assembly": Kind.TIME, "Poles in stock": Kind.STOCK}
JAN_4, JAN_11 = date(2027, 1, 4), date(2027, 1, 11)
WEEKS = "resource,week,available,overtime,receipt,reason"
LOADS = "ref,resource,week,quantity,note"


def read(*rows: str) -> CapacityFile:
    return capacity_of("\n".join(rows) + "\n", RESOURCES)


def wrong(*rows: str) -> list[str]:
    with pytest.raises(BadRows) as refused:
        read(*rows)
    return list(refused.value.wrong)


def test_weeks_are_read_by_the_names_of_their_columns() -> None:
    assert read("Week, REASON ,available,resource", "2027-01-06,Inventory,320.5,Assembly") == CapacityFile(
        adjustments=(Adjustment("Assembly", JAN_4, available=320_500, reason="Inventory"),),
        unsaid=frozenset({"overtime"}),
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
    assert capacity_of(text, RESOURCES).commitments == (GivenCommitment("A", "Assembly", JAN_4, 12_500, None),)


def test_ends_of_rows_of_an_old_spreadsheet_are_understood() -> None:
    given = capacity_of("ref,resource,week,quantity\rA,Assembly,2027-01-04,12.5\r", RESOURCES)
    assert given.commitments == (GivenCommitment("A", "Assembly", JAN_4, 12_500, None),)


def test_words_between_semicolons_keep_their_commas() -> None:
    given = read("ref;resource;week;quantity;note", "4711,1;Assembly;2027-01-04;12,5;2,5")
    assert given.commitments == (GivenCommitment("4711,1", "Assembly", JAN_4, 12_500, "2,5"),)


def test_cell_that_never_ends_is_refused_in_words() -> None:
    with pytest.raises(BadTable):
        read(LOADS, 'A,Assembly,2027-01-04,1,"' + "never " * 30_000)


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "=HYPERLINK(http://x.example)", "+1", "-1"])
def test_formulas_stay_the_text_that_they_are(formula: str) -> None:
    given = read(LOADS, f"{formula},Assembly,2027-01-04,1,{formula}")
    assert given.commitments == (GivenCommitment(formula, "Assembly", JAN_4, 1_000, formula),)


@pytest.mark.parametrize(
    "header", ["", "resource,week,week", "Assembly,soon,300", "ref,resource,week", "resource,colour"]
)
def test_titles_of_another_table_are_refused(header: str) -> None:
    assert len(wrong(header, "Assembly,2027-01-04,red")) > 0


def test_file_without_rows_is_refused() -> None:
    assert wrong(WEEKS) == wrong(WEEKS, ",,,,,", "") == ["There is no row that can be taken over."]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Foo,2027-01-04,1,,,", "Row 3: there is no resource “Foo”: which one is it?"),
        (",2027-01-04,1,,,", "Row 3 has no resource: is it as in the row above (Assembly), and so below?"),
        ("Assembly,2027-02-30,1,,,", "Row 3: “2027-02-30” is no week that is clear."),
        ("Assembly,1969-12-01,1,,,", "Row 3: “1969-12-01” is no week that is clear."),
        ("Assembly,2027-01-04,-1,,,", "Row 3: available is -1 (Assembly, 2027-01-04), and cannot be below 0 here."),
        ("Assembly,2027-01-04,=300,,,", "Row 3: available: “=300” is no number."),
        ("Assembly,2027-01-04,1000000001,,,", "Row 3: available: 1000000001 is too large."),
        ("Assembly,2027-01-04,,many,,", "Row 3: overtime: “many” is no number."),
        (
            "Assembly,2027-01-04,1,,0,",
            "Assembly, week of 2027-01-04: it is time: fill in available or overtime, and no receipt.",
        ),
        (
            "Poles in stock,2027-01-04,,5,1,",
            "Poles in stock, week of 2027-01-04: it is stock: fill in receipt, and neither available nor overtime.",
        ),
        (f"Assembly,2027-01-04,1,,,{'y' * 201}", "Row 3: reason has more than 200 characters."),
        ("Assembly,2027-01-14,2,,,", "Rows 2 and 3 both say available of Assembly, 2027-01-11: are they added up?"),
    ],
)
def test_row_of_a_week_that_is_not_clear_is_asked_about(row: str, sentence: str) -> None:
    assert wrong(WEEKS, "Assembly,2027-01-11,1,,,", row) == [sentence]


@pytest.mark.parametrize(
    "row", ["Assembly,04.01.2027,1,,,", "assembly,2027-W01,1,,,", '" Assembly",1/4/2027,"1.000",,,']
)
def test_week_is_read_as_people_write_it(row: str) -> None:
    assert read(WEEKS, row).adjustments == (Adjustment("Assembly", JAN_4, available=1_000),)


def test_loads_of_an_order_in_a_week_are_added_up() -> None:
    given = read(LOADS, "A,Assembly,2027-01-04,1,", "A,Assembly,2027-01-08,2,", "B,Assembly,2027-01-04,2,")
    assert [(load.ref, load.quantity) for load in given.commitments] == [("A", 3_000), ("B", 2_000)]


def test_file_of_too_many_rows_is_refused() -> None:
    rows = [f"SO-{n},Assembly,2027-01-04,1," for n in range(50_200)]
    assert len(read(LOADS, *rows[:50_000]).commitments) == 50_000
    with pytest.raises(BadTable, match="At most 50000 rows at a time"):
        read(LOADS, *rows)
