"""`/sop mark`: months that the baseline leaves out, and why."""

from collections.abc import Sequence
from datetime import date, datetime

from babel import Locale
from slack_sdk.models.blocks import Block, Option, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, Target, block_id
from handlers.slack.listening import opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import field, line, modal
from handlers.sop.families import chosen_family
from handlers.sop.family_view import family_select
from models.base.errors import Refused
from models.base.language import _
from models.base.months import month_after, month_of, months_from
from models.base.words import locale_of, month_text
from models.company.offers import families
from models.sop.marking import mark_month, marked_months
from models.sop.rows import Actual
from models.sop.rules import check_may_import
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_MONTHS, MOST_LISTED = 60, 40


@opens(command="/sop mark")
def open_marks(workspace: Workspace, by: Member, now: datetime) -> View:
    """The months that are left out, and one to mark."""
    check_may_import(by)
    return _view(workspace, by, now)


@submits(Callback.MARKS)
def keep_mark(workspace: Workspace, by: Member, now: datetime, form: Filled, target: Target) -> Reply:
    """The baseline leaves it out from now on; without a reason it counts again."""
    check_may_import(by)
    family = chosen_family(families(workspace), form["family"])
    months = {month.isoformat(): month for month in _months(workspace, now)}
    if form["month"] not in months:
        raise Refused(_("Choose a month that is over."), field="month")
    mark_month(workspace, family, months[form["month"]], form["why"], by=by, now=now)
    return Show(_view(workspace, by, now, target.revision + 1))


def marks_view(marked: Sequence[Actual], months: Sequence[date], locale: Locale, revision: int = 0) -> View:
    """What is left out with its reason; family, month and why of another."""
    named: list[Sentence] = [
        (Bold(f"{clip(row.family, 60)}, {month_text(row.month, locale)}"), f": {clip(row.left_out or '', 100)}")
        for row in marked[:MOST_LISTED]
    ]
    nothing: list[Sentence] = [(_("No month is left out. Mark a strike or a one-off order: the baseline forgets it."),)]
    options = [Option(text=month_text(month, locale), value=month.isoformat()) for month in months]
    why = PlainTextInputElement(action_id=Act.EDIT, max_length=200)
    blocks: list[Block] = [
        line(*(named or nothing)),
        field(block_id("family", revision), _("Family"), family_select(Act.MARKED)),
        field(block_id("month", revision), _("Month"), StaticSelectElement(action_id=Act.EDIT, options=options)),
        field(block_id("why", revision), _("Why"), why, is_optional=True, hint=_("Empty: it counts again.")),
    ]
    return modal(Callback.MARKS, _("Months left out"), blocks, target=Target(revision=revision), submit=_("Save"))


def _view(workspace: Workspace, by: Member, now: datetime, revision: int = 0) -> View:
    return marks_view(marked_months(workspace), _months(workspace, now), locale_of(by.locale), revision)


def _months(workspace: Workspace, now: datetime) -> list[date]:
    """The last five years, the latest first."""
    first = month_of(workspace.today(now))
    return months_from(month_after(first, -MOST_MONTHS), MOST_MONTHS)[::-1]
