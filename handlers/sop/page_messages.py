"""The signed page as messages: the post with its chart, then the CSV and the workbook in its thread."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from babel import Locale
from slack_sdk.models.blocks import Block
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.slack.text import Bold, Sentence, When, escape
from handlers.slack.view_parts import header, line
from handlers.slack.web_calls import Call, message
from handlers.sop.page_files import page_csv, page_workbook
from handlers.sop.page_picture import plan_picture
from handlers.sop.page_print import page_pdf
from handlers.sop.page_view import ShownPage, page_blocks, page_text
from handlers.sop.standing_view import MOST_NAMES, STEPS
from models.base.language import _, ngettext
from models.base.words import Coinage, HasCurrency, company_locale, month_text
from models.sop.kept_pages import kept_page
from models.sop.page import Page
from models.sop.rows import Signed, Task
from models.sop.signing import PageFile, SignedPage
from models.sop.tasks import LateTasks
from models.workspace.members import Member
from models.workspace.outbox import Outbox

FILES: dict[str, Callable[[Page, HasCurrency, Locale], bytes]] = {
    "plan.csv": page_csv,
    "plan.xlsx": page_workbook,
    "plan.pdf": page_pdf,
}


def render_page(session: Session, row: Outbox, _now: datetime) -> Call:
    """The page as it was signed; owners of decisions are mentioned, and nobody else."""
    signed = session.get_one(Signed, SignedPage.of(row).signed)
    kept = kept_page(signed)
    locale = company_locale(kept.country)
    # Ways out are for the meeting; what is published says what was decided.
    page = replace(kept.page, ways=())
    shown = ShownPage(page, kept, locale, signed_by=kept.signed_by, changes=signed.changes, sees_total=kept.shows_money)
    blocks = [block.to_dict() for block in page_blocks(shown)]
    labels = [month_text(month, locale) for month in page.months]
    draw = partial(plan_picture, page, labels, Coinage(kept.currency, kept.places))
    return replace(message(row, row.stream, escape(page_text(shown)), blocks), picture=draw, picture_at=1)


def render_late(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """Steps that are two days late, for leadership; what was answered meanwhile is left out."""
    ids = LateTasks.of(row).tasks
    late = session.scalars(select(Task).where(Task.id.in_(ids), Task.done_at.is_(None)).order_by(Task.id)).all()
    member = session.get_one(Member, row.member_id)
    if not late or not member.roles:
        return None
    items = [(task.member.name, _(STEPS[task.step]), task.due_at) for task in late]
    text = ngettext("An S&OP step is two days late", "{count} S&OP steps are two days late", len(late), count=len(late))
    return message(row, member.user_id, escape(text), [block.to_dict() for block in late_blocks(items)])


def page_file(session: Session, row: Outbox) -> tuple[str, bytes]:
    """A file of the signed page, by its name."""
    asked = PageFile.of(row)
    signed = session.get_one(Signed, asked.signed)
    name = asked.name
    kept = kept_page(signed)
    file = FILES[name](kept.page, kept, company_locale(kept.country))
    return f"sop-{kept.page.month:%Y-%m}-v{signed.version}-{name}", file


def late_blocks(items: Sequence[tuple[str, str, datetime]]) -> list[Block]:
    """Steps that are two days late, for leadership."""
    sentences: list[Sentence] = [
        (Bold(name), _(": {step}, due ", step=step), When(due)) for name, step, due in items[:MOST_NAMES]
    ]
    return [header(_("S&OP is overdue")), line(*sentences)]
