"""`/belay data`: all that is kept of a workspace, sent to an admin, or erased."""

import gzip
from datetime import datetime

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.setup.data_view import data_view, erase_view
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, works
from handlers.slack.replies import Reply, Say, Show
from handlers.slack.text import as_sentence, escape
from handlers.slack.view_parts import line, notice
from handlers.slack.web_calls import Call, message
from models.base.errors import Refused
from models.base.language import N_, _
from models.setup.archive import erase, write_archive
from models.tables import METADATA
from models.workspace.attempts import latest_attempts
from models.workspace.members import Member, check_admin
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

MOST_ATTEMPTS = 5
ON_ITS_WAY = N_("Everything is on its way to your messages with Belay, as one file.")
ERASED = N_("Everything is erased. What was posted in Slack stays there; `/belay` shows how to begin anew.")
SENT = N_("All that Belay keeps of this workspace, in this thread. It holds deals, costs and names: keep it safe.")


@opens(command="/belay data")
def open_data(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """What can be done with all of it."""
    check_admin(by, admins)
    return data_view(workspace.name, latest_attempts(workspace, limit=MOST_ATTEMPTS))


@listens(Act.EXPORT_ALL, makes_a_file=True)
def send_everything(workspace: Workspace, by: Member, now: datetime, admins: frozenset[str]) -> Reply:
    """An archive that `belay import` puts back as it is."""
    check_admin(by, admins)
    queue(workspace, News.ARCHIVE, stream=by.user_id, member_id=by.id, now=now)
    return Show(notice((_(ON_ITS_WAY),)))


@listens(Act.ERASE, is_writing=False)
def ask_for_the_name(workspace: Workspace, by: Member, admins: frozenset[str]) -> Reply:
    """Nobody erases by one click."""
    check_admin(by, admins)
    return Show(erase_view(workspace.name))


@works(Callback.ERASE)
def erase_everything(workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]) -> Reply:
    """Whoever has typed the workspace's name means it."""
    check_admin(by, admins)
    name = workspace.name or _("Belay")
    if form["name"].strip() != name:
        raise Refused(_("Nothing was erased: type {name} as it stands there.", name=name), field="name")
    erase(workspace, METADATA, by=by, now=now)
    return Say(as_sentence(_(ERASED)))


def render_archive(_session: Session, row: Outbox, _now: datetime) -> Call:
    """The message in whose thread the file follows."""
    return message(row, row.stream, escape(_(SENT)), [line((_(SENT),)).to_dict()])


def archive_file(_session: Session, row: Outbox) -> tuple[str, bytes]:
    """The archive, as all is at this moment."""
    lines = write_archive(row.workspace, METADATA, now=row.queued_at)
    day = row.workspace.today(row.queued_at).isoformat()
    return f"belay-{row.workspace.team_id}-{day}.gz", gzip.compress("\n".join(lines).encode(), mtime=0)
