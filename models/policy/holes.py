"""Deals for which a policy asks nobody although they are not standard: the simplest ones, one by one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from models.base.language import _
from models.policy.criteria import DEVIATIONS, SHARE
from models.policy.facts import Facts
from models.policy.rules import Rule
from models.promise.check import Verdict

NOTHING = Facts(
    revenue=0,
    cost=0,
    floor=0,
    discount=0,
    verdict=Verdict.FITS,
    overtime=0,
    deviations=frozenset(),
    families=frozenset(),
    tier="",
    weeks_ahead=0,
    seller="",
    work=(("", 1, date.min),),
    prices=(("", date.min, 0),),
)
OTHER = ""


def find_hole(rules: Sequence[Rule], *, families: Sequence[str], sellers: Sequence[str]) -> Facts | None:
    """A deal that is beyond standard terms and asks nobody; None where there is none.

    Each criterion holds the more, the larger a deal is, but for its words: so the smallest deal of each kind, for each
    family, tier and seller that a rule names and one that none names, shows a hole wherever there is one.
    """
    tiers = [OTHER, *_named(rules, "tier")]
    whose = [*_others(sellers, _named(rules, "seller")), *_named(rules, "seller")] or [OTHER]
    known = [*_others(families, _named(rules, "family")), *_named(rules, "family")] or [OTHER]
    for small, family, tier, seller in product(smallest(rules), known, tiers, whose):
        facts = replace(small, families=frozenset({family}), tier=tier, seller=seller)
        if not any(rule.applies(facts) for rule in rules):
            return facts
    return None


def smallest(rules: Sequence[Rule]) -> Iterator[Facts]:
    """The smallest deals that are not standard, each in one respect."""
    yield from (replace(NOTHING, deviations=frozenset({kind})) for kind in DEVIATIONS)
    # A cent below its floor, and no larger than it takes for that to be few enough points.
    points = [value for rule in rules for name, value in rule.when if name == "margin_short" and isinstance(value, int)]
    few = min((value for value in points if value), default=SHARE)
    revenue = -(-SHARE // few)
    yield replace(NOTHING, deviations=frozenset({"margin"}), revenue=revenue, floor=revenue + 1)
    yield from (replace(NOTHING, verdict=verdict) for verdict in (Verdict.OVERTIME, Verdict.SHORT))


def hole_words(facts: Facts, kinds: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Such a deal, in words."""
    (what,) = facts.deviations or {str(facts.verdict)}
    parts = [_("a deal {kinds}", kinds=kinds[what])]
    parts += [_("for {family}", family=family) for family in facts.families if family]
    parts += [_("of a {tier} customer", tier=facts.tier)] if facts.tier else []
    parts += [_("sold by {names}", names=names.get(facts.seller, facts.seller))] if facts.seller else []
    return ", ".join(parts)


def _named(rules: Sequence[Rule], criterion: str) -> list[str]:
    words = [word for rule in rules for name, value in rule.when if name == criterion for word in _words(value)]
    return list(dict.fromkeys(words))


def _words(value: int | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _others(known: Sequence[str], named: Sequence[str]) -> list[str]:
    """One that no rule names, where there is one."""
    small = {name.strip().lower() for name in named}
    return [name for name in known if name.strip().lower() not in small][:1]
