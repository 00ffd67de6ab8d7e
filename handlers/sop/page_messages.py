"""The signed page as messages: the post with its chart, then the CSV and the workbook in its thread."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from babel import Locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.digests.pictures import plan_picture
from handlers.slack.text import Bold, Sentence, clip, escape
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, message
from handlers.sop.cycle_view import STEPS, late_blocks
from handlers.sop.page_files import page_csv, page_workbook
from handlers.sop.page_sections import decisions
from handlers.sop.page_view import page_blocks, page_text
from models.base.words import Coinage, HasCurrency, company_locale, month_text
from models.sop.page import Page, page_of
from models.sop.rows import Signed, Step, Task
from models.workspace.members import Member
from models.workspace.outbox import Outbox
from models.workspace.workspaces import Workspace

FILES: dict[str, Callable[[Page, HasCurrency, Locale], bytes]] = {"plan.csv": page_csv, "plan.xlsx": page_workbook}


def render_page(session: Session, row: Outbox, _now: datetime) -> Call:
    """The page as it was signed; owners of decisions are mentioned, and nobody else."""
    signed = session.get_one(Signed, int(row.details["signed"]))
    workspace, locale = signed.workspace, company_locale(signed.workspace.country)
    page = page_of(signed.cycle, signed)
    text = f"{page_text(page, locale)}, by {signed.by.name}"
    changed: list[Sentence] = [(Bold("Changed: "), clip(signed.changes, 1000))] if signed.changes else []
    told = [*changed, *decisions(page.open_decisions, locale)]
    said = [line(*told)] if told else []
    # Ways out are for the meeting; what is published says what was decided.
    page = replace(page, remedies=None)
    blocks = [block.to_dict() for block in page_blocks(page, workspace, locale, text, said)]
    labels = [month_text(month, locale) for month in page.months]
    call = message(row, row.stream, escape(text), blocks)
    return replace(
        call, picture=partial(plan_picture, page, labels, Coinage(workspace.currency, workspace.places)), picture_at=1
    )


def render_late(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """Steps that are two days late, for leadership; what was answered meanwhile is left out."""
    ids = [int(number) for number in row.details["tasks"].split(",")]
    late = session.scalars(select(Task).where(Task.id.in_(ids), Task.done_at.is_(None)).order_by(Task.id)).all()
    member = session.get_one(Member, row.member_id)
    if not late or not member.roles:
        return None
    items = [(task.member.name, STEPS[Step(task.step)], task.due_at) for task in late]
    text = "An S&OP step is two days late" if len(late) == 1 else f"{len(late)} S&OP steps are two days late"
    return message(row, member.user_id, escape(text), [block.to_dict() for block in late_blocks(items)])


def page_file(session: Session, row: Outbox) -> tuple[str, bytes]:
    """A file of the signed page, by its name."""
    signed = session.get_one(Signed, int(row.details["signed"]))
    name = row.details["file"]
    workspace: Workspace = signed.workspace
    page, locale = page_of(signed.cycle, signed), company_locale(workspace.country)
    return f"sop-{page.month:%Y-%m}-v{signed.version}-{name}", FILES[name](page, workspace, locale)
