"""Steps of proposals: who is asked when, how many of them, and what an earlier yes is still worth."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from models.base.errors import TooLate
from models.base.language import as_read
from models.company.clauses import define_clause
from models.company.customers import take_customers
from models.company.policies import policy_of, set_policy
from models.deals.approvals import ask_missing_approvers, whom_to_ask
from models.deals.asked import asked_in
from models.deals.deciding import accept, approve, send_back
from models.deals.editing import edit
from models.deals.handing_over import hand_over
from models.deals.proposing import counter, counter_back, propose_deal, revise
from models.deals.rows import Deal
from models.deals.speaking import step_to_answer
from models.deals.states import Move
from models.deals.terms import check_terms
from models.deals.transitions import decide
from models.deals.turns import Turn
from models.files.company import GivenCustomer
from models.policy.clauses import ClauseKind, GivenClause
from models.policy.criteria import Value
from models.policy.rules import ALL, ANY, Kind, Rule, Who
from models.policy.standard import FINANCE, LEADERSHIP, OPERATIONS
from models.workspace.members import set_roles
from models.workspace.roles import Role, Side
from models.workspace.user_groups import GivenGroup, learn_group
from tests.world import NOW, World, user_id

JAN_4, JAN_18, JAN_25 = (date(2027, 1, day) for day in (4, 18, 25))
Line = tuple[str, int, int, date]
TENTS: Line = ("Summit tent", 100, 43200, JAN_18)


def people(*names: str) -> Who:
    return Who(Kind.PEOPLE, tuple(map(user_id, names)))


def asking(world: World, *rules: Rule) -> None:
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)


def shape(deal: Deal) -> list[tuple[int, str, int, bool]]:
    return [(step.rank, step.name or str(step.role), step.required, step.is_done) for step in deal.proposal.steps]


def yes(world: World, deal: Deal, *names: str) -> list[str]:
    """What the deal is after each yes."""
    states = []
    for name in names:
        approve(deal, by=world.person(name), now=NOW, why="Fine.")
        states.append(str(deal.state))
    return states


def test_steps_of_one_order_run_beside_each_other_and_the_next_after_them(world: World) -> None:
    asking(world, Rule(OPERATIONS), Rule(people("Pete")), Rule(LEADERSHIP, order=2))
    deal = world.propose()
    assert shape(deal) == [(1, "operations", 1, False), (1, "Pete", 1, False), (2, "leadership", 1, False)]
    assert list(deal.awaiting) == [Side.OPERATIONS, Side.APPROVERS]
    with pytest.raises(TooLate) as refused:
        approve(deal, by=world.person("Lea"), now=NOW)
    assert refused.value.sentence == "Not your turn: Sara made this proposal; the deal waits for operations and Pete."
    assert yes(world, deal, "Pete", "Olga") == ["proposed", "proposed"]
    assert list(deal.awaiting) == [Side.LEADERSHIP]
    assert yes(world, deal, "Lea") == ["approved"]


@pytest.mark.parametrize(("need", "answers"), [(ANY, ["Olga"]), (2, ["Lea", "Olga"]), (ALL, ["Fin", "Lea", "Olga"])])
def test_as_many_of_them_agree_as_the_rule_says(world: World, need: int, answers: list[str]) -> None:
    asking(world, Rule(people("Fin", "Lea", "Olga"), need=need))
    deal = world.propose()
    assert shape(deal) == [(1, "Olga, Fin and Lea", len(answers), False)]
    assert yes(world, deal, *answers) == ["proposed"] * (len(answers) - 1) + ["approved"]


def test_nobody_agrees_twice_in_one_step(world: World) -> None:
    asking(world, Rule(people("Fin", "Lea"), need=ALL))
    deal = world.propose()
    approve(deal, by=world.person("Fin"), now=NOW)
    with pytest.raises(TooLate) as refused:
        approve(deal, by=world.person("Fin"), now=NOW)
    assert "Fin agreed for approvers" in refused.value.sentence


def test_all_of_a_role_are_those_who_have_it_when_it_is_asked(world: World) -> None:
    asking(world, Rule(OPERATIONS, need=ALL))
    deal = world.propose()
    set_roles(world.person("Pete"), [Role.OPERATIONS], by=None, now=NOW)
    assert step_to_answer(deal, world.person("Pete")) is None
    assert yes(world, deal, "Otto", "Olga") == ["proposed", "approved"]


def test_one_yes_counts_wherever_a_person_is_asked_by_name(world: World) -> None:
    asking(world, Rule(OPERATIONS), Rule(people("Olga", "Lea"), need=ALL, order=2))
    deal = world.propose()
    assert yes(world, deal, "Olga") == ["proposed"]
    assert shape(deal)[1] == (2, "Olga and Lea", 2, False)
    assert yes(world, deal, "Lea") == ["approved"]


def test_two_roles_take_two_people(world: World) -> None:
    set_roles(world.person("Olga"), [Role.OPERATIONS, Role.FINANCE], by=None, now=NOW)
    asking(world, Rule(OPERATIONS), Rule(FINANCE))
    deal = world.propose()
    assert yes(world, deal, "Olga") == ["proposed"]
    with pytest.raises(TooLate, match="one person speaks for one side only"):
        approve(deal, by=world.person("Olga"), now=NOW)
    assert yes(world, deal, "Fin") == ["approved"]


def test_seller_is_never_asked_and_nobody_means_leadership(world: World) -> None:
    asking(world, Rule(people("Sara")), Rule(Who(Kind.LEAD), order=2))
    deal = world.propose()
    # Nobody leads sales, and Sara sells: leadership is asked once for all.
    assert shape(deal) == [(1, "leadership", 1, False)]
    assert [as_read(reason) for reason in deal.proposal.steps[0].reasons] == ["all deals"]


def test_finance_is_leadership_where_nobody_is_in_finance(world: World) -> None:
    set_roles(world.person("Fin"), [], by=None, now=NOW)
    asking(world, Rule(FINANCE), Rule(LEADERSHIP, order=2))
    assert shape(world.propose()) == [(1, "leadership", 1, False)]


def test_whoever_counters_agrees_by_that_and_the_others_are_asked(world: World) -> None:
    asking(world, Rule(OPERATIONS), Rule(people("Olga", "Lea"), need=ALL))
    deal = world.propose()
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    assert [sorted(step.agreed) for step in deal.proposal.steps] == [[world.person("Olga").id]] * 2
    assert list(deal.awaiting) == [Side.SALES, Side.APPROVERS]
    accept(deal, by=world.person("Sara"), now=NOW)
    assert yes(world, deal, "Lea") == ["approved"]


def test_a_proposal_keeps_the_policy_by_which_it_was_asked(world: World) -> None:
    deal = world.propose()
    assert policy_of(world.workspace).version == deal.proposal.policy_version == 1
    asking(world, Rule(OPERATIONS), Rule(LEADERSHIP))
    assert yes(world, deal, "Olga") == ["approved"]
    assert policy_of(world.workspace).version == 2
    assert world.propose(customer="Borealis").proposal.policy_version == 2


# For each criterion: what the rule says, the first terms, terms that change nothing it looks at, and terms that do.
DEAR = ("Summit tent", 100, 30000, JAN_18)
PRICE = ("Summit tent", 100, 43300, JAN_18)
WEEK = ("Summit tent", 100, 43200, JAN_25)
COUNT = ("Summit tent", 90, 43200, JAN_18)
CHEAP = ("Summit tent", 100, 40000, JAN_18)
KEPT_AND_LOST: dict[str, tuple[Value, Line, Line, Line]] = {
    "beyond_standard": (1, CHEAP, ("Summit tent", 100, 40000, JAN_25), ("Summit tent", 9, 40000, JAN_18)),
    "size": (1, TENTS, WEEK, PRICE),
    "discount": (100, TENTS, COUNT, PRICE),
    "margin_short": (0, DEAR, ("Summit tent", 100, 30000, JAN_25), ("Summit tent", 100, 30100, JAN_18)),
    "verdict": (("fits", "overtime"), TENTS, PRICE, ("Summit tent", 800, 43200, JAN_25)),
    "overtime_cost": (0, TENTS, PRICE, ("Summit tent", 800, 43200, JAN_25)),
    "deviation": (("discount",), CHEAP, ("Summit tent", 100, 40000, JAN_25), ("Summit tent", 9, 40000, JAN_18)),
    "family": (("Tents", "Parts"), TENTS, ("Ridge tent", 100, 28000, JAN_18), ("Pole set", 100, 4000, JAN_18)),
    "weeks_ahead": (1, TENTS, PRICE, WEEK),
}


@pytest.mark.parametrize("name", KEPT_AND_LOST)
def test_yes_is_kept_where_nothing_that_it_looks_at_has_changed(world: World, name: str) -> None:
    value, first, same, other = KEPT_AND_LOST[name]
    asking(world, Rule(people("Lea"), ((name, value),)), Rule(people("Pete"), order=2))
    for line, version in ((same, 1), (other, None)):
        deal = world.propose(first, customer=f"Customer {line}")
        approve(deal, by=world.person("Lea"), now=NOW, why="Fine.")
        send_back(deal, by=world.person("Pete"), now=NOW, why="Not like this.")
        revise(deal, world.terms(line), by=world.person("Sara"), now=NOW)
        lea = next(step for step in deal.proposal.steps if step.name == "Lea")
        assert (lea.kept_version, lea.is_done) == (version, version is not None)


@pytest.mark.parametrize("name", ["tier", "seller"])
def test_yes_is_lost_with_another_customer_or_seller(world: World, name: str) -> None:
    take_customers(world.workspace, [GivenCustomer("Acme", "strategic"), GivenCustomer("Borealis", "key")])
    value = {"tier": ("strategic", "key"), "seller": (user_id("Sara"), user_id("Pete"))}[name]
    asking(world, Rule(people("Lea"), ((name, value),)), Rule(people("Fin"), order=2))
    deal, sara = world.propose(), world.person("Sara")
    for price, version in ((43300, 1), (43400, None)):
        if not deal.proposal.steps[0].is_done:
            approve(deal, by=world.person("Lea"), now=NOW)
        send_back(deal, by=world.person("Fin"), now=NOW, why="Not like this.")
        if version is None:
            edit(deal, by=sara, now=NOW, customer="Borealis", told="", likelihood=None)
            hand_over(deal, world.person("Pete"), by=sara, now=NOW)
        revise(deal, world.terms(("Summit tent", 100, price, JAN_18)), by=deal.seller, now=NOW)
        assert deal.proposal.steps[0].kept_version == version


def test_operations_look_at_the_work_and_finance_at_the_money(world: World) -> None:
    deal = world.propose(DEAR)
    assert yes(world, deal, "Olga") == ["proposed"]
    send_back(deal, by=world.person("Fin"), now=NOW, why="Too cheap.")
    # At a price above the floor only operations are asked, who have agreed to this work.
    revise(deal, world.terms(TENTS), by=world.person("Sara"), now=NOW)
    assert (deal.state, shape(deal)) == ("approved", [(1, "operations", 1, True)])
    assert deal.proposal.steps[0].kept_version == 1


def test_what_was_sent_back_since_is_not_kept(world: World) -> None:
    asking(world, Rule(people("Lea")), Rule(people("Fin"), order=2))
    deal, sara, lea, fin = world.propose(), *(world.person(name) for name in ("Sara", "Lea", "Fin"))
    approve(deal, by=lea, now=NOW)
    send_back(deal, by=fin, now=NOW, why="No.")
    revise(deal, world.terms(PRICE), by=sara, now=NOW)
    send_back(deal, by=lea, now=NOW, why="Rather as it was? No.")
    revise(deal, world.terms(TENTS), by=sara, now=NOW)
    assert [step.kept_version for step in deal.proposal.steps] == [None, None]


def test_yes_to_what_does_not_fit_any_more_is_asked_again(world: World) -> None:
    deal = world.propose(DEAR)
    approve(deal, by=world.person("Olga"), now=NOW)
    send_back(deal, by=world.person("Fin"), now=NOW, why="Too cheap.")
    rival = world.propose(("Summit tent", 60, 43200, JAN_18), customer="Borealis")
    approve(rival, by=world.person("Olga"), now=NOW)
    revise(deal, world.terms(TENTS), by=world.person("Sara"), now=NOW)
    assert (deal.state, shape(deal)) == ("proposed", [(1, "operations", 1, False)])


def test_operations_look_again_where_their_yes_meets_new_overtime(world: World) -> None:
    deal = world.propose(DEAR)
    approve(deal, by=world.person("Olga"), now=NOW)
    send_back(deal, by=world.person("Fin"), now=NOW, why="Too cheap.")
    rival = world.propose(("Summit tent", 60, 43200, JAN_18), customer="Borealis")
    approve(rival, by=world.person("Olga"), now=NOW)
    # Dearer, but still below the floor: finance are asked, and operations as well, although the work is the same.
    revise(deal, world.terms(("Summit tent", 100, 31000, JAN_18)), by=world.person("Sara"), now=NOW)
    assert shape(deal) == [(1, "operations", 1, False), (1, "finance", 1, False)]
    assert step_to_answer(deal, world.person("Olga")) is not None


def test_more_are_asked_when_a_deal_has_become_dearer_meanwhile(world: World) -> None:
    # 320 hours; at $370 a margin of 21.6 %, and the floor 25 %.
    deal = world.propose(("Summit tent", 100, 39000, JAN_18))
    assert shape(deal) == [(1, "operations", 1, False)]
    world.offer("Summit tent").unit_cost = 31_000
    assert yes(world, deal, "Olga") == ["proposed"]
    assert shape(deal) == [(1, "operations", 1, True), (1, "finance", 1, False)]


@pytest.mark.parametrize("line", [TENTS, DEAR, ("Summit tent", 800, 43200, JAN_25), ("Pole set", 5, 4000, JAN_18)])
@pytest.mark.parametrize(
    "rules",
    [
        (Rule(OPERATIONS),),
        (Rule(OPERATIONS), Rule(FINANCE, (("margin_short", 0),)), Rule(LEADERSHIP, (("size", 100),), order=2)),
        (Rule(people("Sara", "Olga"), need=ALL), Rule(people("Olga", "Sara"), order=2), Rule(Who(Kind.LEAD))),
        (Rule(people("Gus"), (("verdict", ("overtime",)),)), Rule(FINANCE, need=ALL)),
    ],
)
def test_preview_names_whom_the_posted_deal_asks(world: World, line: Line, rules: tuple[Rule, ...]) -> None:
    asking(world, *rules)
    sara, terms = world.person("Sara"), world.terms(line)
    checked = check_terms(world.workspace, terms, now=NOW, customer="Acme")
    preview = whom_to_ask(world.workspace, checked, seller=sara, customer="Acme")
    deal = propose_deal(world.workspace, by=sara, now=NOW, customer="Acme", terms=terms)
    posted = [(step.rank, {member.name for member in asked_in(step)}) for step in deal.proposal.steps]
    assert posted == [(one.asked.order, {member.name for member in one.people}) for one in preview]


def test_counter_back_at_another_price_keeps_what_operations_agreed_to(world: World) -> None:
    asking(world, Rule(OPERATIONS), Rule(people("Fin"), order=2))
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    counter(deal, world.terms(PRICE), by=world.person("Otto"), now=NOW)
    # Otto's own counter is his word on these terms, not an answer to others'.
    counter_back(deal, world.terms(TENTS, note="As it was."), by=world.person("Sara"), now=NOW)
    kept = [step.kept_version for step in deal.proposal.steps]
    assert (deal.proposal.steps[1].name, kept) == ("Fin", [1, None])


def test_step_that_the_policy_does_not_ask_any_more_is_dropped(world: World) -> None:
    deal = world.propose(("Summit tent", 100, 38000, JAN_18))
    assert shape(deal) == [(1, "operations", 1, False), (1, "finance", 1, False)]
    world.offer("Summit tent").unit_cost = 20_000
    assert yes(world, deal, "Olga") == ["approved"]
    assert shape(deal) == [(1, "operations", 1, True)]
    assert [step.dropped_at for step in deal.proposal.all_steps if step.role == Role.FINANCE] == [NOW]


def test_all_of_nobody_are_waited_for(world: World) -> None:
    asking(world, Rule(OPERATIONS, need=ALL))
    for name in ("Olga", "Otto"):
        set_roles(world.person(name), [], by=None, now=NOW)
    deal = world.propose()
    assert (deal.state, shape(deal)) == ("proposed", [(1, "operations", 1, False)])


def test_deal_of_an_older_bot_asks_after_all(world: World) -> None:
    deal = world.propose(DEAR)
    for step in list(deal.proposal.all_steps):
        for turn in world.session.scalars(select(Turn).where(Turn.step_id == step.id)):
            turn.step_id = None
        world.session.flush()
        world.session.delete(step)
    deal.proposal.policy_version = None
    world.session.flush()
    world.session.expire_all()
    decide(deal, Move.APPROVE, side=Side.OPERATIONS, by=world.person("Olga"), now=NOW)
    ask_missing_approvers(world.session, now=NOW)
    world.session.expire_all()
    assert shape(deal) == [(1, "operations", 1, True), (1, "finance", 1, False)]


def test_yes_to_one_departure_is_no_yes_to_another(world: World) -> None:
    given = GivenClause("Payment", ClauseKind.CHOICE, "30 days", ("30 days", "60 days", "180 days"))
    key = str(define_clause(world.workspace, given, by=None, now=NOW).id)
    asking(
        world,
        Rule(people("Fin"), (("deviation", ("terms",)),)),
        Rule(people("Gus"), (("deviation", ("lot",)),)),
        Rule(OPERATIONS, (("beyond_standard", 1),)),
        Rule(people("Lea"), order=2),
    )
    sara = world.person("Sara")
    deal = propose_deal(
        world.workspace, by=sara, now=NOW, customer="Acme", terms=replace(world.terms(TENTS), clauses={key: "60 days"})
    )
    yes(world, deal, "Fin", "Olga")
    send_back(deal, by=world.person("Lea"), now=NOW, why="Longer.")
    revise(deal, replace(world.terms(TENTS), clauses={key: "180 days"}), by=sara, now=NOW)
    assert [(name, is_done) for _, name, _, is_done in shape(deal)] == [
        ("Fin", False),
        ("operations", False),
        ("Lea", False),
    ]


def test_who_has_left_the_group_is_not_asked_any_more(world: World) -> None:
    learn_group(world.workspace, GivenGroup("S1", "legal", "Legal", ("UOTTO", "UFIN")))
    asking(world, Rule(Who(Kind.GROUP, ("S1",))))
    deal = world.propose()
    learn_group(world.workspace, GivenGroup("S1", "legal", "Legal", ("UFIN",)))
    with pytest.raises(TooLate, match="You are not asked about this deal any more"):
        approve(deal, by=world.person("Otto"), now=NOW)
    assert yes(world, deal, "Fin") == ["approved"]


def test_yes_to_a_term_is_kept_until_that_term_changes(world: World) -> None:
    payment, warranty = (
        str(define_clause(world.workspace, GivenClause(name, ClauseKind.TEXT, "usual"), by=None, now=NOW).id)
        for name in ("Payment", "Warranty")
    )
    asking(world, Rule(people("Lea"), (("term", ("Payment",)),)), Rule(people("Pete"), order=2))
    terms, sara = world.terms(TENTS), world.person("Sara")
    deal = propose_deal(
        world.workspace, by=sara, now=NOW, customer="Acme", terms=replace(terms, clauses={payment: "60 days"})
    )
    approve(deal, by=world.person("Lea"), now=NOW)
    for clauses, version in (({warranty: "none"}, 1), ({payment: "90 days"}, None)):
        send_back(deal, by=world.person("Pete"), now=NOW, why="Not like this.")
        revise(deal, replace(terms, clauses=clauses), by=sara, now=NOW)
        assert deal.proposal.steps[0].kept_version == version
