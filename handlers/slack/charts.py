"""Pictures in text: bars and columns that line up."""

from collections.abc import Sequence

WIDTH = 10
MOST_OVER = 4


def bar(taken: int, filled: int) -> str:
    """Ten marks are the whole: dark is taken, middle comes on top, light is free. What is over sticks out."""
    return "▓" * taken + "▒" * (filled - taken) + "░" * max(0, WIDTH - filled)


def marks(amount: int, whole: int, *, most: int = WIDTH) -> int:
    """How many marks an amount takes of the whole."""
    return min(most, round(WIDTH * amount / whole))


def aligned(rows: Sequence[Sequence[str]], *, left: int = 1) -> list[str]:
    """Rows whose columns line up: the first ones to the left, the others to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(_aligned(cell, widths[n], n < left) for n, cell in enumerate(row)) for row in rows]


def _aligned(cell: str, width: int, is_left: bool) -> str:
    return cell.ljust(width) if is_left else cell.rjust(width)
