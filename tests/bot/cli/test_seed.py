"""What the demo begins with: deals where the tables say, of which the past ones have left nothing to be sent."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.cli.demo import CHANNELS
from bot.cli.seed import HISTORY, PAST, PEOPLE, PRESENT, seed
from bot.database import Database
from models.company.offers import EVERY_FAMILY, FamilyChannel
from models.deals.card import card_of
from models.deals.card_messages import CardMessage
from models.deals.rows import Deal
from models.deals.states import Move
from models.digests.schedules import Digest, schedules_of
from models.promise.check import Verdict
from models.promise.margin import Band
from models.sop.rows import Actual
from models.sop.settings import planning_of
from models.workspace.leads import lead_of
from models.workspace.members import Member
from models.workspace.outbox import Outbox
from models.workspace.roles import Side
from models.workspace.workspaces import the_workspace
from tests.templates import begun
from tests.world import NOW, user_id

USERS = {person.name: user_id(person.name) for person in PEOPLE}
ROOMS = {name: f"C{number}" for number, name in enumerate(CHANNELS)}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Seeded once, on SQLite as in the demo; the tests only look at it."""
    database = Database(begun(f"sqlite:///{tmp_path_factory.mktemp('seed') / 'belay.db'}"))
    database.migrate()
    seed(database, USERS, ROOMS, team="T1", now=NOW)
    yield database
    database.close()


@pytest.fixture
def session(seeded: Database) -> Iterator[Session]:
    with seeded.reading() as session:
        yield session


def deals(session: Session) -> list[Deal]:
    return list(session.scalars(select(Deal).order_by(Deal.number)))


def test_deals_stand_where_the_tables_say(session: Session) -> None:
    ends = [(past.seller, past.customer, past.ending.split(", ")[-1].split(" ")[0]) for past in PAST]
    stands = [(present.seller, present.customer, present.standing) for present in PRESENT]
    assert [(deal.seller.name, deal.customer, deal.state) for deal in deals(session)] == ends + stands
    late = [deal.customer for deal in deals(session) for one in deal.decisions if one.code == "late"]
    assert late == ["Scouts of Utah"]


def test_past_deals_have_no_cards_and_leave_nothing_to_be_sent(session: Session) -> None:
    numbers = select(Deal.number).join(CardMessage, CardMessage.deal_id == Deal.id).distinct()
    assert sorted(session.scalars(numbers)) == list(range(len(PAST) + 1, len(PAST) + len(PRESENT) + 1))
    assert session.scalar(select(func.min(Outbox.queued_at))) == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    decided = [one.at for deal in deals(session)[: len(PAST)] for one in deal.decisions]
    assert max(decided) <= NOW
    assert {Move.LOSE, Move.DECLINE, Move.DELIVER} <= {deal.decisions[-1].move for deal in deals(session)[: len(PAST)]}


def test_deals_to_try_are_what_the_greeting_says_of_them(session: Session) -> None:
    cards = {(card.seller, card.customer): card for card in (card_of(d, now=NOW) for d in deals(session) if d.is_open)}
    assert {customer: (card.check.verdict, card.band) for (_, customer), card in cards.items()} == {
        "Lakeside Events": (Verdict.FITS, Band.FINE),
        "Fjord Guides": (Verdict.FITS, Band.NEEDS_FINANCE),
        "Trailhead": (Verdict.FITS, Band.FINE),
        "Alpine Sports": (Verdict.SHORT, Band.FINE),
    }
    assert cards["Pete", "Trailhead"].turn == (Side.SALES,)


def test_people_have_their_roles_and_families_their_channels(session: Session) -> None:
    members = {member.name: member for member in session.scalars(select(Member))}
    assert {name: (one.roles, one.is_slack_admin) for name, one in members.items()} == {
        person.name: (frozenset(person.roles), person.is_admin) for person in PEOPLE
    }
    workspace = the_workspace(session)
    lead = lead_of(workspace, Side.OPERATIONS)
    assert lead is members["Otto"]
    answering = {row.family: row.channel for row in session.scalars(select(FamilyChannel))}
    rooms = {"Tents": "tents-ops", "Shelters": "shelters-ops", EVERY_FAMILY: "parts-ops"}
    assert answering == {family: ROOMS[name] for family, name in rooms.items()}


def test_digests_and_the_monthly_cycle_are_planned_with_five_years_behind_them(session: Session) -> None:
    workspace = the_workspace(session)
    planned = [(row.digest, row.channel, row.next_at) for row in schedules_of(workspace)]
    assert planned == [
        (Digest.QUEUE, ROOMS["tents-ops"], datetime(2026, 11, 24, 16, 0, tzinfo=UTC)),
        (Digest.PIPELINE, ROOMS["sales-and-ops"], datetime(2026, 11, 30, 15, 30, tzinfo=UTC)),
        (Digest.SCOREBOARD, ROOMS["sales-and-ops"], datetime(2026, 11, 30, 15, 45, tzinfo=UTC)),
    ]
    planning = planning_of(workspace)
    assert planning is not None
    assert (planning.channel, planning.coordinator.name) == (ROOMS["sales-and-ops"], "Otto")
    months = session.execute(select(Actual.family, func.count(), func.min(Actual.month)).group_by(Actual.family)).all()
    first = date(2021, 12, 1)
    assert sorted(tuple(row) for row in months) == [(f, HISTORY, first) for f in ("Parts", "Shelters", "Tents")]
    stocks = session.scalars(select(Actual.month).where(Actual.inventory.is_not(None)).distinct()).all()
    assert stocks == [date(2026, 11, 1)]
