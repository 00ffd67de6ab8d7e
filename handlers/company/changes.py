"""Changes of the company, foreseen and done: what differs is said, with what it breaks, before it is taken over."""

from collections.abc import Callable, Sequence
from datetime import datetime

from handlers.capacity.breaks import breaking_sentences
from handlers.slack.ids import digest
from handlers.slack.text import Bold, Sentence, clip
from models.base.attempts import attempt
from models.base.errors import Refused
from models.base.language import N_, _
from models.capacity.adjusting import Breaking
from models.files.reading import BadValue
from models.setup.company_tables import Document, differences
from models.setup.exporting import company_document
from models.setup.importing import change_company
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_CHANGES = 12
SAVE, SAVE_ANYWAY = N_("Save"), N_("Save anyway")


def taken_over(
    workspace: Workspace, change: Callable[[Document], Document], *, by: Member, now: datetime
) -> tuple[list[str], Breaking]:
    """Change the company's document, and take over what differs."""
    before = company_document(workspace)
    after = change(before)
    said = differences(before, after)
    try:
        return said, change_company(workspace, before, after, by=by, now=now) if said else Breaking()
    except BadValue as bad:
        # A file names the place; a form has the field before one's eyes.
        should = _("It should be {expected}, not {shown}.", expected=bad.expected, shown=bad.shown)
        raise Refused(should, field=bad.key) from None


def foreseen(
    workspace: Workspace, taking: Callable[[], tuple[list[str], Breaking]], more: Sequence[Sentence] = ()
) -> tuple[list[str], list[Sentence], str]:
    """What a change would do, that and what it breaks as sentences, and a digest of it; nothing is done yet."""
    said, breaks = attempt(workspace.session, taking, ())[0]
    told: list[Sentence] = [(Bold(_("Nothing is saved yet. ")), _("This changes:"))]
    told += [(f"• {clip(text, 200)}",) for text in said[:MOST_CHANGES]]
    told += [(_("and {count} more", count=len(said) - MOST_CHANGES),)] if len(said) > MOST_CHANGES else []
    told += [*more, *breaking_sentences(breaks), (_("“{button}” does it.", button=_(SAVE_ANYWAY)),)]
    return said, told, digest(told)
