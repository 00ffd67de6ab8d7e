"""The company as files: a table or all of them, brought and sent; a sample to begin with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.capacity.breaks import breaking_sentences, saved
from handlers.company.changes import MOST_CHANGES, taken_over
from handlers.company.company_view import samples_view
from handlers.company.lists import overview
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import fetches, listens, submits
from handlers.slack.previews import Answered
from handlers.slack.replies import Reply, Show
from handlers.slack.sheets import Cell, workbook_of
from handlers.slack.text import Bold, Code, Sentence, clip, escape
from handlers.slack.uploads import Import
from handlers.slack.view_parts import file_blocks, line, modal, notice
from handlers.slack.web_calls import Call, message
from models.base.attempts import attempt
from models.base.errors import Refused
from models.base.words import locale_of
from models.capacity.adjusting import Breaking
from models.files import BadFile, CompanyFile, company_in, read_company, read_company_text
from models.setup.catalogue import check_keeps_company
from models.setup.company_files import currency_in, is_toml, known_in, tables_in, unread_in
from models.setup.company_tables import COMPANY_KINDS, Document, differences, rows_of, titles_of, with_rows
from models.setup.exporting import company_document
from models.setup.importing import import_company
from models.setup.samples import SAMPLES, sample_file
from models.sheets.cells import fold
from models.sheets.fields import Kind
from models.sheets.preview import Preview
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

SENT = "The company as a workbook, in this thread. Change it, and bring it back by /belay company."
MISSING = re.compile(r"\((.*)\): (\w+) is missing")
ON_ITS_WAY = "The workbook is on its way to your messages with Belay."
NO_TABLE = (
    "No table of the company is found in it. Offers are known by columns such as Name, Family, List price and Cost; "
    "resources by Name and Weekly capacity; needs by Offer, Resource and Per unit."
)


@listens(Act.BRING, is_writing=False)
def open_file_form(by: Member, admins: frozenset[str]) -> Reply:
    """A file to hand in."""
    check_keeps_company(by, admins)
    sentences: list[Sentence] = [
        (Bold("An .xlsx or a CSV"), " with your products, capacity, what each product takes, customers."),
        ("Your own titles will do: you see how it is read first. A TOML of ", Code("belay export"), " will do too."),
    ]
    return Show(modal(Callback.COMPANY_FILE, "Bring a file", file_blocks(sentences, "toml"), submit="Read it"))


@fetches(Callback.COMPANY_FILE)
def take_file(workspace: Workspace, by: Member, now: datetime, handed: Import, admins: frozenset[str]) -> Reply:
    """All or nothing, once it was seen how it is read and what it changes."""
    check_keeps_company(by, admins)
    workspace.lock()
    before = company_document(workspace)
    parts, after = _read(workspace, handed, before, by, now)
    read = _together(parts)
    if read.is_open:
        return handed.ask(read)
    locale, today = locale_of(by.locale), workspace.today(now)
    unread = [] if is_toml(handed.table) else unread_in(handed.table, before, locale, today)
    # As a whole first: what is wrong is said before anything is done.
    given = _toml(handed) if is_toml(handed.table) else _given(after)

    def taking() -> tuple[list[str], Breaking]:
        if is_toml(handed.table):
            breaks = import_company(workspace, given, by=by, now=now)
            return differences(before, company_document(workspace)), breaks
        return taken_over(workspace, lambda _: after, by=by, now=now)

    (said, breaks), _ = attempt(workspace.session, taking, ())
    told: list[Sentence] = [
        (Bold(f"The sheet {clip(name, 60)} is not read: "), "its titles are those of no table of the company.")
        for name in unread
    ]
    told.append((Bold("This changes:" if said else "Nothing would change."),))
    told += [(f"• {clip(text, 200)}",) for text in said[:MOST_CHANGES]]
    told += [(f"and {len(said) - MOST_CHANGES} more",)] if len(said) > MOST_CHANGES else []
    unseen = handed.unless_seen([*told, *breaking_sentences(breaks)], read)
    if unseen is not None:
        return unseen
    taking()
    handed.remember(*parts.values(), now=now)
    return _done(workspace, "It is taken over.", breaks, now=now)


@listens(Act.SEND_COMPANY, makes_a_file=True)
def send_workbook(workspace: Workspace, by: Member, now: datetime, admins: frozenset[str]) -> Reply:
    """All tables, in the person's messages."""
    check_keeps_company(by, admins)
    queue(workspace, News.COMPANY, stream=by.user_id, member_id=by.id, now=now)
    return Show(notice((ON_ITS_WAY,)))


@listens(Act.SAMPLES, is_writing=False)
def open_samples(by: Member, admins: frozenset[str]) -> Reply:
    """Companies to try things out with."""
    check_keeps_company(by, admins)
    return Show(samples_view(list(SAMPLES.items())))


@submits(Callback.SAMPLE)
def take_sample(workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]) -> Reply:
    """A sample, where there is nothing yet."""
    check_keeps_company(by, admins)
    workspace.lock()
    if form["sample"] not in SAMPLES:
        raise Refused("Choose one.", field="sample")
    if company_document(workspace)["offers"]:
        raise Refused("There is a company already; a sample would be mixed with it.", field="sample")
    breaks = import_company(workspace, read_company(sample_file(form["sample"])), by=by, now=now)
    return _done(workspace, f"Here is {workspace.name}.", breaks, now=now)


def render_company(_session: Session, row: Outbox, _now: datetime) -> Call:
    """The message in whose thread the workbook follows."""
    return message(row, row.stream, escape(SENT), [line((SENT,)).to_dict()])


def company_file(_session: Session, row: Outbox) -> tuple[str, bytes]:
    """The workbook, as the company is at this moment."""
    document = company_document(row.workspace)
    sheets: dict[str, list[Sequence[Cell]]] = {
        kind.value.capitalize(): [titles_of(kind), *rows_of(document, kind)] for kind in COMPANY_KINDS
    }
    day = row.workspace.today(row.queued_at).isoformat()
    return f"company-{day}.xlsx", workbook_of(sheets)


def _read(
    workspace: Workspace, handed: Import, document: Document, by: Member, now: datetime
) -> tuple[dict[str, Answered], Document]:
    """How the tables in a file are read, by their names, one after the other; and the company with them."""
    if is_toml(handed.table):
        return {}, document
    locale, today = locale_of(by.locale), workspace.today(now)
    parts: dict[str, Answered] = {}
    currency = currency_in(handed.table)
    if currency and not document["offers"]:
        # The first prices say in what the company counts.
        document = {**document, "company": {**document["company"], "currency": currency}}
    for kind, sheet in tables_in(handed.table, document, locale, today):
        read = handed.read_sheet(sheet, kind, known_in(document, locale, today))
        parts[sheet.grids[0].name or kind.value.capitalize()] = read
        document = with_rows(document, kind, read.preview.rows)
    if not parts:
        raise Refused(NO_TABLE)
    return parts, document


def _named(shown: Preview, name: str) -> Preview:
    """What was read of a sheet, under its name; titles of our own need no saying."""
    columns = {
        f"{name}, {title}": field
        for title, field in shown.columns.items()
        if fold(title) != (field or "").replace("_", " ")
    }
    left_out = [replace(left, why=f"{name}: {left.why}") for left in shown.left_out]
    return replace(_counted(shown, name), columns=columns, left_out=left_out)


def _counted(shown: Preview, name: str) -> Preview:
    counted = f"{name}: {len(shown.rows)} row{'s' if len(shown.rows) != 1 else ''} read."
    return replace(shown, notes=(counted, *shown.notes))


def _together(parts: Mapping[str, Answered]) -> Answered:
    """How all of it is read; the columns of a single table can be chosen otherwise."""
    if not parts:
        return Answered(Preview(Kind.OFFERS, (), {}), (), {})
    if len(parts) == 1:
        ((name, only),) = parts.items()
        return replace(only, preview=_counted(only.preview, name))
    shown = [_named(part.preview, name) for name, part in parts.items()]
    columns: Mapping[str, str | None] = {title: name for one in shown for title, name in one.columns.items()}
    whole = Preview(
        shown[0].kind,
        [{**row, "table": one.kind.value} for one in shown for row in one.rows],
        columns,
        [
            replace(left, why=f"{name}: {left.why}")
            for name, one in zip(parts, shown, strict=True)
            for left in one.left_out
        ],
        [question for one in shown for question in one.questions],
        list(dict.fromkeys(note for one in shown for note in one.notes)),
    )
    asked = tuple(question for part in parts.values() for question in part.asked)
    answers = {key: answer for part in parts.values() for key, answer in part.answers.items()}
    return Answered(whole, asked, answers)


def _given(document: Document) -> CompanyFile:
    """The company with the tables; what is missing is said as people would say it."""
    try:
        return company_in(document, "The company")
    except BadFile as bad:
        found = MISSING.search(bad.sentence)
        if found is None:
            raise
        what = found[2].replace("_", " ")
        raise Refused(f"{found[1]}: the {what} is missing. Add a column for it, and bring the file again.") from bad


def _toml(handed: Import) -> CompanyFile:
    return read_company_text(handed.table.data, clip(handed.table.name, 60))


def _done(workspace: Workspace, sentence: str, breaks: Breaking, *, now: datetime) -> Reply:
    if breaks.deals:
        return saved(workspace, f"{sentence} ", breaks, now=now)
    workspace.session.flush()
    view: View = overview(workspace, [(Bold(sentence),)])
    return Show(view)
