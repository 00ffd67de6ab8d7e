"""Which channel answers for which family."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from models.company.offers import FamilyChannel
from models.deals.card_messages import move_waiting_cards
from models.workspace.guides import refresh_guide
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


def set_channels(workspace: Workspace, chosen: Mapping[str, str], *, by: Member | None, now: datetime) -> None:
    """Let channels answer for families; families that are not named stay. `by` None: the command line."""
    session = workspace.session
    rows = session.scalars(select(FamilyChannel).where(FamilyChannel.workspace_id == workspace.id))
    known = {row.family: row for row in rows}
    for family, channel in chosen.items():
        row = known.get(family) or FamilyChannel(workspace=workspace, family=family)
        if row.channel and row.channel != channel:
            move_waiting_cards(workspace, row.channel, channel)
        row.channel = channel
        session.add(row)
    refresh_guide(workspace, now=now)
    record(workspace, "set_channels", by=by, now=now, details=dict(chosen))
