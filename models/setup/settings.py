"""What counts for a whole workspace and is set in Slack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from models.base.errors import Refused
from models.base.language import _, language_of
from models.workspace.history import record
from models.workspace.leads import set_leads
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class Conversation:
    """How Belay speaks in channels: in which language, and whether it reads what people write in threads."""

    language: str
    is_reading_threads: bool


def keep(
    workspace: Workspace,
    *,
    hours: tuple[time, time],
    answer_hours: int,
    conversation: Conversation,
    leads: Mapping[Side, Member | None],
    by: Member,
    now: datetime,
) -> None:
    """Set the hours of the company, the working hours to answer in, who leads, and how Belay speaks in channels."""
    opens, closes = hours
    if opens >= closes:
        raise Refused(_("The day should end after it has begun."), field="closes")
    workspace.lock()
    workspace.opens_at, workspace.closes_at, workspace.answer_hours = opens, closes, answer_hours
    workspace.is_reading_threads = conversation.is_reading_threads
    workspace.language = language_of(conversation.language)
    set_leads(workspace, leads, by=by, now=now)
    details = {"opens": opens.isoformat(), "closes": closes.isoformat(), "answer_hours": answer_hours}
    details |= {"threads": conversation.is_reading_threads, "language": workspace.language}
    record(workspace, "set", by=by, now=now, details=details)
