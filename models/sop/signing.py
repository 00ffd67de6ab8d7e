"""Decisions with owner and date, leadership's signature, and the versions of a plan."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.sop.page import NUMBERS, Page, decided_in, page_of
from models.sop.rows import Cycle, Resolution, Signed, Step
from models.sop.settings import check_present, planning_of
from models.sop.tasks import finish_all, finish_step, tell, unanswered
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.outbox import News, queue
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

DECIDING = (Step.SUPPLY, Step.RECONCILIATION, Step.EXECUTIVE, Step.SIGNED)
MOST_TOLD = 12


def may_decide(cycle: Cycle, by: Member) -> bool:
    """Whether a person takes part in decisions."""
    planning = planning_of(cycle.workspace)
    is_coordinator = planning is not None and planning.coordinator_id == by.id
    return by.has(Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP) or (is_coordinator and bool(by.roles))


def check_may_decide(cycle: Cycle, by: Member) -> None:
    """Decisions are recorded by operations, finance, leadership and the coordinator, once supply is on the table."""
    if not may_decide(cycle, by):
        raise NotYours("Decisions are recorded by operations, finance, leadership and the coordinator.")
    check_present(cycle)
    if Step(cycle.step) not in DECIDING:
        raise TooLate("Decisions follow the supply review. `/sop` shows where the cycle stands.")


def decide(
    cycle: Cycle, text: str, *, family: str, month: date | None, owner: Member, due: date, by: Member, now: datetime
) -> Resolution:
    """Record what was decided, who sees to it, and by when."""
    check_may_decide(cycle, by)
    if not text.strip():
        raise Refused("What was decided?", field="text")
    if not owner.roles:
        raise Refused("The owner needs a role in Belay: `/belay roles` gives one.", field="owner")
    if due < cycle.workspace.today(now):
        raise Refused("The date should be in the future.", field="due")
    cycle.session.refresh(cycle, with_for_update=True)
    same = (family, month, text.strip()[:1000], owner.user_id, due, False)
    if any((one.family, one.month, one.text, one.user, one.due, one.is_closed) == same for one in decided_in(cycle)):
        raise TooLate("That is recorded already.", field="text")
    row = Resolution(workspace=cycle.workspace, cycle=cycle, family=family, month=month, text=text.strip()[:1000])
    row.owner, row.due, row.made_by_id, row.made_at = owner, due, by.id, now
    row.next_at = cycle.workspace.hours.morning_after(cycle.workspace.midnight(due))
    cycle.session.add(row)
    cycle.session.flush()
    record(row, "decide", by=by, now=now, why=row.text, details={"owner": owner.user_id, "due": due.isoformat()})
    return row


def reconcile(cycle: Cycle, *, by: Member, now: datetime) -> None:
    """Nothing (more) is to be decided before the executive meeting: the step is done."""
    check_may_decide(cycle, by)
    if Step(cycle.step) is Step.SUPPLY:
        raise TooLate("Reconciliation follows the supply review. `/sop` shows when.")
    if not unanswered(cycle, Step.RECONCILIATION):
        raise TooLate("It is reconciled already.")
    finish_step(cycle, Step.RECONCILIATION, now=now)
    record(cycle, "reconcile", by=by, now=now)


def close(workspace: Workspace, resolution_id: int, *, by: Member, now: datetime) -> Resolution:
    """It is done: nobody is reminded of it any more."""
    mine = select(Resolution).where(Resolution.workspace_id == workspace.id, Resolution.id == resolution_id)
    row = workspace.session.scalar(mine.with_for_update())
    if row is None:
        raise NotFound("That decision is not here.")
    if row.closed_at is not None:
        raise TooLate("It is closed already.")
    if by.id != row.owner_id and not by.has(Role.LEADERSHIP):
        raise NotYours(f"{row.owner.name} or leadership closes this.")
    row.closed_at, row.closed_by_id, row.next_at = now, by.id, None
    record(row, "close", by=by, now=now)
    tell(row.owner, now=now)
    return row


def sign(cycle: Cycle, *, by: Member, now: datetime) -> Signed:
    """Leadership signs the plan as it is; it is published, and a later change is a version that says what changed."""
    if not by.has(Role.LEADERSHIP):
        raise NotYours("Leadership signs the plan.")
    cycle.session.refresh(cycle, with_for_update=True)
    if Step(cycle.step) not in {Step.EXECUTIVE, Step.SIGNED}:
        raise TooLate("The plan is signed in the executive meeting. `/sop` shows where the cycle stands.")
    page = page_of(cycle)
    page.check()
    before = latest_signed(cycle)
    numbers = numbers_of(page)
    if before is not None and not is_changed(page, before):
        raise TooLate(f"Version {before.version} was signed by {before.by.name}, and nothing has changed since.")
    signed = Signed(workspace=cycle.workspace, cycle=cycle, version=cycle.version + 1, by=by, at=now, numbers=numbers)
    signed.changes = changes_between(before.numbers, numbers) if before else ""
    cycle.session.add(signed)
    cycle.version, cycle.signed_at = signed.version, cycle.signed_at or now
    cycle.step, cycle.step_at = Step.SIGNED, None
    finish_all(cycle, now=now)
    cycle.session.flush()
    record(cycle, "sign", by=by, now=now, details={"version": signed.version})
    planning = planning_of(cycle.workspace)
    if planning is not None:
        details = {"signed": str(signed.id)}
        queue(cycle.workspace, News.SOP_PAGE, stream=planning.channel, details=details, now=now)
    return signed


def unsigned_before(cycle: Cycle) -> date | None:
    """The month before, where nobody signed its plan."""
    mine = select(Cycle).where(Cycle.workspace_id == cycle.workspace_id, Cycle.month < cycle.month)
    before = cycle.session.scalar(mine.order_by(Cycle.month.desc()).limit(1))
    return before.month if before is not None and before.version == 0 else None


def latest_signed(cycle: Cycle) -> Signed | None:
    """The plan as it was signed last."""
    mine = select(Signed).where(Signed.cycle_id == cycle.id).order_by(Signed.version.desc())
    return cycle.session.scalar(mine.limit(1))


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
    told = []
    for family in sorted({*before, *after}):
        for kind in ("demand", "supply"):
            old, new = (one.get(family, {}).get(kind, []) for one in (before, after))
            if old != new:
                count = sum(a != b for a, b in zip(old, new, strict=False)) or len(new)
                told.append(
                    f"{family}: {kind} {sum(new) - sum(old):+} units in {count} month{'s' if count > 1 else ''}"
                )
    more = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
    return "; ".join(told[:MOST_TOLD] + more)
