"""Whose turn it is, and until when: a row for each answer that a deal waits for. Silence is never a decision."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.base.arithmetic import WEEK
from models.base.declarative import Base
from models.base.working_time import DAY, WorkingHours
from models.deals.asked import is_nobody_there
from models.deals.conditions import Condition
from models.deals.deliveries import due_week
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.deals.states import OPEN, State
from models.deals.steps import Step
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import OfWorkspace, Workspace

RELEASE_DAYS = 5
LIVE = frozenset({*OPEN, State.APPROVED, State.WON})


class Awaited(StrEnum):
    """What is owed: an answer, a report whether the customer has ordered, one of what was delivered, or a condition."""

    ANSWER = "answer"
    REPORT = "report"
    DELIVERY = "delivery"
    CONDITION = "condition"


# The last is the step or the condition that it is about.
What = tuple[Side, Awaited, int, date | None, int | None]


class Turn(OfWorkspace, Base):
    """A side owes something from `began_at` until `due_at`, in working time; `member` is the person, where it is one.

    `half_at` is None where nothing is said before the end. `next_at` is the next reminder, `escalate_at` the next
    time that somebody above is told, `release_at` when a promise that nobody reports on ends. `win_by` is the day that
    a report is about: by when it is won or lost, or the week of a delivery.
    """

    __tablename__ = "turn"
    __table_args__ = (Index(None, "ended_at", "next_at"), Index(None, "deal_id", "ended_at"))

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    condition_id: Mapped[int | None] = mapped_column(ForeignKey("condition.id"))
    side: Mapped[Side]
    awaited: Mapped[Awaited]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    began_at: Mapped[datetime]
    half_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    next_at: Mapped[datetime]
    escalate_at: Mapped[datetime | None]
    escalations: Mapped[int] = mapped_column(default=0)
    win_by: Mapped[date | None]
    release_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    deal: Mapped[Deal] = relationship()
    proposal: Mapped[Proposal] = relationship()
    step: Mapped[Step | None] = relationship()
    condition: Mapped[Condition | None] = relationship()
    member: Mapped[Member | None] = relationship()

    @property
    def hours(self) -> WorkingHours:
        """The working hours that count: of the person whose turn it is or of who answers for them, or the company's."""
        acting = self.member.acting if self.member else None
        return acting.hours if acting else self.workspace.hours

    @property
    def first_reminder(self) -> datetime:
        """When it is said for the first time that it waits."""
        return self.half_at or self.due_at

    @property
    def what(self) -> What:
        """What tells it from the turn after it: another side or step, other terms, another day to report by."""
        return self.side, self.awaited, self.proposal_id, self.win_by, self.step_id or self.condition_id

    def is_overdue(self, now: datetime) -> bool:
        """Whether the time to answer is over."""
        return self.due_at <= now

    def remind_again(self, now: datetime) -> None:
        """The next reminder: at the end, and after it each working morning."""
        self.next_at = self.due_at if now < self.due_at else self.hours.morning_after(now)


def pass_turn(deal: Deal, *, now: datetime) -> None:
    """End the turns that are over, and begin those that an act brings; new terms begin a new time to answer."""
    deal.session.flush()
    standing = turns_of(deal)
    reports: list[What] = [(Side.SALES, Awaited.REPORT, deal.proposal.id, deal.win_by, None)]
    due = due_week(deal)
    deliveries: list[What] = [(Side.OPERATIONS, Awaited.DELIVERY, deal.proposal.id, due, None)] if due else []
    promised = reports if deal.state == State.APPROVED else []
    owed = [*_answers(deal), *_conditions(deal), *promised, *deliveries]
    kept: set[What] = set()
    for turn in standing:
        if turn.what not in owed or turn.what in kept:
            turn.ended_at = now
        elif turn.step is not None and turn.step.people and is_nobody_there(deal, turn.side, turn.step):
            tell_above_at_once(turn, now)
        kept.add(turn.what)
    for what in owed:
        if what not in kept:
            _begin(deal, what, now)
    deal.session.flush()


def turns_of(deal: Deal) -> list[Turn]:
    """What a deal waits for, in the order in which it began."""
    query = select(Turn).where(Turn.deal_id == deal.id, Turn.ended_at.is_(None)).order_by(Turn.id)
    return list(deal.session.scalars(query))


def turns_by_deal(workspace: Workspace, deal_ids: Iterable[int]) -> Mapping[int, list[Turn]]:
    """What deals wait for, by their ids; in one query."""
    open_ = select(Turn).where(Turn.workspace_id == workspace.id, Turn.ended_at.is_(None))
    open_ = open_.where(Turn.deal_id.in_(set(deal_ids))).options(
        joinedload(Turn.member), joinedload(Turn.step), joinedload(Turn.condition)
    )
    turns: defaultdict[int, list[Turn]] = defaultdict(list)
    for turn in workspace.session.scalars(open_.order_by(Turn.id)):
        turns[turn.deal_id].append(turn)
    return turns


def begin_missing_turns(session: Session, *, now: datetime) -> None:
    """Deals from before there were turns: their time to answer begins now."""
    known = select(Turn.deal_id).where(Turn.ended_at.is_(None))
    waiting = select(Deal).where(Deal.state.in_([*OPEN, State.APPROVED, State.WON]), Deal.id.not_in(known))
    # Another process may start at the same moment: what it has locked is its own, and what it did is seen.
    for deal in session.scalars(waiting.order_by(Deal.id).with_for_update(skip_locked=True, key_share=True)).all():
        pass_turn(deal, now=now)


def _answers(deal: Deal) -> Iterator[What]:
    """An answer of each step that is asked, and of the other sides whose turn it is."""
    steps = deal.asked_steps
    yield from ((step.side, Awaited.ANSWER, deal.proposal.id, None, step.id) for step in steps)
    for side in deal.turn:
        if side not in {step.side for step in steps}:
            yield side, Awaited.ANSWER, deal.proposal.id, None, None


def _conditions(deal: Deal) -> Iterator[What]:
    """What whoever fulfils a condition owes until its day."""
    for one in deal.open_conditions if deal.state in LIVE else ():
        yield Side.APPROVERS, Awaited.CONDITION, deal.proposal.id, one.due, one.id


def _begin(deal: Deal, what: What, now: datetime) -> None:
    side, awaited, _, day, about = what
    step = next((one for one in deal.proposal.steps if one.id == about and awaited is Awaited.ANSWER), None)
    if awaited is Awaited.CONDITION:
        _begin_condition(deal, what, now)
        return
    turn = Turn(workspace=deal.workspace, deal=deal, proposal=deal.proposal, step=step, side=side, awaited=awaited)
    turn.began_at = now
    turn.member = _whose(deal, side, step)
    hours = turn.hours
    if awaited is Awaited.ANSWER:
        answer = timedelta(hours=(step.hours if step else None) or deal.workspace.answer_hours)
        turn.half_at, turn.due_at = hours.after(now, answer / 2), hours.after(now, answer)
        turn.escalate_at = hours.add_days(turn.due_at, 1)
    elif awaited is Awaited.DELIVERY and day:
        # Asked for when the week is over: by then it has arrived, or is late.
        turn.win_by, turn.due_at = day, max(now, _morning_after(day + WEEK - DAY, hours))
        turn.escalate_at = hours.add_days(turn.due_at, 1)
    else:
        turn.win_by = day
        turn.due_at = max(now, _morning_after(day, hours) if day else now)
        turn.release_at = hours.add_days(turn.due_at, RELEASE_DAYS)
    turn.next_at = turn.first_reminder
    if awaited is Awaited.ANSWER and is_nobody_there(deal, side, step):
        tell_above_at_once(turn, now)
    deal.session.add(turn)


def tell_above_at_once(turn: Turn, now: datetime) -> None:
    """Nobody is there to answer: whoever leads the side hears of it now, and not when it is late."""
    if not turn.escalations:
        turn.escalate_at = min(turn.escalate_at or now, now)


def _begin_condition(deal: Deal, what: What, now: datetime) -> None:
    """Reminded on the morning of its day, due when the day is over, told to who set it a working day later."""
    side, awaited, _, day, about = what
    condition = next(one for one in deal.conditions if one.id == about)
    turn = Turn(workspace=deal.workspace, deal=deal, proposal=deal.proposal, side=side, awaited=awaited, win_by=day)
    turn.condition, turn.member, turn.began_at = condition, condition.owner, now
    hours = turn.hours
    turn.half_at = max(now, _morning_after(condition.due - DAY, hours))
    turn.due_at = max(now, _morning_after(condition.due, hours))
    turn.escalate_at, turn.next_at = hours.add_days(turn.due_at, 1), turn.half_at
    if is_nobody_there(deal, side, None, condition.owner):
        tell_above_at_once(turn, now)
    deal.session.add(turn)


def _whose(deal: Deal, side: Side, step: Step | None) -> Member | None:
    """The person whose turn it is, where it is one person's."""
    if step is not None and step.people:
        return deal.session.get_one(Member, step.people[0]) if len(step.people) == 1 else None
    return {Side.SALES: deal.seller, Side.OPERATIONS: deal.planner}.get(side)


def _morning_after(day: date, hours: WorkingHours) -> datetime:
    return hours.morning_after(datetime.combine(day, time.max, ZoneInfo(hours.timezone)))
