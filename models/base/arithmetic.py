"""Exact numbers: thousandths, minor units, weeks, and the one way to round.

Amounts of a resource are integer thousandths, money is integer minor units, shares are `Decimal`.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

WEEK = timedelta(weeks=1)


def half_up(value: Fraction) -> int:
    """Round to the nearest whole, halves upwards."""
    return floor(value + Fraction(1, 2))


def round_up(value: Fraction) -> int:
    """Round to the next whole, upwards."""
    return -floor(-value)


def monday(day: date) -> date:
    """Name the week of a day: its Monday."""
    return day - timedelta(days=day.weekday())


def amount_text(thousandths: int) -> str:
    """Write an amount without trailing zeros: 62500 is `62.5`."""
    return scaled_text(thousandths, 3).rstrip("0").rstrip(".")


def scaled_text(units: int, places: int) -> str:
    """Write whole units of 10^-places with exactly that many places: 28400, 2 is `284.00`."""
    return f"{Decimal(units).scaleb(-places):.{places}f}"
