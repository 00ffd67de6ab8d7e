"""Taking back, recalling, abstaining, one more, and somebody else: what each leaves of the steps."""

from datetime import date

import pytest
from sqlalchemy import select

from models.base.errors import NotYours, Refused, TooLate
from models.base.language import as_read
from models.company.policies import set_policy
from models.company.resources import ResourceRow
from models.deals.deciding import approve, send_back
from models.deals.handing_over import hand_over
from models.deals.proposing import counter, revise
from models.deals.rows import Deal
from models.deals.speaking import step_to_answer
from models.deals.stepping import abstain, add_approver, reassign, recall, step_aside, take_back
from models.deals.turns import turns_of
from models.policy.rules import ALL, Kind, Rule, Who
from models.policy.standard import FINANCE, LEADERSHIP, OPERATIONS
from models.workspace.members import learn_member, set_roles
from models.workspace.roles import Role, Side
from tests.world import NOW, World, user_id

JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)


def people(*names: str) -> Who:
    return Who(Kind.PEOPLE, tuple(map(user_id, names)))


def asking(world: World, *rules: Rule) -> Deal:
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    return world.propose()


def shape(deal: Deal) -> list[tuple[str, int, bool]]:
    return [(step.name or str(step.role), step.required, step.is_done) for step in deal.proposal.steps]


def test_yes_is_taken_back_until_the_next_step_has_gone_on(world: World) -> None:
    deal = asking(world, Rule(OPERATIONS), Rule(FINANCE, order=2), Rule(LEADERSHIP, order=3))
    olga, fin, otto = (world.person(name) for name in ("Olga", "Fin", "Otto"))
    approve(deal, by=olga, now=NOW)
    take_back(deal, by=olga, now=NOW)
    assert (shape(deal)[0], list(deal.awaiting)) == (("operations", 1, False), [Side.OPERATIONS])
    assert [turn.side for turn in turns_of(deal)] == [Side.OPERATIONS]
    # Whoever took it back may agree again.
    approve(deal, by=olga, now=NOW)
    approve(deal, by=fin, now=NOW, why="Fine.")
    with pytest.raises(TooLate) as refused:
        take_back(deal, by=olga, now=NOW)
    assert refused.value.sentence == "Fin has gone on from it; ask them, or Sara."
    take_back(deal, by=fin, now=NOW)
    take_back(deal, by=olga, now=NOW)
    with pytest.raises(TooLate, match="There is no yes of yours"):
        take_back(deal, by=otto, now=NOW)
    with pytest.raises(NotYours):
        take_back(deal, by=world.person("Sara"), now=NOW)


def test_seller_recalls_what_somebody_agreed_to_and_changes_it(world: World) -> None:
    deal = asking(world, Rule(OPERATIONS), Rule(people("Lea"), (("size", 0),), order=2))
    sara, olga = world.person("Sara"), world.person("Olga")
    with pytest.raises(TooLate, match="Nobody has decided on these terms yet"):
        recall(deal, by=sara, now=NOW)
    approve(deal, by=olga, now=NOW)
    recall(deal, by=sara, now=NOW)
    assert (deal.turn, deal.asked_steps, [turn.side for turn in turns_of(deal)]) == ((Side.SALES,), [], [Side.SALES])
    with pytest.raises(TooLate, match="Sara is changing these terms; wait for the new ones"):
        approve(deal, by=world.person("Lea"), now=NOW)
    with pytest.raises(TooLate, match="These terms wait for you already"):
        recall(deal, by=sara, now=NOW)
    revise(deal, world.terms(("Summit tent", 100, 43300, JAN_18)), by=sara, now=NOW)
    assert shape(deal) == [("operations", 1, True), ("Lea", 1, False)]
    assert list(deal.awaiting) == [Side.APPROVERS]


def test_who_abstains_is_not_waited_for_and_the_last_one_cannot(world: World) -> None:
    deal = asking(world, Rule(people("Fin", "Lea", "Olga"), need=ALL))
    fin, lea, olga = (world.person(name) for name in ("Fin", "Lea", "Olga"))
    with pytest.raises(Refused, match="Say in a sentence why"):
        abstain(deal, by=fin, now=NOW, why=" ")
    abstain(deal, by=fin, now=NOW, why="My brother's company.")
    assert shape(deal) == [("Olga, Fin and Lea", 2, False)]
    assert step_to_answer(deal, fin) is None
    approve(deal, by=lea, now=NOW)
    approve(deal, by=olga, now=NOW)
    assert deal.state == "approved"


def test_last_who_could_answer_reassigns_instead(world: World) -> None:
    deal = asking(world, Rule(OPERATIONS))
    abstain(deal, by=world.person("Olga"), now=NOW, why="I know them.")
    with pytest.raises(Refused, match="You are the last who can answer this"):
        abstain(deal, by=world.person("Otto"), now=NOW, why="So do I.")
    reassign(deal, world.person("Fin"), by=world.person("Otto"), now=NOW, why="")
    assert shape(deal) == [("Fin", 1, False)]
    with pytest.raises(NotYours):
        approve(deal, by=world.person("Pete"), now=NOW)
    approve(deal, by=world.person("Fin"), now=NOW)
    # What the policy asked of operations is answered: they are not asked again.
    assert (deal.state, shape(deal)) == ("approved", [("Fin", 1, True)])


def test_one_more_is_asked_beside_those_who_are_asked_now(world: World) -> None:
    deal = asking(world, Rule(OPERATIONS), Rule(LEADERSHIP, order=2))
    olga, gus = world.person("Olga"), world.person("Gus")
    add_approver(deal, gus, by=olga, now=NOW, why="He knows the site.")
    assert [(step.rank, step.name, [*map(as_read, step.reasons)]) for step in deal.proposal.steps if step.added_by] == [
        (1, "Gus", ["asked by Olga: He knows the site."])
    ]
    with pytest.raises(Refused, match="Gus is asked already"):
        add_approver(deal, gus, by=olga, now=NOW, why="")
    approve(deal, by=olga, now=NOW)
    assert list(deal.awaiting) == [Side.APPROVERS]
    approve(deal, by=gus, now=NOW)
    assert list(deal.awaiting) == [Side.LEADERSHIP]


@pytest.mark.parametrize("verb", [add_approver, reassign])
def test_neither_seller_nor_guest_is_asked(world: World, verb: object) -> None:
    assert callable(verb)
    deal, olga = asking(world, Rule(OPERATIONS)), world.person("Olga")
    with pytest.raises(Refused, match="Nobody decides on their own deal"):
        verb(deal, world.person("Sara"), by=olga, now=NOW, why="")
    learn_member(
        world.workspace,
        "UGUEST",
        name="Guest",
        timezone="UTC",
        locale="en-US",
        is_outsider=True,
        is_slack_admin=False,
    )
    guest = next(one for one in world.session.identity_map.values() if getattr(one, "user_id", "") == "UGUEST")
    with pytest.raises(Refused, match="Guest is a guest"):
        verb(deal, guest, by=olga, now=NOW, why="")
    with pytest.raises(NotYours):
        verb(deal, world.person("Lea"), by=world.person("Sara"), now=NOW, why="")


def test_leadership_may_ask_one_more_and_whoever_countered_is_not(world: World) -> None:
    deal = asking(world, Rule(OPERATIONS))
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    lea = world.person("Lea")
    with pytest.raises(Refused, match="Nobody decides on their own deal"):
        add_approver(deal, world.person("Olga"), by=lea, now=NOW, why="")
    add_approver(deal, world.person("Fin"), by=lea, now=NOW, why="")
    assert list(deal.awaiting) == [Side.SALES, Side.APPROVERS]


def test_who_is_asked_by_name_sends_back(world: World) -> None:
    deal = asking(world, Rule(OPERATIONS), Rule(people("Pete")))
    send_back(deal, by=world.person("Pete"), now=NOW, why="Not like this.")
    assert (deal.turn, deal.is_sent_back, deal.decisions[-1].side) == ((Side.SALES,), True, Side.APPROVERS)
    revise(deal, world.terms(("Summit tent", 100, 43200, JAN_25)), by=world.person("Sara"), now=NOW)
    assert [step.is_done for step in deal.proposal.steps] == [False, False]


def test_who_agreed_for_one_role_is_not_given_another_one(world: World) -> None:
    deal = asking(world, Rule(OPERATIONS), Rule(FINANCE))
    olga, fin = world.person("Olga"), world.person("Fin")
    approve(deal, by=olga, now=NOW)
    with pytest.raises(Refused, match="Olga has agreed for somebody else already"):
        reassign(deal, olga, by=fin, now=NOW, why="")
    assert (deal.state, list(deal.awaiting)) == ("proposed", [Side.FINANCE])


def test_last_who_has_not_answered_cannot_abstain_either(world: World) -> None:
    deal = asking(world, Rule(people("Fin", "Lea"), need=ALL))
    approve(deal, by=world.person("Fin"), now=NOW)
    with pytest.raises(Refused, match="You are the last who can answer this"):
        abstain(deal, by=world.person("Lea"), now=NOW, why="No view.")
    two = asking(world, Rule(OPERATIONS, need=2))
    with pytest.raises(Refused, match="You are the last who can answer this"):
        abstain(two, by=world.person("Olga"), now=NOW, why="No view.")
    with pytest.raises(Refused, match="2 of operations are asked"):
        reassign(two, world.person("Gus"), by=world.person("Olga"), now=NOW, why="")


def test_seller_who_takes_a_deal_over_takes_no_yes_with_them(world: World) -> None:
    set_roles(world.person("Pete"), [Role.SALES, Role.OPERATIONS], by=None, now=NOW)
    deal = asking(world, Rule(OPERATIONS), Rule(FINANCE))
    approve(deal, by=world.person("Pete"), now=NOW)
    hand_over(deal, world.person("Pete"), by=world.person("Sara"), now=NOW)
    assert list(deal.awaiting) == [Side.OPERATIONS, Side.FINANCE]
    only = asking(world, Rule(people("Pete")))
    hand_over(only, world.person("Pete"), by=world.person("Sara"), now=NOW)
    # Nobody else was asked: leadership is.
    assert (shape(only), list(only.awaiting)) == ([("leadership", 1, False)], [Side.LEADERSHIP])


def test_one_more_is_asked_of_the_next_version_too(world: World) -> None:
    deal = asking(world, Rule(OPERATIONS))
    add_approver(deal, world.person("Lea"), by=world.person("Olga"), now=NOW, why="")
    revise(deal, world.terms(("Summit tent", 100, 43200, JAN_18), note="Please."), by=world.person("Sara"), now=NOW)
    assert shape(deal) == [("operations", 1, False), ("Lea", 1, False)]


def test_kept_yes_of_one_role_is_nobody_s_for_another(world: World) -> None:
    set_roles(world.person("Olga"), [Role.OPERATIONS, Role.FINANCE], by=None, now=NOW)
    deal = asking(world, Rule(OPERATIONS), Rule(FINANCE))
    approve(deal, by=world.person("Olga"), now=NOW)
    recall(deal, by=world.person("Sara"), now=NOW)
    revise(deal, world.terms(("Summit tent", 100, 43300, JAN_18)), by=world.person("Sara"), now=NOW)
    assert [step.is_done for step in deal.proposal.steps] == [True, False]
    with pytest.raises(TooLate):
        approve(deal, by=world.person("Olga"), now=NOW, why="Fine.")


def test_what_is_sent_back_stays_so_whoever_else_answers(world: World) -> None:
    deal = asking(world, Rule(OPERATIONS), Rule(FINANCE))
    send_back(deal, by=world.person("Fin"), now=NOW, why="Too cheap.")
    approve(deal, by=world.person("Olga"), now=NOW)
    assert (deal.is_sent_back, deal.turn) == (True, (Side.SALES,))
    # Who sent it back may agree after all.
    approve(deal, by=world.person("Fin"), now=NOW, why="All right.")
    assert deal.state == "approved"


def left(world: World, name: str) -> None:
    member = world.person(name)
    member.is_outsider = True
    step_aside(member, now=NOW)


def test_others_answer_without_who_has_left(world: World) -> None:
    rules = (Rule(Who(Kind.PEOPLE, ("UGUS", "UFIN")), need=ALL),)
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    deal = world.propose()
    left(world, "Gus")
    (step,) = deal.proposal.steps
    assert (step.name, step.required, step.people) == ("Fin", 1, [world.person("Fin").id])
    approve(deal, by=world.person("Fin"), now=NOW)
    assert deal.state == "approved"


def test_who_has_become_a_guest_does_not_answer_before_the_step_has_noticed(world: World) -> None:
    set_policy(world.workspace, (Rule(people("Gus", "Fin")),), by=world.person("Lea"), now=NOW)
    deal = world.propose()
    world.person("Gus").is_outsider = True
    with pytest.raises(NotYours):
        approve(deal, by=world.person("Gus"), now=NOW)
    assert not deal.decisions


def test_leadership_answers_where_nobody_is_left(world: World) -> None:
    set_policy(world.workspace, (Rule(Who(Kind.PEOPLE, ("UGUS",))),), by=world.person("Lea"), now=NOW)
    deal = world.propose()
    left(world, "Gus")
    assert [(turn.side, turn.member) for turn in turns_of(deal)] == [("leadership", None)]
    approve(deal, by=world.person("Lea"), now=NOW)
    assert deal.state == "approved"


@pytest.mark.parametrize("fits", [True, False])
def test_who_was_the_last_to_be_waited_for_leaves(world: World, *, fits: bool) -> None:
    rules = (Rule(Who(Kind.PEOPLE, ("UGUS", "UFIN")), need=ALL),)
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    deal = world.propose(("Summit tent", 100, 43200, JAN_25))
    approve(deal, by=world.person("Fin"), now=NOW)
    if not fits:
        row = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
        row.weekly = row.overtime = 0
        world.session.flush()
    left(world, "Gus")
    # What all had agreed to is promised; what is not to be had any more is looked at again.
    assert (deal.state, len(deal.proposal.open_steps)) == (("approved", 0) if fits else ("proposed", 1))
