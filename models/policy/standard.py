"""The policy of a new workspace, and the one that every workspace had before there were policies."""

from models.policy.rules import Kind, Rule, Who

OPERATIONS = Who(Kind.ROLE, ("operations",))
FINANCE = Who(Kind.ROLE, ("finance",))
LEADERSHIP = Who(Kind.ROLE, ("leadership",))
# Ten points: where the floor is 30 %, a margin under 20 %.
FAR_BELOW = 1_000
LARGE = 100_000


def standard_rules(places: int) -> tuple[Rule, ...]:
    """Standard deals that fit go straight through; operations see the others.

    Finance agree below the floor, leadership far below it and above a size.

    The size follows the currency: 100,000 of one with cents, a hundred times that of one without.
    """
    large = LARGE * 10 ** max(2, places)
    return (
        Rule(OPERATIONS, (("beyond_standard", 1),)),
        Rule(FINANCE, (("margin_short", 0),)),
        Rule(LEADERSHIP, (("margin_short", FAR_BELOW),), order=2),
        Rule(LEADERSHIP, (("size", large),), order=2),
    )


def former_rules() -> tuple[Rule, ...]:
    """Operations always, and finance below the floor, beside each other."""
    return Rule(OPERATIONS), Rule(FINANCE, (("margin_short", 0),))
