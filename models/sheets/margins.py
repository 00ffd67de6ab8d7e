"""The margin that a price leaves is no lowest margin: it is worked out anyway, and stands in many price lists."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.base.language import _
from models.sheets.board import label
from models.sheets.cells import fold
from models.sheets.context import Context

Read = Sequence[Mapping[str, str]]
FLOOR = "margin_floor"
MARGINS = frozenset(["margin", "margins", "marge", "markup", "gm", "db", "deckungsbeitrag", "spanne", "handelsspanne"])
# Percents are rounded as people write them.
ROUNDED = Decimal("0.0051")
FEWEST = 2


def without_actual_margins(read: Read, context: Context) -> Read:
    """The rows without lowest margins that are the actual ones; what is not taken is said."""
    taken = {column.index for columns in context.layout.fields.values() for column in columns}
    for column in context.layout.header.columns:
        if column.index not in taken and MARGINS & set(fold(column.title).split()):
            context.asking.note(
                _("“{title}” is the margin there is, not the lowest one, and is not read.", title=column.title)
            )
    floors = context.layout.fields.get(FLOOR, ())
    with_all = [row for row in read if all(row.get(name) for name in (FLOOR, "list_price", "unit_cost"))]
    is_chosen = any(f"column:{label(column)}" in context.asking.answers for column in floors)
    if is_chosen or len(with_all) < FEWEST or not all(map(_is_actual, with_all)):
        return read
    context.asking.note(
        _(
            "“{title}” is what each price leaves above its cost: it is not taken as the lowest margin.",
            title=floors[0].title,
        )
    )
    return [{name: value for name, value in row.items() if name != FLOOR} for row in read]


def _is_actual(row: Mapping[str, str]) -> bool:
    price, cost, floor = (Decimal(row[name]) for name in ("list_price", "unit_cost", FLOOR))
    return price > 0 and abs(floor - (price - cost) / price) < ROUNDED
