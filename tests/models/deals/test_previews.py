"""Over random policies and deals: the preview names the same people that the posted deal asks."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.errors import Refused
from models.company.approvers import Approvers
from models.company.clauses import clauses_of, define_clause
from models.company.customers import take_customers
from models.company.policies import set_policy
from models.deals.approvals import whom_to_ask
from models.deals.asked import asked_in
from models.deals.policy_trial import check_policy
from models.deals.proposing import propose_deal
from models.deals.rows import Deal
from models.deals.terms import TermLine, Terms, check_terms
from models.files.company import GivenCustomer
from models.policy.clauses import ClauseKind, GivenClause
from models.policy.criteria import DEVIATIONS, VERDICTS, Value
from models.policy.rules import ALL, ROLES, Kind, Rule, Who
from models.workspace.leads import set_leads
from models.workspace.roles import Side
from models.workspace.user_groups import GivenGroup, learn_groups
from tests.world import NOW, World, user_id

JAN_4 = date(2027, 1, 4)
PEOPLE = ("Sara", "Pete", "Olga", "Otto", "Fin", "Lea", "Gus")
WHO = st.one_of(
    st.sampled_from(ROLES).map(lambda role: Who(Kind.ROLE, (role,))),
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True).map(
        lambda names: Who(Kind.PEOPLE, tuple(map(user_id, names)))
    ),
    st.just(Who(Kind.LEAD)),
    st.sampled_from(["S1", "S2"]).map(lambda group: Who(Kind.GROUP, (group,))),
)
SOME: dict[str, st.SearchStrategy[Value]] = {
    "beyond_standard": st.just(1),
    "size": st.integers(0, 6_000_000),
    "discount": st.integers(0, 5_000),
    "margin_short": st.integers(0, 3_000),
    "verdict": st.sampled_from(VERDICTS).map(lambda word: (str(word),)),
    "overtime_cost": st.integers(0, 500_000),
    "deviation": st.sampled_from(DEVIATIONS).map(lambda word: (word,)),
    "term": st.sampled_from(["Payment terms", "Warranty"]).map(lambda word: (word,)),
    "family": st.sampled_from(["Tents", "Parts"]).map(lambda word: (word,)),
    "tier": st.just(("strategic",)),
    "weeks_ahead": st.integers(0, 20),
    "seller": st.sampled_from(["Sara", "Pete"]).map(lambda name: (user_id(name),)),
}
WHEN = st.dictionaries(st.sampled_from(sorted(SOME)), st.just(0), max_size=2).flatmap(
    lambda names: st.tuples(*(st.tuples(st.just(name), SOME[name]) for name in sorted(names)))
)
RULE = st.builds(Rule, WHO, WHEN, st.sampled_from([ALL, 1]), st.integers(1, 3), st.none())
LINE = st.tuples(
    st.sampled_from(["Summit tent", "Pole set", "Ridge tent"]),
    st.integers(1, 900),
    st.integers(1_000, 60_000),
    st.integers(0, 20).map(lambda weeks: JAN_4 + timedelta(weeks=weeks)),
)


def previewed(asked: Sequence[Approvers]) -> list[tuple[int, set[str]]]:
    return [(one.asked.order, {member.name for member in one.people}) for one in asked]


def asks(deal: Deal) -> list[tuple[int, set[str]]]:
    return [(step.rank, {member.name for member in asked_in(step)}) for step in deal.proposal.steps]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rules=st.lists(RULE, min_size=1, max_size=4),
    line=LINE,
    seller=st.sampled_from(["Sara", "Pete"]),
    customer=st.sampled_from(["Acme", "Borealis"]),
    payment=st.sampled_from(["", "30 days", "60 days"]),
)
def test_preview_names_whom_the_posted_deal_asks(
    world: World, rules: list[Rule], line: tuple[str, int, int, date], seller: str, customer: str, payment: str
) -> None:
    savepoint = world.session.begin_nested()
    try:
        workspace, by = world.workspace, world.person(seller)
        take_customers(workspace, [GivenCustomer("Acme", "strategic")])
        set_leads(workspace, {Side.SALES: world.person("Pete")}, by=world.person("Lea"), now=NOW)
        for name, choices in (("Payment terms", ("30 days", "60 days")), ("Warranty", ("1", "2"))):
            clause = GivenClause(name, ClauseKind.CHOICE, choices[0], choices)
            define_clause(workspace, clause, by=world.person("Lea"), now=NOW)
        learn_groups(
            workspace, [GivenGroup("S1", "desk", "Desk", ("UFIN", "USARA")), GivenGroup("S2", "none", "No", ())]
        )
        set_policy(workspace, rules, by=world.person("Lea"), now=NOW)
        clauses = {str(clauses_of(workspace)[0].id): payment} if payment else {}
        name, quantity, price, week = line
        terms = Terms((TermLine(world.offer(name).id, quantity, price, week),), "", clauses)
        checked = check_terms(workspace, terms, now=NOW, customer=customer)
        preview = whom_to_ask(workspace, checked, seller=by, customer=customer, clauses=clauses)
        deal = propose_deal(workspace, by=by, now=NOW, customer=customer, terms=terms)
        assert asks(deal) == previewed(preview)
        # Nobody is asked about what they sell; and a policy that is taken asks somebody about all that is not standard.
        assert all(by.name not in people for _, people in asks(deal))
        try:
            check_policy(workspace, rules)
        except Refused:
            return
        assert preview or (deal.state == "approved" and deal.proposal.is_on_the_spot)
    finally:
        savepoint.rollback()
