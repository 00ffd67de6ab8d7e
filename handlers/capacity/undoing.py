"""Undo: what taking the last change back would do, and then taking it back."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.views import View

from handlers.capacity.act_words import changes_text
from handlers.capacity.breaks import breaking_sentences, listed, saved
from handlers.capacity.targets import UndoTarget
from handlers.slack.ids import Act, Callback, digest
from handlers.slack.listening import listens, works
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence, clip, plain
from handlers.slack.uploads import NOTHING_YET
from handlers.slack.view_parts import line, modal
from models.base.attempts import attempt
from models.base.language import N_, _
from models.base.words import company_locale
from models.capacity.adjusting import find_resource
from models.capacity.changes import Change
from models.capacity.undoing import Undone, lock_to_undo, undo
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_RESOURCES = 5
MOST_WEEKS = 5
AGAIN = N_("It would now do something else than what you saw:")


@listens(Act.UNDO)
def look_at_undo(workspace: Workspace, by: Member, now: datetime, target: UndoTarget) -> Reply:
    """What it would do, in the window in which the change stood."""
    return Show(_undo_view(target.act, _consequences(workspace, by, now, target.act)))


@works(Callback.UNDO)
def undo_change(workspace: Workspace, by: Member, now: datetime, target: UndoTarget) -> Reply:
    """All is as it was before the change, if its person saw what that does."""
    lock_to_undo(workspace, target.act, by=by, now=now)
    sentences = _consequences(workspace, by, now, target.act)
    if _seen(sentences) != target.seen:
        return Show(_undo_view(target.act, sentences, [(Bold(_(AGAIN)),)]))
    undone = undo(workspace, target.act, by=by, now=now)
    again = _("{kept_again} Their owners know. ", kept_again=_kept_again(undone)) if undone.mended else ""
    return saved(workspace, _("Undone. {again}", again=again), undone.breaks, now=now)


def _consequences(workspace: Workspace, by: Member, now: datetime, act: int) -> list[Sentence]:
    """What would be as before, and what that breaks and mends."""
    undone = attempt(workspace.session, lambda: undo(workspace, act, by=by, now=now), ())[0]
    again: list[Sentence] = [(_kept_again(undone),)] if undone.mended else []
    return [*_restored(workspace, undone.changes), *breaking_sentences(undone.breaks), *again]


def _restored(workspace: Workspace, changes: Sequence[Change]) -> list[Sentence]:
    locale = company_locale(workspace.country)
    resources = list(dict.fromkeys(change.key.resource for change in changes))
    sentences: list[Sentence] = []
    for key in resources[:MOST_RESOURCES]:
        row = find_resource(workspace, key)
        backwards = [change.backwards for change in changes if change.key.resource == key]
        said = changes_text(backwards, row.unit, locale, most=MOST_WEEKS)
        sentences.append((Bold(clip(row.name, 60)), f", {said}."))
    more = len(resources) - MOST_RESOURCES
    return [*sentences, *([(_("And {more} more resources.", more=more),)] if more > 0 else [])]


def _kept_again(undone: Undone) -> str:
    return _("Can be kept again: {mended}.", mended=listed(undone.mended))


def _undo_view(act: int, sentences: Sequence[Sentence], notices: Sequence[Sentence] = ()) -> View:
    target = UndoTarget(act=act, seen=_seen(sentences))
    blocks = [line(*notices, *sentences, (_(NOTHING_YET),))]
    return modal(Callback.UNDO, _("Undo the change"), blocks, target=target, submit=_("Undo"))


def _seen(sentences: Sequence[Sentence]) -> str:
    return digest([plain(sentence) for sentence in sentences])
