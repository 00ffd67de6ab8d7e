"""The budget: imported by those who may, and the year beside it."""

from dataclasses import replace
from datetime import date

import pytest
from babel import Locale
from sqlalchemy import select

from models.base.errors import NotYours, Refused
from models.company.known import known_to
from models.sheets.fields import Kind
from models.sheets.preview import TableFile, preview
from models.sop.budgets import Budget, BudgetMonth, YearMoney, budget_in, import_budget
from models.sop.page_making import page_of
from models.sop.rows import Actual
from tests.models.sop.december import DEC, JAN, at, planned, the_cycle, turn
from tests.world import NOW, World

NOV = date(2026, 11, 1)


def test_what_a_file_names_is_replaced_and_the_rest_stays(world: World) -> None:
    fin = world.person("Fin")
    given = [BudgetMonth("Tents", DEC, 5_000_000, 120, 1_000_000), BudgetMonth("Tents", JAN, 4_000_000)]
    assert import_budget(world.workspace, given, by=fin, now=NOW) == 2
    assert import_budget(world.workspace, [BudgetMonth("Tents", JAN, 4_500_000)], by=fin, now=NOW) == 1
    rows = world.session.scalars(select(Budget).order_by(Budget.month))
    assert [(row.month, row.revenue, row.units, row.margin) for row in rows] == [
        (DEC, 5_000_000, 120, 1_000_000),
        (JAN, 4_500_000, None, None),
    ]
    with pytest.raises(NotYours, match="finance and leadership"):
        import_budget(world.workspace, given, by=world.person("Olga"), now=NOW)


def test_year_is_what_came_and_what_is_planned_beside_the_budget(world: World) -> None:
    planned(world)
    november = world.session.scalar(select(Actual).where(Actual.family == "Tents", Actual.month == NOV))
    assert november is not None
    november.shipments = 70
    turn(world, at("12-09"))
    # 70 tents of November at $390, and 100 of December; nothing is budgeted yet.
    to_date, to_come = 70 * 39_000, 100 * 39_000
    assert page_of(the_cycle(world)).year == YearMoney(2026, to_date, to_come)
    given = [BudgetMonth("Tents", NOV, 3_000_000), BudgetMonth("Tents", DEC, 4_000_000), BudgetMonth("Tents", JAN, 9)]
    import_budget(world.workspace, given, by=world.person("Lea"), now=NOW)
    year = page_of(the_cycle(world)).year
    assert year == YearMoney(2026, to_date, to_come, 3_000_000, 4_000_000)
    assert year is not None
    assert (year.budget, year.difference) == (7_000_000, to_date + to_come - 7_000_000)


def test_budget_is_read_from_a_table_as_finance_writes_it(world: World) -> None:
    known = known_to(world.workspace, by=world.person("Fin"), now=NOW, months=[DEC, JAN])
    lines = (
        "Produktgruppe;Monat;Umsatz (USD);Menge;Rohertrag\nTents;12.2026;50.000,50;120;-3,00\nTents;01.2027;40.000;;\n"
    )
    german = replace(known, locale=Locale("de", "DE"))
    read = preview(TableFile.open(lines.encode(), "budget.csv"), Kind.BUDGET, german)
    assert (read.questions, read.rows[1]) == ((), {"family": "Tents", "month": "2027-01", "revenue": "40000"})
    assert budget_in(read, 2) == [
        BudgetMonth("Tents", DEC, 5_000_050, 120, -300),
        BudgetMonth("Tents", JAN, 4_000_000),
    ]
    # Yen have no decimals.
    assert [entry.revenue for entry in budget_in(read, 0)] == [50_001, 40_000]


def test_column_that_a_file_does_not_have_changes_nothing(world: World) -> None:
    fin = world.person("Fin")
    import_budget(world.workspace, [BudgetMonth("Tents", DEC, 5_000_000, 120, 900)], by=fin, now=NOW)
    import_budget(world.workspace, [BudgetMonth("Tents", DEC, None, 130)], by=fin, now=NOW)
    (row,) = world.session.scalars(select(Budget))
    assert (row.revenue, row.units, row.margin) == (5_000_000, 130, 900)
    with pytest.raises(Refused, match="The budget of Tents for Jan 2027 has no revenue"):
        import_budget(world.workspace, [BudgetMonth("Tents", JAN, None, 130)], by=fin, now=NOW)
