"""Terms beyond the lines of a deal, as a company's file has them: a table each."""

from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale

from models.base.errors import Refused
from models.base.language import _
from models.files.reading import Table
from models.policy.clauses import ClauseKind, GivenClause, check_clause, plain_value

PLAIN = Locale("en", "US")


def read_clause(table: Table) -> GivenClause:
    """One term; its standard is a number, a date or text, by its kind."""
    kind = ClauseKind(table.one_of("kind", tuple(ClauseKind)))
    table.asked.add("standard")
    standard, choices = table.data.get("standard", ""), table.texts("choices")
    if isinstance(standard, bool) or not isinstance(standard, str | int | Decimal | date):
        table.refuse("standard", f"a {kind}", standard)
    text = f"{standard:f}" if isinstance(standard, Decimal) else str(standard)
    try:
        given = GivenClause(table.text("name"), kind, plain_value(kind, text, PLAIN, choices=choices), choices)
        check_clause(given)
    except Refused:
        table.refuse("standard", f"a {kind}" if kind is not ClauseKind.CHOICE else _("one of its choices"), standard)
    table.close()
    return given


def write_clause(given: GivenClause) -> dict[str, Any]:
    """A term as `read_clause` reads it."""
    number = Decimal(given.standard) if given.kind is ClauseKind.NUMBER and given.standard else None
    day = date.fromisoformat(given.standard) if given.kind is ClauseKind.DATE and given.standard else None
    standard = {"standard": number or day or given.standard} if given.standard else {}
    choices = {"choices": list(given.choices)} if given.choices else {}
    return {"name": given.name, "kind": str(given.kind)} | standard | choices
