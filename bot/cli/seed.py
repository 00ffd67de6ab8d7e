"""What the demo begins with: the company, its people in their roles, and the deals of the last months."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import delete, select

from bot.database import Database
from models.base.arithmetic import WEEK
from models.base.months import month_after, month_of
from models.company.offers import EVERY_FAMILY, OfferRow
from models.company.policies import set_policy
from models.deals.card_messages import CardMessage
from models.deals.deciding import (
    DeclineReason,
    LossReason,
    accept,
    approve,
    cancel,
    decline,
    lose,
    win,
    withdraw,
)
from models.deals.deliveries import open_deliveries
from models.deals.delivering import Report, deliver
from models.deals.proposing import counter, propose_deal
from models.deals.terms import TermLine, Terms
from models.digests.schedules import Digest, Pattern, Rhythm, ScheduleSettings, add_schedule
from models.files import read_company
from models.policy.standard import former_rules, standard_rules
from models.setup.channels import set_channels
from models.setup.importing import import_company
from models.sop.rows import DAYS, Actual
from models.sop.settings import plan_monthly
from models.workspace.leads import set_leads
from models.workspace.members import Member, learn_member, meet_member, set_roles
from models.workspace.outbox import Outbox
from models.workspace.roles import Role, Side
from models.workspace.workspaces import Workspace, find_workspace, meet_workspace

COMPANY = Path(__file__).parent / "ridgeline.toml"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody at Ridgeline."""

    name: str
    roles: tuple[Role, ...]
    is_admin: bool = False


PEOPLE = (
    DemoPerson("Sara", (Role.SALES,)),
    DemoPerson("Pete", (Role.SALES,)),
    DemoPerson("Olga", (Role.OPERATIONS,)),
    DemoPerson("Otto", (Role.OPERATIONS,)),
    DemoPerson("Fiona", (Role.FINANCE,)),
    DemoPerson("Lea", (Role.LEADERSHIP,), is_admin=True),
)


HISTORY = 60
# Units in a usual month, and how much less they were each month before, in percent.
BOOKED = {"Tents": (1400, 1), "Shelters": (60, 0), "Parts": (2400, 1)}
SEASON = (70, 80, 110, 140, 160, 150, 120, 100, 80, 70, 60, 60)


@dataclass(frozen=True)
class PastDeal:
    """A deal of the last months, and what became of it."""

    weeks_ago: int
    seller: str
    customer: str
    offer: str
    quantity: int
    percent_off: int
    ending: str


PAST = (
    PastDeal(17, "Sara", "Alpine Sports", "Summit tent", 120, 5, "delivered"),
    PastDeal(16, "Pete", "Scouts of Utah", "Trail tent", 200, 10, "delivered late"),
    PastDeal(15, "Sara", "Northstar", "Ridge tent", 80, 0, "lost"),
    PastDeal(14, "Pete", "Lakeside Events", "Event pavilion", 2, 5, "delivered"),
    PastDeal(12, "Sara", "Outdoor Depot", "Summit tent", 150, 12, "countered, delivered"),
    PastDeal(11, "Sara", "Trailhead", "Repair kit", 400, 15, "delivered"),
    PastDeal(9, "Pete", "Market Square", "Market canopy", 60, 8, "countered, lost"),
    PastDeal(8, "Sara", "Borealis", "Basecamp dome", 12, 15, "declined"),
    PastDeal(6, "Pete", "Fjord Guides", "Basecamp dome", 6, 14, "delivered"),
    PastDeal(5, "Sara", "Alpine Sports", "Pole set", 250, 15, "delivered"),
)


@dataclass(frozen=True)
class PresentDeal:
    """A deal of these days, and where it stands."""

    seller: str
    customer: str
    offer: str
    quantity: int
    percent_off: int
    weeks_ahead: int
    standing: str
    told: str = ""


PRESENT = (
    PresentDeal(
        "Sara", "Lakeside Events", "Market canopy", 60, 5, 9, "proposed", "They open the summer market in spring."
    ),
    PresentDeal("Sara", "Fjord Guides", "Basecamp dome", 8, 27, 11, "proposed", "A competitor offers 25 % less."),
    PresentDeal("Pete", "Trailhead", "Ridge tent", 90, 8, 12, "countered"),
    PresentDeal("Pete", "Alpine Sports", "Summit tent", 520, 10, 10, "proposed", "Twelve shops, all at once."),
    PresentDeal("Sara", "Outdoor Depot", "Trail tent", 150, 5, 9, "approved"),
    PresentDeal("Sara", "Scouts of Utah", "Groundsheet", 400, 10, 12, "won"),
    PresentDeal("Pete", "Northstar", "Repair kit", 200, 10, 9, "withdrawn"),
    PresentDeal("Pete", "Borealis", "Pole set", 100, 10, 9, "cancelled"),
)


def seed(database: Database, people: dict[str, str], channels: dict[str, str], *, team: str, now: datetime) -> None:
    """Fill an empty database; what is past has no cards, because Slack was not there."""
    with database.writing() as session:
        meet_workspace(session, team_id=team, name="", bot_id="", bot_user_id="")
        workspace = find_workspace(session, team)
        if workspace is None:
            return
        import_company(workspace, read_company(COMPANY), by=None, now=now - timedelta(weeks=20))
        answering = {"Tents": "tents-ops", "Shelters": "shelters-ops", EVERY_FAMILY: "parts-ops"}
        chosen = {family: channels[name] for family, name in answering.items()}
        set_channels(workspace, chosen, by=None, now=now)
        for person in PEOPLE:
            _join(workspace, people[person.name], person, now)
        members = {person.name: meet_member(workspace, people[person.name]) for person in PEOPLE}
        # What is past was looked at by operations, each deal; from now on what is standard goes straight through.
        set_policy(workspace, former_rules(), by=None, now=now - timedelta(weeks=20))
        for past in PAST:
            _live_through(workspace, past, members, now - timedelta(weeks=past.weeks_ago))
        session.flush()
        session.execute(delete(Outbox))
        session.execute(delete(CardMessage))
        for present in PRESENT:
            _stand(workspace, present, members, now - timedelta(hours=2))
        set_policy(workspace, standard_rules(workspace.places), by=members["Lea"], now=now)
        set_leads(workspace, {Side.OPERATIONS: members["Otto"]}, by=members["Lea"], now=now)
        _plan_monthly(workspace, channels["sales-and-ops"], members, now)
        for settings in _schedules(workspace, channels):
            add_schedule(workspace, settings, by=members["Lea"], now=now)


def _join(workspace: Workspace, user_id: str, person: DemoPerson, now: datetime) -> None:
    learn_member(
        workspace,
        user_id,
        name=person.name,
        timezone="America/Denver",
        locale="en-US",
        is_outsider=False,
        is_slack_admin=person.is_admin,
    )
    set_roles(meet_member(workspace, user_id), person.roles, by=None, now=now)


def _live_through(workspace: Workspace, past: PastDeal, members: dict[str, Member], at: datetime) -> None:
    seller, planner = members[past.seller], members["Olga"]
    week = (at + timedelta(weeks=6)).date()
    terms = _terms(workspace, past, past.quantity, week)
    deal = propose_deal(workspace, by=seller, now=at, customer=past.customer, terms=terms, likelihood=75)
    if past.ending.startswith(("countered", "declined")):
        smaller = _terms(workspace, past, past.quantity * 4 // 5, week)
        counter(deal, smaller, by=planner, now=at + timedelta(hours=5))
    if past.ending == "declined":
        why = "The domes need a second seam line."
        decline(deal, by=planner, now=at + timedelta(days=1), reason=DeclineReason.CAPACITY, why=why)
        return
    if deal.state == "proposed":
        approve(deal, by=planner, now=at + timedelta(days=1))
    else:
        accept(deal, by=seller, now=at + timedelta(days=1))
    if deal.is_open:
        approve(deal, by=members["Fiona"], now=at + timedelta(days=1, hours=2), why="A new customer.")
    if past.ending.endswith("lost"):
        lose(deal, by=seller, now=at + timedelta(days=9), reason=LossReason.PRICE, why="Ten percent cheaper elsewhere.")
        return
    win(deal, by=seller, now=at + timedelta(days=6))
    if past.ending.endswith("late"):
        reports = [Report(one.id, one.quantity, one.week + WEEK) for one in open_deliveries(deal)]
        deliver(deal, by=planner, now=at + 7 * WEEK, reports=reports, why="The carrier lost a pallet.")
    else:
        deliver(deal, by=planner, now=at + 5 * WEEK)


def _stand(workspace: Workspace, present: PresentDeal, members: dict[str, Member], at: datetime) -> None:
    """Bring a deal to where it stands; its cards are posted when the bot starts."""
    seller, planner = members[present.seller], members["Olga"]
    week = (at + timedelta(weeks=present.weeks_ahead)).date()
    terms = _terms(workspace, present, present.quantity, week)
    told = present.told
    customer = present.customer
    deal = propose_deal(workspace, by=seller, now=at, customer=customer, terms=terms, told=told, likelihood=50)
    later = at + timedelta(hours=1)
    if present.standing == "countered":
        counter(deal, _terms(workspace, present, present.quantity * 2 // 3, week), by=planner, now=later)
    if present.standing in {"approved", "won", "cancelled"}:
        approve(deal, by=planner, now=later)
    if present.standing == "won":
        win(deal, by=seller, now=later)
    if present.standing == "cancelled":
        cancel(deal, by=seller, now=later, why="The customer ordered twice by mistake.")
    if present.standing == "withdrawn":
        withdraw(deal, by=seller, now=later)


def _plan_monthly(workspace: Workspace, channel: str, members: dict[str, Member], now: datetime) -> None:
    """Five years of bookings with a season, this month as it will close, and a cycle that opens with the next one."""
    last = month_of(workspace.today(now))
    for family, (usual, growth) in BOOKED.items():
        for ago in range(HISTORY):
            month = month_after(last, -ago)
            units = usual * SEASON[month.month - 1] * (100 - growth * ago) // 10_000
            row = Actual(workspace=workspace, family=family, month=month, bookings=units, shipments=units, supply=units)
            row.inventory, row.backlog = (usual // 4, 0) if ago == 0 else (None, None)
            workspace.session.add(row)
    days = dict(DAYS)
    lea = members["Lea"]
    plan_monthly(workspace, channel=channel, coordinator=members["Otto"], days=days, by=lea, now=now)


def _schedules(workspace: Workspace, channels: dict[str, str]) -> list[ScheduleSettings]:
    """What Ridgeline posts: the queue of the tents each working day, the two weekly ones on Mondays."""
    mondays = frozenset({0})

    def rhythm(pattern: Pattern, at: time) -> Rhythm:
        return Rhythm(pattern, at, workspace.timezone, workspace.country, mondays)

    return [
        ScheduleSettings(Digest.QUEUE, channels["tents-ops"], rhythm(Pattern.WORKING_DAYS, time(9))),
        ScheduleSettings(Digest.PIPELINE, channels["sales-and-ops"], rhythm(Pattern.WEEKDAYS, time(8, 30))),
        ScheduleSettings(Digest.SCOREBOARD, channels["sales-and-ops"], rhythm(Pattern.WEEKDAYS, time(8, 45))),
    ]


def _terms(workspace: Workspace, asked: PastDeal | PresentDeal, quantity: int, week: date) -> Terms:
    known = select(OfferRow).where(OfferRow.workspace_id == workspace.id, OfferRow.name == asked.offer)
    offer = workspace.session.scalars(known).one()
    price = offer.list_price * (100 - asked.percent_off) // 100
    monday = week - timedelta(days=week.weekday())
    return Terms((TermLine(offer.id, quantity, price, monday),))
