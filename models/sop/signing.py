"""Decisions with owner and date, leadership's signature, and the versions of a plan."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from models.api.webhooks import Event, announce
from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.base.language import _, reading
from models.sop.kept_pages import keep_page
from models.sop.page_making import page_of, with_details
from models.sop.resolutions import decided_in
from models.sop.rows import Cycle, Resolution, Signed
from models.sop.rules import may_close
from models.sop.settings import planning_of
from models.sop.steps import Move, Step
from models.sop.tasks import finish_all, finish_step, refresh
from models.sop.transitions import advance, enter
from models.sop.versions import changes_since, numbers_of
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.outbox import FileInThread, News, Payload, queue
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class SignedPage(Payload):
    """A version to be published."""

    signed: int


@dataclass(frozen=True)
class PageFile(FileInThread):
    """A file of a version, by its name."""

    signed: int = 0
    name: str = ""


def record_decision(
    cycle: Cycle, text: str, *, family: str, month: date | None, owner: Member, due: date, by: Member, now: datetime
) -> Resolution:
    """Record what was decided, who sees to it, and by when."""
    enter(cycle, Move.DECIDE, by=by)
    if not text.strip():
        raise Refused(_("What was decided?"), field="text")
    if not owner.roles:
        raise Refused(_("The owner needs a role in Belay: `/belay roles` gives one."), field="owner")
    if due < cycle.workspace.today(now):
        raise Refused(_("The date should be in the future."), field="due")
    same = (family, month, text.strip()[:1000], owner.user_id, due, False)
    if any((one.family, one.month, one.text, one.user, one.due, one.is_closed) == same for one in decided_in(cycle)):
        raise TooLate(_("That is recorded already."), field="text")
    row = Resolution(workspace=cycle.workspace, cycle=cycle, family=family, month=month, text=text.strip()[:1000])
    row.owner, row.due, row.made_by_id, row.made_at = owner, due, by.id, now
    row.next_at = cycle.workspace.hours.morning_after(cycle.workspace.midnight(due))
    cycle.session.add(row)
    cycle.session.flush()
    record(row, "decide", by=by, now=now, why=row.text, details={"owner": owner.user_id, "due": due.isoformat()})
    return row


def reconcile(cycle: Cycle, *, by: Member, now: datetime) -> None:
    """Nothing (more) is to be decided before the executive meeting: the step is done."""
    enter(cycle, Move.RECONCILE, by=by)
    finish_step(cycle, Step.RECONCILIATION, now=now)
    advance(cycle, Move.RECONCILE, by=by, now=now, step_at=cycle.step_at)


def close(workspace: Workspace, resolution_id: int, *, by: Member, now: datetime) -> Resolution:
    """It is done: nobody is reminded of it any more."""
    query = select(Resolution).where(Resolution.workspace_id == workspace.id, Resolution.id == resolution_id)
    row = workspace.session.scalar(query.with_for_update(key_share=True))
    if row is None:
        raise NotFound(_("That decision is not here."))
    if row.closed_at is not None:
        raise TooLate(_("It is closed already."))
    if not may_close(row.owner.user_id, by):
        raise NotYours(_("{name} or leadership closes this.", name=row.owner.name))
    row.closed_at, row.closed_by_id, row.next_at = now, by.id, None
    record(row, "close", by=by, now=now)
    refresh(row.owner, now=now)
    return row


def sign(cycle: Cycle, *, by: Member, now: datetime) -> Signed:
    """Leadership signs the plan as it is; it is published, and a later change is a version that says what changed."""
    enter(cycle, Move.SIGN, by=by)
    page = page_of(cycle)
    page.check()
    before = cycle.latest_signed
    with reading(cycle.workspace.language):
        # The channel reads it.
        changes = changes_since(before, page) if before else ""
    if before is not None and not changes:
        raise TooLate(
            _(
                "Version {version} was signed by {name}, and nothing has changed since.",
                version=before.version,
                name=before.by.name,
            )
        )
    signed = Signed(workspace=cycle.workspace, cycle=cycle, version=cycle.version + 1, by=by, at=now, changes=changes)
    signed.numbers = numbers_of(page)
    signed.page = keep_page(with_details(page, cycle), cycle.workspace, signed_by=by.name, version=signed.version)
    cycle.session.add(signed)
    cycle.version, cycle.signed_at = signed.version, cycle.signed_at or now
    finish_all(cycle, now=now)
    cycle.session.flush()
    act = advance(cycle, Move.SIGN, by=by, now=now, step_at=None, details={"version": signed.version})
    announce(cycle.workspace, Event.PLAN, act, about="plan", now=now)
    planning = planning_of(cycle.workspace)
    if planning is not None:
        published = SignedPage(signed.id)
        queue(cycle.workspace, News.SOP_PAGE, stream=planning.channel, payload=published, now=now)
    return signed
