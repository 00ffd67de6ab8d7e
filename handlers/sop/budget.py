"""`/sop budget`: the revenue that was budgeted, from a table; and the plan with its money as a workbook."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.slack.ids import Act, Callback
from handlers.slack.listening import fetches, listens, opens
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence, escape
from handlers.slack.uploads import Import, changes_sentence
from handlers.slack.view_parts import file_blocks, line, modal
from handlers.slack.web_calls import Call, message
from handlers.sop.page_files import page_workbook
from handlers.sop.standing_view import done_view
from models.base.attempts import attempt
from models.base.errors import NotYours
from models.base.language import _, ngettext
from models.base.months import months_from
from models.base.words import company_locale, month_text
from models.company.known import known_to
from models.sheets.fields import Kind
from models.sop.budgets import Budget, budget_in, import_budget
from models.sop.page_making import whole_page_of
from models.sop.rows import Cycle
from models.sop.rules import check_may_budget, sees_money
from models.sop.settings import present_cycle
from models.workspace.members import Member
from models.workspace.outbox import FileInThread, News, Outbox, queue
from models.workspace.workspaces import Workspace

COLUMNS = ("family", "month", "revenue", "units", "margin")
YEARS = 3


@dataclass(frozen=True)
class PlanFile(FileInThread):
    """The plan of a cycle with its money, for a person who may see it."""

    cycle: int = 0


@opens(command="/sop budget")
def open_budget(by: Member) -> View:
    """A table of the budget."""
    check_may_budget(by)
    sentences: list[Sentence] = [(Bold(_("Budget: ")), ", ".join(COLUMNS))]
    sentences.append(
        (_("A CSV or an .xlsx, with these columns or your own words for them. Units and margin may lack."),)
    )
    return modal(Callback.BUDGET, _("Import the budget"), file_blocks(sentences), submit=_("Import"))


@fetches(Callback.BUDGET)
def take_budget(workspace: Workspace, by: Member, now: datetime, handed: Import) -> Reply:
    """What the file names is replaced, once it was seen how it is read; all or nothing."""
    check_may_budget(by)
    first = workspace.today(now).replace(year=workspace.today(now).year - 1, month=1, day=1)
    read = handed.read(Kind.BUDGET, known_to(workspace, by=by, now=now, months=months_from(first, 12 * YEARS)))
    if read.is_open:
        return handed.ask(read)
    given = budget_in(read.preview, workspace.places)

    def taking() -> int:
        return import_budget(workspace, given, by=by, now=now)

    count, changes = attempt(workspace.session, taking, [Budget])
    rows = ngettext("one row", "{count} rows", count, count=count)
    unseen = handed.unless_seen([changes_sentence(rows, count, changes)], read)
    if unseen is not None:
        return unseen
    taking()
    handed.remember(read, now=now)
    return Show(done_view(_("Imported {rows}. The page shows the plan beside it.", rows=rows)))


@listens(Act.SEND_PLAN, makes_a_file=True)
def send_plan(workspace: Workspace, by: Member, now: datetime) -> Reply:
    """The plan as it is now with its money, in the person's messages."""
    if not sees_money(by):
        raise NotYours(_("Money by family is for operations, finance and leadership."))
    file = PlanFile(cycle=present_cycle(workspace).id)
    queue(workspace, News.PLAN, stream=by.user_id, member_id=by.id, payload=file, now=now)
    return Show(done_view(_("The workbook is on its way to your messages with Belay.")))


def render_plan(session: Session, row: Outbox, _now: datetime) -> Call:
    """The message in whose thread the workbook follows."""
    cycle = session.get_one(Cycle, PlanFile.of(row).cycle)
    month = month_text(cycle.month, company_locale(cycle.workspace.country))
    text = _(
        "The plan of S&OP {month} as it is now, with its money: for operations, finance and leadership.", month=month
    )
    return message(row, row.stream, escape(text), [line((text,)).to_dict()])


def plan_file(session: Session, row: Outbox) -> tuple[str, bytes]:
    """The workbook with its money."""
    cycle = session.get_one(Cycle, PlanFile.of(row).cycle)
    page, locale = whole_page_of(cycle), company_locale(cycle.workspace.country)
    return f"sop-{cycle.month:%Y-%m}-money.xlsx", page_workbook(page, cycle.workspace, locale, has_money=True)
