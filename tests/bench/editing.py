"""How soon the Counter form answers an edit, with 50,000 commitments and twenty people who edit at once.

All are of operations, each with a Counter form of their own open on a deal of 1, 3 or 10 lines that does not fit. First
all change a field in the same instant, round after round; then each at a pace of their own. The time runs from the edit
until the person's form shows the verdict on it. The bot, the sandbox and the people share one process.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Barrier

from sqlalchemy import func, select

from models.base.arithmetic import WEEK
from models.deals.proposing import propose_deal
from models.deals.rows import WaysFound
from models.deals.terms import Terms, check_terms
from models.promise.check import Verdict
from models.workspace.members import meet_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import the_workspace
from sandbox.client import Person
from tests.bench.checking import LINES
from tests.bench.company import Plant, asks, commit, import_plants, large_load, plants
from tests.bench.timing import spread
from tests.stage import OPS, Stage, staged
from tests.world import NOW

PEOPLE, ROUNDS, ALLOWED = 20, 10, 1.0
PAUSES = (1.0, 3.0)
LOOK_AGAIN, PATIENCE = 0.01, 30.0
FIELDS = ("quantity", "price", "date")


@dataclass
class Editor:
    """Somebody in front of a Counter form, who changes one field after the other."""

    person: Person
    terms: Terms
    chance: Random
    shown: str = ""
    edits: int = 0

    def edit(self, wait: Callable[[], object]) -> list[float]:
        """Wait and change a field, again and again; how long each verdict took."""
        return [self._edit(wait) for _ in range(ROUNDS)]

    def open(self, stage: Stage, number: int) -> None:
        """Open the form on a deal."""
        reply = self.person.press("Counter…", in_=stage.card(number))
        assert reply.ok, reply
        assert stage.sb.until(self._is_open, seconds=PATIENCE)

    def pause(self) -> None:
        """Look at what the form says."""
        time.sleep(self.chance.uniform(*PAUSES))

    def _edit(self, wait: Callable[[], object]) -> float:
        self.edits += 1
        field, value = self._change()
        wait()
        began = time.perf_counter()
        assert self.person.enter(field, value).ok
        while not self._look():
            assert time.perf_counter() - began < PATIENCE
            time.sleep(LOOK_AGAIN)
        return time.perf_counter() - began

    def _change(self) -> tuple[str, object]:
        """Another quantity, discount or week than ever before, on one of the lines."""
        number = self.chance.randrange(len(self.terms.lines))
        line = self.terms.lines[number]
        values = (line.quantity + self.edits, f"{self.edits}%", line.week + self.edits * WEEK)
        field, value = self.chance.choice(list(zip(FIELDS, values, strict=True)))
        return f"{field}.{number}", value

    def _is_open(self) -> bool:
        form = self.person.modal()
        self.shown = form.hash if form else ""
        return form is not None and form.title == "Counter"

    def _look(self) -> bool:
        """Whether the form has been shown anew: it gets another hash each time."""
        before = self.shown
        return self._is_open() and self.shown != before


def main() -> None:
    """Print how long people wait for the verdict."""
    with tempfile.TemporaryDirectory() as home, staged(f"sqlite:///{Path(home) / 'belay.db'}", "http") as stage:
        editors = _furnish(stage)
        together = Barrier(PEOPLE, timeout=2 * PATIENCE)
        _report("in the same instant", editors, [together.wait for _ in editors])
        _report("every two seconds each", editors, [editor.pause for editor in editors])
        assert stage.sb.violations() == []


def _report(manner: str, editors: Sequence[Editor], waits: Sequence[Callable[[], object]]) -> None:
    with ThreadPoolExecutor(PEOPLE) as pool:
        times = [seconds for each in pool.map(Editor.edit, editors, waits) for seconds in each]
    late = sum(seconds > ALLOWED for seconds in times)
    verdict = f"{late} of {len(times)} took MORE THAN A SECOND" if late else "all within a second"
    print(f"Counter form, {PEOPLE} people edit {manner}: {spread(times)}; {verdict}")


def _furnish(stage: Stage) -> list[Editor]:
    made = plants()
    people = [stage.sb.add_person(f"Olga {n}") for n in range(PEOPLE)]
    for user in people:
        stage.sb.invite(OPS, user)
    stage.sb.settle()
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        import_plants(workspace, made)
        commit(workspace, large_load(made))
        for user in people:
            set_roles(meet_member(workspace, user), [Role.OPERATIONS], by=None, now=NOW)
    deals = dict(_propose(stage, made))
    # Their ways to yes are found first; the sandbox's clock may forget a bot that is silent for so long.
    ways = select(func.count()).select_from(WaysFound)
    assert stage.sb.until(lambda: stage.look(lambda session: session.scalar(ways)) == len(deals), seconds=PATIENCE)
    stage.sb.settle()
    editors = []
    for n, (user, number) in enumerate(zip(people, cycle(deals), strict=False)):
        editors.append(Editor(stage.sb.person(user), deals[number], Random(n)))
        editors[-1].open(stage, number)
    return editors


def _propose(stage: Stage, made: Sequence[Plant]) -> Iterator[tuple[int, Terms]]:
    """A deal of each size that does not fit."""
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        seller = meet_member(workspace, stage.people["Sara"])
        for lines in LINES:
            short = partial(check_terms, workspace, now=NOW)
            asked = asks(session, made, lines=lines)
            terms = next(terms for terms in asked if short(terms).check.verdict is Verdict.SHORT)
            yield propose_deal(workspace, by=seller, now=NOW, customer="Acme", terms=terms).number, terms
