"""The company as files: a table or all of them, brought and sent; a sample to begin with."""

from collections.abc import Callable, Sequence
from datetime import datetime

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.capacity.breaks import breaking_sentences, saved
from handlers.company.changes import MOST_CHANGES, taken_over
from handlers.company.company_view import samples_view
from handlers.company.lists import overview
from handlers.company.reading import Book
from handlers.company.reading_view import (
    LEAST_COLUMNS,
    nothing_read,
    read_sentences,
    together,
    way_to_a_workbook,
)
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
from models.base.language import N_, _
from models.base.words import locale_of
from models.capacity.adjusting import Breaking
from models.files import BadFile, company_in, read_company, read_company_text
from models.setup.catalogue import check_keeps_company, past_names
from models.setup.company_files import is_toml
from models.setup.company_tables import COMPANY_KINDS, Document, differences, new_said, rows_of, titles_of
from models.setup.company_words import worded
from models.setup.exporting import company_document
from models.setup.importing import import_company
from models.setup.progress import needing_nothing
from models.setup.samples import SAMPLES, sample_file
from models.sheets.fields import Kind
from models.sheets.preview import Preview
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

SENT = N_("The company as a workbook, in this thread. Change it, and bring it back by /belay company.")
ON_ITS_WAY = N_("The workbook is on its way to your messages with Belay.")
MOST_CHANGE = 300


@listens(Act.BRING, is_writing=False)
def open_file_form(by: Member, admins: frozenset[str]) -> Reply:
    """A file to hand in."""
    check_keeps_company(by, admins)
    sentences: list[Sentence] = [
        (Bold(_("An .xlsx or a CSV")), _(" with your products, capacity, what each product takes, customers.")),
        (_("Your own titles will do: you see how it is read first. "), _(LEAST_COLUMNS)),
        (_("A TOML of "), Code("belay export"), _(" will do too.")),
    ]
    blocks = [*file_blocks(sentences, "toml"), *way_to_a_workbook()]
    return Show(modal(Callback.COMPANY_FILE, _("Bring a file"), blocks, submit=_("Read it")))


@fetches(Callback.COMPANY_FILE)
def take_file(workspace: Workspace, by: Member, now: datetime, handed: Import, admins: frozenset[str]) -> Reply:
    """All or nothing, once it was seen how it is read and what it changes."""
    check_keeps_company(by, admins)
    workspace.lock()
    if is_toml(handed.table):
        return _take_toml(workspace, by, now, handed)
    before = company_document(workspace)
    book = Book(handed, before, locale_of(by.locale), workspace.today(now), past_names(workspace))
    book.read_all()
    if not book.taken:
        return handed.show(nothing_read(book), _("Go on"))
    read, told = together(book), read_sentences(book)
    if read.is_open:
        return handed.ask(read, told, beside=way_to_a_workbook())
    after = book.document
    # As a whole first: what is wrong is said before anything is done.
    _check(after)

    def taking() -> tuple[list[str], Breaking]:
        return taken_over(workspace, lambda _: after, by=by, now=now)

    changes, sentences = _foreseen(workspace, taking, _needless(before, after))
    unseen = handed.unless_seen([*told, *sentences], read, is_idle=not changes)
    if unseen is not None:
        return unseen
    breaks = taking()[1]
    book.remember(now=now)
    return _done(workspace, _("It is taken over."), breaks, now=now)


def _take_toml(workspace: Workspace, by: Member, now: datetime, handed: Import) -> Reply:
    given, before = read_company_text(handed.table.data, clip(handed.table.name, 60)), company_document(workspace)

    def taking() -> tuple[list[str], Breaking]:
        breaks = import_company(workspace, given, by=by, now=now)
        return differences(before, company_document(workspace)), breaks

    nothing = Answered(Preview(Kind.OFFERS, (), {}), (), {})
    changes, sentences = _foreseen(workspace, taking, 0)
    unseen = handed.unless_seen(sentences, nothing, is_idle=not changes)
    if unseen is not None:
        return unseen
    breaks = taking()[1]
    return _done(workspace, _("It is taken over."), breaks, now=now)


def _needless(before: Document, after: Document) -> int:
    """How many new offers nobody has said what they take."""
    known = {offer["name"] for offer in before["offers"]}
    return sum(not offer.get("needs") for offer in after["offers"] if offer["name"] not in known)


def _foreseen(
    workspace: Workspace, taking: Callable[[], tuple[list[str], Breaking]], needless: int
) -> tuple[list[str], list[Sentence]]:
    """What it would change, and that in words with what it would break; nothing is done yet."""
    changes, breaks = attempt(workspace.session, taking, ())[0]
    told: list[Sentence] = [(Bold(_("This changes:") if changes else _("Nothing would change.")),)]
    shown = _shown(changes)
    told += [(f"• {clip(text, MOST_CHANGE)}",) for text in shown]
    told += [(_("and {count} more", count=len(changes) - len(shown)),)] if len(changes) > len(shown) else []
    told += [(Bold(needing_nothing(needless)),)] if needless else []
    return changes, [*told, *(breaking_sentences(breaks) if changes else [])]


def _shown(changes: Sequence[str]) -> list[str]:
    """The first changes; new offers with their prices have a place of their own, whatever else there is."""
    new = new_said("", "offer")
    offers = [text for text in changes if new in text][:MOST_CHANGES]
    others = [text for text in changes if new not in text][:MOST_CHANGES]
    return [*others, *offers]


@listens(Act.SEND_COMPANY, makes_a_file=True)
def send_workbook(workspace: Workspace, by: Member, now: datetime, admins: frozenset[str]) -> Reply:
    """All tables, in the person's messages."""
    check_keeps_company(by, admins)
    queue(workspace, News.COMPANY, stream=by.user_id, member_id=by.id, now=now)
    return Show(notice((_(ON_ITS_WAY),)))


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
        raise Refused(_("Choose one."), field="sample")
    if company_document(workspace)["offers"]:
        raise Refused(_("There is a company already; a sample would be mixed with it."), field="sample")
    breaks = import_company(workspace, read_company(sample_file(form["sample"])), by=by, now=now)
    return _done(workspace, _("Here is {name}.", name=workspace.name), breaks, now=now)


def render_company(_session: Session, row: Outbox, _now: datetime) -> Call:
    """The message in whose thread the workbook follows."""
    return message(row, row.stream, escape(_(SENT)), [line((_(SENT),)).to_dict()])


def company_file(_session: Session, row: Outbox) -> tuple[str, bytes]:
    """The workbook, as the company is at this moment."""
    document = company_document(row.workspace)
    sheets: dict[str, list[Sequence[Cell]]] = {
        kind.value.capitalize(): [titles_of(kind), *rows_of(document, kind)] for kind in COMPANY_KINDS
    }
    day = row.workspace.today(row.queued_at).isoformat()
    return f"company-{day}.xlsx", workbook_of(sheets)


def _check(document: Document) -> None:
    """What is wrong in the company with the tables is said as people would say it."""
    try:
        company_in(document, _("The company"))
    except BadFile as bad:
        raise Refused(worded(bad.sentence, _("The company"))) from bad


def _done(workspace: Workspace, sentence: str, breaks: Breaking, *, now: datetime) -> Reply:
    if breaks.deals:
        return saved(workspace, f"{sentence} ", breaks, now=now)
    workspace.session.flush()
    view: View = overview(workspace, [(Bold(sentence),)])
    return Show(view)
