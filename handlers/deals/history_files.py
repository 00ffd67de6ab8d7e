"""History as a CSV and as NDJSON; what lets cost be worked out is for those who may see it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from babel import Locale
from sqlalchemy import select

from handlers.slack.sheets import Cell, csv_of
from models.deals.rows import Deal
from models.workspace.history_export import Entry, history_of
from models.workspace.workspaces import Workspace

COLUMNS = (*("number", "at", "deal", "customer", "subject", "move", "by", "from", "to", "why", "details", "chain"),)
# How far below the floor a deal was tells what it costs.
HIDDEN = frozenset({"below_floor"})


def history_rows(
    workspace: Workspace, *, deal: Deal | None = None, has_numbers: bool, only_deals: bool = False
) -> Iterator[Mapping[str, Any]]:
    """Each entry as a row; of one deal, of all deals, or of everything."""
    known = select(Deal.id, Deal.number, Deal.customer).where(Deal.workspace_id == workspace.id)
    deals = {row.id: row for row in workspace.session.execute(known)}
    subject = Deal.__tablename__ if deal or only_deals else ""
    for entry in history_of(workspace, subject, deal.id if deal else None):
        about = deals.get(entry.subject_id) if entry.subject == Deal.__tablename__ else None
        hidden = frozenset() if has_numbers else HIDDEN
        yield _row(entry, about.number if about else None, about.customer if about else "", hidden)


def history_csv(rows: Iterable[Mapping[str, Any]], locale: Locale) -> bytes:
    """As a spreadsheet takes it; details are JSON in their cell."""
    return csv_of(_cells(rows), locale)


def history_ndjson(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One line of JSON for each entry."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _cells(rows: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[Cell]]:
    yield COLUMNS
    for row in rows:
        details = json.dumps(row["details"], ensure_ascii=False, sort_keys=True) if row["details"] else ""
        yield [details if name == "details" else "" if row[name] is None else row[name] for name in COLUMNS]


def _row(entry: Entry, deal: int | None, customer: str, hidden: frozenset[str]) -> Mapping[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "deal": deal,
        "customer": customer,
        "subject": f"{entry.subject} {entry.subject_id}",
        "move": entry.move,
        "by": entry.by,
        "from": entry.from_state,
        "to": entry.to_state,
        "why": entry.why,
        "details": {key: value for key, value in entry.details.items() if key not in hidden},
        "chain": entry.chain,
    }
