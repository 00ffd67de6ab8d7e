"""The small named world of the tests: Ridgeline makes tents; six people; a Monday in November."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clock import MachineClock, Moment
from bot.database import Database
from models.company.counting import count_capacity
from models.company.offers import EVERY_FAMILY, OfferRow
from models.deals.proposing import propose_deal
from models.deals.rows import Deal
from models.deals.terms import TermLine, Terms
from models.files import read_company
from models.promise import Company
from models.setup.channels import set_channels
from models.setup.importing import import_company
from models.workspace.history_chain import seal
from models.workspace.members import Member, learn_member, meet_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace, find_workspace, meet_workspace

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
COMPANY = Path(__file__).parent / "ridgeline.toml"
OPS_CHANNEL = "C0TENTS"
PEOPLE = {
    "Sara": (Role.SALES,),
    "Pete": (Role.SALES,),
    "Olga": (Role.OPERATIONS,),
    "Otto": (Role.OPERATIONS,),
    "Fin": (Role.FINANCE,),
    "Lea": (Role.LEADERSHIP,),
    "Gus": (),
}


class StoppedClock(MachineClock):
    """The time of the tests, which does not go on."""

    def read(self) -> Moment:
        """The same moment."""
        return Moment(NOW)


class _TakenBack(Exception):
    """A test is over."""


@dataclass
class World:
    """The rows that tests speak of, in one session."""

    database: Database
    session: Session

    @classmethod
    @contextmanager
    def build(cls, database: Database) -> Iterator["World"]:
        """Import the company, give everybody their roles, and look at it."""
        cls.furnish(database)
        with cls.enter(database) as world:
            yield world

    @classmethod
    @contextmanager
    def enter(cls, database: Database) -> Iterator["World"]:
        """A session on rows that are there."""
        with database.writing() as session:
            yield cls(database, session)

    @classmethod
    @contextmanager
    def attempt(cls, database: Database) -> Iterator["World"]:
        """The same, where all that is done is as it would be kept, and then taken back."""
        with suppress(_TakenBack), cls.enter(database) as world:
            yield world
            world.session.flush()
            seal(world.session, database.history_key)
            raise _TakenBack

    @staticmethod
    def furnish(database: Database) -> None:
        """Import the company and give everybody their roles."""
        with database.writing() as session:
            meet_workspace(session, team_id="T1", name="", bot_id="B1", bot_user_id="UBOT")
            workspace = find_workspace(session, "T1")
            assert workspace
            import_company(workspace, read_company(COMPANY), by=None, now=NOW)
            set_channels(workspace, {EVERY_FAMILY: OPS_CHANNEL}, by=None, now=NOW)
            for name, roles in PEOPLE.items():
                learn(workspace, name)
                set_roles(meet_member(workspace, user_id(name)), roles, by=None, now=NOW)

    @property
    def workspace(self) -> Workspace:
        workspace = find_workspace(self.session, "T1")
        assert workspace
        return workspace

    def person(self, name: str) -> Member:
        return meet_member(self.workspace, user_id(name))

    def offer(self, name: str) -> OfferRow:
        return self.session.scalars(select(OfferRow).where(OfferRow.name == name)).one()

    def terms(self, *lines: tuple[str, int, int, date], note: str = "") -> Terms:
        return Terms(tuple(TermLine(self.offer(o).id, q, price, week) for o, q, price, week in lines), note)

    def propose(self, *lines: tuple[str, int, int, date], by: str = "Sara", customer: str = "Acme") -> Deal:
        given = lines or (("Summit tent", 100, 43200, date(2027, 1, 18)),)
        return propose_deal(self.workspace, by=self.person(by), now=NOW, customer=customer, terms=self.terms(*given))


def learn(workspace: Workspace, name: str, *, is_outsider: bool = False) -> None:
    learn_member(
        workspace,
        user_id(name),
        name=name,
        timezone="America/Denver",
        locale="en-US",
        is_outsider=is_outsider,
        is_slack_admin=name == "Lea",
    )


def user_id(name: str) -> str:
    return f"U{name.upper()}"


def company_for(
    workspace: Workspace,
    offers: Iterable[OfferRow],
    *,
    now: datetime,
    until: date = date.max,
    without: int | None = None,
) -> Company:
    """What a check of these offers looks at; `without` is the deal that does not count."""
    known = list(offers)
    return count_capacity(workspace, known, now=now, until=until).company(known, deal=without, has_stand_ins=True)
