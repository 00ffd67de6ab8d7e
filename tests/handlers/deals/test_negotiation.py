"""The buttons of both sides and their forms: what each refuses, and the decisions that take more than one of them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from handlers.deals.targets import DealTarget
from handlers.slack.ids import Callback
from models.capacity.adjusting import adjust
from models.company.resources import Commitment, Hold
from models.deals.rows import Deal
from models.promise import Adjustment, Ways
from tests.handlers.deals.test_card_buttons import FORMS, PEOPLE, DealDesk, assembly, searched
from tests.handlers.desk import Answer, Json, Window, fields_of, opened, typed
from tests.stage import DOORS, OPS, Stage, shown, staged
from tests.world import NOW


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[DealDesk]:
    with opened(DealDesk, database_url, PEOPLE, monkeypatch) as desk:
        yield desk


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    """The bot through each of Slack's doors, on each database."""
    with staged(database_url, request.param) as stage:
        yield stage


RUBBISH: dict[Callback, tuple[dict[str, Json], dict[str, str]]] = {
    Callback.DECLINE: ({"reason": typed("rain"), "why": typed("It rains.")}, {"reason": "Choose one."}),
    Callback.LOSE: ({"reason": typed("")}, {"reason": "Choose one."}),
    Callback.WIN_BY: ({"win_by": typed("soon")}, {"win_by": "Choose a date."}),
    Callback.SET_CALL: ({"call": typed("-1")}, {"call": "Choose a day and a time."}),
}


def test_form_with_rubbish_is_refused_under_its_field(desk: DealDesk) -> None:
    subject = desk.make("countered")
    before, target = desk.rows(), DealTarget(deal=subject.deal, version=subject.version)
    for callback, (fields, errors) in RUBBISH.items():
        answer = desk.submit_form("both", Window(callback, target.encode(), fields_of(**fields)))
        assert answer == Answer(f"(under a field) {errors}")
    assert desk.rows() == before


def test_delivery_with_rubbish_is_refused_under_its_field(desk: DealDesk) -> None:
    subject = desk.make("won")
    before, target = desk.rows(), DealTarget(deal=subject.deal, version=subject.version)
    whole, day = "A whole number of 0 or more.", {"type": "datepicker", "selected_date": "2026-11-23"}
    for count, arrived, errors in (
        ("many", day, {"delivered.0": whole}),
        ("-1", day, {"delivered.0": whole}),
        ("1", {"type": "datepicker", "selected_date": "soon"}, {"arrived.0": "Choose a date."}),
    ):
        fields = fields_of(**{"delivered.0": {"type": "number_input", "value": count}, "arrived.0": arrived})
        answer = desk.submit_form("operations", Window(Callback.DELIVER, target.encode(), fields))
        assert answer == Answer(f"(under a field) {errors}")
    assert desk.rows() == before


def test_button_of_an_old_card_or_form_is_refused_when_the_terms_have_changed(desk: DealDesk) -> None:
    before_the_last = {
        "countered": {"accept": "seller", "counter": "operations", "counter back": "seller", "decline": "operations"},
        "a change under way": {
            "approve": "operations",
            "counter": "operations",
            "revise": "seller",
            "decline": "leadership",
        },
    }
    for state, buttons in before_the_last.items():
        subject = desk.make(state)
        assert subject.version == 2
        before = desk.rows()
        for button, role in buttons.items():
            answer = (desk.submit if button in FORMS else desk.press)(role, button, subject, version=1)
            assert "The terms have changed" in answer.text, (state, button)
            assert desk.rows() == before, (state, button)


def test_approve_without_the_overtime_that_it_takes_is_refused(desk: DealDesk) -> None:
    subject = desk.make("proposed", is_crowded=True)
    before = desk.rows()
    answer = desk.press("operations", "approve", subject)
    assert "This now needs overtime for $1,320" in answer.text
    assert answer.later.startswith("Ways to yes")
    assert desk.rows() == before


def test_decline_before_a_counter_takes_a_proof_that_these_terms_have_no_way(desk: DealDesk) -> None:
    unproven, revised = desk.make("proposed"), desk.make("without a way")
    with desk.bot.database.writing() as session:
        searched(session.get_one(Deal, unproven.deal), Ways((), is_complete=False))
    assert desk.submit("seller", "revise", revised) == Answer()
    before = desk.rows()
    for subject, version in ((unproven, 1), (revised, 2)):
        for doing in (desk.press, desk.submit):
            assert "Counter first" in doing("operations", "decline", subject, version=version).text
    assert desk.rows() == before


def test_extend_is_refused_when_nothing_is_held_any_more(desk: DealDesk) -> None:
    subject = desk.make("countered")
    with desk.bot.database.writing() as session:
        session.execute(update(Hold).values(expires_at=NOW))
    before = desk.rows()
    assert desk.press("operations", "extend the hold", subject).text.startswith("Nothing is held for this deal")
    assert desk.rows() == before


def test_extend_anew_begins_with_a_new_counter(desk: DealDesk) -> None:
    subject = desk.make("extended twice")
    assert desk.submit("operations", "counter", subject) == Answer()
    answers = [desk.press("operations", "extend the hold", subject).is_refusal for _ in range(3)]
    assert answers == [False, False, True]


def test_counter_is_refused_when_the_promise_can_be_kept_again(desk: DealDesk) -> None:
    subject = desk.make("approved, broken")
    with desk.bot.database.writing() as session:
        olga, row = desk.member(session, "operations"), assembly(session)
        closed = next(week.week for week in row.weeks if week.available == 0)
        assert adjust(row, Adjustment(row.name, closed, reason="It is dry."), by=olga, now=NOW).promises == []
    before = desk.rows()
    assert "can be kept again" in desk.submit("operations", "counter", subject).text
    assert desk.rows() == before


def test_answer_is_refused_to_whoever_asked_and_when_nothing_waits(desk: DealDesk) -> None:
    subject = desk.make("proposed", is_talking=True)
    crossed = replace(subject, to_sales=subject.to_operations, to_operations=subject.to_sales)
    before = desk.rows()
    for role in ("seller", "operations"):
        assert desk.submit(role, "answer", crossed).is_refusal
    assert desk.rows() == before
    for role in ("seller", "operations"):
        assert desk.submit(role, "answer", subject) == Answer()
    before = desk.rows()
    for role in ("seller", "operations"):
        assert desk.press(role, "answer", subject).text == "No question waits for your answer."
        assert desk.submit(role, "answer", subject).is_refusal
    assert desk.rows() == before


def test_join_the_call_is_refused_to_whoever_has_joined(desk: DealDesk) -> None:
    subject = desk.make("proposed")
    assert desk.press("operations", "join the call", subject) == Answer()
    before = desk.rows()
    assert desk.press("operations", "join the call", subject).text == "You are on the call already."
    assert desk.rows() == before


def test_decline_before_a_counter_is_refused_and_after_it_takes_a_reason(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    olga = stage.person("Olga")
    olga.press("Decline…", in_=stage.card())
    stage.sb.settle()
    assert "Counter first" in shown(olga).as_text()
    assert stage.state() == "proposed"
    olga.press("Counter…")
    stage.sb.settle()
    olga.enter("Quantity", 90)
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert olga.modal() is None
    olga.press("Decline…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("Reason", "Delivery risk too high")
    assert olga.submit().errors == {"why": "Please complete this required field."}
    olga.fill_by_label("In a sentence, for the seller to tell the customer", "The line is down.")
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert stage.state() == "declined"
    assert "The line is down." in stage.own_card("Sara").as_text()
    assert stage.own_card("Sara").buttons == []


@pytest.mark.both_ways
def test_below_the_floor_takes_finance_in_either_order(stage: Stage) -> None:
    # 390 each leaves 100 of 390: 25.6 %, above the 25 % floor; 380 leaves 23.7 %.
    for number, (first, second) in enumerate([("Olga", "Fin"), ("Fin", "Olga")], 1):
        stage.propose(f"Acme {10 + number} Summit tent by 18 Jan at 380")
        assert "Operations’ and finance’s turn" in stage.card(number).as_text()
        for name in (first, second):
            card = stage.card(number) if name == "Olga" else stage.own_card("Fin", number)
            person = stage.person(name)
            person.press("Approve" if name == "Olga" else "Approve…", in_=card)
            stage.sb.settle()
            if name == "Fin":
                # The numbers stand in the dialog, and finance say why.
                assert "Cost to serve" in shown(person).as_text()
                person.fill_by_label("Why may it go below the floor?", "A new customer.")
                stage.sb.settle()
                assert person.submit().ok
                stage.sb.settle()
            assert stage.state(number) == ("approved" if name == second else "proposed")


@pytest.mark.both_ways
def test_change_after_approval_keeps_the_old_promise_until_the_new_one(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    olga, sara = stage.person("Olga"), stage.person("Sara")
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    sara.press("Change…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    # 116 take 62 h: all that is free when the deal's own 54 h do not count against it.
    sara.enter("Quantity", 116)
    stage.sb.settle()
    assert "Fits" in shown(sara).as_text()
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert "The earlier promise stands" in stage.card().as_text()
    assert promised(stage) == 54_000
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    assert promised(stage) == 62_000
    assert stage.state() == "approved"


def test_two_deals_for_the_last_capacity_tell_the_second_who_took_it(stage: Stage) -> None:
    stage.propose("Acme 10 Scarce lamp by 18 Jan")
    stage.propose("Borealis 10 Scarce lamp by 18 Jan", by="Pete")
    olga, otto = stage.person("Olga"), stage.person("Otto")
    seen = stage.card(2)
    olga.press("Approve", in_=stage.card(1))
    reply = otto.press("Approve", in_=seen)
    stage.sb.settle()
    assert stage.state(1) == "approved"
    assert stage.state(2) == "proposed"
    told = [m.as_text() for m in otto.channel(OPS) if m.ephemeral]
    assert reply.ok
    assert "Deal #1 for Acme took it (Sara" in told[-2]
    assert told[-1].splitlines()[:2] == ["Ways to yes", "1   1 week later  ·  gives up $20"]
    assert "Does not fit" in stage.card(2).as_text()


def promised(stage: Stage) -> int:
    rows = select(func.sum(Commitment.quantity)).where(
        Commitment.deal_id.is_not(None), Commitment.released_at.is_(None)
    )
    return int(stage.look(lambda session: session.scalar(rows)) or 0)
