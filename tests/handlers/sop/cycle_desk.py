"""A desk for the buttons and forms of the cycle: the cycle of December, brought to any step, and who comes there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.slack.ids import Act, Callback, action_id
from handlers.sop.family_view import family_key
from handlers.sop.targets import CycleTarget, DecisionTarget, FileTarget, ResolutionTarget, ReviewTarget, ScenarioTarget
from models.base.months import month_after, months_from
from models.files.months import GivenMonth
from models.sop.actuals import import_actuals
from models.sop.comments import Comment, comments_of
from models.sop.exact_documents import to_document
from models.sop.forecasting import Believed, answer_all_forecasts, answer_forecast, find_forecast
from models.sop.owners import name_owner
from models.sop.rows import DAYS, Cycle, Forecast, Resolution
from models.sop.scenarios import Scenario
from models.sop.settings import current_cycle, plan_monthly
from models.sop.signing import record_decision, sign
from models.sop.steps import Step
from models.sop.what_if import ChangeKind, ScenarioChange
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import the_workspace
from sandbox.rows import File
from sandbox.shapes import file_shape
from tests.handlers.desk import (
    Answer,
    Desk,
    Json,
    People,
    Window,
    chosen,
    fields_of,
    plain,
    typed,
)
from tests.models.sop.december import turn_clock

PEOPLE: People = {
    "seller": ("Sara", Role.SALES),
    "operations": ("Olga", Role.OPERATIONS),
    "other planner": ("Otto", Role.OPERATIONS),
    "finance": ("Fin", Role.FINANCE),
    "leadership": ("Lea", Role.LEADERSHIP),
    "coordinator": ("Cora", Role.SALES),
    "nobody": ("Gus",),
    "guest": ("Greta", Role.OPERATIONS),
    "foreigner": ("Frank", Role.OPERATIONS),
}
# Ten o'clock in Denver, within each step; the cycle of December opens on the 1st.
TIMES = {
    "data": datetime(2026, 12, 1, 17, tzinfo=UTC),
    "demand": datetime(2026, 12, 3, 17, tzinfo=UTC),
    "supply": datetime(2026, 12, 9, 17, tzinfo=UTC),
    "reconciliation": datetime(2026, 12, 14, 17, tzinfo=UTC),
    "executive": datetime(2026, 12, 16, 17, tzinfo=UTC),
    "over": datetime(2027, 1, 4, 17, tzinfo=UTC),
}
PLANNED, DECIDED = datetime(2026, 10, 30, 17, tzinfo=UTC), datetime(2026, 11, 23, 17, tzinfo=UTC)
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
FAMILY, WHY = "Tents", "So be it."


@dataclass(frozen=True)
class Subject:
    """What the windows are about: a cycle, its decision and who sees to it, a person's forecast as it is filled in."""

    cycle: int
    decision: int
    owner: str
    filled: tuple[tuple[str, int], ...]
    scenario: int = 0


@dataclass
class CycleDesk(Desk):
    """A desk for the buttons and forms of the cycle."""

    subject: Subject | None = None

    def press(self, role: str, button: str) -> Answer:
        """Press a button of a window that stood open."""
        action, window = PRESSED[button](self.about(role))
        return self.press_in_window(role, action, window)

    def submit(self, role: str, button: str) -> Answer:
        """Submit a form that stood open, with everything filled in."""
        window = SUBMITTED[button](self.about(role))
        if button in FILES:
            content = f"{FILES[button]}\n".encode()
            file = File(f"F{button.upper()}", "months.csv", self.people[role], len(content), 1, content=content)
            file.complete = True
            file.apps.append(self.app.app_id)
            self.site.ws.files[file.id] = file
            field: Json = {"type": "file_input", "files": [file_shape(self.site.ws, file)]}
            window = Window(window.callback, window.metadata, fields_of(file=field))
        answer = self.submit_form(role, window)
        if button not in FILES or not answer.form:
            return answer
        # What the file would change was seen: it is taken over.
        return self.submit_form(role, Window(window.callback, answer.form["private_metadata"]))

    def go_to(self, step: str) -> None:
        """Bring the cycle of December to a step, by the models' own verbs and the clock."""
        with self.bot.database.writing() as session:
            Maker(self, session).bring(step)
            december = self._december(session)
            decision = session.scalars(select(Resolution.id)).one()
            scenario = Maker(self, session).scenario(december)
            self.subject = Subject(december.id, decision, self.people["operations"], (), scenario)

    def left(self, by_an_act: Callable[[Cycle, Member], bool], role: str) -> tuple[Step, bool]:
        """The step of December, and what an act has left."""
        with self.bot.database.reading() as session:
            cycle = self._december(session)
            return cycle.step, by_an_act(cycle, self.member(session, role))

    def left_step(self) -> Step:
        """The step of December."""
        with self.bot.database.reading() as session:
            return self._december(session).step

    def about(self, role: str) -> Subject:
        """What the windows of a person are about now."""
        assert self.subject
        with self.bot.database.reading() as session:
            filled = _filled(self._december(session), self.people[role])
        return replace(self.subject, filled=filled)

    def comments(self, session: Session) -> list[Comment]:
        """What was said of December."""
        return comments_of(self._december(session))

    @staticmethod
    def _december(session: Session) -> Cycle:
        return session.scalars(select(Cycle).where(Cycle.month == DECEMBER)).one()


@dataclass
class Maker:
    """Plans from November on: its cycle is never signed, and its decision is carried over."""

    desk: CycleDesk
    session: Session

    def bring(self, step: str) -> None:
        """Bring December to a step."""
        self._plan()
        is_signed = step.startswith("signed")
        self.desk.now = TIMES["executive" if is_signed else step]
        turn_clock(self.session, self.desk.now)
        if is_signed:
            sign(self._cycle(), by=self._person("leadership"), now=self.desk.now)
        if "changed" in step:
            self._change()

    def _plan(self) -> None:
        workspace, lea, olga = the_workspace(self.session), self._person("leadership"), self._person("operations")
        months = [*months_from(month_after(NOVEMBER, -6), 6)]
        past = [GivenMonth(FAMILY, month, (100, 100, 100, 40, 0)) for month in months]
        import_actuals(workspace, past, by=lea, now=PLANNED)
        coordinator = self._person("coordinator")
        plan_monthly(workspace, channel="C0SOP", coordinator=coordinator, days=dict(DAYS), by=lea, now=PLANNED)
        turn_clock(self.session, DECIDED)
        cycle = self._cycle()
        for family in cycle.families:
            name_owner(workspace, family, olga, by=lea, now=DECIDED)
        due = DECIDED.date() + timedelta(days=60)
        record_decision(cycle, "Hire.", family=FAMILY, month=DECEMBER, owner=olga, due=due, by=lea, now=DECIDED)

    def _change(self) -> None:
        cycle, sara = self._cycle(), self._person("seller")
        row = find_forecast(cycle, sara, FAMILY)
        more = tuple(units + 7 for units in row.contingent[:3])
        answer_forecast(row, Believed(tuple(row.certain[:3]), more, reason="More."), by=sara, now=self.desk.now)
        answer_all_forecasts(cycle, by=sara, now=self.desk.now)

    def scenario(self, cycle: Cycle) -> int:
        """A scenario that finance thought of, in whatever step."""
        change = ScenarioChange(ChangeKind.DEMAND, FAMILY, 0, 17, percent=Fraction(7))
        row = Scenario(workspace=cycle.workspace, cycle=cycle, name="Seven more", assumption=WHY)
        row.document, row.by, row.made_at = to_document((change,)), self._person("finance"), self.desk.now
        self.session.add(row)
        self.session.flush()
        return row.id

    def _cycle(self) -> Cycle:
        cycle = current_cycle(the_workspace(self.session))
        assert cycle
        return cycle

    def _person(self, role: str) -> Member:
        return self.desk.member(self.session, role)


def _filled(cycle: Cycle, user: str) -> tuple[tuple[str, int], ...]:
    """The numbers of a person's forecast as the form fills them in; of who has none, nothing."""
    own = select(Forecast).where(Forecast.cycle_id == cycle.id, Forecast.family == FAMILY)
    row = next((row for row in cycle.session.scalars(own) if row.member.user_id == user), None)
    certain, contingent = (row.certain, row.contingent) if row else ([0] * 3, [0] * 3)
    sure = [(f"certain.{number}", certain[number]) for number in range(3)]
    return (*sure, *((f"contingent.{number}", contingent[number]) for number in range(3)))


def _button(act: Act, value: str = "{}", key: int | str = "") -> Json:
    return {"type": "button", "action_id": action_id(act, key), "value": value, "text": plain("Press")}


def _family(act: Act) -> Json:
    return chosen("external_select", family_key(FAMILY)) | {"action_id": str(act)}


def _standing(act: Act) -> Callable[[Subject], tuple[Json, Window]]:
    return lambda _: (_button(act), Window(Callback.SOP))


def _forecast_window(subject: Subject, *, more: int = 0, why: str = "") -> Window:
    numbers = {name: typed(str(units + more)) for name, units in subject.filled}
    fields = fields_of(**numbers, rest=typed("0"), reason=typed(why))
    family = {("family", str(Act.FAMILY)): _family(Act.FAMILY)}
    return Window(Callback.FORECAST, ReviewTarget(cycle=subject.cycle).encode(), {**fields, **family})


def _supply_window(subject: Subject) -> Window:
    numbers = {f"supply.{number}": typed("5") for number in range(3)}
    fields = fields_of(**numbers, rest=typed("0"), limit=typed(WHY))
    family = {("family", str(Act.FAMILY)): _family(Act.FAMILY)}
    return Window(Callback.SUPPLY, ReviewTarget(cycle=subject.cycle).encode(), {**fields, **family})


def _decide_window(subject: Subject) -> Window:
    fields = fields_of(
        text=typed(WHY),
        owner={"type": "users_select", "selected_user": subject.owner},
        due={"type": "datepicker", "selected_date": "2027-01-29"},
    )
    family = {("family", str(Act.DECIDING)): _family(Act.DECIDING)}
    return Window(Callback.DECIDE, DecisionTarget(cycle=subject.cycle).encode(), {**fields, **family})


def _comment_window(subject: Subject) -> Window:
    fields = fields_of(month=chosen("static_select", DECEMBER.isoformat()), text=typed(WHY))
    family = {("family", str(Act.COMMENT)): _family(Act.COMMENT)}
    return Window(Callback.COMMENT, CycleTarget(cycle=subject.cycle).encode(), {**fields, **family})


def _agree_window(subject: Subject) -> Window:
    first = chosen("static_select", DECEMBER.isoformat())
    fields = fields_of(first=first, units=typed("7"), reason=typed(WHY))
    family = {("family", str(Act.AGREEING)): _family(Act.AGREEING)}
    return Window(Callback.AGREE, CycleTarget(cycle=subject.cycle).encode(), {**fields, **family})


def _of_scenario(act: Act) -> Callable[[Subject], tuple[Json, Window]]:
    def pressed(about: Subject) -> tuple[Json, Window]:
        target = ScenarioTarget(cycle=about.cycle, scenario=about.scenario)
        return _button(act, target.encode(), about.scenario), Window(Callback.SCENARIOS)

    return pressed


def _new_scenario_window(subject: Subject) -> Window:
    kind = chosen("static_select", str(ChangeKind.DEMAND))
    fields = fields_of(kind=kind, amount=typed("+10%"), name=typed("Ten more"), assumption=typed(WHY))
    which = {("which", str(Act.SCENARIO_OF)): _family(Act.SCENARIO_OF)}
    return Window(Callback.SCENARIO, CycleTarget(cycle=subject.cycle).encode(), {**fields, **which})


def _file_window(subject: Subject, file: Callback, review: Callback) -> Window:
    return Window(file, FileTarget(cycle=subject.cycle, kind=review).encode())


FORECAST_FILE = partial(_file_window, file=Callback.FORECAST_FILE, review=Callback.FORECAST)
SUPPLY_FILE = partial(_file_window, file=Callback.SUPPLY_FILE, review=Callback.SUPPLY)
PRESSED: dict[str, Callable[[Subject], tuple[Json, Window]]] = {
    "submit a forecast": _standing(Act.FORECAST),
    "agree to all": lambda about: (
        _button(Act.AGREE_ALL, CycleTarget(cycle=about.cycle).encode()),
        _forecast_window(about),
    ),
    "choose a family to forecast": lambda about: (_family(Act.FAMILY), _forecast_window(about)),
    "send the forecast's file": lambda about: (_button(Act.SEND_SHEET), FORECAST_FILE(about)),
    "submit supply": _standing(Act.SUPPLY),
    "choose a family to supply": lambda about: (_family(Act.FAMILY), _supply_window(about)),
    "send the supply's file": lambda about: (_button(Act.SEND_SHEET), SUPPLY_FILE(about)),
    "show the page": _standing(Act.PAGE),
    "comment": lambda about: (_button(Act.COMMENT, CycleTarget(cycle=about.cycle).encode()), Window(Callback.PAGE)),
    "decide": _standing(Act.DECIDE),
    "decide on a gap": lambda _: (
        chosen("static_select", f"{DECEMBER.isoformat()}.{family_key(FAMILY)}") | {"action_id": str(Act.DECIDE_ON)},
        Window(Callback.PAGE),
    ),
    "choose what to decide on": lambda about: (_family(Act.DECIDING), _decide_window(about)),
    "agree on demand": _standing(Act.AGREE),
    "choose a family to agree on": lambda about: (_family(Act.AGREEING), _agree_window(about)),
    "what if": _standing(Act.WHAT_IF),
    "a new what-if": lambda about: (
        _button(Act.NEW_SCENARIO, CycleTarget(cycle=about.cycle).encode()),
        Window(Callback.SCENARIOS),
    ),
    "make it the plan": _of_scenario(Act.ADOPT),
    "remove the scenario": _of_scenario(Act.FORGET),
    "decide from the scenario": _of_scenario(Act.DECIDE_SCENARIO),
    "draw the scenario": _of_scenario(Act.DRAW_SCENARIO),
    "workbook with money": lambda _: (_button(Act.SEND_PLAN), Window(Callback.PAGE)),
    "reconciled": _standing(Act.RECONCILED),
    "sign": _standing(Act.SIGN),
    "close the decision": lambda about: (
        _button(Act.CLOSE, ResolutionTarget(resolution=about.decision).encode(), about.decision),
        Window(Callback.SOP),
    ),
}
SUBMITTED: dict[str, Callable[[Subject], Window]] = {
    "submit a forecast": partial(_forecast_window, more=1, why=WHY),
    "hand in the forecast's file": FORECAST_FILE,
    "submit supply": _supply_window,
    "hand in the supply's file": SUPPLY_FILE,
    "comment": _comment_window,
    "decide": _decide_window,
    "hand in the budget": lambda _: Window(Callback.BUDGET),
    "agree on demand": _agree_window,
    "a new what-if": _new_scenario_window,
}
FILES = {
    "hand in the forecast's file": f"family,month,certain,contingent,reason\n{FAMILY},2026-12,3,4,{WHY}",
    "hand in the budget": f"family,month,revenue\n{FAMILY},2026-12,50000",
    "hand in the supply's file": f"family,month,demand,supply,limit\n{FAMILY},2026-12,9,2,{WHY}",
}
# What a press shows that changes nothing.
SHOWN = {
    "submit a forecast": Callback.FORECAST,
    "choose a family to forecast": Callback.FORECAST,
    "submit supply": Callback.SUPPLY,
    "choose a family to supply": Callback.SUPPLY,
    "show the page": Callback.PAGE,
    "comment": Callback.COMMENT,
    "decide": Callback.DECIDE,
    "decide on a gap": Callback.DECIDE,
    "choose what to decide on": Callback.DECIDE,
    "agree on demand": Callback.AGREE,
    "choose a family to agree on": Callback.AGREE,
    "what if": Callback.SCENARIOS,
    "a new what-if": Callback.SCENARIO,
    "decide from the scenario": Callback.DECIDE,
}
