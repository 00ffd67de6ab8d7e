"""The heartbeat: one interval job that asks what is due as of now. The database decides; nothing is kept here."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.orm import Session

from bot.clock import Clock, MachineClock, Moment
from bot.database import Database
from bot.delivery.delivery import Delivery
from handlers.slack.context import Work
from models.api.repeats import forget_old_answers
from models.base.errors import Busy
from models.capacity.mending import mend_promises, next_mending
from models.capacity.reserving import end_reserves, next_end
from models.deals.absences import keep_absences
from models.deals.approvals import ask_missing_approvers
from models.deals.lapsing import next_lapse, tell_lapsed_holds
from models.deals.reminding import keep_turns, next_turn
from models.deals.turns import begin_missing_turns
from models.digests.schedules import make_due, next_occurrence
from models.sop.clock import keep_planning, next_planning
from models.workspace.absences import next_absence
from models.workspace.outbox import next_due as next_message
from models.workspace.requests import forget_old_requests

log = logging.getLogger("belay.heartbeat")
T = TypeVar("T")
JOB = "heartbeat"
TIDY = timedelta(hours=6)


class Chore(Protocol):
    """What the clock does to rows."""

    def __call__(self, session: Session, *, now: datetime) -> None:
        """Do all of it that is due."""


# When the next one is due, and what does it; the expiry of a hold comes before the reminder of it, and who is away is
# known before anybody is reminded.
CHORES: Sequence[tuple[Callable[[Session], datetime | None], Chore]] = (
    (next_lapse, tell_lapsed_holds),
    (next_absence, keep_absences),
    (next_end, end_reserves),
    (next_mending, mend_promises),
    (next_turn, keep_turns),
    (next_occurrence, make_due),
    (next_planning, keep_planning),
)


@dataclass(frozen=True)
class Rest:
    """Whether there is nothing to do until something is due next."""

    is_idle: bool
    next_due: datetime | None


class Heartbeat:
    """Does what is due, delivers, and says to the clock that it is idle."""

    def __init__(self, database: Database, delivery: Delivery, clock: Clock, work: Work, *, seconds: float) -> None:
        self.database, self.delivery, self.clock, self.work = database, delivery, clock, work
        self._tidied: datetime | None = None
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.beat,
            "interval",
            seconds=seconds,
            id=JOB,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Let the clock know us, and beat from now on until stopped; nobody waits for the first beat."""
        moment = self.clock.read()
        self._try(self._begin_missing_turns, moment.now)
        self.clock.report(moment, is_idle=False, next_due=None)
        self._scheduler.start()
        self.wake()

    def stop(self) -> None:
        """Finish the present beat, and no other."""
        self._scheduler.shutdown(wait=True)
        self.delivery.stop()
        self.clock.leave()

    def wake(self) -> None:
        """Beat at once: something was just decided."""
        job = self._scheduler.get_job(JOB)
        if job is not None and self._scheduler.running:
            job.modify(next_run_time=MachineClock().read().now)

    def beat(self) -> None:
        """Do all that is due; when the clock moves on meanwhile, that too."""
        self.work.let_people_go_first()
        moment = self.clock.read()
        while True:
            told = self._do_what_is_due(moment)
            if told.round == moment.round:
                return
            moment = told

    def _do_what_is_due(self, moment: Moment) -> Moment:
        self._try(self._tidy, moment.now)
        # Most beats find nothing to do, and one look says so.
        rest = self._try(self._rest, moment.now)
        if rest is None or not rest.is_idle:
            for work in (self._do_chores, self._deliver):
                self._try(work, moment.now)
            rest = self._rest(moment.now)
        return self.clock.report(moment, is_idle=rest.is_idle, next_due=rest.next_due)

    def _rest(self, now: datetime) -> Rest:
        # In this order: what a request has queued is seen once nobody is at work.
        is_quiet = self.work.count == 0 and not self.delivery.is_under_way
        due = self.next_due()
        return Rest(is_idle=is_quiet and (due is None or due > now), next_due=due)

    def next_due(self) -> datetime | None:
        """When something is due next."""
        with self.database.reading() as session:
            times = [next_message(session), *(when(session) for when, _ in CHORES)]
        return min((at for at in times if at is not None), default=None)

    def _deliver(self, _now: datetime) -> None:
        self.delivery.deliver_all()

    def _do_chores(self, now: datetime) -> None:
        for chore in CHORES:
            self._try(partial(self._do, chore), now)

    def _do(self, chore: tuple[Callable[[Session], datetime | None], Chore], now: datetime) -> None:
        when, do = chore
        with self.database.reading() as session:
            due = when(session)
        if due is not None and due <= now:
            with self.database.writing() as session:
                do(session, now=now)

    def _try(self, work: Callable[[datetime], T], now: datetime) -> T | None:
        """What cannot be done keeps nothing else from being done; it is tried again with the next beat."""
        try:
            return work(now)
        except Busy:
            log.info("busy; what is due waits for the next beat")
        except Exception:
            log.exception("a part of the beat broke")
        return None

    def _begin_missing_turns(self, now: datetime) -> None:
        with self.database.writing() as session:
            ask_missing_approvers(session, now=now)
            begin_missing_turns(session, now=now)

    def _tidy(self, now: datetime) -> None:
        if self._tidied is None or now - self._tidied > TIDY:
            self._tidied = now
            with self.database.writing() as session:
                forget_old_requests(session, now=now)
                forget_old_answers(session, now=now)
