"""Deputies: who answers for somebody who is away, who may not, and what the clock does, as a table."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.base.errors import NotYours, TooLate
from models.company.policies import set_policy
from models.deals.absences import keep_absences
from models.deals.conditions import Before, GivenCondition
from models.deals.deciding import accept, approve, send_back, win
from models.deals.fulfilling import meet, waive
from models.deals.handing_over import hand_over
from models.deals.proposing import counter
from models.deals.reminding import keep_turns, next_turn
from models.deals.rows import Deal
from models.deals.states import State
from models.deals.stepping import take_back
from models.deals.talking import ask
from models.deals.terms import Terms
from models.deals.turns import turns_of
from models.deals.waiting import owed_for, owes, waiting_for
from models.policy.rules import ALL, Kind, Rule, Who
from models.policy.standard import FINANCE, OPERATIONS
from models.workspace.absences import Absence, come_back, go_away
from models.workspace.history import History
from models.workspace.leads import set_leads
from models.workspace.members import Member, set_roles
from models.workspace.outbox import News, Outbox, settle
from models.workspace.roles import Role, Side
from tests.world import NOW, World

HALF, DUE = timedelta(hours=4), timedelta(hours=8)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def denver(day: str, at: str = "09:00") -> datetime:
    return datetime.combine(date.fromisoformat(f"2026-{day}"), time.fromisoformat(at), ZoneInfo("America/Denver"))


def away(world: World, name: str, deputy: str | None = None, days: int = 3, now: datetime = NOW) -> Absence:
    """Somebody is away from today on, and the clock has seen to it."""
    named = world.person(deputy) if deputy else None
    first = now.astimezone(ZoneInfo("America/Denver")).date()
    row = go_away(world.person(name), first, first + days * DAY, now=now, deputy=named)
    keep_absences(world.session, now=now)
    return row


def sent(world: World, kind: News, now: datetime) -> list[str]:
    """Who is sent a message of a kind when all happens that is due; what was queued before is sent."""
    for row in world.session.scalars(select(Outbox).where(Outbox.settled_at.is_(None))):
        settle(row, now=NOW)
    keep_absences(world.session, now=now)
    keep_turns(world.session, now=now)
    rows = world.session.scalars(select(Outbox).where(Outbox.settled_at.is_(None), Outbox.kind == kind))
    return [world.session.get_one(Member, row.member_id).name for row in rows]


def last_act(world: World, deal: Deal) -> History:
    acts = select(History).where(History.subject == "deal", History.subject_id == deal.id)
    return world.session.scalars(acts.order_by(History.id.desc())).first() or pytest.fail("nothing happened")


def countered(world: World, by: str = "Olga") -> Deal:
    deal = world.propose()
    terms: Terms = world.terms(("Summit tent", 90, 43200, date(2027, 1, 18)))
    counter(deal, terms, by=world.person(by), now=NOW)
    return deal


def test_deputy_answers_and_both_names_stand_in_history(world: World) -> None:
    deal = world.propose(("Summit tent", 10, 20000, date(2027, 1, 18)))
    approve(deal, by=world.person("Olga"), now=NOW)
    away(world, "Fin", "Lea")
    approve(deal, by=world.person("Lea"), now=NOW, why="Strategic.")
    assert deal.state == State.APPROVED
    assert [one.signed for one in deal.decisions] == ["Olga", "Lea for Fin"]
    assert last_act(world, deal).details["for"] == "Fin"


def test_sellers_deputy_speaks_for_sales_and_for_nobody_else(world: World) -> None:
    set_roles(world.person("Pete"), [Role.SALES, Role.OPERATIONS], by=None, now=NOW)
    deal = countered(world)
    away(world, "Sara", "Pete")
    with pytest.raises(NotYours, match="Nobody decides on their own deal"):
        approve(deal, by=world.person("Pete"), now=NOW)
    accept(deal, by=world.person("Pete"), now=NOW)
    assert (deal.state, deal.decisions[-1].signed) == (State.APPROVED, "Pete for Sara")
    win(deal, by=world.person("Pete"), now=NOW)
    assert last_act(world, deal).details["for"] == "Sara"


def test_deputy_does_not_approve_what_the_delegate_proposed(world: World) -> None:
    # Sara's deal is looked at by Pete of operations, until he stands in for her.
    set_roles(world.person("Pete"), [Role.SALES, Role.OPERATIONS], by=None, now=NOW)
    deal = world.propose()
    assert owes(world.person("Pete"), turns_of(deal)[0])
    away(world, "Sara", "Pete")
    assert not owes(world.person("Pete"), turns_of(deal)[0])
    with pytest.raises(NotYours):
        approve(deal, by=world.person("Pete"), now=NOW)
    approve(deal, by=world.person("Otto"), now=NOW)


def test_deputy_of_the_planner_who_countered_cannot_agree_to_that_counter_for_finance(world: World) -> None:
    set_roles(world.person("Fin"), [Role.FINANCE, Role.OPERATIONS], by=None, now=NOW)
    deal = world.propose(("Summit tent", 10, 20000, date(2027, 1, 18)))
    terms = world.terms(("Summit tent", 9, 20000, date(2027, 1, 18)))
    counter(deal, terms, by=world.person("Olga"), now=NOW)
    away(world, "Olga", "Fin")
    with pytest.raises(TooLate):
        approve(deal, by=world.person("Fin"), now=NOW, why="Mine.")
    approve(deal, by=world.person("Lea"), now=NOW, why="Hers.")


def test_deputy_who_lost_the_role_answers_no_more(world: World) -> None:
    away(world, "Olga", "Otto")
    olga, otto = world.person("Olga"), world.person("Otto")
    assert (olga.acting, [one.name for one in otto.principals]) == (otto, ["Otto", "Olga"])
    set_roles(otto, [Role.SALES], by=None, now=NOW)
    assert (olga.acting, [one.name for one in otto.principals]) == (None, ["Otto"])


def test_deputies_in_a_row_and_in_a_circle(world: World) -> None:
    set_roles(world.person("Pete"), [Role.OPERATIONS], by=None, now=NOW)
    away(world, "Olga", "Otto")
    away(world, "Otto", "Pete")
    assert [one.name for one in world.person("Pete").principals] == ["Pete", "Otto", "Olga"]
    # Told before anybody knew that all three would be away at once.
    pete = world.person("Pete")
    pete.is_away, pete.deputy = True, world.person("Olga")
    world.session.flush()
    world.session.expire_all()
    assert [world.person(name).acting for name in ("Olga", "Otto", "Pete")] == [None, None, None]


def test_who_comes_back_takes_over_what_is_open(world: World) -> None:
    deal = countered(world)
    away(world, "Sara", "Pete")
    (turn,) = turns_of(deal)
    sara, pete = world.person("Sara"), world.person("Pete")
    assert (owes(pete, turn), owed_for(pete, turn), owed_for(sara, turn)) == (True, sara, None)
    come_back(sara, now=NOW)
    assert sent(world, News.AGENDA_ANEW, NOW) == ["Sara"]
    assert (owes(pete, turn), owes(sara, turn)) == (False, True)
    with pytest.raises(NotYours, match="Only Sara"):
        accept(deal, by=pete, now=NOW)
    accept(deal, by=sara, now=NOW)
    assert deal.decisions[-1].signed == "Sara"


def test_who_comes_back_can_take_back_what_the_deputy_agreed_to(world: World) -> None:
    deal = world.propose(("Summit tent", 10, 20000, date(2027, 1, 18)))
    away(world, "Fin", "Lea")
    approve(deal, by=world.person("Lea"), now=NOW, why="Strategic.")
    come_back(world.person("Fin"), now=NOW)
    keep_absences(world.session, now=NOW)
    take_back(deal, by=world.person("Fin"), now=NOW)
    assert [step.is_done for step in deal.proposal.steps] == [False, False]


def test_condition_is_met_by_the_deputy(world: World) -> None:
    deal = world.propose()
    bound = GivenCondition("Drawing signed off", world.person("Otto"), TODAY + 2 * DAY, Before.WINNING)
    approve(deal, by=world.person("Olga"), now=NOW, conditions=[bound])
    away(world, "Otto", "Lea")
    (condition,) = deal.conditions
    with pytest.raises(NotYours):
        meet(deal, condition.id, by=world.person("Fin"), now=NOW)
    meet(deal, condition.id, by=world.person("Lea"), now=NOW)
    assert condition.met_by is world.person("Lea")


def test_question_to_a_seller_goes_to_the_deputy(world: World) -> None:
    deal = world.propose()
    away(world, "Sara", "Pete")
    ask(deal, "Which colour?", by=world.person("Olga"), now=NOW)
    (turn,) = turns_of(deal)
    assert [name for name in ("Sara", "Pete", "Olga") if owes(world.person(name), turn)] == ["Sara", "Pete"]


def test_absence_that_came_and_went_while_the_bot_was_down_changes_nothing(world: World) -> None:
    deal = countered(world)
    go_away(world.person("Sara"), TODAY + DAY, TODAY + 2 * DAY, now=NOW, deputy=world.person("Pete"))
    assert sent(world, News.AGENDA_ANEW, denver("11-30")) == ["Sara"]
    assert not world.person("Sara").is_away
    assert [turn.member for turn in turns_of(deal)] == [world.person("Sara")]


def test_clock_asks_the_deputy_in_their_own_hours(world: World) -> None:
    """Sara is asked on Monday at 9 in Denver; from Tuesday on she is away, and Pete works in London."""
    world.person("Pete").timezone = "Europe/London"
    deal = countered(world)
    go_away(world.person("Sara"), date(2026, 11, 24), date(2026, 11, 27), now=NOW, deputy=world.person("Pete"))
    set_roles(world.person("Gus"), [Role.SALES], by=None, now=NOW)
    set_leads(world.workspace, {Side.SALES: world.person("Gus")}, by=world.person("Lea"), now=NOW)
    midnight = denver("11-24", "00:00")
    table = [
        # Half of the time to answer, and all of it, for Sara.
        (NOW + HALF, ["Sara"], []),
        (NOW + DUE, ["Sara"], []),
        # Her absence begins: Pete hears at once, and then each morning in London.
        (midnight, ["Pete"], []),
        (datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("Europe/London")), ["Pete"], []),
        (datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/London")), ["Pete"], []),
        # A working day after the end the lead of sales hears, as ever, and leadership after another one of Pete's; the
        # Thursday is a holiday of the company's, who has said nothing else.
        (denver("11-24", "17:00"), [], ["Gus"]),
        (datetime(2026, 11, 27, 0, tzinfo=ZoneInfo("Europe/London")), [], ["Lea"]),
        (datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("Europe/London")), ["Pete"], []),
        # She is back on Saturday, and hears at once of what is open.
        (denver("11-28", "00:00"), ["Sara"], []),
        (denver("11-30", "09:00"), ["Sara"], []),
    ]
    seen = []
    for now, _, _ in sorted(table):
        told = sent(world, News.AGENDA_ANEW, now)
        late = world.session.scalars(select(Outbox).where(Outbox.settled_at.is_(None), Outbox.kind == News.ESCALATION))
        seen.append((now, told, [world.session.get_one(Member, row.member_id).name for row in late]))
    assert seen == sorted(table)
    assert [entry.deal for entry in waiting_for(world.person("Sara"), now=denver("11-30"))] == [deal]


def test_group_nobody_of_which_is_there_is_said_to_its_lead_at_once(world: World) -> None:
    set_leads(world.workspace, {Side.OPERATIONS: world.person("Lea")}, by=world.person("Lea"), now=NOW)
    away(world, "Olga")
    before, after = world.propose(), NOW
    assert sent(world, News.ESCALATION, after) == []
    away(world, "Otto")
    assert next_turn(world.session) == NOW
    assert sent(world, News.ESCALATION, after) == ["Lea"]
    # Who is away is not reminded; a working day after the end leadership hears, and the lead is of it.
    assert sent(world, News.AGENDA_ANEW, NOW + HALF) == []
    later = world.propose()
    assert sent(world, News.ESCALATION, after) == ["Lea"]
    assert {before.number, later.number} == {1, 2}


def test_seller_without_a_deputy_is_said_to_the_lead_of_sales(world: World) -> None:
    set_leads(world.workspace, {Side.SALES: world.person("Pete")}, by=world.person("Lea"), now=NOW)
    away(world, "Sara")
    countered(world)
    assert sent(world, News.ESCALATION, NOW) == ["Pete"]


def test_planner_who_is_away_without_a_deputy_leaves_it_to_the_others(world: World) -> None:
    deal = countered(world)
    ask(deal, "Which poles?", by=world.person("Sara"), now=NOW)
    (turn,) = turns_of(deal)
    people = ("Olga", "Otto")
    assert [name for name in people if owes(world.person(name), turn)] == ["Olga"]
    away(world, "Olga")
    assert [name for name in people if owes(world.person(name), turn)] == ["Olga", "Otto"]
    assert sent(world, News.AGENDA_ANEW, NOW) == ["Otto"]


def test_deputy_who_put_terms_forward_or_agreed_to_them_does_not_accept_them(world: World) -> None:
    set_roles(world.person("Olga"), [Role.OPERATIONS, Role.SALES], by=None, now=NOW)
    set_leads(world.workspace, {Side.SALES: world.person("Lea")}, by=world.person("Lea"), now=NOW)
    deal = countered(world)
    away(world, "Sara", "Olga")
    with pytest.raises(TooLate, match="You have spoken for these terms already"):
        accept(deal, by=world.person("Olga"), now=NOW)
    # Nobody can: whoever leads sales hears at once.
    assert sent(world, News.ESCALATION, NOW) == ["Lea"]
    come_back(world.person("Sara"), now=NOW)
    keep_absences(world.session, now=NOW)
    accept(deal, by=world.person("Sara"), now=NOW)
    assert deal.state == State.APPROVED


def test_who_accepted_for_the_seller_approves_nothing_of_it(world: World) -> None:
    set_roles(world.person("Pete"), [Role.SALES, Role.OPERATIONS, Role.FINANCE], by=None, now=NOW)
    deal = world.propose(("Summit tent", 10, 20000, date(2027, 1, 18)))
    counter(deal, world.terms(("Summit tent", 9, 20000, date(2027, 1, 18))), by=world.person("Otto"), now=NOW)
    away(world, "Sara", "Pete")
    accept(deal, by=world.person("Pete"), now=NOW)
    come_back(world.person("Sara"), now=NOW)
    keep_absences(world.session, now=NOW)
    with pytest.raises(TooLate):
        approve(deal, by=world.person("Pete"), now=NOW, why="Mine.")
    approve(deal, by=world.person("Fin"), now=NOW, why="His.")


def test_one_person_answers_for_one_of_two_principals(world: World) -> None:
    rules = (Rule(Who(Kind.PEOPLE, ("UFIN",))), Rule(Who(Kind.PEOPLE, ("UOLGA",))))
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    deal = world.propose()
    away(world, "Fin", "Lea")
    away(world, "Olga", "Lea")
    approve(deal, by=world.person("Lea"), now=NOW)
    with pytest.raises(TooLate):
        approve(deal, by=world.person("Lea"), now=NOW)
    assert [step.is_done for step in deal.proposal.steps] == [True, False]


def test_one_deputy_of_both_leaves_the_other_yes_to_the_lead(world: World) -> None:
    rules = (Rule(Who(Kind.PEOPLE, ("UOLGA", "UOTTO")), need=ALL),)
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    deal = world.propose()
    away(world, "Olga", "Lea")
    away(world, "Otto", "Lea")
    assert sent(world, News.ESCALATION, NOW) == []
    approve(deal, by=world.person("Lea"), now=NOW)
    (turn,) = turns_of(deal)
    assert not owes(world.person("Lea"), turn)
    assert turn.escalate_at == NOW


def test_deal_that_its_seller_gets_from_another_loses_what_was_agreed_for_them(world: World) -> None:
    set_roles(world.person("Otto"), [Role.OPERATIONS, Role.SALES], by=None, now=NOW)
    set_policy(world.workspace, (Rule(OPERATIONS), Rule(FINANCE, order=2)), by=world.person("Lea"), now=NOW)
    deal = world.propose()
    away(world, "Otto", "Lea")
    approve(deal, by=world.person("Lea"), now=NOW)
    assert deal.decisions[-1].signed == "Lea for Otto"
    come_back(world.person("Otto"), now=NOW)
    keep_absences(world.session, now=NOW)
    hand_over(deal, world.person("Otto"), by=world.person("Sara"), now=NOW)
    assert [step.is_done for step in deal.proposal.steps] == [False, False]


def test_counter_of_a_deputy_counts_for_who_is_away(world: World) -> None:
    set_roles(world.person("Otto"), [], by=None, now=NOW)
    deal = world.propose()
    away(world, "Olga", "Lea")
    counter(deal, world.terms(("Summit tent", 90, 43200, date(2027, 1, 18))), by=world.person("Lea"), now=NOW)
    assert (last_act(world, deal).details["for"], deal.proposal.steps[0].is_done) == ("Olga", True)
    accept(deal, by=world.person("Sara"), now=NOW)
    assert deal.state == State.APPROVED
    # She is the planner who dealt with it, wherever she was.
    assert deal.planner is world.person("Olga")


def test_what_a_deputy_sent_back_ends_with_the_yes_of_who_was_away(world: World) -> None:
    rules = (Rule(Who(Kind.PEOPLE, ("UFIN",))), Rule(OPERATIONS, order=2))
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    deal = world.propose()
    away(world, "Fin", "Lea")
    send_back(deal, by=world.person("Lea"), now=NOW, why="Dearer.")
    come_back(world.person("Fin"), now=NOW)
    keep_absences(world.session, now=NOW)
    approve(deal, by=world.person("Fin"), now=NOW)
    assert (deal.is_sent_back, [step.name or step.role for step in deal.asked_steps]) == (False, ["operations"])


def test_deputy_of_the_lead_stands_in_for_a_seller_who_sells_no_more(world: World) -> None:
    set_roles(world.person("Otto"), [Role.SALES], by=None, now=NOW)
    set_leads(world.workspace, {Side.SALES: world.person("Pete")}, by=world.person("Lea"), now=NOW)
    deal = countered(world)
    set_roles(world.person("Sara"), [], by=None, now=NOW)
    away(world, "Pete", "Otto")
    assert owes(world.person("Otto"), turns_of(deal)[0])
    hand_over(deal, world.person("Otto"), by=world.person("Otto"), now=NOW)
    assert deal.seller is world.person("Otto")


def test_condition_that_a_deputy_set_is_waived_by_who_was_away(world: World) -> None:
    deal = world.propose(("Summit tent", 10, 20000, date(2027, 1, 18)))
    approve(deal, by=world.person("Olga"), now=NOW)
    away(world, "Fin", "Lea")
    bound = GivenCondition("Deposit paid", world.person("Sara"), TODAY + 2 * DAY, Before.WINNING)
    approve(deal, by=world.person("Lea"), now=NOW, why="Fine.", conditions=[bound])
    come_back(world.person("Fin"), now=NOW)
    keep_absences(world.session, now=NOW)
    waive(deal, deal.conditions[0].id, by=world.person("Fin"), now=NOW, why="Paid in cash.")
    assert deal.conditions[0].waived_by is world.person("Fin")


def test_who_is_barred_by_standing_in_leaves_it_to_the_lead_at_once(world: World) -> None:
    set_roles(world.person("Otto"), [], by=None, now=NOW)
    set_roles(world.person("Olga"), [Role.OPERATIONS, Role.SALES], by=None, now=NOW)
    set_leads(world.workspace, {Side.OPERATIONS: world.person("Lea")}, by=world.person("Lea"), now=NOW)
    world.propose()
    # The only planner stands in for the seller, and decides nothing of hers.
    assert sent(world, News.ESCALATION, NOW) == []
    go_away(world.person("Sara"), TODAY, TODAY + DAY, now=NOW, deputy=world.person("Olga"))
    assert sent(world, News.ESCALATION, NOW) == ["Lea"]


def test_deputy_who_goes_away_hands_on_what_was_handed_to_them(world: World) -> None:
    set_roles(world.person("Gus"), [Role.SALES], by=None, now=NOW)
    countered(world)
    away(world, "Sara", "Pete")
    go_away(world.person("Pete"), TODAY, TODAY + DAY, now=NOW, deputy=world.person("Gus"))
    assert sent(world, News.AGENDA_ANEW, NOW) == ["Gus"]


def test_report_that_falls_due_while_a_seller_is_away_is_said_to_the_lead_then_and_not_before(world: World) -> None:
    set_leads(world.workspace, {Side.SALES: world.person("Pete")}, by=world.person("Lea"), now=NOW)
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    (turn,) = turns_of(deal)
    go_away(world.person("Sara"), TODAY, turn.due_at.date() + 9 * DAY, now=NOW)
    assert sent(world, News.ESCALATION, NOW) == []
    assert sent(world, News.AGENDA_ANEW, turn.due_at) == []
    assert sent(world, News.ESCALATION, turn.due_at) == ["Pete"]


def test_deputy_is_not_asked_for_what_is_not_due(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    go_away(world.person("Sara"), TODAY, TODAY + DAY, now=NOW, deputy=world.person("Pete"))
    assert sent(world, News.AGENDA_ANEW, NOW) == []
    assert waiting_for(world.person("Pete"), now=NOW) == []
