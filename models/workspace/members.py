"""People of a workspace, and the roles that an admin gave them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Document, Name, SlackId, Word
from models.base.countries import is_known
from models.base.declarative import Base
from models.base.errors import NotYours, Refused
from models.base.language import _
from models.base.working_time import WorkingHours, time_zones
from models.workspace.guides import refresh_guide
from models.workspace.history import record
from models.workspace.outbox import News, queue
from models.workspace.roles import SPEAKING, Role, Side
from models.workspace.workspaces import OfWorkspace, Workspace

# The way on for who has no role.
ASK_ROLE = "ask_role"


class Member(OfWorkspace, Base):
    """A person in a workspace; guests, people of other organisations and bots have no roles.

    While they are away, `deputy` answers for them, as they do for `delegate_ids`: nobody asks the database who that is.
    """

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id"),)

    user_id: Mapped[SlackId]
    name: Mapped[Name] = mapped_column(default="")
    timezone: Mapped[Word] = mapped_column(default="UTC")
    locale: Mapped[Word] = mapped_column(default="en-US")
    is_outsider: Mapped[bool] = mapped_column(default=False)
    is_slack_admin: Mapped[bool] = mapped_column(default=False)
    home_opened_at: Mapped[datetime | None]
    country: Mapped[Word | None] = mapped_column(String(40))
    opens_at: Mapped[time | None]
    closes_at: Mapped[time | None]
    is_away: Mapped[bool] = mapped_column(default=False)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", use_alter=True))
    delegate_ids: Mapped[list[int]] = mapped_column(Document, default=list)
    grants: Mapped[list["Grant"]] = relationship(
        primaryjoin="and_(Member.id == Grant.member_id, Grant.revoked_at.is_(None))", viewonly=True, lazy="selectin"
    )
    leads: Mapped[list["Lead"]] = relationship(back_populates="member")
    deputy: Mapped["Member | None"] = relationship(remote_side="Member.id")

    @property
    def granted(self) -> frozenset[Role]:
        """Roles in force; none for an outsider, whatever was granted before."""
        return frozenset() if self.is_outsider else frozenset(grant.role for grant in self.grants)

    @property
    def roles(self) -> frozenset[Role]:
        """Those in force by which the person has a say in deals and plans."""
        return self.granted & set(SPEAKING)

    @property
    def hours(self) -> WorkingHours:
        """When the person works: in their own zone, and as the company does where they have said nothing else.

        Nobody in the company's country has to say so; an empty country has no public holidays.
        """
        company = self.workspace
        country = company.country if self.country is None else self.country or None
        opens, closes = self.opens_at or company.opens_at, self.closes_at or company.closes_at
        return WorkingHours(self.timezone, country, opens, closes)

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of the roles."""
        return not self.granted.isdisjoint(roles)

    @property
    def principals(self) -> tuple["Member", ...]:
        """For whom the person answers now: for themselves, and for who is away and named them deputy."""
        known = {self.id: self}
        waiting = [self]
        while waiting:
            for key in waiting.pop().delegate_ids or ():
                one = self.session.get(Member, key) if key not in known else None
                if one is not None and one.acting is self:
                    known[key] = one
                    waiting.append(one)
        return tuple(known.values())

    @property
    def acting(self) -> "Member | None":
        """Who answers for the person now: they themselves, their deputy while they are away, or nobody."""
        seen: set[int] = set()
        one: Member | None = self
        while one is not None and one.is_away and one.id not in seen:
            seen.add(one.id)
            one = one.deputy if one.deputy is not None and covers(one.deputy, one) else None
        return one if one is not None and not one.is_away else None

    def represents(self, member_id: int | None) -> bool:
        """Whether the person answers for somebody, themselves included."""
        return any(one.id == member_id for one in self.principals)

    def may_act_as(self, *roles: Role) -> bool:
        """Whether the person, or who they answer for, has one of the roles."""
        return any(one.has(*roles) for one in self.principals)

    def is_lead_of(self, side: Side) -> bool:
        """Whether the person leads a side; nobody does who has no role any more."""
        return bool(self.roles) and any(lead.side == side for lead in self.leads)

    def leads_now(self, side: Side) -> bool:
        """Whether the person leads a side, or answers for who does."""
        return any(one.is_lead_of(side) for one in self.principals)


def covers(deputy: Member, delegate: Member) -> bool:
    """Whether somebody may answer for another: with the same roles, or from leadership.

    Nobody gets a say by it that an admin has not given them, or decides on what they may not see.
    """
    roles = deputy.roles
    return bool(roles) and (Role.LEADERSHIP in roles or delegate.roles <= roles)


class Lead(OfWorkspace, Base):
    """The person who leads a side."""

    __tablename__ = "lead"
    __table_args__ = (UniqueConstraint("workspace_id", "side"),)

    side: Mapped[Side]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    member: Mapped[Member] = relationship(back_populates="leads")


class Grant(OfWorkspace, Base):
    """A role given, by whom and when; revoked is a date, not a deletion."""

    __tablename__ = "role_grant"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    role: Mapped[Role]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    granted_at: Mapped[datetime]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    revoked_at: Mapped[datetime | None]


def meet_member(workspace: Workspace, user_id: str, *, is_noted: bool = True) -> Member:
    """The member of a Slack user; unknown people are noted (or only looked at), without roles."""
    known = select(Member).where(Member.workspace_id == workspace.id, Member.user_id == user_id)
    member = workspace.session.scalar(known)
    if member is None:
        member = Member(workspace_id=workspace.id, user_id=user_id, name="", timezone="UTC", locale="en-US")
        member.is_outsider = member.is_slack_admin = False
        if is_noted:
            workspace.session.add(member)
            workspace.session.flush()
    return member


def locale_known(workspace: Workspace, user_id: str) -> str | None:
    """In which locale somebody reads, as Slack has told; None of whom it has told nothing."""
    known = select(Member.locale).where(Member.workspace_id == workspace.id, Member.user_id == user_id)
    return workspace.session.scalar(known)


def find_member(workspace: Workspace, user_id: str, *, field: str = "person") -> Member:
    """A member whom Slack has told us about."""
    member = meet_member(workspace, user_id, is_noted=False)
    if not member.name:
        raise Refused(_("Slack has not told us about this person yet. Try again in a minute."), field=field)
    return member


def note_home(member: Member, *, now: datetime) -> None:
    """The person looks at the home, so it is kept current."""
    member.home_opened_at = now


def learn_member(
    workspace: Workspace,
    user_id: str,
    *,
    name: str,
    timezone: str,
    locale: str | None,
    is_outsider: bool,
    is_slack_admin: bool,
) -> Member:
    """Take over what Slack says of a person; where it does not say in which locale they read, that stays."""
    member = meet_member(workspace, user_id)
    known = timezone if timezone in time_zones() else workspace.timezone
    member.name, member.timezone, member.locale = name[:200], known, (locale or member.locale)[:40]
    member.is_outsider, member.is_slack_admin = is_outsider, is_slack_admin
    return member


def set_hours(member: Member, hours: WorkingHours, *, now: datetime) -> None:
    """A person says when they work, and whose public holidays are free; the zone is the one that Slack knows."""
    if hours.opens >= hours.closes:
        raise Refused(_("The day should end after it has begun."), field="closes")
    if hours.country and not is_known(hours.country):
        raise Refused(_("Choose a country from the list."), field="country")
    member.country, member.opens_at, member.closes_at = hours.country or "", hours.opens, hours.closes
    details = {"country": member.country, "opens": hours.opens.isoformat(), "closes": hours.closes.isoformat()}
    record(member, "set_hours", by=member, now=now, details=details)


def set_roles(member: Member, roles: Iterable[Role], *, by: Member | None, now: datetime) -> None:
    """Give a person exactly these roles; only admins may, and outsiders have none. `by` None: the command line."""
    wanted = frozenset(roles)
    if wanted and member.is_outsider:
        raise Refused(
            _("{name} is a guest or from another organisation, and those have no roles.", name=member.name),
            field="roles",
        )
    is_new = bool(wanted - member.granted)
    for grant in [g for g in member.grants if g.role not in wanted]:
        grant.revoked_at, grant.revoked_by_id = now, by.id if by else None
    for role in sorted(wanted - {grant.role for grant in member.grants}):
        given = Grant(workspace=member.workspace, member_id=member.id, role=role, granted_at=now)
        given.granted_by_id = by.id if by else None
        member.session.add(given)
    record(member, "set_roles", by=by, now=now, details={"roles": sorted(wanted)})
    refresh_guide(member.workspace, now=now)
    if by is not None and is_new:
        queue(member.workspace, News.WELCOME, stream=member.user_id, member_id=member.id, now=now)
    member.session.flush()
    member.session.refresh(member, ["grants"])


def share_out_roles(workspace: Workspace, wanted: Mapping[str, Iterable[Role]], *, by: Member, now: datetime) -> None:
    """Give each of several people, by their ids in Slack, exactly these roles; who has them is left alone."""
    for user, roles in wanted.items():
        member = find_member(workspace, user)
        if member.granted != frozenset(roles):
            set_roles(member, roles, by=by, now=now)


def members_with(workspace: Workspace, role: Role) -> list[Member]:
    """People who have a role, in the order in which they came."""
    granted = select(Grant.member_id).where(Grant.role == role, Grant.revoked_at.is_(None))
    known = select(Member).where(Member.workspace_id == workspace.id, Member.id.in_(granted), ~Member.is_outsider)
    return list(workspace.session.scalars(known.order_by(Member.id)))


def way_to_a_role(member: Member) -> str | None:
    """Who has no role can ask for one; not guests and people of other organisations, who cannot have one."""
    return None if member.roles or member.is_outsider else ASK_ROLE


def admins_of(workspace: Workspace, admins: frozenset[str]) -> list[Member]:
    """Who sets Belay up: Slack's admins, and those whom the settings name."""
    named = Member.is_slack_admin | Member.user_id.in_(admins)
    known = select(Member).where(Member.workspace_id == workspace.id, ~Member.is_outsider, named, Member.name != "")
    return list(workspace.session.scalars(known.order_by(Member.id)))


def is_admin(member: Member, admins: frozenset[str]) -> bool:
    """Whether somebody sets Belay up."""
    return not member.is_outsider and (member.is_slack_admin or member.user_id in admins)


def check_admin(member: Member, admins: frozenset[str]) -> None:
    """Set-up is for the workspace's admins and owners, and for those whom the settings name."""
    if not is_admin(member, admins):
        raise NotYours(_("Only workspace admins, owners and those named in BELAY_ADMINS can do this. Ask one of them."))
