"""From the outbox to Slack: which function makes the call of a row, at delivery, from the state of that moment."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from handlers.agendas.home import home_of
from handlers.agendas.reminders import render_agenda, render_escalation
from handlers.api.access import render_access
from handlers.api.drafts import render_draft
from handlers.api.workflow import render_done
from handlers.company.files import company_file, render_company
from handlers.deals.calendar import calendar_file, render_calendar
from handlers.deals.card import render_card, render_objection, render_thread
from handlers.deals.export import FILES as DEALS_FILES
from handlers.deals.export import deals_file, render_export
from handlers.digests.messages import render_digest
from handlers.policy.rules_file import render_rules, rules_file
from handlers.setup.away import render_deputy
from handlers.setup.data import archive_file, render_archive
from handlers.setup.guide import render_guide
from handlers.setup.roles import render_asked, render_welcome
from handlers.setup.undelivered import render_stuck
from handlers.slack.web_calls import Call, Picture
from handlers.sop.budget import PlanFile, plan_file, render_plan
from handlers.sop.comments import render_comment
from handlers.sop.meeting import render_meeting
from handlers.sop.page_messages import FILES as PAGE_FILES
from handlers.sop.page_messages import page_file, render_late, render_page
from handlers.sop.review_files import render_file_message, review_file
from handlers.sop.scenario_picture import render_scenario
from models.base.language import reading
from models.deals.calendar import CalendarFile
from models.deals.card_messages import CardMessage, refresh_card
from models.deals.exporting import DealsFile
from models.sop.comments import begin_thread
from models.sop.cycle import MeetingAgenda
from models.sop.reviews import ReviewFile
from models.sop.rows import Cycle, Signed
from models.sop.signing import PageFile, SignedPage
from models.workspace.agendas import Agenda, agenda_of
from models.workspace.guides import Guide, guide_of
from models.workspace.members import Member
from models.workspace.outbox import FileInThread, News, Outbox, Removal, queue


def render(session: Session, row: Outbox, *, now: datetime) -> Call | None:
    """The call of a row, in its reader's language; None when there is nothing to say any more."""
    locale = _locale(session, row)
    with reading(locale):
        call = RENDERERS[row.kind](session, row, now)
    if call is None or call.picture is None:
        return call
    return replace(call, picture=partial(_drawn_for, locale, call.picture))


def note_sent(session: Session, row: Outbox, call: Call, answer: Mapping[str, Any], *, now: datetime) -> None:
    """Remember where a card or an agenda is; the message that it replaces goes away."""
    for kind, file in _files_after(row):
        placed = replace(file, thread=str(answer["ts"]))
        queue(row.workspace, kind, stream=answer["channel"], member_id=row.member_id, payload=placed, now=now)
    cycle = _planned_by(session, row)
    if cycle is not None:
        begin_thread(cycle, str(answer["ts"]), now=now)
    shown = _shown_by(session, row)
    if shown is None:
        return
    if call.is_new_message and shown.ts and shown.ts != answer["ts"]:
        gone = Removal(shown.channel, shown.ts)
        queue(row.workspace, News.REMOVE, stream=shown.channel, payload=gone, now=now)
    shown.channel, shown.ts, shown.shown = answer["channel"], answer["ts"], call.shown
    if isinstance(shown, Agenda):
        shown.listed = list(call.listed)
    elif isinstance(shown, CardMessage) and not call.shown:
        refresh_card(shown, now=now)


def file_of(session: Session, row: Outbox) -> tuple[str, bytes]:
    """A file for a thread, by its name."""
    with reading(_locale(session, row)):
        return FILES[row.kind](session, row)


def note_gone(session: Session, row: Outbox) -> None:
    """The message that was to be changed is not there any more."""
    shown = _shown_by(session, row)
    if shown is not None:
        shown.ts = None


def _drawn_for(locale: str, draw: Callable[[], Picture]) -> Picture:
    with reading(locale):
        return draw()


def _locale(session: Session, row: Outbox) -> str:
    """A person reads in their own locale, a channel in the company's language.

    The stream says nothing of it: once a message has arrived, it is the conversation, known by an id of its own.
    """
    card = session.get_one(CardMessage, row.card_id) if row.card_id else None
    reader = card.member_id if card else row.member_id
    return session.get_one(Member, reader).locale if reader else row.workspace.language


def _files_after(row: Outbox) -> list[tuple[News, FileInThread]]:
    """The files that follow a message, in its thread."""
    if row.kind == News.SOP_PAGE:
        signed = SignedPage.of(row).signed
        return [(News.SOP_FILE, PageFile(signed=signed, name=name)) for name in PAGE_FILES]
    if row.kind == News.DEALS:
        asked = DealsFile.of(row)
        return [(News.DEALS_FILE, DealsFile(member=asked.member, name=name)) for name in DEALS_FILES]
    if row.kind == News.PLAN:
        return [(News.PLAN_FILE, PlanFile.of(row))]
    if row.kind == News.CALENDAR:
        return [(News.CALENDAR_FILE, CalendarFile.of(row))]
    if row.kind in {News.ARCHIVE, News.COMPANY, News.RULES}:
        return [(News(f"{row.kind}_file"), FileInThread())]
    return [(News.REVIEW_FILE, ReviewFile.of(row))] if row.kind == News.REVIEW else []


def _planned_by(session: Session, row: Outbox) -> Cycle | None:
    """The cycle whose page, or agenda, a message is."""
    if row.kind == News.SOP_MEETING:
        return session.get(Cycle, MeetingAgenda.of(row).cycle)
    signed = session.get(Signed, SignedPage.of(row).signed) if row.kind == News.SOP_PAGE else None
    return signed.cycle if signed is not None else None


def _shown_by(session: Session, row: Outbox) -> CardMessage | Agenda | Guide | None:
    if row.kind in {News.CARD, News.CARD_ANEW}:
        return session.get(CardMessage, row.card_id)
    if row.kind in {News.AGENDA, News.AGENDA_ANEW}:
        return agenda_of(session.get_one(Member, row.member_id))
    return guide_of(row.workspace) if row.kind == News.GUIDE else None


def _remove(_session: Session, row: Outbox, _now: datetime) -> Call:
    return Call("chat.delete", Removal.of(row).written())


def _home(session: Session, row: Outbox, now: datetime) -> Call:
    member = session.get_one(Member, row.member_id)
    return Call("views.publish", {"user_id": member.user_id, "view": home_of(member, now=now).to_dict()})


RENDERERS: Mapping[News, Callable[[Session, Outbox, datetime], Call | None]] = {
    News.CARD: render_card,
    News.CARD_ANEW: render_card,
    News.REMOVE: _remove,
    News.THREAD: render_thread,
    News.HOME: _home,
    News.AGENDA: render_agenda,
    News.AGENDA_ANEW: render_agenda,
    News.ESCALATION: render_escalation,
    News.OBJECTION: render_objection,
    News.DIGEST: render_digest,
    News.SOP_PAGE: render_page,
    News.REVIEW: render_file_message,
    News.SOP_LATE: render_late,
    News.SOP_MEETING: render_meeting,
    News.SOP_COMMENT: render_comment,
    News.SCENARIO: render_scenario,
    News.PLAN: render_plan,
    News.DEALS: render_export,
    News.CALENDAR: render_calendar,
    News.STUCK: render_stuck,
    News.ARCHIVE: render_archive,
    News.COMPANY: render_company,
    News.RULES: render_rules,
    News.DRAFT: render_draft,
    News.STEP: render_done,
    News.ACCESS: render_access,
    News.GUIDE: render_guide,
    News.WELCOME: render_welcome,
    News.DEPUTY: render_deputy,
    News.ROLE_ASKED: render_asked,
}
FILES: Mapping[News, Callable[[Session, Outbox], tuple[str, bytes]]] = {
    News.SOP_FILE: page_file,
    News.REVIEW_FILE: review_file,
    News.PLAN_FILE: plan_file,
    News.DEALS_FILE: deals_file,
    News.CALENDAR_FILE: calendar_file,
    News.ARCHIVE_FILE: archive_file,
    News.COMPANY_FILE: company_file,
    News.RULES_FILE: rules_file,
}
