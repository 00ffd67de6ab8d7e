"""All at once by file: the file of a review to fill in, sent to the person, and the file that comes back."""

from datetime import datetime

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.slack.ids import Act, Callback
from handlers.slack.listening import fetches, listens, opens
from handlers.slack.replies import Reply, Show
from handlers.slack.sheets import csv_of
from handlers.slack.text import Bold, Sentence, as_sentence, escape
from handlers.slack.uploads import Import, changes_sentence
from handlers.slack.view_parts import actions, button, file_blocks, line, modal
from handlers.slack.web_calls import Call, message
from handlers.sop.review_forms import FILES, KINDS
from handlers.sop.standing_view import done_view
from handlers.sop.targets import FileTarget
from models.base.attempts import attempt
from models.base.language import N_, _, at_the_head, ngettext
from models.base.words import company_locale, locale_of, month_text
from models.company.known import known_to
from models.files.months import COLUMNS, months_in
from models.sheets.fields import Kind
from models.sop.reviews import ReviewFile
from models.sop.rows import Cycle, Forecast, SupplyPlan
from models.sop.rules import check_may
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

SENT = N_("It is on its way to your messages with Belay.")


@opens(Act.SHEET)
def open_file_form(target: FileTarget) -> View:
    """A file instead of a form for each family."""
    return _file_view(target)


@listens(Act.SEND_SHEET, makes_a_file=True)
def send_file(workspace: Workspace, cycle: Cycle, by: Member, now: datetime, target: FileTarget) -> Reply:
    """The file as it is filled in now, in the person's messages."""
    review = KINDS[target.kind].review
    check_may(cycle, review.move, by=by)
    file = ReviewFile(kind=review.kind, cycle=cycle.id, member=by.id)
    queue(workspace, News.REVIEW, stream=by.user_id, member_id=by.id, payload=file, now=now)
    return Show(_file_view(target, _(SENT)))


@fetches(Callback.FORECAST_FILE)
@fetches(Callback.SUPPLY_FILE)
def take_file(cycle: Cycle, by: Member, now: datetime, callback: str, handed: Import) -> Reply:
    """What the file names is answered as it says, once it was seen how it is read; all or nothing."""
    forms = FILES[callback]
    check_may(cycle, forms.review.move, by=by)
    # Of all families: one that is somebody else's is refused by its name, and not taken for a slip.
    known = known_to(cycle.workspace, by=by, now=now, families=cycle.families, months=cycle.months)
    read = handed.read(Kind(forms.review.kind.value), known)
    if read.is_open:
        return handed.ask(read)
    given = months_in(read.preview)

    def taking() -> int:
        return forms.review.answer_all(cycle, given, by=by, now=now)

    count, changes = attempt(cycle.session, taking, (Forecast, SupplyPlan))
    answered = ngettext("one family", "{count} families", count, count=count)
    months = len(given)
    what = ngettext("{answered} in one month", "{answered} in {count} months", months, answered=answered, count=months)
    unseen = handed.unless_seen([changes_sentence(what, count, changes)], read)
    if unseen is not None:
        return unseen
    taking()
    handed.remember(read, now=now)
    return Show(done_view(_("Your {name} is in: {answered}.", name=_(forms.name), answered=answered)))


def render_file_message(session: Session, row: Outbox, _now: datetime) -> Call:
    """The message in whose thread the file follows."""
    asked = ReviewFile.of(row)
    cycle = session.get_one(Cycle, asked.cycle)
    month = month_text(cycle.month, company_locale(cycle.workspace.country))
    command = _("/sop {kind}", kind=asked.kind)
    name = _(KINDS[asked.kind].name)
    text = _(
        "Your {name} for S&OP {month}: fill in the file in this thread, and hand it in by `{command}`, All at once.",
        name=name,
        month=month,
        command=command,
    )
    return message(row, row.stream, escape(text), [line(as_sentence(text)).to_dict()])


def review_file(session: Session, row: Outbox) -> tuple[str, bytes]:
    """The file to fill in, by its name."""
    asked = ReviewFile.of(row)
    cycle = session.get_one(Cycle, asked.cycle)
    member = session.get_one(Member, asked.member)
    rows = KINDS[asked.kind].rows(cycle, member)
    return f"{asked.kind}-{cycle.month:%Y-%m}.csv", csv_of([COLUMNS[asked.kind].all, *rows], locale_of(member.locale))


def _file_view(target: FileTarget, done: str = "") -> View:
    forms = KINDS[target.kind]
    sentences: list[Sentence] = [(Bold(_("Columns: ")), ", ".join(COLUMNS[forms.review.kind].all))]
    sentences.append(
        (
            _(
                "A CSV or an .xlsx, with these columns or your own words for them. Rows that are missing "
                "stay as they are."
            ),
        )
    )
    sentences += [(Bold(done),)] if done else []
    send = button(Act.SEND_SHEET, _("Send me the file to fill in"), target)
    blocks = [*file_blocks(sentences), *actions([send])]
    return modal(
        forms.file, _("{name} by CSV", name=at_the_head(_(forms.name))), blocks, target=target, submit=_("Hand in")
    )
