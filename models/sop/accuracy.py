"""How good forecasts were: accuracy, bias, and what each step of the chain added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from models.base.language import N_

SEASON = 12
CHAIN = (N_("seasonal naive"), N_("baseline"), N_("sales"), N_("consensus"), N_("signed plan"))
Number = int | Fraction


@dataclass(frozen=True)
class Accuracy:
    """Of forecasts F against actuals A: exact shares; None where nothing was sold."""

    wape: Fraction | None
    bias: Fraction | None

    @property
    def accuracy(self) -> Fraction | None:
        """What the error leaves of all, never less than nothing."""
        return None if self.wape is None else max(Fraction(0), 1 - self.wape)


def accuracy_of(pairs: Sequence[tuple[Number, Number]]) -> Accuracy:
    """WAPE = Σ|F − A| / ΣA and bias = Σ(F − A) / ΣA of (forecast, actual) pairs; plus is over-forecast.

    Units of one family, or the value of several: tents and bolts do not add up.
    """
    sold = sum(actual for _, actual in pairs)
    # Nothing was sold, or more came back than was.
    if sold <= 0:
        return Accuracy(None, None)
    errors = [Fraction(forecast) - actual for forecast, actual in pairs]
    return Accuracy(sum(map(abs, errors), Fraction(0)) / sold, sum(errors, Fraction(0)) / sold)


def mase_of(pairs: Sequence[tuple[int, int]], history: Sequence[int | None]) -> Fraction | None:
    """The mean error against that of the seasonal naive within the history; None where that had none.

    Months of the history that are unknown are left out.
    """
    known = zip(history[SEASON:], history, strict=False)
    naive = [abs(now - before) for now, before in known if now is not None and before is not None]
    if not pairs or not sum(naive):
        return None
    mean = Fraction(sum(abs(forecast - actual) for forecast, actual in pairs), len(pairs))
    return mean / Fraction(sum(naive), len(naive))


def value_added(wapes: Mapping[str, Fraction | None]) -> dict[str, Fraction]:
    """FVA of each step: the WAPE of the step before less its own; plus is an improvement."""
    added: dict[str, Fraction] = {}
    for before, step in pairwise(CHAIN):
        earlier, own = wapes.get(before), wapes.get(step)
        if earlier is not None and own is not None:
            added[step] = earlier - own
    return added


def adherence(pairs: Sequence[tuple[Number, Number]]) -> Fraction | None:
    """Plan adherence = 1 − Σ|actual supply − plan| / Σ plan, never below nothing, of (plan, actual) pairs."""
    planned = sum(plan for plan, _ in pairs)
    wrong = sum((abs(Fraction(actual) - plan) for plan, actual in pairs), Fraction(0))
    return max(Fraction(0), 1 - wrong / planned) if planned else None
