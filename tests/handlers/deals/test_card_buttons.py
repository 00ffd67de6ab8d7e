"""Every button, role and state against the table in `buttons_table`, through signed requests as Slack sends them.

A card may be old, and a form may have stood open while the deal went on: so every button is pressed and every form
submitted by everybody in every state, whether it is shown there or not.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.deals.targets import AnswerTarget, DealTarget, TermsTarget
from handlers.slack.ids import Act, Callback, action_id, overflow_value
from models.capacity.adjusting import adjust
from models.company.offers import OfferRow
from models.company.resources import ResourceRow
from models.deals.deciding import (
    DeclineReason,
    LossReason,
    approve,
    cancel,
    decline,
    lose,
    win,
    withdraw,
)
from models.deals.delivering import deliver
from models.deals.editing import attachments_of
from models.deals.known_ways import keep_ways
from models.deals.proposing import change, counter, counter_back, extend_hold, propose_deal
from models.deals.reminding import keep_turns
from models.deals.rows import Deal
from models.deals.talking import ask, join_call
from models.deals.terms import TermLine, Terms, check_deal
from models.deals.turns import turns_of
from models.promise import Adjustment, Ways
from models.workspace.history import History
from models.workspace.members import Member, find_member
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role, Side
from models.workspace.workspaces import the_workspace
from tests.handlers.deals.buttons_table import BUTTONS, LIKE, ROLES, SHOWN, WHO_MAY, rows_of, who_may
from tests.handlers.desk import Answer, Desk, Json, People, Rows, Window, chosen, fields_of, opened, plain, typed
from tests.stage import staged
from tests.world import NOW

PEOPLE: People = {
    "seller": ("Sara", Role.SALES),
    "other seller": ("Pete", Role.SALES),
    "operations": ("Olga", Role.OPERATIONS),
    "finance": ("Fin", Role.FINANCE),
    "leadership": ("Lea", Role.LEADERSHIP),
    "nobody": ("Gus",),
    "guest": ("Greta", Role.OPERATIONS),
    "foreigner": ("Frank", Role.OPERATIONS),
    "both": ("Sol", Role.SALES, Role.OPERATIONS),
    "on the call": ("Otto", Role.OPERATIONS),
}
ACTS = {
    "approve": Act.APPROVE,
    "approve with overtime": Act.APPROVE,
    "accept": Act.ACCEPT,
    "counter": Act.COUNTER,
    "counter back": Act.COUNTER_BACK,
    "extend the hold": Act.EXTEND,
    "revise": Act.REVISE,
    "change": Act.CHANGE,
    "withdraw": Act.WITHDRAW,
    "decline": Act.DECLINE,
    "win": Act.WIN,
    "lose": Act.LOSE,
    "cancel": Act.CANCEL,
    "deliver": Act.DELIVER,
    "ask": Act.ASK,
    "answer": Act.ANSWER,
    "join the call": Act.JOIN_CALL,
    "set the call": Act.SET_CALL,
    "set when it is decided": Act.SET_WIN_BY,
    "numbers": Act.NUMBERS,
    "approve and say why": Act.APPROVE_WHY,
    "send back": Act.SEND_BACK,
    "hand over": Act.HAND_OVER,
    "edit": Act.EDIT_DEAL,
    "attach": Act.ATTACH,
    "object": Act.OBJECT,
}
BEHIND_THE_DOTS = {"decline", "cancel", "set when it is decided", "numbers", "hand over", "edit", "attach"}
TERMS = {"counter", "counter back", "revise", "change"}

# 10 tents, at list, in a week that has room for all of them; below the floor of 25 % at 380 (23.7 %).
LIST, LOW = 48000, 38000
ROOMY, FIRST_CROWDED = date(2027, 2, 1), date(2027, 2, 15)
# 840 × 0.5 h + 4 h are 24 h more than the week’s 400, at $55; each one more takes half an hour more.
CROWD = {10: 840, 12: 841, 14: 842, 16: 842, 18: 840}
OVERTIME = {840: 132000, 841: 134750, 842: 137500}
CALL = NOW + timedelta(days=2)
OVER = "approve with overtime"


FIELDS: dict[str, Json] = {
    "decline": {"reason": chosen("static_select", "delivery risk too high"), "why": typed("The line is down.")},
    "lose": {"reason": chosen("static_select", "price"), "why": typed("Too dear.")},
    "cancel": {"why": typed("The customer closed.")},
    "deliver": {
        "delivered.0": {"type": "number_input", "value": "10"},
        "arrived.0": {"type": "datepicker", "selected_date": "2026-11-23"},
        "rest": {"type": "datepicker"},
        "why": typed("It snowed."),
    },
    "approve and say why": {"why": typed("A new customer.")},
    "send back": {"why": typed("Too cheap.")},
    "object": {"why": typed("They miss two.")},
    "attach": {"title": typed("Order"), "url": typed("https://crm.example.com/1"), "file": {"type": "file_input"}},
    "edit": {
        "customer": typed("Acme Europe"),
        "told": typed("Green, please."),
        "likelihood": chosen("static_select", "90"),
    },
    "ask": {"question": typed("Which colour?")},
    "answer": {"answer": typed("Green.")},
    "set the call": {"call": {"type": "datetimepicker", "selected_date_time": int(CALL.timestamp())}},
    "set when it is decided": {"win_by": {"type": "datepicker", "selected_date": "2026-12-24"}},
}
FORMS = {
    "counter": Callback.COUNTER,
    "counter back": Callback.COUNTER_BACK,
    "revise": Callback.REVISE,
    "change": Callback.CHANGE,
    "decline": Callback.DECLINE,
    "lose": Callback.LOSE,
    "cancel": Callback.CANCEL,
    "deliver": Callback.DELIVER,
    "ask": Callback.ASK,
    "answer": Callback.ANSWER,
    "set the call": Callback.SET_CALL,
    "set when it is decided": Callback.WIN_BY,
    "approve and say why": Callback.APPROVE_WHY,
    "send back": Callback.SEND_BACK,
    "hand over": Callback.HAND_OVER,
    "edit": Callback.EDIT_DEAL,
    "attach": Callback.ATTACH,
    "object": Callback.OBJECT,
}


@dataclass(frozen=True)
class Subject:
    """A deal as its buttons know it: what they carry of it, and its questions to each side."""

    deal: int
    version: int
    overtime: int
    to_sales: int
    to_operations: int
    offer: int
    week: date
    has_own_note: bool


@dataclass
class DealDesk(Desk):
    """A desk for the buttons and forms of deals; each crowded week belongs to one."""

    crowded: Iterator[date] = field(default_factory=lambda: map(_crowded, count()))

    def press(self, role: str, button: str, subject: Subject, *, version: int = 0) -> Answer:
        """Press a button of a card, old or new."""
        target = DealTarget(deal=subject.deal, version=version or subject.version)
        if button == OVER:
            target = DealTarget(deal=subject.deal, version=target.version, overtime=subject.overtime)
        action = _overflow(button, target) if button in BEHIND_THE_DOTS else _button(button, target)
        return self.press_in_message(role, action)

    def submit(self, role: str, button: str, subject: Subject, *, version: int = 0) -> Answer:
        """Submit a form that stood open, with everything filled in."""
        version = version or subject.version
        waiting = subject.to_operations if Role.OPERATIONS in PEOPLE[role] and role != "both" else subject.to_sales
        target = DealTarget(deal=subject.deal, version=version)
        if button == "answer":
            target = AnswerTarget(deal=subject.deal, version=version, question=waiting)
        if button in TERMS:
            target = TermsTarget(deal=subject.deal, version=version, lines=1)
        fields = fields_of(**self.fields(button, subject))
        return self.look_and_submit(role, Window(FORMS[button], target.encode(), fields))

    def fields(self, button: str, subject: Subject) -> Json:
        """A form's fields: 12 tents for the terms, which nobody has asked for before."""
        if button == "hand over":
            return {"to": {"type": "users_select", "selected_user": self.people["other seller"]}, "why": typed("Away.")}
        if button == "edit":
            return FIELDS[button] | ({"note": typed("So be it.")} if subject.has_own_note else {})
        if button not in TERMS:
            return FIELDS[button]
        tent = {"text": {"type": "plain_text", "text": "Summit tent"}, "value": str(subject.offer)}
        return {
            "offer.0": {"type": "external_select", "selected_option": tent},
            "quantity.0": {"type": "number_input", "value": "12"},
            "price.0": typed("480.00"),
            "date.0": {"type": "datepicker", "selected_date": subject.week.isoformat()},
            **({"whose": chosen("radio_buttons", "customers")} if button == "change" else {}),
            "note": typed("So be it."),
        }

    def make(self, state: str, role: str = "seller", *, is_crowded: bool = False, is_talking: bool = False) -> Subject:
        """A deal of a seller that has come to a state; with talk, questions wait and somebody joins the call.

        A promise that breaks has a week of its own, so that no other breaks with it.
        """
        week = next(self.crowded) if is_crowded else ROOMY
        first = next(self.crowded) if "broken" in state else week
        with self.bot.database.writing() as session:
            seller, olga, otto = (self.member(session, who) for who in (role, "operations", "on the call"))
            maker = Maker(session, first, week, seller, olga, is_crowded=is_crowded)
            deal = maker.proposed(state)
            questions = maker.talk(deal, otto) if is_talking else (0, 0)
            maker.bring(deal, to=state)
            is_own = deal.proposal.side is Side.SALES
            overtime = OVERTIME.get(deal.proposal.lines[0].quantity, 0)
            return Subject(deal.id, deal.proposal.version, overtime, *questions, tent(session).id, week, is_own)


@dataclass
class Maker:
    """Brings deals to where they stand, by the models' own verbs: asked for in the `first` week, then in `week`."""

    session: Session
    first: date
    week: date
    seller: Member
    olga: Member
    is_crowded: bool = False

    def terms(self, quantity: int, price: int, week: date | None = None) -> Terms:
        quantity = CROWD[quantity] if self.is_crowded else quantity
        return Terms((TermLine(tent(self.session).id, quantity, price, week or self.week),))

    def proposed(self, state: str) -> Deal:
        """A deal that can come to a state."""
        # Finance may change the price of 12, and nothing else.
        quantity = 12 if state in {"below the floor", "operations agreed"} else 10
        terms = self.terms(quantity, LOW if state in BELOW else LIST, self.first)
        return propose_deal(self.seller.workspace, by=self.seller, now=NOW, customer="Acme", terms=terms)

    def bring(self, deal: Deal, *, to: str) -> None:
        """Bring a proposed deal to a state."""
        MAKING[to](self, deal)
        assert deal.state == STANDS.get(to, to)
        assert ("broken" in to) == (deal.broken_at is not None)

    def talk(self, deal: Deal, guest: Member) -> tuple[int, int]:
        """A question to each side, to sales first, and somebody who joins the customer's call."""
        join_call(deal, by=guest, now=NOW)
        to_sales = ask(deal, "Which colour do they want?", by=self.olga, now=NOW)
        return to_sales.id, ask(deal, "Is green at hand?", by=self.seller, now=NOW).id

    def agreed(self, deal: Deal) -> None:
        approve(deal, by=self.olga, now=NOW, overtime=OVERTIME.get(deal.proposal.lines[0].quantity))

    def without_a_way(self, deal: Deal) -> None:
        searched(deal, Ways((), is_complete=True))

    def countered(self, deal: Deal) -> None:
        price = deal.proposal.lines[0].unit_price
        counter(deal, self.terms(12 if price == LOW else 14, price), by=self.olga, now=NOW)

    def countered_back(self, deal: Deal) -> None:
        self.countered(deal)
        counter_back(deal, self.terms(18, LIST), by=self.seller, now=NOW)

    def extended_twice(self, deal: Deal) -> None:
        self.countered(deal)
        for _ in range(2):
            extend_hold(deal, by=self.olga, now=NOW)

    def broken(self, deal: Deal) -> None:
        self.agreed(deal)
        self.close_week(deal)

    def broken_countered(self, deal: Deal) -> None:
        self.broken(deal)
        self.countered(deal)

    def won_broken(self, deal: Deal) -> None:
        self.won(deal)
        self.close_week(deal)

    def won_broken_countered(self, deal: Deal) -> None:
        self.won_broken(deal)
        self.countered(deal)

    def close_week(self, deal: Deal) -> None:
        """No assembly any more in the week in which the deal needs it, two weeks before its delivery."""
        row = assembly(self.session)
        closing = Adjustment(row.name, self.first - timedelta(weeks=2), available=0, overtime=0, reason="A flood.")
        assert adjust(row, closing, by=self.olga, now=NOW).promises == [deal]

    def changing(self, deal: Deal) -> None:
        self.agreed(deal)
        change(deal, self.terms(16, LIST), by=self.seller, now=NOW)

    def won(self, deal: Deal) -> None:
        self.agreed(deal)
        win(deal, by=self.seller, now=NOW)

    def delivered(self, deal: Deal) -> None:
        self.won(deal)
        deliver(deal, by=self.olga, now=NOW)

    def declined(self, deal: Deal) -> None:
        self.countered(deal)
        decline(deal, by=self.olga, now=NOW, reason=DeclineReason.OTHER, why="No.")

    def withdrawn(self, deal: Deal) -> None:
        withdraw(deal, by=self.seller, now=NOW)

    def lost(self, deal: Deal) -> None:
        self.agreed(deal)
        lose(deal, by=self.seller, now=NOW, reason=LossReason.PRICE)

    def expired(self, deal: Deal) -> None:
        self.agreed(deal)
        turn = turns_of(deal)[-1]
        turn.release_at = NOW
        keep_turns(self.session, now=NOW)

    def cancelled(self, deal: Deal) -> None:
        self.agreed(deal)
        cancel(deal, by=self.seller, now=NOW, why="Closed.")


def _stay(_maker: Maker, _deal: Deal) -> None:
    """The deal is there already."""


MAKING: dict[str, Callable[[Maker, Deal], None]] = {
    "proposed": _stay,
    "below the floor": _stay,
    "operations agreed": Maker.agreed,
    "without a way": Maker.without_a_way,
    "countered back": Maker.countered_back,
    "countered": Maker.countered,
    "extended twice": Maker.extended_twice,
    "countered below the floor": Maker.countered,
    "approved": Maker.agreed,
    "approved, broken": Maker.broken,
    "approved, broken, countered": Maker.broken_countered,
    "a change under way": Maker.changing,
    "won": Maker.won,
    "won, broken": Maker.won_broken,
    "won, broken, countered": Maker.won_broken_countered,
    "delivered": Maker.delivered,
    "declined": Maker.declined,
    "withdrawn": Maker.withdrawn,
    "lost": Maker.lost,
    "cancelled": Maker.cancelled,
    "expired": Maker.expired,
}
BELOW = {"below the floor", "operations agreed", "countered below the floor"}
STANDS = {
    "below the floor": "proposed",
    "operations agreed": "proposed",
    "without a way": "proposed",
    "countered back": "proposed",
    "extended twice": "countered",
    "countered below the floor": "countered",
    "approved, broken": "approved",
    "approved, broken, countered": "countered",
    "a change under way": "proposed",
    "won, broken": "won",
    "won, broken, countered": "countered",
}


def searched(deal: Deal, ways: Ways) -> None:
    """Answer the search that the news of a deal ask for."""
    rows = select(Outbox).where(Outbox.kind == News.WAYS, Outbox.stream == f"ways:{deal.id}")
    row = deal.session.scalars(rows.order_by(Outbox.id.desc())).first()
    assert row
    keep_ways(deal.session, row, check_deal(deal, now=NOW), ways, now=NOW)
    deal.session.expire_all()


def _crowded(number: int) -> date:
    return FIRST_CROWDED + timedelta(weeks=number)


def tent(session: Session) -> OfferRow:
    return session.scalars(select(OfferRow).where(OfferRow.name == "Summit tent")).one()


def assembly(session: Session) -> ResourceRow:
    return session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()


def _button(button: str, target: DealTarget) -> Json:
    act = ACTS[button]
    return {
        "type": "button",
        "action_id": action_id(act, target.deal),
        "value": target.encode(),
        "text": plain(button.capitalize()),
    }


def _overflow(button: str, target: DealTarget) -> Json:
    entry = {"text": plain(button.capitalize()), "value": overflow_value(ACTS[button], target)}
    return {"type": "overflow", "action_id": action_id(Act.MORE, target.deal), "selected_option": entry}


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[DealDesk]:
    with opened(DealDesk, database_url, PEOPLE, monkeypatch) as desk:
        yield desk


@pytest.mark.parametrize("state", WHO_MAY)
def test_button_does_what_the_table_allows_and_is_refused_otherwise(desk: DealDesk, state: str) -> None:
    wrong = [*_refusals(desk, state), *_acts(desk, state)]
    assert not wrong, "\n".join(["", *wrong])


def _refusals(desk: DealDesk, state: str) -> Iterator[str]:
    """Everybody who may not, all at once, on the same deal: it stays as it is."""
    standing = cache(lambda seller, is_over: desk.make(state, seller, is_crowded=is_over, is_talking=not is_over))
    before: dict[str, list[Any]] = {}
    for button in BUTTONS:
        refused = [role for role in ROLES if role not in who_may(state).get(button, ())]
        roles = _sample(desk, state, button, refused, told=who_may)
        if not roles:
            continue
        made = standing.cache_info().misses
        subjects = {role: standing(_seller(role), button == OVER) for role in roles}
        before = desk.rows() if standing.cache_info().misses > made else before
        for doing in (desk.press, desk.submit) if button in FORMS else (desk.press,):
            what = f"{state}: {button}, {doing.__name__}"
            answers, after = _all_at_once(doing, button, subjects), desk.rows()
            yield from (f"{what} by {role}: {got}" for role, got in answers.items() if not got.is_refusal)
            if after != before:
                yield f"{what}: rows changed in {', '.join(name for name in after if after[name] != before[name])}"
                standing.cache_clear()
            before = after


def _acts(desk: DealDesk, state: str) -> Iterator[str]:
    """Everybody who may, all at once, each on a deal of their own: the act is done, and then it is undone."""
    standing = cache(
        lambda role, is_over, is_talking: desk.make(state, _seller(role), is_crowded=is_over, is_talking=is_talking)
    )
    before: Rows = {}
    for button, (who, after) in rows_of(state).items():
        roles = _sample(desk, state, button, sorted(who), told=rows_of)
        if not roles:
            continue
        known, is_talking = standing.cache_info().misses, button in {"answer", "set the call"}
        subjects = {role: standing(role, button == OVER, is_talking) for role in roles}
        before = desk.rows() if standing.cache_info().misses > known else before
        yield from (f"{state}: {button}{wrong}" for wrong in _act(desk, button, after, subjects, before))
        desk.restore(before)


def _act(desk: DealDesk, button: str, after: str, subjects: dict[str, Subject], before: Rows) -> Iterator[str]:
    """Looking leaves the rows as they are, and a form is the one that is submitted then."""
    answers = _all_at_once(desk.press, button, subjects)
    if (button in FORMS or button == "numbers") and desk.rows() != before:
        yield ": looking changes rows"
    if button == "numbers":
        yield from (f" by {role}: {got}" for role, got in answers.items() if "Margin" not in got.text)
        return
    if button in FORMS:
        for role, opened in answers.items():
            yield from (f" by {role}: {found}" for found in _differences(desk, button, subjects[role], opened))
        answers = _all_at_once(desk.submit, button, subjects)
    for role, subject in subjects.items():
        left = desk.look(partial(_left, subject=subject, button=button, user=desk.people[role]))
        if (answers[role], left) != (Answer(), (after, after, True, True)):
            yield f" by {role}: {answers[role]}, leaves {left}"


def _sample(
    desk: DealDesk, state: str, button: str, roles: list[str], *, told: Callable[[str], Mapping[str, object]]
) -> list[str]:
    """Everybody; on PostgreSQL one of them in turn: what keeps rows depends on the database, the rules do not.

    Where the table tells the same of another state that this one is like: one in turn, and on PostgreSQL nobody.
    """
    turn = (list(WHO_MAY).index(state) + BUTTONS.index(button)) % max(1, len(roles))
    is_like = state in LIKE and told(state).get(button) == told(LIKE[state]).get(button)
    if desk.bot.database.is_sqlite:
        return roles[turn : turn + 1] if is_like else roles
    return [] if is_like else roles[turn : turn + 1]


def _all_at_once(
    doing: Callable[[str, str, Subject], Answer], button: str, subjects: dict[str, Subject]
) -> dict[str, Answer]:
    with ThreadPoolExecutor(len(ROLES)) as crowd:
        return dict(zip(subjects, crowd.map(lambda role: doing(role, button, subjects[role]), subjects), strict=True))


def _differences(desk: DealDesk, button: str, subject: Subject, answer: Answer) -> Iterator[str]:
    """The form that a press opens should be the one that these tests submit."""
    if answer.form.get("callback_id") != FORMS[button]:
        yield f"{answer}, not the form"
        return
    target = DealTarget.decode(answer.form["private_metadata"])
    fields = [block["block_id"] for block in answer.form["blocks"] if block["type"] == "input"]
    if (target.deal, target.version) != (subject.deal, subject.version) or fields != [*desk.fields(button, subject)]:
        yield f"the form is about {target} and asks for {fields}"


def _left(session: Session, *, subject: Subject, button: str, user: str) -> tuple[str, str | None, bool, bool]:
    """The state, the state in the history's last row, the person in its last row, and whether the act left its own."""
    deal = session.get_one(Deal, subject.deal)
    mine = select(History).where(History.subject == "deal", History.subject_id == deal.id).order_by(History.id.desc())
    last, done = session.scalars(mine).first(), session.scalars(mine.where(History.by_id.is_not(None))).first()
    by = find_member(deal.workspace, user)
    assert last
    assert done
    return deal.state, last.to_state, (done.by_id, done.at) == (by.id, NOW), LEFT[button](deal, by)


def _decided(deal: Deal, by: Member, move: str, why: str | None = None) -> bool:
    last = deal.decisions[-1]
    return (last.move, last.by_id, last.at, last.why) == (move, by.id, NOW, why)


def _put_forward(deal: Deal, by: Member) -> bool:
    last = deal.proposals[-1]
    return deal.proposal is last and (last.author_id, last.lines[0].quantity, last.note) == (by.id, 12, "So be it.")


def _was_asked(deal: Deal, by: Member) -> bool:
    asked = [(question.asked_by_id, question.text) for question in deal.questions]
    return asked == [(by.id, "Which colour?")]


def _was_answered(deal: Deal, by: Member) -> bool:
    given = [(question.answered_by_id, question.answer) for question in deal.questions if question.answered_at]
    return given == [(by.id, "Green.")]


LEFT: dict[str, Callable[[Deal, Member], bool]] = {
    "approve": lambda deal, by: _decided(deal, by, "approve"),
    "approve with overtime": lambda deal, by: _decided(deal, by, "approve"),
    "accept": lambda deal, by: _decided(deal, by, "accept"),
    "counter": _put_forward,
    "counter back": _put_forward,
    "extend the hold": lambda deal, by: _decided(deal, by, "extend"),
    "revise": _put_forward,
    "change": _put_forward,
    "withdraw": lambda deal, by: _decided(deal, by, "keep" if deal.promised_id else "withdraw"),
    "decline": lambda deal, by: _decided(
        deal, by, "decline_change" if deal.promised_id else "decline", why="The line is down."
    ),
    "win": lambda deal, by: _decided(deal, by, "win"),
    "lose": lambda deal, by: _decided(deal, by, "lose", why="Too dear."),
    "cancel": lambda deal, by: _decided(deal, by, "cancel", why="The customer closed."),
    "deliver": lambda deal, by: _decided(deal, by, "deliver", why="It snowed."),
    "ask": _was_asked,
    "answer": _was_answered,
    "join the call": lambda deal, by: [guest.member_id for guest in deal.guests] == [by.id],
    "set the call": lambda deal, by: deal.call_at == CALL,
    "set when it is decided": lambda deal, by: deal.win_by == date(2026, 12, 24),
    "approve and say why": lambda deal, by: _decided(deal, by, "approve", why="A new customer."),
    "send back": lambda deal, by: _decided(deal, by, "send_back", why="Too cheap."),
    "hand over": lambda deal, by: deal.seller.name == "Pete",
    "edit": lambda deal, by: (deal.customer, deal.told, deal.likelihood) == ("Acme Europe", "Green, please.", 90),
    "attach": lambda deal, by: (
        [(one.title, one.added_by_id) for one in attachments_of(deal.workspace, [deal.id])[deal.id]]
        == [("Order", by.id)]
    ),
    "object": lambda deal, by: _decided(deal, by, "object", why="They miss two."),
}


def _seller(role: str) -> str:
    """Who sells the deal that a person presses the buttons of."""
    return "both" if role == "both" else "seller"


def _what_waits(session: Session) -> list[int]:
    return list(session.scalars(select(Outbox.id).where(Outbox.settled_at.is_(None))))


def test_buttons_shown_are_those_of_the_state_and_vanish_with_the_decision(database_url: str) -> None:
    with staged(database_url, "http") as stage:
        with stage.bot.database.writing() as session:
            sara, olga = (find_member(the_workspace(session), stage.people[n]) for n in ("Sara", "Olga"))
            for number, state in enumerate(SHOWN):
                first = FIRST_CROWDED + 2 * number * timedelta(weeks=1) if "broken" in state else ROOMY
                maker = Maker(session, first, ROOMY, sara, olga)
                maker.bring(maker.proposed(state), to=state)
        stage.bot.heartbeat.wake()
        # So many deals at once keep the bot busy for longer than the sandbox's clock waits for it.
        assert stage.sb.until(lambda: not stage.look(_what_waits), seconds=60)
        shown = {}
        for number, (state, (_, _, finance)) in enumerate(SHOWN.items(), 1):
            fins = stage.own_card("Fin", number).buttons if finance is not None else None
            shown[state] = stage.card(number).buttons, stage.own_card("Sara", number).buttons, fins
        assert shown == SHOWN
        assert stage.sb.violations() == []
