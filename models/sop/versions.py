"""The numbers of a plan as a version keeps them, and what has changed since."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.base.language import N_, _, ngettext
from models.sop.page import Page
from models.sop.rows import Cycle, Signed
from models.workspace.history import History

MOST_TOLD = 12
OPENING = {"inventory": N_("opening stock"), "backlog": N_("opening backlog")}


def numbers_of(page: Page) -> dict[str, Any]:
    """The plan by family: demand and supply by month, and what it begins with."""
    return {
        plan.family: {
            "demand": list(plan.demand),
            "supply": list(plan.supply),
            "inventory": plan.inventory,
            "backlog": plan.backlog,
        }
        for plan in page.plans
    }


def changes_since(signed: Signed, page: Page) -> str:
    """What of a page is no more what was signed, family by family; nothing where all is."""
    renamed = _renamed_since(signed.cycle, signed.at)
    before = {renamed.get(family, family): numbers for family, numbers in signed.numbers.items()}
    names = [_("{was} is called {now} now", was=was, now=now) for was, now in renamed.items() if was in signed.numbers]
    sentences = [*names, *_differences(before, numbers_of(page))]
    more = [_("and {count} more", count=len(sentences) - MOST_TOLD)] if len(sentences) > MOST_TOLD else []
    return "; ".join(sentences[:MOST_TOLD] + more)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for family in sorted({*before, *after}):
        if family not in before or family not in after:
            yield _(
                "{family} is {what}",
                family=family,
                what=_("new in the plan") if family in after else _("planned no more"),
            )
            continue
        for kind in (N_("demand"), N_("supply")):
            old, new = before[family][kind], after[family][kind]
            if old != new:
                count = sum(a != b for a, b in zip(old, new, strict=True))
                months = ngettext("{count} month", "{count} months", count, count=count)
                yield _(
                    "{family}: {kind} {new:+} units in {months}",
                    family=family,
                    kind=_(kind),
                    new=sum(new) - sum(old),
                    months=months,
                )
        for kind, name in OPENING.items():
            was, now = before[family].get(kind), after[family][kind]
            if was is not None and was != now:
                yield _("{family}: {name} {now} instead of {was}", family=family, name=_(name), now=now, was=was)


def _renamed_since(cycle: Cycle, at: datetime) -> dict[str, str]:
    """Families that got another name: what they are called now by what they were called then."""
    query = select(History).where(History.workspace_id == cycle.workspace_id, History.move == "rename_family")
    names: dict[str, str] = {}
    for row in cycle.session.scalars(query.where(History.at >= at).order_by(History.id)):
        was, now = row.details["from"], row.details["to"]
        first = next((known for known, name in names.items() if name == was), was)
        names[first] = now
    return names
