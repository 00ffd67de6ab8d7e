"""A workspace: one company, one currency, one calendar."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, String, select, true
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column, relationship

from models.base.arithmetic import monday
from models.base.columns import Name, SlackId, Word
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import ENGLISH, _
from models.base.working_time import WorkingHours


class Workspace(Base):
    """A Slack workspace with its company; `team_id` is None until the bot has met it."""

    __tablename__ = "workspace"

    team_id: Mapped[SlackId | None] = mapped_column(String(32), unique=True)
    enterprise_id: Mapped[SlackId | None] = mapped_column(String(32))
    bot_id: Mapped[SlackId | None] = mapped_column(String(32))
    bot_user_id: Mapped[SlackId | None] = mapped_column(String(32))
    url: Mapped[Name | None]
    name: Mapped[Name]
    currency: Mapped[Word] = mapped_column(default="USD")
    places: Mapped[int] = mapped_column(default=2)
    timezone: Mapped[Word] = mapped_column(default="UTC")
    country: Mapped[Word | None] = mapped_column(String(40))
    horizon_weeks: Mapped[int] = mapped_column(default=26)
    margin_floor: Mapped[Decimal] = mapped_column(default=Decimal(0))
    late_cost: Mapped[Decimal] = mapped_column(default=Decimal("0.02"))
    tight_at: Mapped[Decimal] = mapped_column(default=Decimal("0.90"))
    max_deliveries: Mapped[int] = mapped_column(default=3)
    hold_days: Mapped[int] = mapped_column(default=5)
    keeps_stock: Mapped[bool] = mapped_column(default=True, server_default=true())
    last_deal_number: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[time] = mapped_column(default=time(9))
    closes_at: Mapped[time] = mapped_column(default=time(17))
    answer_hours: Mapped[int] = mapped_column(default=8)
    is_reading_threads: Mapped[bool] = mapped_column(default=True)
    # Of what stands in channels; to a person Belay speaks in the person's own.
    language: Mapped[Word] = mapped_column(default=ENGLISH, server_default=ENGLISH)
    uninstalled_at: Mapped[datetime | None]

    @property
    def hours(self) -> WorkingHours:
        """When the company works."""
        return WorkingHours(self.timezone, self.country, self.opens_at, self.closes_at)

    def today(self, now: datetime) -> date:
        """The day of an instant, where the company is."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def this_week(self, now: datetime) -> date:
        """The week of an instant, where the company is."""
        return monday(self.today(now))

    def midnight(self, day: date) -> datetime:
        """When a day begins, where the company is."""
        return datetime.combine(day, time(), ZoneInfo(self.timezone))

    def next_deal_number(self) -> int:
        """Number deals from 1 on, without gaps in what was posted."""
        self.lock()
        self.last_deal_number += 1
        return self.last_deal_number


class OfWorkspace:
    """A row that belongs to a workspace, as all do."""

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"), index=True)

    @declared_attr
    @classmethod
    def workspace(cls) -> Mapped[Workspace]:
        """The workspace that it belongs to."""
        return relationship(Workspace)


def find_workspace(session: Session, team_id: str | None) -> Workspace | None:
    """The workspace of a Slack team."""
    return session.scalar(select(Workspace).where(Workspace.team_id == team_id))


def the_workspace(session: Session, team_id: str | None = None, *, is_installed: bool = False) -> Workspace:
    """The workspace that a command means: the one that is named, or the only one; made when there is none.

    Where each `is_installed` from Slack, none is made: it would be nobody's.
    """
    if team_id:
        workspace = find_workspace(session, team_id)
        if workspace is None:
            raise Refused(_("No workspace {team_id} is known here.", team_id=team_id))
        return workspace
    workspaces = session.scalars(select(Workspace).limit(2)).all()
    if len(workspaces) > 1:
        raise Refused(_("There are several workspaces; name one with --workspace T…."))
    if is_installed and not workspaces:
        raise Refused(_("Belay is installed in no workspace yet: open /slack/install."))
    return workspaces[0] if workspaces else _new(session)


def meet_workspace(
    session: Session,
    *,
    team_id: str,
    name: str,
    bot_id: str,
    bot_user_id: str,
    url: str = "",
    enterprise_id: str | None = None,
    is_the_only: bool = True,
) -> Workspace:
    """Know a Slack team that Belay is installed in.

    Its own row, or, where it is the only team of this bot, the one that was imported before Slack was met.
    """
    imported = find_workspace(session, None) if is_the_only else None
    workspace = find_workspace(session, team_id) or imported or _new(session)
    workspace.team_id, workspace.bot_id, workspace.bot_user_id = team_id, bot_id, bot_user_id
    workspace.enterprise_id = enterprise_id or workspace.enterprise_id
    workspace.uninstalled_at = None
    workspace.name = workspace.name or name
    workspace.url = url or workspace.url
    return workspace


def leave(workspace: Workspace, *, now: datetime) -> None:
    """Belay is not installed there any more: its rows are kept, and nothing is sent until it is installed again."""
    workspace.lock()
    workspace.uninstalled_at = workspace.uninstalled_at or now


def _new(session: Session) -> Workspace:
    workspace = Workspace(name="")
    session.add(workspace)
    session.flush()
    return workspace
