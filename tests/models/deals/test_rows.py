"""What a deal and its proposals say of themselves."""

from datetime import date, timedelta

from models.deals.deciding import approve, cancel, win
from models.deals.proposing import change, counter, counter_back, extend_hold
from models.deals.questions import Question
from models.deals.rows import Deal, WaysFound
from models.deals.states import State
from models.deals.talking import answer, ask
from models.workspace.members import set_roles
from models.workspace.roles import Role, Side
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)
HOUR = timedelta(hours=1)


def test_terms_below_the_floor_wait_for_finance_too(world: World) -> None:
    # $300 leaves $10 of a unit cost of $290; the floor is 25 %.
    deal = world.propose(("Summit tent", 10, 30000, JAN_18))
    assert [step.side for step in deal.proposal.steps] == [Side.OPERATIONS, Side.FINANCE]
    assert list(deal.awaiting) == [Side.OPERATIONS, Side.FINANCE]
    approve(deal, by=world.person("Olga"), now=NOW)
    left = deal.awaiting
    assert (left, [step.is_done for step in deal.proposal.steps]) == ((Side.FINANCE,), [True, False])


def test_turn_passes_from_the_answer_to_the_report_to_the_delivery(world: World) -> None:
    deal, olga, sara = world.propose(), world.person("Olga"), world.person("Sara")
    assert (deal.turn, deal.awaiting) == ((Side.OPERATIONS,), (Side.OPERATIONS,))
    approve(deal, by=olga, now=NOW)
    assert (deal.turn, deal.awaiting) == ((), (Side.SALES,))
    win(deal, by=sara, now=NOW)
    assert (deal.turn, deal.awaiting, deal.was_won) == ((), (Side.OPERATIONS,), True)
    cancel(deal, by=sara, now=NOW, why="The store closes.")
    assert (deal.turn, deal.awaiting, deal.was_won) == ((), (), True)


def test_open_question_takes_the_turn_and_its_answer_gives_it_back(world: World) -> None:
    deal, olga, sara = world.propose(), world.person("Olga"), world.person("Sara")
    question = ask(deal, "Which colour?", by=olga, now=NOW)
    assert (deal.turn, deal.awaiting, deal.open_questions) == ((Side.SALES,), (Side.OPERATIONS,), [question])
    answer(deal, question.id, "Red.", by=sara, now=NOW)
    assert (deal.turn, deal.open_questions) == ((Side.OPERATIONS,), [])


def test_question_of_a_deal_that_is_over_waits_for_nobody() -> None:
    deal = Deal(state=State.CANCELLED, questions=[Question(to_side=Side.SALES)])
    over = deal.turn
    deal.state = State.APPROVED
    assert (over, deal.turn) == ((), (Side.SALES,))


def test_planner_is_who_dealt_with_it_last_and_still_is_in_operations(world: World) -> None:
    deal, olga, otto = world.propose(), world.person("Olga"), world.person("Otto")
    assert deal.planner is None
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=olga, now=NOW)
    ask(deal, "Which colour?", by=otto, now=NOW + HOUR)
    assert deal.planner is otto
    set_roles(otto, [Role.FINANCE], by=None, now=NOW)
    assert deal.planner is olga
    set_roles(olga, [], by=None, now=NOW)
    assert deal.planner is None


def test_extensions_are_counted_from_the_last_counter(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    assert (deal.extensions, deal.was_countered) == (0, False)
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=olga, now=NOW)
    extend_hold(deal, by=olga, now=NOW)
    counter_back(deal, world.terms(("Summit tent", 95, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    extend_hold(deal, by=olga, now=NOW)
    assert (deal.extensions, deal.was_countered) == (2, True)
    counter(deal, world.terms(("Summit tent", 91, 43200, JAN_18)), by=olga, now=NOW)
    assert deal.extensions == 0


def test_decision_on_earlier_terms_is_none_on_the_present_ones(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    assert deal.has_decision
    change(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    assert not deal.has_decision


def test_no_way_is_proven_only_by_a_complete_search_of_the_present_terms() -> None:
    def deal_with_ways(*, proposal: int, is_complete: bool, ways: int) -> Deal:
        searched = WaysFound(proposal_id=proposal, is_complete=is_complete, ways=[{}] * ways)
        return Deal(state=State.PROPOSED, proposal_id=2, found=searched)

    assert deal_with_ways(proposal=2, is_complete=True, ways=0).is_without_a_way
    assert not deal_with_ways(proposal=1, is_complete=True, ways=0).is_without_a_way
    assert not deal_with_ways(proposal=2, is_complete=False, ways=0).is_without_a_way
    assert not deal_with_ways(proposal=2, is_complete=True, ways=1).is_without_a_way
    assert not Deal(state=State.PROPOSED, proposal_id=2).is_without_a_way
