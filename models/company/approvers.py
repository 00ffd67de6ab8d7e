"""Whom a policy's rules mean: roles, people and leads as members of the workspace."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from models.base.language import _
from models.company.customers import person_called
from models.policy.rules import Asked, Kind, Rule, named_otherwise, together
from models.workspace.leads import lead_of
from models.workspace.members import Member, members_with
from models.workspace.roles import Role, Side
from models.workspace.user_groups import UserGroup, group_called, people_in_group
from models.workspace.workspaces import Workspace

ApproversKey = tuple[Role | None, str, frozenset[int]]


@dataclass(frozen=True)
class Approvers:
    """Who is asked, once: whoever has a role, a user group, or certain people.

    `people` are those who would hear of it now; `group` is the id of the group.
    """

    asked: Asked
    role: Role | None
    people: tuple[Member, ...]
    group: str = ""
    group_name: str = ""

    @property
    def called(self) -> str:
        """Whom the policy asks, as people call them."""
        return _(self.role) if self.role else self.group_name or names_of(self.people)

    @property
    def key(self) -> ApproversKey:
        """What makes two of them the same."""
        is_by_name = not self.role and not self.group
        return self.role, self.group, frozenset(member.id for member in self.people if is_by_name)


def approvers_of(workspace: Workspace, asked: Iterable[Asked], seller: Member) -> list[Approvers]:
    """Who is asked, never the seller, in the order of their steps; where nobody is there to be asked, leadership is.

    Whom several rules mean is asked once.
    """
    known: dict[ApproversKey, Approvers] = {}
    for one in asked:
        approvers = _approvers(workspace, one, seller)
        before = known.get(approvers.key)
        known[approvers.key] = replace(before, asked=together(before.asked, one)) if before else approvers
    return sorted(known.values(), key=lambda one: one.asked.order)


def people_of(workspace: Workspace, rule: Rule) -> list[Member]:
    """Whom a rule means, whoever sells."""
    who = rule.who
    match who.kind:
        case Kind.ROLE:
            return members_with(workspace, Role(who.names[0]))
        case Kind.PEOPLE:
            return _named(workspace, who.names)
        case Kind.GROUP:
            return people_in_group(workspace, who.names[0])
        case Kind.LEAD:
            lead = lead_of(workspace, Side.SALES)
            return [lead] if lead else []


def names_of(people: Sequence[Member]) -> str:
    """People as they are called."""
    names = [member.name for member in people]
    return _(" and ").join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def called_in(workspace: Workspace) -> Callable[[str], str]:
    """How people and user groups are called, by their ids in Slack."""

    def called(key: str) -> str:
        known = select(Member.name).where(Member.workspace_id == workspace.id, Member.user_id == key)
        groups = select(UserGroup.name).where(UserGroup.workspace_id == workspace.id, UserGroup.group_id == key)
        return workspace.session.scalar(known) or workspace.session.scalar(groups) or key

    return called


def by_name(workspace: Workspace, rules: Iterable[Rule]) -> list[Rule]:
    """Rules as a file has them: people and user groups as they are called."""
    called = called_in(workspace)
    return [named_otherwise(rule, lambda ids: tuple(map(called, ids))) for rule in rules]


def of_people_here(workspace: Workspace, rule: Rule) -> Rule:
    """A rule with people and its user group by their ids in Slack; a file names them."""

    def ids(names: Sequence[str]) -> tuple[str, ...]:
        if rule.who.kind is Kind.GROUP and tuple(names) == rule.who.names:
            return tuple(group_called(workspace, name, what=_("A rule")).group_id for name in names)
        return tuple(person_called(workspace, name, what=_("A rule")).user_id for name in names)

    return named_otherwise(rule, ids)


def _approvers(workspace: Workspace, asked: Asked, seller: Member) -> Approvers:
    role = Role(asked.who.names[0]) if asked.who.kind is Kind.ROLE else None
    group = asked.who.names[0] if asked.who.kind is Kind.GROUP else ""
    people = [member for member in people_of(workspace, asked.rules[0]) if member.id != seller.id]
    if people or role in {Role.OPERATIONS, Role.LEADERSHIP}:
        return Approvers(asked, role, tuple(people), group, called_in(workspace)(group) if group else "")
    above = [member for member in members_with(workspace, Role.LEADERSHIP) if member.id != seller.id]
    return Approvers(asked, Role.LEADERSHIP if above or role is None else role, tuple(above))


def _named(workspace: Workspace, user_ids: Iterable[str]) -> list[Member]:
    known = select(Member).where(Member.workspace_id == workspace.id, Member.user_id.in_(list(user_ids)))
    return list(workspace.session.scalars(known.where(~Member.is_outsider).order_by(Member.id)))
