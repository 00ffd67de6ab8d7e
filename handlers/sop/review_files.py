"""All at once by CSV: the file of a review to fill in, sent to the person, and the file that comes back."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.capacity.capacity_view import import_blocks
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.listening import fetches, listens, opens
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence, as_sentence, escape
from handlers.slack.view_parts import actions, button, line, modal
from handlers.slack.web_calls import Call, message
from handlers.sop.cycle_view import done_view
from handlers.sop.families import families_for
from handlers.sop.page_files import csv_of
from models.base.words import company_locale, month_text
from models.files.months import COLUMNS, MonthsKind, read_months
from models.sop.answers import demand_in, forecasts_of, months_of
from models.sop.forecasting import answer_forecasts, forecasts_due
from models.sop.rows import Cycle
from models.sop.settings import find_cycle
from models.sop.supplying import answer_supplies, supplies_due
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

NAMES = {MonthsKind.FORECAST: "forecast", MonthsKind.SUPPLY: "supply plan"}
FORMS = {MonthsKind.FORECAST: Callback.FORECAST_FILE, MonthsKind.SUPPLY: Callback.SUPPLY_FILE}
SENT = "It is on its way to your messages with Belay."


@opens(Act.SHEET)
def open_sheet(target: Target) -> View:
    """A file instead of a form for each family."""
    return _sheet_view(target)


@listens(Act.SEND_SHEET)
def send_sheet(workspace: Workspace, by: Member, now: datetime, target: Target) -> Reply:
    """The file as it is filled in now, in the person's messages."""
    cycle = find_cycle(workspace, target.cycle)
    details = {"sheet": MonthsKind(target.kind), "cycle": str(cycle.id), "member": str(by.id)}
    queue(workspace, News.SOP_SHEET, stream=by.user_id, member_id=by.id, details=details, now=now)
    return Show(_sheet_view(target, SENT))


@fetches(Callback.FORECAST_FILE)
def take_forecasts(workspace: Workspace, by: Member, now: datetime, file: str, target: Target) -> Reply:
    """All rows or none."""
    cycle = find_cycle(workspace, target.cycle)
    families = families_for(cycle, by, Callback.FORECAST)
    given = read_months(file, MonthsKind.FORECAST, families, months_of(cycle))
    return Show(done_view(f"Your forecast is in: {_count(answer_forecasts(cycle, given, by=by, now=now))}."))


@fetches(Callback.SUPPLY_FILE)
def take_supplies(workspace: Workspace, by: Member, now: datetime, file: str, target: Target) -> Reply:
    """All rows or none."""
    cycle = find_cycle(workspace, target.cycle)
    given = read_months(file, MonthsKind.SUPPLY, families_for(cycle, by, Callback.SUPPLY), months_of(cycle))
    return Show(done_view(f"Your supply plan is in: {_count(answer_supplies(cycle, given, by=by, now=now))}."))


def render_sheet(session: Session, row: Outbox, _now: datetime) -> Call:
    """The message in whose thread the file follows."""
    cycle = session.get_one(Cycle, int(row.details["cycle"]))
    name = NAMES[MonthsKind(row.details["sheet"])]
    month = month_text(cycle.month, company_locale(cycle.workspace.country))
    command = f"/sop {row.details['sheet']}"
    text = f"Your {name} for S&OP {month}: fill in the file in this thread, and hand it in by `{command}`, All at once."
    return message(row, row.stream, escape(text), [line(as_sentence(text)).to_dict()])


def sheet_file(session: Session, row: Outbox) -> tuple[str, bytes]:
    """The file to fill in, by its name."""
    kind = MonthsKind(row.details["sheet"])
    cycle = session.get_one(Cycle, int(row.details["cycle"]))
    member = session.get_one(Member, int(row.details["member"]))
    rows = _forecast_rows(cycle, member) if kind is MonthsKind.FORECAST else _supply_rows(cycle, member)
    return f"{kind}-{cycle.month:%Y-%m}.csv", csv_of([COLUMNS[kind].all, *rows])


def _sheet_view(target: Target, said: str = "") -> View:
    kind = MonthsKind(target.kind)
    told: list[Sentence] = [(Bold("Columns: "), ", ".join(COLUMNS[kind].all))]
    told.append(("Months as 2026-12. Rows that are missing stay as they are; one wrong row, and nothing is taken.",))
    told += [(Bold(said),)] if said else []
    sending = button(Act.SEND_SHEET, "Send me the file to fill in", target)
    blocks = [*import_blocks(told), *actions([sending])]
    return modal(FORMS[kind], f"{NAMES[kind].capitalize()} by CSV", blocks, target=target, submit="Hand in")


def _forecast_rows(cycle: Cycle, member: Member) -> Iterator[Sequence[str]]:
    months = months_of(cycle)
    for row in sorted(forecasts_due(cycle, member), key=lambda row: row.family):
        for month, sure, perhaps in zip(months, row.certain, row.contingent, strict=True):
            yield row.family, f"{month:%Y-%m}", str(sure), str(perhaps), row.reason


def _supply_rows(cycle: Cycle, member: Member) -> Iterator[Sequence[str]]:
    months, demand = months_of(cycle), demand_in(cycle, forecasts_of(cycle))
    for row in sorted(supplies_due(cycle, member), key=lambda row: row.family):
        for month, wanted, units in zip(months, demand.get(row.family, row.units), row.units, strict=True):
            yield row.family, f"{month:%Y-%m}", str(wanted), str(units), row.limit


def _count(families: int) -> str:
    return "one family" if families == 1 else f"{families} families"
