"""What changed between two versions of the terms, term by term."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from models.deals.proposals import Proposal, ProposalLine
from models.deals.rows import Deal


@dataclass(frozen=True)
class Delivery:
    """What is delivered of an offer in a week; the price in minor units."""

    quantity: int
    unit_price: int
    week: date


@dataclass(frozen=True)
class TermChange:
    """The deliveries of an offer before and after; empty where there were none."""

    offer: str
    unit: str
    before: tuple[Delivery, ...]
    after: tuple[Delivery, ...]


def changes_of(deal: Deal) -> tuple[TermChange, ...]:
    """What the present proposal changes against the one before it."""
    earlier = [proposal for proposal in deal.proposals if proposal.version < deal.proposal.version]
    return changes_between(earlier[-1], deal.proposal) if earlier else ()


def changes_between(before: Proposal, after: Proposal) -> tuple[TermChange, ...]:
    """The offers whose deliveries differ, in the order of the lines."""
    old, new = _deliveries(before), _deliveries(after)
    units = {line.offer.name: line.offer.unit for proposal in (before, after) for line in proposal.lines}
    names = dict.fromkeys([*old, *new])
    return tuple(TermChange(n, units[n], old[n], new[n]) for n in names if old[n] != new[n])


def _deliveries(proposal: Proposal) -> defaultdict[str, tuple[Delivery, ...]]:
    deliveries: defaultdict[str, tuple[Delivery, ...]] = defaultdict(tuple)
    for line in sorted(proposal.lines, key=_by_week):
        deliveries[line.offer.name] += (Delivery(line.quantity, line.unit_price, line.week),)
    return deliveries


def _by_week(line: ProposalLine) -> date:
    return line.week
