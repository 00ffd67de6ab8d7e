"""What the view of compared deals carries: whom it is about, what is wished, and the answers that were seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.deals.targets import ContestTarget, is_taken
from handlers.slack.values import YEARS
from models.base.errors import Refused
from models.base.language import N_, _
from models.compare.answers import Wishes
from models.compare.sending import Sent
from models.deals.terms import LARGEST_PRICE, LARGEST_QUANTITY, TermLine
from models.promise.joint import CERTAIN
from models.promise.windows import Cell

EARLIER = N_("This was made by an earlier version of Belay, or is not complete. Open it again.")


@dataclass(frozen=True)
class CompareTarget(ContestTarget):
    """Deals around one of them; `fixed` and `sent` are those of `Wishes` and `Sent` as lists."""

    likelihood_off: int = 0
    tier: str = ""
    nobody_later: int = 0
    fixed: Sequence[tuple[int, str]] = ()
    sent: Sequence[Sequence[Any]] = ()

    @property
    def wishes(self) -> Wishes:
        """What the person wants of the choices."""
        fixed: dict[int, str] = dict(filter(_is_fixed, self.fixed))
        return Wishes(not self.likelihood_off, self.tier, bool(self.nobody_later), fixed)

    @property
    def answers(self) -> list[Sent]:
        """What is to be sent, as it was seen."""
        try:
            return [_read(entry) for entry in self.sent]
        except (ValueError, TypeError) as error:
            raise Refused(_(EARLIER)) from error


def target_of(
    deal: int, cell: Cell | None, wishes: Wishes, *, revision: int = 0, sent: Sequence[Sent] = ()
) -> CompareTarget:
    """As the view carries it."""
    resource, week = (cell[0], cell[1].isoformat()) if cell else ("", "")
    return CompareTarget(
        revision=revision,
        deal=deal,
        resource=resource,
        week=week,
        likelihood_off=int(not wishes.by_likelihood),
        tier=wishes.tier,
        nobody_later=int(wishes.nobody_later),
        fixed=list(wishes.fixed.items()),
        sent=[_written(one) for one in sent],
    )


def _written(sent: Sent) -> list[Any]:
    lines = [[line.offer_id, line.quantity, line.unit_price, line.week.isoformat()] for line in sent.lines]
    return [sent.deal, sent.version, sent.overtime, sent.weight, int(sent.goes_first), lines]


def _is_line(line: TermLine) -> bool:
    """Whether a line can be asked for at all; whether it may be is checked when it is sent."""
    is_week = line.week.weekday() == 0 and line.week.year in YEARS
    return is_week and 1 <= line.quantity <= LARGEST_QUANTITY and 0 <= line.unit_price <= LARGEST_PRICE


def _is_fixed(entry: object) -> bool:
    """Whether something that was carried is a deal and its answer."""
    return isinstance(entry, list) and [type(part) for part in entry] == [int, str]


def _read(entry: Sequence[Any]) -> Sent:
    deal, version, overtime, weight, goes_first, lines = entry
    numbers = (deal, version, overtime, weight, goes_first)
    if not all(type(number) is int for number in numbers) or not all(map(is_taken, lines)):
        raise ValueError(entry)
    terms = tuple(TermLine(offer, quantity, price, date.fromisoformat(week)) for offer, quantity, price, week in lines)
    if not 1 <= weight <= CERTAIN or not all(map(_is_line, terms)):
        raise ValueError(entry)
    return Sent(deal, version, terms, overtime, weight, bool(goes_first))
