"""Where the net stock of a family should lie: a target as its floor, a ceiling, and a tolerance around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.base.arithmetic import half_up

YEAR = 12


@dataclass(frozen=True)
class Level:
    """So many units in stock, or (`is_cover`) what sells in so many of the months that follow."""

    amount: Fraction
    is_cover: bool = False

    def units(self, demand: Sequence[int], month: int) -> int:
        """Whole units at the end of a month; beyond the horizon the demand of a year earlier follows."""
        if not self.is_cover:
            return half_up(self.amount)
        whole, part = divmod(self.amount, 1)
        following = [_after(demand, month + n) for n in range(1, int(whole) + 2)]
        return half_up(sum(following[:-1]) + part * following[-1])


@dataclass(frozen=True)
class Band:
    """A floor and a ceiling for the net stock; what leaves them by no more than the tolerance is no gap.

    The tolerance is a percentage of the month's demand. Where no stock is kept, hours are sold: nothing is made ahead.
    """

    target: Level = Level(Fraction(0))
    ceiling: Level | None = None
    tolerance: Fraction = Fraction(5)
    keeps_stock: bool = True


DEFAULT_BAND = Band()
WITHOUT_STOCK = Band(ceiling=Level(Fraction(0)), keeps_stock=False)


def _after(demand: Sequence[int], month: int) -> int:
    while month >= len(demand):
        month -= YEAR
    return demand[month] if month >= 0 else demand[-1]
