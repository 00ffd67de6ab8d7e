"""Where Belay is installed: in a workspace, or by an organisation in all of its workspaces; tokens are kept sealed."""

from datetime import datetime, timedelta

from sqlalchemy import String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base.columns import SlackId, Word
from models.base.declarative import Base
from models.workspace.workspaces import Workspace, leave, meet_workspace

STATES_LAST = timedelta(minutes=10)


class Installation(Base):
    """The leave to act in a team, or in each team of an organisation; `place` is the id of the one or the other."""

    __tablename__ = "installation"

    place: Mapped[SlackId] = mapped_column(String(32), unique=True)
    app_id: Mapped[SlackId | None] = mapped_column(String(32))
    bot_id: Mapped[SlackId]
    bot_user_id: Mapped[SlackId]
    token: Mapped[str] = mapped_column(Text)
    refresh_token: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime | None]
    installed_by: Mapped[SlackId | None] = mapped_column(String(32))
    installed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    def meet(self, session: Session, *, team: str, organisation: str | None, name: str = "") -> Workspace:
        """Know a team in which this lets Belay act."""
        who = {"bot_id": self.bot_id, "bot_user_id": self.bot_user_id}
        return meet_workspace(session, team_id=team, name=name, enterprise_id=organisation, is_the_only=False, **who)

    def revoke(self, *, now: datetime) -> None:
        """The tokens are void, and forgotten."""
        self.token, self.refresh_token, self.revoked_at = "", None, self.revoked_at or now


class InstallState(Base):
    """An installation that somebody has begun: Slack brings the word back, once and soon."""

    __tablename__ = "install_state"

    word: Mapped[Word] = mapped_column(unique=True)
    expires_at: Mapped[datetime]


def find_installation(session: Session, *, team: str | None, organisation: str | None) -> Installation | None:
    """The leave by which Belay acts in a team: its own, else its organisation's."""
    places = [place for place in (team, organisation) if place]
    valid = select(Installation).where(Installation.place.in_(places), Installation.revoked_at.is_(None))
    by_place = {installation.place: installation for installation in session.scalars(valid)}
    return next((by_place[place] for place in places if place in by_place), None)


def meet_installed(session: Session, *, team: str, organisation: str | None) -> Workspace | None:
    """The workspace in which Belay is installed by its organisation; it is met when somebody first acts there."""
    installation = find_installation(session, team=team, organisation=organisation)
    return installation.meet(session, team=team, organisation=organisation) if installation else None


def leave_place(workspace: Workspace, *, is_organisation: bool, now: datetime) -> None:
    """Belay is uninstalled from a workspace, or from those of its organisation that did not install it themselves."""
    session, team, organisation = workspace.session, workspace.team_id, workspace.enterprise_id
    installation = find_installation(
        session, team=None if is_organisation else team, organisation=organisation if is_organisation else None
    )
    if installation is not None:
        installation.revoke(now=now)
        session.flush()
    left = Workspace.enterprise_id == organisation if is_organisation else Workspace.id == workspace.id
    for each in session.scalars(select(Workspace).where(left).order_by(Workspace.id)):
        if find_installation(session, team=each.team_id, organisation=None) is None:
            leave(each, now=now)


def begin_installing(session: Session, word: str, *, now: datetime) -> None:
    """Remember the word that Slack is to bring back; those that nobody brought are forgotten."""
    session.execute(delete(InstallState).where(InstallState.expires_at <= now))
    session.add(InstallState(word=word, expires_at=now + STATES_LAST))


def is_installing(session: Session, word: str, *, now: datetime) -> bool:
    """Whether somebody has begun with this word; it is good for once."""
    begun = delete(InstallState).where(InstallState.word == word, InstallState.expires_at > now)
    return session.scalar(begun.returning(InstallState.id)) is not None
