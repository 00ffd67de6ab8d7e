"""User groups of Slack, as Slack last said who is in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base.columns import Document, Name, SlackId
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace


@dataclass(frozen=True)
class GivenGroup:
    """A group as Slack describes it: its people by their ids there."""

    group_id: str
    handle: str
    name: str
    people: tuple[str, ...]
    is_gone: bool = False


class UserGroup(OfWorkspace, Base):
    """A group of people with a handle; `people` are their ids in Slack, none where the group is gone."""

    __tablename__ = "user_group"
    __table_args__ = (UniqueConstraint("workspace_id", "group_id"),)

    group_id: Mapped[SlackId]
    handle: Mapped[Name]
    name: Mapped[Name]
    people: Mapped[list[str]] = mapped_column(Document)
    is_gone: Mapped[bool] = mapped_column(default=False)


def learn_group(workspace: Workspace, given: GivenGroup) -> None:
    """Take over what Slack says of a group; one that is gone asks nobody any more."""
    known = select(UserGroup).where(UserGroup.workspace_id == workspace.id, UserGroup.group_id == given.group_id)
    row = workspace.session.scalar(known) or UserGroup(workspace=workspace, group_id=given.group_id)
    row.handle, row.name, row.is_gone = given.handle[:200], (given.name or given.handle)[:200], given.is_gone
    row.people = [] if given.is_gone else sorted(given.people)
    workspace.session.add(row)
    workspace.session.flush()


def learn_groups(workspace: Workspace, groups: Iterable[GivenGroup]) -> None:
    """Take over all that Slack lists; what it lists no more is gone."""
    listed = {given.group_id: given for given in groups}
    for row in groups_of(workspace):
        if row.group_id not in listed:
            row.people, row.is_gone = [], True
    for given in listed.values():
        learn_group(workspace, given)


def groups_of(workspace: Workspace) -> Sequence[UserGroup]:
    """The groups that there are, by name."""
    rows = select(UserGroup).where(UserGroup.workspace_id == workspace.id, ~UserGroup.is_gone)
    return workspace.session.scalars(rows.order_by(UserGroup.name, UserGroup.id)).all()


def people_in_group(workspace: Workspace, group_id: str) -> list[Member]:
    """Members of a group who are of this workspace, in the order in which they came."""
    known = select(UserGroup).where(UserGroup.workspace_id == workspace.id, UserGroup.group_id == group_id)
    row = workspace.session.scalar(known)
    users = row.people if row else []
    people = select(Member).where(Member.workspace_id == workspace.id, Member.user_id.in_(users), ~Member.is_outsider)
    return list(workspace.session.scalars(people.order_by(Member.id)))


def group_called(workspace: Workspace, name: str, *, what: str) -> UserGroup:
    """A group by its handle, name or id; `what` names it, for whoever is to mend it."""
    sought = str(name).strip().removeprefix("@").lower()
    for row in groups_of(workspace):
        if sought in {row.handle.lower(), row.name.lower(), row.group_id.lower()}:
            return row
    raise Refused(
        _(
            "{what}: no user group here is called “{name}”. Write its handle as it stands in Slack.",
            what=what,
            name=name,
        )
    )
