"""Every view of Belay with its longest plausible data: the sandbox takes it as Slack would; nothing in it is markup.

Each is sent for real: messages are posted and updated, forms opened and updated, homes published, replies given through
the response URL.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.models.views import View
from slack_sdk.webhook import WebhookClient
from sqlalchemy import delete, select, update

from bot.database import Database
from bot.manifest import manifest
from handlers import deals as desk
from handlers import negotiation, setup
from handlers.answering import Caller, answer, refusal, went_wrong
from handlers.blocks.deals import card, card_text
from handlers.blocks.parts import line, loading, notice
from handlers.blocks.terms import terms_view
from handlers.forms import Filled, LineDraft, TermsDraft
from handlers.home import home_of
from handlers.ids import Act, Callback, Target
from handlers.live import live_form
from handlers.phrases import as_sentence, plain
from handlers.replies import Reply, Say, Show, Suggest
from handlers.telling import TELLINGS, history_sentences
from models.cards import Audience
from models.catalog import FamilyChannel
from models.company import import_company
from models.deals import deciding, proposing, talking
from models.deals.lapsing import tell_lapsed_holds
from models.deals.rows import Deal, Side
from models.deals.rules import moves_of, moves_of_side
from models.deals.sheet import sheet_of
from models.deals.states import Move, State
from models.deals.terms import TermLine, Terms
from models.errors import Refused
from models.files import CompanyFile
from models.history import History
from models.members import Grant, Member, Role, learn_member, meet_member, set_roles
from models.outbox import Outbox
from models.promise import Company, Kind, Need, Offer, Resource
from models.promise.check import Verdict
from sandbox.client import Sandbox
from sandbox.limits.blocks import interactive_elements
from sandbox.limits.objects import suggestions
from sandbox.server import start
from tests.world import NOW, World, user_id

MONDAY = date(2027, 1, 18)
MONEY = 10**12
QUANTITY = 10**9
ODD = "<!channel> <@U123> <http://x.example|x> *bold* _it_ ~no~ `code` & &amp; :tada: \u202eשלום مرحبا\u202c 🏔️\u200d "
FAMILIES, OFFERS, CROWD, GUESTS, SMALL_DEALS = 100, 1_000, 60, 10, 200
FORMS = (Callback.PROPOSE, Callback.REVISE, Callback.COUNTER, Callback.COUNTER_BACK, Callback.CHANGE)
VERDICTS = {"fits": Verdict.FITS, "overtime": Verdict.OVERTIME, "short": Verdict.SHORT}


def long(most: int, mark: str = "") -> str:
    """Text of exactly so many characters that tries to be markup."""
    return (f"{mark} {ODD}" + "W" * most)[:most].strip().ljust(most, "W")


def company(given: Company) -> CompanyFile:
    """Offers and resources with names of 200 characters: ten that fit, ten with overtime, ten that are short."""
    resources = {
        name: Resource(name, Kind.TIME, "machine hour", weekly, overtime, 100)
        for kind, weekly, overtime in (("fits", MONEY, 0), ("overtime", 0, MONEY), ("short", 0, 0))
        for name in (long(200, f"{kind} resource {n}") for n in range(10))
    }
    offers = [
        Offer(
            name=long(200, f"{kind} {n}"),
            family=long(200, f"Family {n}"),
            unit="collapsible four-season tent",
            list_price=MONEY,
            unit_cost=MONEY,
            margin_floor=Decimal("0.5"),
            standard=False,
            lead_weeks=520,
            min_lot=QUANTITY,
            needs=(Need(long(200, f"{kind} resource {n}"), offset=-3, weeks=4, per_unit=1),),
        )
        for kind in VERDICTS
        for n in range(10)
    ]
    offers += [
        Offer(long(200, f"Spare {n}"), long(200, f"Family {n % FAMILIES}"), "piece", MONEY, 1, Decimal(0))
        for n in range(OFFERS)
    ]
    return CompanyFile(replace(given, resources=resources, offers={offer.name: offer for offer in offers}), ())


@dataclass
class Large:
    """A world where everything is as long as it may be."""

    world: World
    ids: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> Member:
        return self.world.person(name)

    def crowd(self, count: int) -> list[Member]:
        return [meet_member(self.world.session, self.world.workspace, f"UCROWD{n}") for n in range(count)]

    def terms(self, kind: str, note: str = "") -> Terms:
        """Ten lines, each below its list price, too soon, too few and outside the catalogue."""
        ids = [self.world.offer(long(200, f"{kind} {n}")).id for n in range(10)]
        return Terms(tuple(TermLine(id_, QUANTITY - 1, MONEY - 1, MONDAY) for id_ in ids), note)

    def draft(self, kind: str) -> TermsDraft:
        lines = self.terms(kind).lines
        names = [long(200, f"{kind} {n}") for n in range(10)]
        entries = tuple(
            LineDraft(str(x.offer_id), name, str(QUANTITY), "9999999999.99", x.week.isoformat())
            for x, name in zip(lines, names, strict=True)
        )
        return TermsDraft(long(200), entries, long(3000), "90", long(3000))

    def propose(self, kind: str = "fits") -> Deal:
        return proposing.propose_deal(
            self.world.workspace,
            by=self.person("Sara"),
            now=NOW,
            customer=long(200, "Customer"),
            terms=self.terms(kind, "W" * 3000),
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
        """Twenty offers change: ten go, ten come."""
        deal = self.talk(self.propose("fits" if kind != "fits" else "short"))
        proposing.revise(deal, self.terms(kind, long(3000, "Note")), by=self.person("Sara"), now=NOW)
        return deal

    def half_agreed(self) -> Deal:
        deal = self.talk(self.propose(), guests=1)
        deciding.approve(deal, by=self.person("Fin"), now=NOW)
        return deal

    def countered(self) -> Deal:
        deal = self.talk(self.propose())
        proposing.counter(deal, self.terms("overtime", long(3000, "Note")), by=self.person("Olga"), now=NOW)
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
        deal = self.countered()
        tell_lapsed_holds(self.world.session, now=NOW + timedelta(days=60))
        return deal

    def approved(self) -> Deal:
        deal = self.talk(self.propose(), guests=2)
        deciding.approve(deal, by=self.person("Olga"), now=NOW)
        deciding.approve(deal, by=self.person("Fin"), now=NOW)
        return deal

    def changing(self) -> Deal:
        deal = self.approved()
        proposing.change(deal, self.terms("short", long(3000, "Note")), by=self.person("Sara"), now=NOW)
        return deal

    def change_countered(self) -> Deal:
        deal = self.changing()
        proposing.counter(deal, self.terms("overtime", long(3000, "Note")), by=self.person("Olga"), now=NOW)
        return deal

    def change_declined(self) -> Deal:
        deal = self.change_countered()
        why = long(3000, "Why")
        deciding.decline(deal, by=self.person("Lea"), now=NOW, reason=deciding.DeclineReason.MATERIAL, why=why)
        return deal

    def change_dropped(self) -> Deal:
        deal = self.changing()
        deciding.withdraw(deal, by=self.person("Sara"), now=NOW, why=long(3000, "Why"))
        return deal

    def won(self) -> Deal:
        deal = self.approved()
        deciding.win(deal, by=self.person("Sara"), now=NOW)
        return deal

    def delivered(self) -> Deal:
        deal = self.won()
        why, outcome = long(3000, "Why"), deciding.Outcome.ON_TIME
        deciding.deliver(deal, by=self.person("Olga"), now=NOW, outcome=outcome, why=why)
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

    def deal(self, stage: str) -> Deal:
        """The deal that stands there."""
        return self.world.session.get_one(Deal, self.ids[stage])


STAGES: Mapping[str, tuple[State, Callable[[Large], Deal]]] = {
    "fits": (State.PROPOSED, lambda large: large.revised("fits")),
    "overtime": (State.PROPOSED, lambda large: large.revised("overtime")),
    "short": (State.PROPOSED, lambda large: large.revised("short")),
    "half agreed": (State.PROPOSED, Large.half_agreed),
    "answered": (State.PROPOSED, Large.answered),
    "countered": (State.COUNTERED, Large.countered),
    "accepted": (State.COUNTERED, Large.accepted),
    "countered back": (State.PROPOSED, Large.countered_back),
    "approved": (State.APPROVED, Large.approved),
    "changing": (State.PROPOSED, Large.changing),
    "change countered": (State.COUNTERED, Large.change_countered),
    "change declined": (State.APPROVED, Large.change_declined),
    "change dropped": (State.APPROVED, Large.change_dropped),
    "won": (State.WON, Large.won),
    "delivered": (State.DELIVERED, Large.delivered),
    "declined": (State.DECLINED, Large.declined),
    "withdrawn": (State.WITHDRAWN, Large.withdrawn),
    "lost": (State.LOST, Large.lost),
    "cancelled": (State.CANCELLED, Large.cancelled),
    "lapsed": (State.COUNTERED, Large.lapsed),
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    """Built once: the tests only look. What a database keeps does not change what a view shows of it."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('large') / 'belay.db'}")
    database.migrate()
    with World.build(database) as world:
        workspace = world.workspace
        given = Company("Ridgeline", "USD", 2, {}, {}, timezone="America/Denver", country="US", hold_days=20)
        import_company(workspace, company(given), by=None, now=NOW)
        names = {user_id(name): name for name in ("Sara", "Pete", "Olga", "Otto", "Fin", "Lea", "Gus")}
        for who in [*names, *(f"UCROWD{n}" for n in range(CROWD))]:
            learn_member(
                workspace,
                who,
                name=long(80, names.get(who, who)),
                timezone="America/Denver",
                locale="en-US",
                is_outsider=False,
                is_slack_admin=names.get(who) == "Lea",
            )
        made = Large(world)
        for guest in made.crowd(GUESTS):
            set_roles(guest, [Role.OPERATIONS], by=None, now=NOW)
        made.ids = {stage: build(made).id for stage, (_, build) in STAGES.items()}
        spare = world.offer(long(200, "Spare 1")).id
        for n in range(SMALL_DEALS):
            by = world.person("Pete" if n % 2 else "Sara")
            terms = Terms((TermLine(spare, QUANTITY, MONEY, MONDAY),))
            proposing.propose_deal(workspace, by=by, now=NOW, customer=long(200, f"{n}"), terms=terms)
        for member in [*made.crowd(CROWD), world.person("Pete")]:
            set_roles(member, list(Role), by=None, now=NOW)
        world.session.flush()
        yield made
    database.close()


@dataclass
class Slack:
    """The sandbox, an app in it, and a person to show things to."""

    sb: Sandbox
    client: WebClient
    me: str
    channel: str
    members: frozenset[str]
    view_id: str = ""
    seen: int = 0

    def post(self, text: str, blocks: Sequence[Mapping[str, Any]], *, is_updated: bool = False) -> None:
        """Post a message as the outbox does; a card is also updated."""
        self.check_words(text, blocks)
        ids = [e["action_id"] for block in blocks for e in interactive_elements(block)]
        assert twice(ids) == []
        call = {"channel": self.channel, "text": text, "blocks": list(blocks)}
        ts = self.client.api_call("chat.postMessage", json=call)["ts"]
        if is_updated:
            self.client.api_call("chat.update", json={**call, "ts": ts})
        assert self.violations() == []

    def show(self, view: View) -> None:
        """Put a form where the loading one stands."""
        body = view.to_dict()
        self.check_words("", body["blocks"])
        pairs = [(b.get("block_id"), e["action_id"]) for b in body["blocks"] for e in interactive_elements(b)]
        buttons = [e["action_id"] for b in body["blocks"] for e in interactive_elements(b) if e["type"] == "button"]
        assert (twice(pairs), twice(buttons)) == ([], [])
        if not self.view_id:
            trigger = self._command()["trigger_id"]
            self.view_id = self.client.views_open(trigger_id=trigger, view=loading())["view"]["id"]
        self.client.views_update(view_id=self.view_id, view=view)
        assert self.violations() == []

    def publish(self, view: View) -> None:
        """Publish a home."""
        body = view.to_dict()
        self.check_words("", body["blocks"])
        assert twice([e["action_id"] for block in body["blocks"] for e in interactive_elements(block)]) == []
        self.client.views_publish(user_id=self.me, view=view)
        assert self.violations() == []

    def reply(self, reply: Reply) -> None:
        """Answer a command, with what the ack of it would hold."""
        said: dict[str, Any] = {}
        body = {"command": "/deal"}
        answer(Caller(body, BoltContext(), self.client, said.update, said.update), reply)
        self.check_words(said["text"], said["blocks"])
        ids = [e["action_id"] for block in said["blocks"] for e in interactive_elements(block)]
        assert twice(ids) == []
        sent = WebhookClient(self._command()["response_url"]).send_dict(said)
        assert (sent.status_code, sent.body) == (200, "ok")
        assert self.violations() == []

    def violations(self) -> list[Any]:
        """What was violated since the last look."""
        new = self.sb.violations()[self.seen :]
        self.seen += len(new)
        return new

    def check_words(self, text: str, blocks: Sequence[Mapping[str, Any]]) -> None:
        """Nothing that was typed is markup: no mrkdwn, no mention but of members, no open bracket in the text."""
        found = list(inside(blocks))
        assert [part for part in found if part.get("type") in {"mrkdwn", "markdown", "broadcast", "usergroup"}] == []
        assert {part["user_id"] for part in found if part.get("type") == "user"} - self.members == set()
        mentions = {f"<@{member}>" for member in self.members}
        assert [bracket for bracket in re.findall(r"<[^>]*>?|>", text) if bracket not in mentions] == []
        assert re.findall(r"&(?!amp;|lt;|gt;)", text) == []

    def _command(self) -> Any:
        self.sb.person(self.me).command(self.channel, "/deal")
        return self.sb.requests()[-1]["payload"]


@pytest.fixture(scope="module")
def sandbox(large: Large) -> Iterator[Slack]:
    """One sandbox for all; the app is installed, but nobody listens for it."""
    box = start(now=NOW)
    sb = Sandbox(box.url)
    me = sb.add_person("Me")
    app = sb.install(manifest())
    channel = sb.add_channel("tents-ops", [me, app.bot_user_id])
    client = WebClient(token=app.bot_token, base_url=box.api_url, retry_handlers=[])
    members = frozenset(large.world.session.scalars(select(Member.user_id)))
    yield Slack(sb, client, me, channel, members)
    sb.close()
    box.stop()


@pytest.fixture
def slack(sandbox: Slack) -> Slack:
    """The sandbox; what was violated before is not this test's."""
    sandbox.violations()
    return sandbox


def inside(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in blocks."""
    if isinstance(value, Mapping):
        yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from inside(inner)


def twice(ids: Sequence[Any]) -> list[Any]:
    """Ids that occur more than once."""
    return [one for one, times in Counter(ids).items() if times > 1]


def test_stages_hold_every_state_and_verdict(large: Large) -> None:
    assert {stage: State(large.deal(stage).state) for stage in STAGES} == {name: s for name, (s, _) in STAGES.items()}
    assert {state for state, _ in STAGES.values()} == set(State)
    assert {kind: sheet_of(large.deal(kind), now=NOW).check.verdict for kind in VERDICTS} == VERDICTS


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("stage", STAGES)
def test_card_is_accepted(large: Large, slack: Slack, stage: str, audience: Audience) -> None:
    deal = large.deal(stage)
    sheet = sheet_of(deal, now=NOW)
    moves = {
        Audience.OPERATIONS: moves_of_side(deal, Side.OPERATIONS),
        Audience.SELLER: moves_of(deal, deal.seller),
        Audience.FINANCE: moves_of(deal, large.person("Fin")),
    }[audience]
    slack.post(card_text(sheet), [block.to_dict() for block in card(sheet, moves, audience)], is_updated=True)


@pytest.mark.parametrize("move", TELLINGS)
def test_thread_sentence_is_accepted(large: Large, slack: Slack, move: str) -> None:
    acts = select(History).where(History.subject == "deal", History.move == move).order_by(History.id)
    told = large.world.session.scalars(acts.limit(4)).all()
    assert told != []
    for act in told:
        sentences = history_sentences(large.world.session.get_one(Deal, act.subject_id), act)
        slack.post(" ".join(plain(sentence) for sentence in sentences), [line(*sentences).to_dict()])


@pytest.mark.parametrize("kind", [*VERDICTS, "unreadable"])
@pytest.mark.parametrize("callback", FORMS)
def test_terms_form_with_ten_lines_is_accepted(large: Large, slack: Slack, callback: Callback, kind: str) -> None:
    draft = large.draft(kind if kind in VERDICTS else "fits")
    if kind == "unreadable":
        draft = replace(draft, lines=tuple(replace(entry, price="x" * 40) for entry in draft.lines))
    world, by = large.world, large.person("Sara")
    deal = None if callback is Callback.PROPOSE else large.deal("countered")
    target = Target(deal=deal.id, version=9, revision=10**6) if deal else Target(revision=10**6)
    heading = f"For {long(200)}" if deal else f"Not understood: {long(3000)}."
    form = live_form(world.session, world.workspace, by, NOW, callback, draft, target, heading=heading)
    assert (form.checked.check.verdict if form.checked else None) == VERDICTS.get(kind)
    slack.show(terms_view(form))


@pytest.mark.parametrize(
    ("act", "stage", "name"),
    [
        (Act.COUNTER, "countered", "Olga"),
        (Act.COUNTER_BACK, "countered", "Sara"),
        (Act.REVISE, "short", "Sara"),
        (Act.CHANGE, "approved", "Sara"),
    ],
)
def test_terms_form_of_a_deal_is_accepted(large: Large, slack: Slack, act: Act, stage: str, name: str) -> None:
    world = large.world
    deal, person = large.deal(stage), large.person(name)
    slack.show(negotiation.open_terms(world.session, world.workspace, deal, person, NOW, act))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(long(3900), id="odd"),
        pytest.param("W" * 3900, id="customer"),
        pytest.param("Acme 200 Summit tent by " + "18 Jan " * 500, id="date"),
        pytest.param("Acme 2 Summit tent at " + "9" * 3500, id="price"),
        pytest.param("Acme " + "9" * 3500 + " Summit tent", id="quantity"),
        pytest.param("Acme ² Summit tent", id="superscript"),
        pytest.param("Acme 0 Summit tent", id="zero"),
        pytest.param("Acme 2 W", id="ambiguous"),
    ],
)
def test_terms_form_from_one_line_is_accepted(large: Large, slack: Slack, text: str) -> None:
    world = large.world
    slack.show(desk.open_deal(world.session, world.workspace, large.person("Sara"), NOW, text))


def test_terms_form_from_a_message_is_accepted(large: Large, slack: Slack) -> None:
    world, message = large.world, long(40_000)
    slack.show(desk.open_deal_from_message(world.session, world.workspace, large.person("Sara"), NOW, message))


@pytest.mark.parametrize(
    ("act", "stage", "name"),
    [
        (negotiation.open_decline, "countered", "Lea"),
        (negotiation.open_decline, "changing", "Lea"),
        (negotiation.open_lose, "approved", "Sara"),
        (negotiation.open_cancel, "won", "Sara"),
        (negotiation.open_deliver, "won", "Olga"),
        (negotiation.open_ask, "short", "Olga"),
        (negotiation.open_ask, "short", "Sara"),
        (negotiation.open_answer, "short", "Olga"),
        (negotiation.open_answer, "short", "Sara"),
        (negotiation.open_set_call, "short", "Sara"),
        *((negotiation.show_numbers, stage, "Fin") for stage in ("fits", "overtime", "short", "delivered")),
    ],
)
def test_small_form_is_accepted(large: Large, slack: Slack, act: Callable[..., View], stage: str, name: str) -> None:
    slack.show(act(large.deal(stage), large.person(name), NOW))


# Pete speaks for all sides: his own deals, and everybody else's turn.
@pytest.mark.parametrize("name", ["Sara", "Pete", "Olga", "Fin", "Lea", "Gus"])
def test_home_with_many_deals_is_accepted(large: Large, slack: Slack, name: str) -> None:
    slack.publish(home_of(large.person(name), now=NOW))


def test_roles_with_many_people_are_accepted(large: Large, slack: Slack) -> None:
    world, lea = large.world, large.person("Lea")
    slack.show(setup.open_roles(world.session, world.workspace, lea, frozenset()))
    form = Filled({"person": user_id("Pete")}, {}, {}, Target(revision=10**6))
    shown = setup.show_roles_of(world.session, world.workspace, lea, form, frozenset())
    assert isinstance(shown, Show)
    slack.show(shown.view)


def test_channels_of_a_hundred_families_are_accepted(large: Large, slack: Slack) -> None:
    world = large.world
    view = setup.open_channels(world.session, world.workspace, large.person("Lea"), frozenset())
    assert len([block for block in view.blocks or [] if block.type == "input"]) == 91
    slack.show(view)


def test_state_and_help_are_accepted(large: Large, slack: Slack) -> None:
    slack.reply(setup.show_state(large.world.workspace))
    slack.reply(setup.help_with_setup())
    slack.reply(desk.help_with_deals())


def test_state_with_everything_missing_is_accepted(large: Large, slack: Slack) -> None:
    session = large.world.session
    with session.begin_nested() as attempt:
        large.world.workspace.name = long(200)
        session.execute(delete(FamilyChannel))
        session.execute(update(Grant).values(revoked_at=NOW))
        session.execute(update(Outbox).values(is_stuck=True, settled_at=None, error="restricted_action"))
        slack.reply(setup.show_state(large.world.workspace))
        attempt.rollback()


def test_list_of_two_hundred_deals_is_accepted(large: Large, slack: Slack) -> None:
    slack.reply(desk.list_deals(large.person("Olga"), NOW))


@pytest.mark.parametrize("name", ["Sara", "Olga", "Fin", "Pete"])
@pytest.mark.parametrize("stage", ["short", "answered", "won"])
def test_deal_that_is_shown_is_accepted(large: Large, slack: Slack, stage: str, name: str) -> None:
    world, number = large.world, large.deal(stage).number
    slack.reply(desk.show_deal(world.session, world.workspace, large.person(name), NOW, f"show #{number}"))


@pytest.mark.parametrize("text", ["", "Spare", "W", long(200, "Spare 1"), long(3000), "%", "🏔️"])
def test_suggestions_from_a_thousand_offers_are_accepted(large: Large, text: str) -> None:
    world = large.world
    found = desk.suggest_offers(world.session, world.workspace, large.person("Sara"), text)
    assert isinstance(found, Suggest)
    assert list(suggestions({"options": [option.to_dict() for option in found.options]}, "")) == []


def _answer_again(large: Large) -> None:
    deal = large.deal("answered")
    talking.answer(deal, deal.questions[0].id, "No", by=large.person("Sara"), now=NOW)


def _approve_short(large: Large) -> None:
    deciding.approve(large.deal("short"), by=large.person("Olga"), now=NOW)


def _approve_with_overtime(large: Large) -> None:
    deciding.approve(large.deal("overtime"), by=large.person("Olga"), now=NOW, overtime=1)


def _win_again(large: Large) -> None:
    deciding.win(large.deal("lost"), by=large.person("Sara"), now=NOW)


def _take_another_s(large: Large) -> None:
    deciding.win(large.deal("approved"), by=large.person("Olga"), now=NOW)


def _propose_twice_the_same(large: Large) -> None:
    (first, *_) = large.terms("fits").lines
    draft = Terms((first, first))
    proposing.propose_deal(large.world.workspace, by=large.person("Sara"), now=NOW, customer="Acme", terms=draft)


@pytest.mark.parametrize(
    "act",
    [
        _answer_again,
        _approve_short,
        _approve_with_overtime,
        _win_again,
        _take_another_s,
        _propose_twice_the_same,
    ],
)
def test_refusal_is_accepted(large: Large, slack: Slack, act: Callable[[Large], None]) -> None:
    with large.world.session.begin_nested() as attempt:
        with pytest.raises(Refused) as refused:
            act(large)
        attempt.rollback()
    slack.reply(Say(as_sentence(refused.value.sentence)))
    slack.show(notice(as_sentence(refused.value.sentence)))
    if refused.value.field is None:
        assert refusal(refused.value) == Say(as_sentence(refused.value.sentence))


def test_notices_are_accepted(slack: Slack) -> None:
    slack.show(notice(went_wrong(BoltContext())))
    slack.show(notice((long(3000),)))
    slack.show(loading())


def test_moves_are_all_told() -> None:
    assert set(TELLINGS) == {"propose", *Move}
