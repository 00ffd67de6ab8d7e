"""What people say of a gap or a family of the plan: typed in a form, shown on the page, and told in its thread."""

from datetime import date, datetime

from babel import Locale
from slack_sdk.models.blocks import Block, Option, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show, Suggest
from handlers.slack.text import Bold, Person, Sentence, plain
from handlers.slack.view_parts import field, line, modal, quote
from handlers.slack.web_calls import Call, message
from handlers.sop.families import chosen_family
from handlers.sop.family_view import family_options, family_select
from handlers.sop.page import page_window
from handlers.sop.standing_view import done_view
from handlers.sop.targets import CycleTarget
from models.base.language import _
from models.base.words import company_locale, locale_of, month_text
from models.deals.rules import check_sees_deals
from models.sop.comments import MOST_TEXT, Comment, PostedComment, comment_on
from models.sop.rows import Cycle
from models.sop.rules import check_may
from models.sop.settings import present_cycle
from models.sop.steps import Move
from models.workspace.members import Member
from models.workspace.outbox import Outbox
from models.workspace.workspaces import Workspace


@opens(command="/sop comment")
def open_comment(workspace: Workspace, by: Member) -> View:
    """A family, perhaps a month of it, and what is said."""
    check_sees_deals(by)
    return open_comment_on(present_cycle(workspace), by)


@opens(Act.COMMENT)
def open_comment_on(cycle: Cycle, by: Member) -> View:
    """The same, of the page that is shown."""
    check_may(cycle, Move.COMMENT, by=by)
    return comment_view(cycle, locale_of(by.locale))


@listens(suggests=Act.COMMENT)
def suggest_families(cycle: Cycle, by: Member, text: str) -> Reply:
    """Families of the plan that hold what was typed."""
    check_may(cycle, Move.COMMENT, by=by)
    return Suggest(family_options(cycle.families, text))


@submits(Callback.COMMENT)
def take_comment(workspace: Workspace, cycle: Cycle, by: Member, now: datetime, form: Filled) -> Reply:
    """It stands on the page at once, and in its thread."""
    family = chosen_family(cycle.families, form["family"])
    month = next((month for month in cycle.months if month.isoformat() == form["month"]), None)
    comment_on(cycle, form["text"], family=family, month=month, by=by, now=now)
    where = _("It stands on the page") + (
        _(" and in its thread.") if cycle.thread else _("; its thread begins with the agenda.")
    )
    return Show(done_view(where), below=page_window(workspace, by))


def comment_view(cycle: Cycle, locale: Locale) -> View:
    """The form of a comment."""
    months = [Option(text=month_text(month, locale), value=month.isoformat()) for month in cycle.months]
    text = PlainTextInputElement(action_id=Act.EDIT, multiline=True, max_length=MOST_TEXT)
    blocks: list[Block] = [
        field("family", _("Family"), family_select(Act.COMMENT)),
        field(
            "month",
            _("Month of a gap"),
            StaticSelectElement(action_id=Act.EDIT, options=months),
            is_optional=True,
            hint=_("Empty: about the family."),
        ),
        field("text", _("What you want to say"), text),
    ]
    return modal(Callback.COMMENT, _("Comment"), blocks, target=CycleTarget(cycle=cycle.id), submit=_("Say it"))


def render_comment(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """The comment in the thread of the page; mentions in it are text, so that nobody is called by it."""
    comment = session.get_one(Comment, PostedComment.of(row).comment)
    if comment.cycle.thread is None:
        return None
    about = (Bold(_about(comment.family, comment.month, company_locale(comment.workspace.country))),)
    sentence: Sentence = (*about, " — ", Person(comment.by.user_id), ":")
    blocks = [line(sentence).to_dict(), quote(comment.text).to_dict()]
    return message(row, row.stream, plain((*sentence, " ", comment.text)), blocks, thread_ts=comment.cycle.thread)


def _about(family: str, month: date | None, locale: Locale) -> str:
    return f"{family}, {month_text(month, locale)}" if month else family
