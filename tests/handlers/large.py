"""A world where everything is as long as it may be: what views show of it must still be taken by Slack."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from sqlalchemy import select, update

from bot.database import Database
from handlers.deals.drafts import LineDraft, TermsDraft
from models.base.arithmetic import WEEK
from models.capacity.adjusting import ADJUST, adjust
from models.capacity.undoing import undo
from models.company.clauses import define_clause
from models.company.policies import policy_of, set_policy
from models.company.resources import ResourceRow
from models.deals import deciding, editing, fulfilling, proposing, stepping, talking
from models.deals import known_ways as found
from models.deals.card_messages import CardMessage
from models.deals.conditions import Before, GivenCondition
from models.deals.deliveries import open_deliveries
from models.deals.delivering import Report, deliver, object_to_delivery
from models.deals.handing_over import hand_over
from models.deals.lapsing import tell_lapsed_holds
from models.deals.on_the_spot import undo as undo_deal
from models.deals.reminding import keep_turns
from models.deals.rivals import Rival, Rivalry
from models.deals.rows import Deal, WaysFound
from models.deals.states import State
from models.deals.terms import MOST_LINES, TermLine, Terms
from models.deals.turns import turns_of
from models.deals.ways import KnownWay, ways_of
from models.files import CapacityFile, CompanyFile, GivenCommitment
from models.policy.clauses import ClauseKind, GivenClause
from models.policy.standard import standard_rules
from models.promise import Adjustment, Company, Kind, Need, Offer, Resource, WayKind, WeekException
from models.promise.check import Verdict
from models.setup.importing import import_capacity, import_company
from models.workspace.history import History
from models.workspace.members import Member, learn_member, meet_member, set_roles
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role, Side
from tests.templates import begun
from tests.world import NOW, World, user_id

MONDAY = date(2027, 1, 18)
THIS_WEEK = date(2026, 11, 23)
LOADED = date(2027, 1, 4)
MONEY = 10**12
QUANTITY = 10**9
ODD = "<!channel> <@U123> <http://x.example|x> *bold* _it_ ~no~ `code` & &amp; :tada: \u202eשלום مرحبا\u202c 🏔️\u200d "
FAMILIES, OFFERS, CROWD, GUESTS, SMALL_DEALS, REFS = 100, 1_000, 60, 10, 600, 30
# Of "ways" one line lacks time, so that every kind of way is looked for; "reprice" and "ways" reach their floor when
# they are dearer. "fragile" fits until its capacity is taken away.
VERDICTS = {
    "fits": Verdict.FITS,
    "overtime": Verdict.OVERTIME,
    "short": Verdict.SHORT,
    "ways": Verdict.OVERTIME,
    "reprice": Verdict.FITS,
    "fragile": Verdict.FITS,
}
CHEAP = {"ways", "reprice"}
STOCK = "stock resource"


def long(most: int, mark: str = "") -> str:
    """Text of exactly so many characters that tries to be markup."""
    return (f"{mark} {ODD}" + "W" * most)[:most].strip().ljust(most, "W")


def offer_name(kind: str, number: int) -> str:
    return long(200, f"{kind} {number}")


def resource_name(kind: str, number: int) -> str:
    return long(200, f"{kind} resource {number}")


def company(given: Company) -> CompanyFile:
    """Offers and resources with names of 200 characters, as many of each kind as a deal has lines."""
    resources = {
        resource.name: resource for kind in VERDICTS for n in range(MOST_LINES) for resource in [_time(kind, n)]
    }
    arriving = {THIS_WEEK + n * WEEK: 1 for n in range(8)} | {LOADED: MONEY}
    stock = Resource(long(200, STOCK), Kind.STOCK, "machine hour", on_hand=MONEY, as_of=THIS_WEEK, receipts=arriving)
    offers = [_offer(kind, n) for kind in VERDICTS for n in range(MOST_LINES)]
    offers += [
        Offer(offer_name("Spare", n), long(200, f"Family {n % FAMILIES}"), "piece", MONEY, 1, Decimal(0))
        for n in range(OFFERS)
    ]
    loads = tuple(
        GivenCommitment(long(200, f"REF {n}"), resource_name(kind, 0), LOADED, QUANTITY + 1 - 2 * (n % 2), long(200))
        for kind in ("fits", "overtime")
        for n in range(REFS)
    )
    known = {**resources, stock.name: stock}
    return CompanyFile(replace(given, resources=known, offers={offer.name: offer for offer in offers}), loads)


def _time(kind: str, number: int) -> Resource:
    weekly, overtime = {"overtime": (0, MONEY), "short": (0, 0)}.get(kind, (MONEY, MONEY if kind == "ways" else 0))
    weeks = {THIS_WEEK + n * WEEK: WeekException(None, None, long(200, "Reason")) for n in range(8)}
    if kind == "ways" and number == 3:
        weeks = {MONDAY - n * WEEK: WeekException(QUANTITY // 2, None, long(200, "Reason")) for n in range(4)}
    return Resource(resource_name(kind, number), Kind.TIME, "machine hour", weekly, overtime, 100, weeks)


def _offer(kind: str, number: int) -> Offer:
    stock = (Need(long(200, STOCK), per_unit=1),) if kind == "fits" else ()
    return Offer(
        name=offer_name(kind, number),
        family=long(200, f"Family {number}"),
        unit="collapsible four-season tent",
        list_price=MONEY,
        unit_cost=MONEY // 5 if kind in CHEAP else MONEY,
        margin_floor=Decimal("0.5"),
        standard=False,
        lead_weeks=520,
        min_lot=QUANTITY,
        substitutes=(offer_name("Spare", number),) if kind == "ways" else (),
        needs=(Need(resource_name(kind, number), offset=-3, weeks=4, per_unit=1), *stock),
    )


HOME = f"https://{'w' * 180}.slack.com/"


@dataclass
class Large:
    """A world where everything is as long as it may be."""

    world: World
    ids: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> Member:
        return self.world.person(name)

    def crowd(self, count: int) -> list[Member]:
        return [meet_member(self.world.workspace, f"UCROWD{n}") for n in range(count)]

    def resource(self, name: str) -> ResourceRow:
        return self.world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()

    def terms(self, kind: str, note: str = "", week: date = MONDAY) -> Terms:
        """As many lines as there may be, each below its list price, too soon, too few and outside the catalogue."""
        ids = [self.world.offer(offer_name(kind, n)).id for n in range(MOST_LINES)]
        price = MONEY // 4 if kind in CHEAP else MONEY - 1
        return Terms(tuple(TermLine(id_, QUANTITY - 1, price, week) for id_ in ids), note)

    def draft(self, kind: str) -> TermsDraft:
        lines = self.terms(kind).lines
        entries = tuple(
            LineDraft(str(x.offer_id), offer_name(kind, n), str(QUANTITY), _typed(x.unit_price), x.week.isoformat())
            for n, x in enumerate(lines)
        )
        return TermsDraft(long(200), entries, long(3000), "90", long(3000))

    def ways(self, kind: str = "fits") -> list[KnownWay]:
        """A way of each kind with as many lines as there may be, in more words than are shown.

        What comes in parts never comes only in part: there is no `some` beside a `split`.
        """
        lines = self.terms(kind).lines
        kinds = [way for way in WayKind if way is not WayKind.SOME]
        ways = [KnownWay(way, long(1000, way), long(60, "gives up"), lines) for way in kinds]
        return sorted(ways, key=lambda way: way.kind is WayKind.OVERTIME)

    def propose(self, kind: str = "fits", week: date = MONDAY) -> Deal:
        return proposing.propose_deal(
            self.world.workspace,
            by=self.person("Sara"),
            now=NOW,
            customer=long(200, "Customer"),
            terms=self.terms(kind, "W" * 3000, week),
            told=long(3000, "Told"),
            likelihood=90,
        )

    def talk(self, deal: Deal, guests: int = GUESTS) -> Deal:
        """Questions to both sides, people on the call, and a time for it."""
        sara, olga = self.person("Sara"), self.person("Olga")
        for n in range(4):
            talking.ask(deal, long(3000, f"Question {n}"), by=sara if n % 2 else olga, now=NOW)
        for guest in self.crowd(guests):
            talking.join_call(deal, by=guest, now=NOW)
        talking.set_call(deal, NOW + timedelta(days=30), by=sara, now=NOW)
        return deal

    def revised(self, kind: str) -> Deal:
        """All offers change."""
        deal = self.talk(self.propose("fits" if kind != "fits" else "short"))
        proposing.revise(deal, self.terms(kind, long(3000, "Note")), by=self.person("Sara"), now=NOW)
        return deal

    def half_agreed(self) -> Deal:
        deal = self.talk(self.propose(), guests=1)
        deciding.approve(deal, by=self.person("Fin"), now=NOW, why="A new customer.")
        return deal

    def around(self) -> Deal:
        """Around the terms: sent back, edited, attached, delivered in part, objected to, handed over."""
        deal, sara, olga, fin = self.propose(), *(self.person(name) for name in ("Sara", "Olga", "Fin"))
        deciding.send_back(deal, by=fin, now=NOW, why=long(3000, "Why"))
        editing.edit(deal, by=sara, now=NOW, customer=long(190, "Other"), told=long(2900, "Told"), likelihood=50)
        for number in range(editing.MOST_ATTACHED):
            url = f"{HOME}files/{number}"
            editing.attach(deal, long(200, f"File {number}"), url, by=olga, now=NOW)
        deciding.approve(deal, by=olga, now=NOW)
        deciding.approve(deal, by=fin, now=NOW, why="A new customer.")
        deciding.win(deal, by=sara, now=NOW)
        came = [Report(one.id, one.quantity - 1, date(2026, 11, 23)) for one in open_deliveries(deal)[:-1]]
        deliver(deal, by=olga, now=NOW, reports=came, why=long(3000, "Why"))
        object_to_delivery(deal, by=sara, now=NOW, why=long(3000, "Why"))
        for to, by in (("Pete", "Sara"), ("Sara", "Pete")):
            hand_over(deal, self.person(to), by=self.person(by), now=NOW, why=long(3000, "Why"))
        return deal

    def countered(self) -> Deal:
        return self.counter(self.talk(self.propose()))

    def counter(self, deal: Deal, kind: str = "overtime") -> Deal:
        proposing.counter(deal, self.terms(kind, long(3000, "Note")), by=self.person("Olga"), now=NOW)
        return deal

    def accepted(self) -> Deal:
        deal = self.countered()
        deciding.accept(deal, by=self.person("Sara"), now=NOW)
        return deal

    def countered_back(self) -> Deal:
        deal = self.countered()
        proposing.counter_back(deal, self.terms("short", long(3000, "Note")), by=self.person("Sara"), now=NOW)
        return deal

    def lapsed(self) -> Deal:
        deal = self.counter(self.talk(self.propose()), "ways")
        tell_lapsed_holds(self.world.session, now=NOW + timedelta(days=60))
        return deal

    def extended(self, times: int) -> Deal:
        deal = self.countered()
        for _ in range(times):
            proposing.extend_hold(deal, by=self.person("Olga"), now=NOW)
        return deal

    def approved(self, kind: str = "fits", week: date = MONDAY) -> Deal:
        deal = self.talk(self.propose(kind, week), guests=2)
        deciding.approve(deal, by=self.person("Olga"), now=NOW)
        deciding.approve(deal, by=self.person("Fin"), now=NOW, why="A new customer.")
        return deal

    def changing(self) -> Deal:
        deal = self.approved()
        proposing.change(deal, self.terms("short", long(3000, "Note")), by=self.person("Sara"), now=NOW)
        return deal

    def change_declined(self) -> Deal:
        deal = self.counter(self.changing())
        why = long(3000, "Why")
        deciding.decline(deal, by=self.person("Lea"), now=NOW, reason=deciding.DeclineReason.MATERIAL, why=why)
        return deal

    def change_dropped(self) -> Deal:
        deal = self.changing()
        deciding.withdraw(deal, by=self.person("Sara"), now=NOW, why=long(3000, "Why"))
        return deal

    def won(self) -> Deal:
        return self.win(self.approved())

    def win(self, deal: Deal) -> Deal:
        deciding.win(deal, by=self.person("Sara"), now=NOW)
        return deal

    def broken(self, month: int) -> Deal:
        """A promise, kept apart from others by its month, whose weeks are closed on all its resources."""
        deal = self.approved("fragile", MONDAY + 4 * month * WEEK)
        closed = [self.closing(resource_name("fragile", n), deal.proposal.lines[0].week) for n in range(MOST_LINES)]
        broken = import_capacity(self.world.workspace, CapacityFile(tuple(closed)), by=self.person("Olga"), now=NOW)
        assert broken.promises == [deal]
        return deal

    def won_broken(self, month: int) -> Deal:
        deal = self.win(self.approved("fragile", MONDAY + 4 * month * WEEK))
        return self.broken_by_one(deal)

    def broken_changing(self, month: int) -> Deal:
        """A promise that breaks while a change is under way that fits."""
        deal = self.approved("fragile", MONDAY + 4 * month * WEEK)
        proposing.change(deal, self.terms("fits", long(3000, "Note")), by=self.person("Sara"), now=NOW)
        return self.broken_by_one(deal)

    def broken_by_one(self, deal: Deal) -> Deal:
        """A week of one resource is closed."""
        assert deal.promised
        row = self.resource(resource_name("fragile", 0))
        closing = self.closing(row.name, deal.promised.lines[0].week)
        assert adjust(row, closing, by=self.person("Olga"), now=NOW).promises == [deal]
        return deal

    def won_again(self, month: int) -> Deal:
        deal = self.counter(self.won_broken(month))
        deciding.accept(deal, by=self.person("Sara"), now=NOW)
        deciding.approve(deal, by=self.person("Fin"), now=NOW, why="A new customer.")
        return deal

    def mended(self, month: int) -> Deal:
        """A promise that broke until the change was undone."""
        deal = self.won_broken(month)
        acts = select(History.id).where(History.move == ADJUST).order_by(History.id.desc()).limit(1)
        act = self.world.session.scalars(acts).one()
        assert undo(self.world.workspace, act, by=self.person("Olga"), now=NOW).mended == [deal]
        return deal

    def closing(self, name: str, week: date) -> Adjustment:
        return Adjustment(name, week, available=0, overtime=0, receipt=0, reason=long(200, "Reason"))

    def delivered(self) -> Deal:
        deal = self.won()
        why = long(3000, "Why")
        deliver(deal, by=self.person("Olga"), now=NOW, why=why)
        return deal

    def declined(self) -> Deal:
        deal = self.countered()
        why, reason = long(3000, "Why"), deciding.DeclineReason.MATERIAL
        deciding.decline(deal, by=self.person("Lea"), now=NOW, reason=reason, why=why)
        return deal

    def withdrawn(self) -> Deal:
        deal = self.talk(self.propose(), guests=2)
        deciding.withdraw(deal, by=self.person("Sara"), now=NOW, why=long(3000, "Why"))
        return deal

    def lost(self) -> Deal:
        deal = self.approved()
        reason, why = deciding.LossReason.COMPETITOR, long(3000, "Why")
        deciding.lose(deal, by=self.person("Sara"), now=NOW, reason=reason, why=why)
        return deal

    def expired(self) -> Deal:
        """Nobody has reported whether it was won."""
        deal = self.approved()
        deciding.set_win_by(deal, NOW.date() + timedelta(days=3), by=self.person("Sara"), now=NOW)
        turns_of(deal)[-1].release_at = NOW
        keep_turns(self.world.session, now=NOW)
        return deal

    def cancelled(self) -> Deal:
        deal = self.won()
        deciding.cancel(deal, by=self.person("Sara"), now=NOW, why=long(3000, "Why"))
        return deal

    def answered(self) -> Deal:
        deal = self.talk(self.propose(), guests=1)
        for question in list(deal.open_questions):
            by = self.person("Sara" if question.to_side == Side.SALES else "Olga")
            talking.answer(deal, question.id, long(3000, "Answer"), by=by, now=NOW)
        return deal

    def stepped(self) -> Deal:
        """Taken back, abstained from, asked of one more, reassigned, left by whom it was given to, and recalled."""
        deal, why = self.propose(), long(3000, "Why")
        sara, olga, otto, fin = (self.person(name) for name in ("Sara", "Olga", "Otto", "Fin"))
        deciding.approve(deal, by=olga, now=NOW)
        stepping.take_back(deal, by=olga, now=NOW)
        stepping.abstain(deal, by=olga, now=NOW, why=why)
        stepping.add_approver(deal, self.person("Gus"), by=fin, now=NOW, why=why)
        stepping.reassign(deal, self.person("Pete"), by=otto, now=NOW, why=why)
        stepping.step_aside(self.person("Pete"), now=NOW)
        deciding.approve(deal, by=fin, now=NOW, why=why)
        stepping.recall(deal, by=sara, now=NOW)
        return deal

    def bound(self) -> Deal:
        """As many conditions as there may be; one is met, one waived."""
        deal, why = self.propose(), long(3000, "Why")
        owner, olga, fin = self.crowd(1)[0], self.person("Olga"), self.person("Fin")
        befores = (Before.WINNING, Before.DELIVERY, Before.WINNING)
        given = [GivenCondition(long(1000, f"If {n}"), owner, MONDAY, before) for n, before in enumerate(befores)]
        deciding.approve(deal, by=olga, now=NOW, conditions=given)
        deciding.approve(deal, by=fin, now=NOW, why=why, conditions=given)
        fulfilling.meet(deal, deal.conditions[0].id, by=owner, now=NOW, note=why)
        fulfilling.waive(deal, deal.conditions[1].id, by=olga, now=NOW, why=why)
        return deal

    def undone(self) -> Deal:
        """What is standard is approved on the spot, and undone."""
        workspace, lea = self.world.workspace, self.person("Lea")
        before = policy_of(workspace).rules
        set_policy(workspace, standard_rules(workspace.places), by=lea, now=NOW)
        deal = self.world.propose(customer=long(200, "Customer"))
        undo_deal(deal, by=self.person("Olga"), now=NOW, why=long(3000, "Why"))
        set_policy(workspace, before, by=lea, now=NOW)
        return deal

    def deal(self, stage: str) -> Deal:
        """The deal that stands there."""
        return self.world.session.get_one(Deal, self.ids[stage])

    def keep_ways(self, deal: Deal, ways: list[KnownWay], *, is_complete: bool = True) -> None:
        """Ways to yes as a search would have kept them, whatever it would have found."""
        row = WaysFound(workspace=deal.workspace, deal=deal, proposal_id=deal.proposal_id)
        row.found_at, row.is_complete, row.ways = NOW, is_complete, [found._written(way) for way in ways]
        self.world.session.add(row)

    def search(self, deal: Deal) -> None:
        """The search that the news of a deal ask for."""
        session = self.world.session
        row = session.scalars(select(Outbox).where(Outbox.kind == News.WAYS, Outbox.stream == f"ways:{deal.id}")).one()
        checked = found.sought(session, row, now=NOW)
        assert checked
        found.keep_ways(session, row, checked, ways_of(checked), now=NOW)


# The first one waits until its hold has lapsed; nothing else is held then.
STAGES: Mapping[str, tuple[State, Callable[[Large], Deal]]] = {
    "lapsed": (State.COUNTERED, Large.lapsed),
    **{kind: (State.PROPOSED, partial(Large.revised, kind=kind)) for kind in VERDICTS},
    "looking": (State.PROPOSED, lambda large: large.propose("overtime")),
    "unended": (State.PROPOSED, lambda large: large.propose("short")),
    "half agreed": (State.PROPOSED, Large.half_agreed),
    "answered": (State.PROPOSED, Large.answered),
    "countered": (State.COUNTERED, Large.countered),
    "extended once": (State.COUNTERED, lambda large: large.extended(1)),
    "extended twice": (State.COUNTERED, lambda large: large.extended(2)),
    "accepted": (State.COUNTERED, Large.accepted),
    "countered back": (State.PROPOSED, Large.countered_back),
    "approved": (State.APPROVED, Large.approved),
    "changing": (State.PROPOSED, Large.changing),
    "change countered": (State.COUNTERED, lambda large: large.counter(large.changing())),
    "change declined": (State.APPROVED, Large.change_declined),
    "change dropped": (State.APPROVED, Large.change_dropped),
    "won": (State.WON, Large.won),
    "around": (State.WON, Large.around),
    "broken": (State.APPROVED, lambda large: large.broken(1)),
    "won, broken": (State.WON, lambda large: large.won_broken(2)),
    "broken, looking": (State.APPROVED, lambda large: large.broken(3)),
    "broken, countered": (State.COUNTERED, lambda large: large.counter(large.broken(4))),
    "broken, changing": (State.PROPOSED, lambda large: large.broken_changing(6)),
    "mended": (State.WON, lambda large: large.mended(7)),
    "won again": (State.WON, lambda large: large.won_again(5)),
    "delivered": (State.DELIVERED, Large.delivered),
    "declined": (State.DECLINED, Large.declined),
    "withdrawn": (State.WITHDRAWN, Large.withdrawn),
    "lost": (State.LOST, Large.lost),
    "cancelled": (State.CANCELLED, Large.cancelled),
    "stepped": (State.PROPOSED, Large.stepped),
    "bound": (State.APPROVED, Large.bound),
    "undone": (State.PROPOSED, Large.undone),
    "expired": (State.EXPIRED, Large.expired),
}
LOOKING = {"looking", "broken, looking"}
SEARCHED = {"short", "ways", "reprice"}


def _define_clauses(world: World, year: int) -> None:
    """As many terms beyond the lines as there may be; the deals of another year depart from all of them."""
    kinds = [ClauseKind.CHOICE] * 4 + [ClauseKind.TEXT, ClauseKind.TEXT, ClauseKind.NUMBER, ClauseKind.DATE]
    for number, kind in enumerate(kinds):
        choices = tuple(long(75, str(n)) for n in range(20)) if kind is ClauseKind.CHOICE else ()
        text, day = long(300, str(year)), f"{year}-12-31"
        standard = {ClauseKind.TEXT: text, ClauseKind.NUMBER: f"{year}123456.5", ClauseKind.DATE: day}
        first = choices[year % 20] if choices else standard[kind]
        given = GivenClause(long(60, f"Term {number}"), kind, first, choices)
        define_clause(world.workspace, given, by=None, now=NOW)


@contextmanager
def large_world(folder: Path) -> Iterator[Large]:
    """Built once: the tests only look. What a database keeps does not change what a view shows of it."""
    database = Database(begun(f"sqlite:///{folder / 'belay.db'}"))
    database.migrate()
    with World.build(database) as world:
        workspace = world.workspace
        given = Company("Ridgeline", "USD", 2, {}, {}, timezone="America/Denver", country="US", hold_days=20)
        import_company(workspace, company(given), by=None, now=NOW)
        _learn_all(world)
        made = Large(world)
        _define_clauses(world, 2027)
        for guest in made.crowd(GUESTS):
            set_roles(guest, [Role.OPERATIONS], by=None, now=NOW)
        made.ids = {stage: build(made).id for stage, (_, build) in STAGES.items()}
        for stage in STAGES.keys() - LOOKING:
            if stage in SEARCHED:
                made.search(made.deal(stage))
            else:
                is_ended = stage != "unended"
                made.keep_ways(made.deal(stage), made.ways() if is_ended else [], is_complete=is_ended)
        _propose_small(world)
        _define_clauses(world, 2028)
        for member in [*made.crowd(CROWD), world.person("Pete")]:
            set_roles(member, list(Role), by=None, now=NOW)
        workspace.url = HOME
        world.session.execute(update(CardMessage).values(ts="1795400000.000100"))
        world.session.expire_on_commit = False
        world.session.commit()
        yield made
    database.close()


def _learn_all(world: World) -> None:
    names = {user_id(name): name for name in ("Sara", "Pete", "Olga", "Otto", "Fin", "Lea", "Gus")}
    for who in [*names, *(f"UCROWD{n}" for n in range(CROWD))]:
        learn_member(
            world.workspace,
            who,
            name=long(80, names.get(who, who)),
            timezone="America/Denver",
            locale="en-US",
            is_outsider=False,
            is_slack_admin=names.get(who) == "Lea",
        )


def _propose_small(world: World) -> None:
    terms = Terms((TermLine(world.offer(offer_name("Spare", 1)).id, QUANTITY, MONEY, MONDAY),))
    workspace, sellers = world.workspace, (world.person("Sara"), world.person("Pete"))
    for n in range(SMALL_DEALS):
        by = sellers[n % 2]
        proposing.propose_deal(workspace, by=by, now=NOW, customer=long(200, f"{n}"), terms=terms)


def _typed(minor: int) -> str:
    return f"{Decimal(minor).scaleb(-2):f}"


def longest_rivalry() -> Rivalry:
    """More rivals than are named, who leave less than is needed."""
    rivals = tuple(Rival(10**6 + n, long(200, "Rival")) for n in range(12))
    return Rivalry(resource_name("fits", 0), "machine hour", LOADED, MONEY - 1, MONEY - 2, rivals)
