"""The numbers of a plan as a version keeps them, and what changed between two."""

from typing import Any

from models.sop.page import NUMBERS, Page
from models.sop.rows import Signed

MOST_TOLD = 12


def is_changed(page: Page, signed: Signed) -> bool:
    """Whether the page is no more what was signed."""
    return changes_between(signed.numbers, numbers_of(page)) != ""


def numbers_of(page: Page) -> dict[str, Any]:
    """The plan as it is kept, by family: demand, supply, what of it is contingent, who believed otherwise and why."""
    numbers: dict[str, Any] = {}
    for plan in page.plans:
        contingent = page.contingent.get(plan.family, (0,) * len(page.months))
        numbers[plan.family] = dict(zip(NUMBERS, map(list, (plan.demand, plan.supply, contingent)), strict=True))
        changes = [change for change in page.changes if change.family == plan.family]
        numbers[plan.family]["changes"] = [[change.seller, change.units, change.reason] for change in changes]
    return numbers


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What is different, family by family, in a line each."""
    sentences = []
    for family in sorted({*before, *after}):
        for kind in ("demand", "supply"):
            old, new = (one.get(family, {}).get(kind, []) for one in (before, after))
            if old != new:
                count = sum(a != b for a, b in zip(old, new, strict=False)) or len(new)
                sentences.append(
                    f"{family}: {kind} {sum(new) - sum(old):+} units in {count} month{'s' if count > 1 else ''}"
                )
    more = [f"and {len(sentences) - MOST_TOLD} more"] if len(sentences) > MOST_TOLD else []
    return "; ".join(sentences[:MOST_TOLD] + more)
