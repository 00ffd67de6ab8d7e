"""Weeks and commitments from a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.base.language import _
from models.files.company import GivenCommitment
from models.files.sheet import BadRows, WrongRow
from models.promise.facts import Adjustment, Kind
from models.sheets.fields import Kind as TableKind
from models.sheets.preview import Preview

CAPACITY_KINDS = (TableKind.WEEKS, TableKind.COMMITMENTS)
Row = Mapping[str, str]
OF_A_WEEK = frozenset({"available", "overtime", "reason"})


@dataclass(frozen=True)
class CapacityFile:
    """Weeks that differ, or load that is there already; of a week, `unsaid` are fields of which there is no column."""

    adjustments: tuple[Adjustment, ...] = ()
    commitments: tuple[GivenCommitment, ...] = ()
    unsaid: frozenset[str] = frozenset()


def capacity_in(read: Preview, resources: Mapping[str, Kind]) -> CapacityFile:
    """The weeks or the commitments of a table, once nothing about it is open; all that is wrong is said at once."""
    if read.kind is TableKind.COMMITMENTS:
        return CapacityFile(commitments=tuple(map(_commitment, read.rows)))
    weeks, wrong = [], []
    for row in read.rows:
        try:
            weeks.append(_week(row, resources[row["resource"]]))
        except WrongRow as error:
            wrong.append(_("{row}, week of {row_2}: {error}.", row=row["resource"], row_2=row["week"], error=error))
    if wrong:
        raise BadRows(wrong)
    return CapacityFile(adjustments=tuple(weeks), unsaid=OF_A_WEEK - set(read.columns.values()))


def _commitment(row: Row) -> GivenCommitment:
    week = date.fromisoformat(row["week"])
    return GivenCommitment(row["ref"], row["resource"], week, _thousandths(row["quantity"]), row.get("note"))


def _week(row: Row, kind: Kind) -> Adjustment:
    amounts = {name: _thousandths(row[name]) for name in ("available", "overtime", "receipt") if name in row}
    is_stock = kind is Kind.STOCK
    if is_stock and ("receipt" not in amounts or amounts.get("available") or amounts.get("overtime")):
        raise WrongRow(_("it is stock: fill in receipt, and neither available nor overtime"))
    if not is_stock and ("receipt" in amounts or not amounts):
        raise WrongRow(_("it is time: fill in available or overtime, and no receipt"))
    week = date.fromisoformat(row["week"])
    return Adjustment(row["resource"], week, **amounts, reason=row.get("reason", ""))


def _thousandths(text: str) -> int:
    return int(Decimal(text).scaleb(3))
