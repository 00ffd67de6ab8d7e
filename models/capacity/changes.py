"""What an act changes in the rows of capacity: each row before and after, as history keeps it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping, select

from models.company.resources import Commitment, ReceiptRow, WeekExceptionRow
from models.workspace.workspaces import Workspace


class What(StrEnum):
    """A week that differs from the usual, what arrives in one, or load from elsewhere."""

    WEEK = "week"
    RECEIPT = "receipt"
    LOAD = "load"


# The columns of a row that an act changes; None where there is no row.
Values = Mapping[str, int | str | None] | None


@dataclass(frozen=True)
class Key:
    """Which row: of a resource, in a week, and for load under its own reference."""

    what: What
    resource: int
    week: date
    ref: str = ""


@dataclass(frozen=True)
class Change:
    """A row before and after an act."""

    key: Key
    before: Values
    after: Values

    @property
    def backwards(self) -> "Change":
        """The same, undone."""
        return replace(self, before=self.after, after=self.before)

    @property
    def cell(self) -> tuple[int, date]:
        """The resource and week that it touches."""
        return self.key.resource, self.key.week

    def written(self) -> dict[str, Any]:
        """As history keeps it, in the details of an act upon the resource."""
        key = {"what": self.key.what.value, "week": self.key.week.isoformat(), "ref": self.key.ref}
        return key | {"before": self.before, "after": self.after}

    @classmethod
    def read(cls, resource: int, written: Mapping[str, Any]) -> "Change":
        """What was written."""
        key = Key(What(written["what"]), resource, date.fromisoformat(written["week"]), written["ref"])
        return cls(key, written["before"], written["after"])


def noting(workspace: Workspace, resources: Collection[int], work: Callable[[], None]) -> list[Change]:
    """Do some work, and say which rows of resources it has changed."""
    before = rows_of(workspace, resources)
    work()
    after = rows_of(workspace, resources)
    keys = sorted({*before, *after}, key=lambda key: (key.resource, key.week, key.what, key.ref))
    changes = [Change(key, before.get(key), after.get(key)) for key in keys]
    return [change for change in changes if change.before != change.after]


def rows_of(workspace: Workspace, resources: Collection[int]) -> dict[Key, Values]:
    """The rows of resources as the database has them at this moment."""
    workspace.session.flush()
    return dict(_rows_of(workspace, list(resources)))


def _rows_of(workspace: Workspace, resources: list[int]) -> Iterator[tuple[Key, Values]]:
    run, differing = workspace.session.execute, WeekExceptionRow
    weeks = select(differing.resource_id, differing.week, differing.available, differing.overtime, differing.reason)
    for row in run(weeks.where(differing.resource_id.in_(resources))).mappings():
        yield _key(What.WEEK, row), _values(row, "available", "overtime", "reason")
    receipts = select(ReceiptRow.resource_id, ReceiptRow.week, ReceiptRow.quantity)
    for row in run(receipts.where(ReceiptRow.resource_id.in_(resources))).mappings():
        yield _key(What.RECEIPT, row), _values(row, "quantity")
    loads = select(Commitment.resource_id, Commitment.week, Commitment.ref, Commitment.quantity, Commitment.note)
    for row in run(loads.where(Commitment.resource_id.in_(resources), Commitment.ref.is_not(None))).mappings():
        yield _key(What.LOAD, row), _values(row, "quantity", "note")


def _key(what: What, row: RowMapping) -> Key:
    return Key(what, row["resource_id"], row["week"], row.get("ref") or "")


def _values(row: RowMapping, *names: str) -> Values:
    return {name: row[name] for name in names}
