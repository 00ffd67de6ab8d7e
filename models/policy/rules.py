"""A rule: for which deals, who must agree, how many of them, in which order, and how long they have."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from models.base.errors import Refused
from models.base.language import _
from models.policy.criteria import CRITERIA, SHARE, Value
from models.policy.facts import EVERYTHING, TERMS, Facts, look_at_term

ALL = 0
ANY = 1
MOST_RULES = 30
MOST_ORDER = 9
MOST_HOURS = 400
# The roles that may be asked, as in `models.workspace.roles`.
ROLES = ("sales", "operations", "finance", "leadership")
# What a role looks at whatever the rule: operations at the work, finance at the money.
LOOKS = {"operations": frozenset({"work"}), "finance": frozenset({"revenue", "cost", "floor"})}


class Kind(StrEnum):
    """How those who are asked are named."""

    ROLE = "role"
    PEOPLE = "people"
    GROUP = "group"
    LEAD = "lead"


@dataclass(frozen=True)
class Who:
    """Who is asked: a role, people, a user group of Slack, or whoever leads the seller's side (then without names)."""

    kind: Kind
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """For deals of which all criteria hold, somebody must agree.

    `need` is how many of them, `ALL` or a number; steps of one `order` run beside each other; `hours` is the working
    time to answer, None for the company's.
    """

    who: Who
    when: tuple[tuple[str, Value], ...] = ()
    need: int = ANY
    order: int = 1
    hours: int | None = None

    def applies(self, facts: Facts) -> bool:
        """Whether all criteria hold."""
        return all(CRITERIA[name].holds(value, facts) for name, value in self.when)

    @property
    def is_about_margin(self) -> bool:
        """Whether it is about what a deal leaves."""
        return any(name == "margin_short" for name, _ in self.when)

    @property
    def looks(self) -> frozenset[str]:
        """What of a deal this step looks at: what its criteria do, and its role; all of it where that is nothing."""
        named = frozenset().union(*(_looks(name, value) for name, value in self.when))
        role = LOOKS.get(self.who.names[0], frozenset()) if self.who.kind is Kind.ROLE else frozenset()
        return named | role or EVERYTHING


def _looks(name: str, value: Value) -> frozenset[str]:
    """What a criterion looks at: of the terms beyond the lines what they say, not only that they are not standard."""
    words = value if isinstance(value, tuple) else ()
    if name == "term":
        return frozenset(map(look_at_term, words))
    return CRITERIA[name].looks | ({TERMS} if name == "deviation" and TERMS in words else set())


@dataclass(frozen=True)
class Asked:
    """Somebody is asked once, for the union of the reasons."""

    who: Who
    need: int
    order: int
    hours: int | None
    rules: tuple[Rule, ...]

    @property
    def looks(self) -> frozenset[str]:
        """What of a deal they look at."""
        return frozenset().union(*(rule.looks for rule in self.rules))


def asked_of(rules: Iterable[Rule], facts: Facts) -> list[Asked]:
    """Whom rules ask about a deal, in their order; nobody where the deal may be approved on the spot."""
    asked: dict[Who, Asked] = {}
    for rule in rules:
        if rule.applies(facts):
            one = Asked(rule.who, rule.need, rule.order, rule.hours, (rule,))
            asked[rule.who] = together(asked[rule.who], one) if rule.who in asked else one
    return sorted(asked.values(), key=lambda one: one.order)


def together(one: Asked, other: Asked) -> Asked:
    """Asked once for both: as early, as many and as soon as the stricter of them."""
    hours = min((given for given in (one.hours, other.hours) if given is not None), default=None)
    need = ALL if ALL in {one.need, other.need} else max(one.need, other.need)
    return Asked(one.who, need, min(one.order, other.order), hours, (*one.rules, *other.rules))


def named_otherwise(rule: Rule, names: Callable[[Sequence[str]], tuple[str, ...]]) -> Rule:
    """The same rule with its people and its user group named otherwise."""
    is_named = rule.who.kind in {Kind.PEOPLE, Kind.GROUP}
    who = replace(rule.who, names=names(rule.who.names)) if is_named else rule.who
    when = tuple(
        (name, names(value)) if name == "seller" and isinstance(value, tuple) else (name, value)
        for name, value in rule.when
    )
    return replace(rule, who=who, when=when)


def check_rules(rules: Iterable[Rule]) -> None:
    """Refuse what is no rule."""
    given = list(rules)
    if len(given) > MOST_RULES:
        raise Refused(_("A policy has at most {most_rules} rules.", most_rules=MOST_RULES))
    for rule in given:
        if rule.who.kind is not Kind.LEAD and not rule.who.names:
            raise Refused(_("Say who is asked."), field="who")
        if not 0 <= rule.need <= max(1, len(rule.who.names) if rule.who.kind is Kind.PEOPLE else 100):
            raise Refused(_("More are needed than are asked."), field="need")
        if any(name == "discount" and isinstance(value, int) and value > SHARE for name, value in rule.when):
            raise Refused(_("A discount is 100 % at most; in a file 0.15 is 15 %."), field="discount")
        if not 1 <= rule.order <= MOST_ORDER:
            raise Refused(_("A step is from 1 to {most_order}.", most_order=MOST_ORDER), field="order")
        if rule.hours is not None and not 1 <= rule.hours <= MOST_HOURS:
            raise Refused(_("From 1 to {most_hours} working hours.", most_hours=MOST_HOURS), field="hours")
