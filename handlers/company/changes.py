"""Changes of the company, foreseen and done: what differs is said, with what it breaks, before it is taken over."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from handlers.capacity.breaks import breaking_sentences
from handlers.slack.ids import digest
from handlers.slack.text import Bold, Sentence, clip
from models.base.attempts import attempt
from models.base.errors import Refused
from models.capacity.adjusting import Breaking
from models.files import BadFile
from models.setup.company_tables import Document, differences
from models.setup.exporting import company_document
from models.setup.importing import change_company
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_CHANGES = 12
SHOULD = re.compile(r"(\w+) should be (.*)$")
SAVE, SAVE_ANYWAY = "Save", "Save anyway"
LOOK_AGAIN = f"“{SAVE_ANYWAY}” does it."


def taken_over(
    workspace: Workspace, change: Callable[[Document], Document], *, by: Member, now: datetime
) -> tuple[list[str], Breaking]:
    """Change the company's document, and take over what differs."""
    before = company_document(workspace)
    after = change(before)
    said = differences(before, after)
    try:
        return said, change_company(workspace, before, after, by=by, now=now) if said else Breaking()
    except BadFile as bad:
        # A file names the place; a form has the field before one's eyes.
        found = SHOULD.search(bad.sentence)
        raise Refused(f"It should be {found[2]}", field=found[1]) if found else bad from None


def foreseen(
    workspace: Workspace, taking: Callable[[], tuple[list[str], Breaking]], more: Sequence[Sentence] = ()
) -> tuple[list[str], list[Sentence], str]:
    """What a change would do, that and what it breaks as sentences, and a digest of it; nothing is done yet."""
    (said, breaks), _ = attempt(workspace.session, taking, ())
    told: list[Sentence] = [(Bold("Nothing is saved yet. "), "This changes:")]
    told += [(f"• {clip(text, 200)}",) for text in said[:MOST_CHANGES]]
    told += [(f"and {len(said) - MOST_CHANGES} more",)] if len(said) > MOST_CHANGES else []
    told += [*more, *breaking_sentences(breaks), (LOOK_AGAIN,)]
    return said, told, digest(told)
