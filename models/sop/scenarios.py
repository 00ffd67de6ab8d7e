"""Scenarios of a cycle: what if, by whom and on what assumption; kept with the cycle, and made the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Document, Name
from models.base.declarative import Base
from models.base.errors import NotFound, Refused, TooLate
from models.base.language import _, reading
from models.base.months import month_after, month_of_week
from models.company.offers import OfferRow
from models.deals.proposals import ProposalLine
from models.deals.rows import Deal
from models.sop.agreeing import agree_on
from models.sop.exact_documents import from_document, to_document
from models.sop.plan import Plan, present_plan
from models.sop.rows import Actual, Cycle, SupplyPlan
from models.sop.steps import Move
from models.sop.transitions import enter
from models.sop.what_if import ChangeKind, Outcome, ScenarioChange, adopted_plan, changed_plan, outcome_of, renamed
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace

MOST_SCENARIOS = 4


class Scenario(OfWorkspace, Base):
    """The present plan with changes, under a name, with what it assumes; `adopted_at` is when it became the plan.

    `assumed` is the demand of families in the months for which it assumes another; None in the others.
    """

    __tablename__ = "scenario"
    __table_args__ = (UniqueConstraint("cycle_id", "name"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    name: Mapped[Name]
    assumption: Mapped[str] = mapped_column(Text)
    document: Mapped[list[Any]] = mapped_column("changes", Document)
    assumed: Mapped[dict[str, list[int | None]]] = mapped_column(Document, default=dict, server_default="{}")
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    adopted_at: Mapped[datetime | None]
    cycle: Mapped[Cycle] = relationship()
    by: Mapped[Member] = relationship()

    @property
    def changes(self) -> tuple[ScenarioChange, ...]:
        """What it changes."""
        return from_document(self.document, tuple[ScenarioChange, ...])

    def applied_to(self, plan: Plan) -> Plan:
        """The plan as it would be; once it has become the plan, as that is."""
        return adopted_plan(plan, self.changes) if self.adopted_at else changed_plan(plan, self.changes)

    def rename_family(self, was: str, now: str) -> None:
        """The same scenario of a family that has another name."""
        self.document = to_document(tuple(renamed(change, was, now) for change in self.changes))
        self.assumed = {now if family == was else family: units for family, units in self.assumed.items()}


@dataclass(frozen=True)
class MetAssumption:
    """What a scenario assumed that a family sells in a month, and what was booked; None where nobody knows yet."""

    scenario: str
    family: str
    month: date
    assumed: int
    booked: int | None


def scenarios_of(cycle: Cycle) -> list[Scenario]:
    """The scenarios of a cycle, in the order in which they were made."""
    query = select(Scenario).where(Scenario.cycle_id == cycle.id).order_by(Scenario.id)
    return list(cycle.session.scalars(query))


@dataclass(frozen=True)
class Imagined:
    """A scenario with what it comes to, as a page keeps it."""

    name: str
    author: str
    assumption: str
    changes: tuple[ScenarioChange, ...]
    outcome: Outcome
    is_adopted: bool = False


def imagined(cycle: Cycle, plan: Plan) -> tuple[Imagined, ...]:
    """What the scenarios of a cycle come to beside a plan."""
    return tuple(
        Imagined(
            row.name,
            row.by.name,
            row.assumption,
            row.changes,
            outcome_of(row.applied_to(plan)),
            row.adopted_at is not None,
        )
        for row in scenarios_of(cycle)
    )


def find_scenario(cycle: Cycle, scenario_id: int) -> Scenario:
    """A scenario of a cycle."""
    row = next((row for row in scenarios_of(cycle) if row.id == scenario_id), None)
    if row is None:
        raise NotFound(_("That scenario is not there any more. `/sop what-if` shows them."))
    return row


def imagine(
    cycle: Cycle, name: str, assumption: str, changes: Sequence[ScenarioChange], *, by: Member, now: datetime
) -> Scenario:
    """Keep what if under a name, beside the plan; at most four stand side by side."""
    enter(cycle, Move.IMAGINE, by=by)
    known = scenarios_of(cycle)
    wanted = name.strip()[:60]
    if not wanted:
        raise Refused(_("What is it called?"), field="name")
    if any(row.name.lower() == wanted.lower() for row in known):
        raise Refused(_("There is a scenario of that name already."), field="name")
    if len(known) >= MOST_SCENARIOS:
        raise Refused(
            _(
                "{most_scenarios} scenarios stand side by side at most: remove one first.",
                most_scenarios=MOST_SCENARIOS,
            ),
            field="name",
        )
    row = Scenario(workspace=cycle.workspace, cycle=cycle, name=wanted, assumption=assumption.strip()[:500])
    row.document, row.by, row.made_at = to_document(tuple(changes)), by, now
    plan = present_plan(cycle)
    pairs = zip(plan.families, changed_plan(plan, changes).families, strict=True)
    row.assumed = {a.family: _other(a.demand, b.demand) for b, a in pairs if a.demand != b.demand}
    cycle.session.add(row)
    cycle.session.flush()
    record(row, "imagine", by=by, now=now, details={"name": wanted})
    return row


def assumptions_met(cycle: Cycle) -> list[MetAssumption]:
    """What the scenarios of the cycle before assumed of the month that has closed since, beside what came."""
    earlier = select(Cycle).where(Cycle.workspace_id == cycle.workspace_id, Cycle.month < cycle.month)
    before = cycle.session.scalar(earlier.order_by(Cycle.month.desc()).limit(1))
    if before is None or before.month != month_after(cycle.month, -1):
        return []
    known = select(Actual.family, Actual.bookings).where(
        Actual.workspace_id == cycle.workspace_id, Actual.month == before.month
    )
    booked: dict[str, int | None] = {row.family: row.bookings for row in cycle.session.execute(known)}
    return [
        MetAssumption(row.name, family, before.month, units[0], booked.get(family))
        for row in scenarios_of(before)
        for family, units in sorted(row.assumed.items())
        if units[0] is not None
    ]


def forget(scenario: Scenario, *, by: Member, now: datetime) -> None:
    """Remove a scenario; what it made of the plan stays."""
    enter(scenario.cycle, Move.IMAGINE, by=by)
    record(scenario, "forget", by=by, now=now, details={"name": scenario.name})
    scenario.session.delete(scenario)
    scenario.session.flush()


def make_it_the_plan(scenario: Scenario, *, by: Member, now: datetime) -> None:
    """Copy its numbers into consensus and supply, with the scenario as the reason.

    What a scenario assumes of capacity, price and cost is not of the plan: that is changed where it is kept.
    """
    cycle = scenario.cycle
    enter(cycle, Move.AGREE, by=by)
    scenario.lock()
    if scenario.adopted_at is not None:
        raise TooLate(_("It is the plan already."))
    plan = present_plan(cycle)
    changed = changed_plan(plan, scenario.changes)
    with reading(cycle.workspace.language):
        about = _("Scenario {name}: {assumption}", name=scenario.name, assumption=scenario.assumption)
    reason = about.rstrip(": ")
    for family in changed.families:
        now_planned = plan.of(family.family)
        pairs = zip(family.demand, now_planned.demand, strict=True)
        units = {month: after for month, (after, before) in enumerate(pairs) if after != before}
        if units:
            agree_on(cycle, family.family, units, reason, by=by, now=now)
    supplies = {row.family: row for row in cycle.supplies}
    for family in changed.families:
        if family.supply != plan.of(family.family).supply:
            # A family may be newer than the supply.
            row = supplies.get(family.family) or SupplyPlan(
                workspace=cycle.workspace, cycle=cycle, family=family.family, prefill=[*plan.of(family.family).supply]
            )
            _supply_by(row, family.supply, reason, by=by, now=now)
    scenario.adopted_at = now
    record(scenario, "adopt", by=by, now=now, details={"name": scenario.name})


def _other(demand: Sequence[int], planned: Sequence[int]) -> list[int | None]:
    return [None if units == was else units for units, was in zip(demand, planned, strict=True)]


def won_deal(deal: Deal, plan: Plan) -> tuple[ScenarioChange, ...]:
    """What a deal asks as it stands, on top of the demand of its months."""
    lines = (
        select(OfferRow.family, ProposalLine.week, ProposalLine.quantity)
        .join(ProposalLine, ProposalLine.offer_id == OfferRow.id)
        .where(ProposalLine.proposal_id == deal.proposal_id, OfferRow.standard)
    )
    asked = [(family, month_of_week(week), units) for family, week, units in deal.session.execute(lines)]
    changes = tuple(_added(asked, plan.months))
    if not changes:
        raise Refused(_("Nothing of this deal lies in the months that are planned."))
    return changes


def _added(asked: Iterable[tuple[str, date, int]], months: Sequence[date]) -> Iterable[ScenarioChange]:
    for family, month, units in asked:
        if month in months:
            number = months.index(month)
            yield ScenarioChange(ChangeKind.DEMAND, family, number, number, units=units)


def _supply_by(row: SupplyPlan, units: Sequence[int], reason: str, *, by: Member, now: datetime) -> None:
    row.units, row.limit, row.by, row.answered_at = list(units), reason, by, now
    by.session.add(row)
    by.session.flush()
    record(row, "supply", by=by, now=now, why=reason)
