"""Every button of a step, pressed by everybody in every state of the steps, against a table written out."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from handlers.deals.targets import DealTarget
from handlers.slack.ids import Act, action_id
from models.company.policies import set_policy
from models.deals.absences import keep_absences
from models.deals.deciding import approve, send_back
from models.deals.proposing import propose_deal
from models.deals.rows import Deal
from models.deals.stepping import abstain, reassign, recall
from models.deals.terms import TermLine, Terms
from models.deals.transitions import find_number
from models.policy.rules import ALL, Kind, Rule, Who
from models.policy.standard import LEADERSHIP, OPERATIONS
from models.workspace.absences import go_away
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import the_workspace
from tests.handlers.deals.test_card_buttons import ROOMY, tent
from tests.handlers.desk import Desk, Json, People, opened, plain, rows_in
from tests.world import NOW

PEOPLE: People = {
    "seller": ("Sara", Role.SALES),
    "other seller": ("Pete", Role.SALES),
    "olga": ("Olga", Role.OPERATIONS),
    "otto": ("Otto", Role.OPERATIONS),
    "fin": ("Fin", Role.FINANCE),
    "lea": ("Lea", Role.LEADERSHIP),
    "nobody": ("Gus",),
    "guest": ("Greta", Role.OPERATIONS),
    "foreigner": ("Frank", Role.OPERATIONS),
}
ACTS = {
    "approve": Act.APPROVE,
    "approve and say why": Act.APPROVE_WHY,
    "send back": Act.SEND_BACK,
    "take back": Act.TAKE_BACK,
    "one more": Act.ADD_APPROVER,
    "reassign": Act.REASSIGN,
    "abstain": Act.ABSTAIN,
    "recall": Act.RECALL,
}
# Operations, and beside them Fin and Pete by name, both; then leadership. What has no row is refused to everybody.
WHO_MAY = {
    "asked": """
        approve               | olga, otto, fin, other seller             | form
        approve and say why   | olga, otto, fin, other seller             | form
        send back             | fin, other seller                         | form
        one more              | olga, otto, fin, other seller, lea        | form
        reassign              | olga, otto, fin, other seller             | form
        abstain               | olga, otto, fin, other seller             | form
    """,
    "operations agreed": """
        approve               | fin, other seller                         | form
        approve and say why   | fin, other seller                         | form
        send back             | fin, other seller                         | form
        take back             | olga                                      | form
        one more              | olga, otto, fin, other seller, lea        | form
        reassign              | fin, other seller                         | form
        abstain               | fin, other seller                         | form
        recall                | seller                                    | form
    """,
    "one of two": """
        approve               | olga, otto, other seller                  | form
        approve and say why   | olga, otto, other seller                  | form
        send back             | other seller                              | form
        take back             | fin                                       | form
        one more              | olga, otto, fin, other seller, lea        | form
        reassign              | olga, otto, other seller                  | form
        abstain               | olga, otto, other seller                  | form
        recall                | seller                                    | form
    """,
    # The first two steps are done: leadership alone is asked, and those before may still take their yes back.
    "leadership is asked": """
        approve               | lea                                       | form
        approve and say why   | lea                                       | form
        send back             | lea                                       | form
        take back             | olga, fin, other seller                   | form
        one more              | olga, otto, fin, other seller, lea        | form
        reassign              | lea                                       | form
        abstain               | lea                                       | form
        recall                | seller                                    | form
    """,
    "abstained": """
        approve               | olga, otto, other seller                  | form
        approve and say why   | olga, otto, other seller                  | form
        send back             | other seller                              | form
        one more              | olga, otto, fin, other seller, lea        | form
        reassign              | olga, otto, other seller                  | form
        abstain               | olga, otto, other seller                  | form
    """,
    # Gus answers for operations, who are not asked any more.
    "reassigned": """
        approve               | nobody, fin, other seller                 | form
        approve and say why   | nobody, fin, other seller                 | form
        send back             | nobody, fin, other seller                 | form
        one more              | nobody, fin, other seller, lea            | form
        reassign              | nobody, fin, other seller                 | form
        abstain               | nobody, fin, other seller                 | form
    """,
    # Lea answers for Fin while he is away, as he may himself.
    "fin is away": """
        approve               | olga, otto, fin, other seller, lea        | form
        approve and say why   | olga, otto, fin, other seller, lea        | form
        send back             | fin, other seller, lea                    | form
        one more              | olga, otto, fin, other seller, lea        | form
        reassign              | olga, otto, fin, other seller, lea        | form
        abstain               | olga, otto, fin, other seller, lea        | form
    """,
    # She has spoken on these terms: either of them may take it back.
    "deputy agreed": """
        approve               | olga, otto, other seller                  | form
        approve and say why   | olga, otto, other seller                  | form
        send back             | other seller                              | form
        take back             | fin, lea                                  | form
        one more              | olga, otto, fin, other seller, lea        | form
        reassign              | olga, otto, other seller                  | form
        abstain               | olga, otto, other seller                  | form
        recall                | seller                                    | form
    """,
    "recalled": """
        take back             | olga                                      | form
        one more              | olga, otto, fin, other seller, lea        | form
    """,
    "sent back": """
        approve               | olga, otto, fin, other seller             | form
        approve and say why   | olga, otto, fin, other seller             | form
        one more              | olga, otto, fin, other seller, lea        | form
        reassign              | olga, otto, fin, other seller             | form
        abstain               | olga, otto, fin, other seller             | form
    """,
}
Make = Callable[[Deal, Mapping[str, Member]], None]


def _agree(*names: str) -> Make:
    def make(deal: Deal, people: Mapping[str, Member]) -> None:
        for name in names:
            approve(deal, by=people[name], now=NOW)

    return make


def _recalled(deal: Deal, people: Mapping[str, Member]) -> None:
    approve(deal, by=people["olga"], now=NOW)
    recall(deal, by=people["seller"], now=NOW)


def _away(*names: str) -> Make:
    """Fin is away, with Lea as his deputy, who agrees."""

    def make(deal: Deal, people: Mapping[str, Member]) -> None:
        today = deal.workspace.today(NOW)
        go_away(people["fin"], today, today, now=NOW, deputy=people["lea"])
        keep_absences(deal.session, now=NOW)
        _agree(*names)(deal, people)

    return make


MAKING: dict[str, Make] = {
    "fin is away": _away(),
    "deputy agreed": _away("lea"),
    "asked": _agree(),
    "operations agreed": _agree("olga"),
    "one of two": _agree("fin"),
    "leadership is asked": _agree("olga", "fin", "other seller"),
    "abstained": lambda deal, people: abstain(deal, by=people["fin"], now=NOW, why="My brother’s."),
    "reassigned": lambda deal, people: reassign(deal, people["nobody"], by=people["otto"], now=NOW, why=""),
    "recalled": _recalled,
    "sent back": lambda deal, people: send_back(deal, by=people["fin"], now=NOW, why="Too cheap."),
}


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with opened(Desk, database_url, PEOPLE, monkeypatch) as desk:
        yield desk


def make(desk: Desk, state: str) -> DealTarget:
    """A deal whose steps stand there."""
    with desk.bot.database.writing() as session:
        people = {role: desk.member(session, role) for role in PEOPLE}
        workspace = the_workspace(session)
        named = Who(Kind.PEOPLE, (people["fin"].user_id, people["other seller"].user_id))
        rules = [Rule(OPERATIONS), Rule(named, need=ALL), Rule(LEADERSHIP, order=2)]
        set_policy(workspace, rules, by=people["lea"], now=NOW)
        terms = Terms((TermLine(tent(session).id, 10, 48000, ROOMY),))
        deal = propose_deal(workspace, by=people["seller"], now=NOW, customer="Acme", terms=terms)
        MAKING[state](deal, people)
        return DealTarget(deal=deal.id, version=deal.proposal.version)


def pressed(act: Act, target: DealTarget) -> Json:
    return {
        "type": "button",
        "action_id": action_id(act, target.deal),
        "value": target.encode(),
        "text": plain(str(act)),
    }


@pytest.mark.parametrize("state", WHO_MAY)
def test_step_is_answered_by_those_whom_the_table_names_and_by_nobody_else(desk: Desk, state: str) -> None:
    target, table = make(desk, state), rows_in(WHO_MAY[state])
    before, wrong = desk.rows(), []
    for button, act in ACTS.items():
        may = table.get(button, (frozenset(), ""))[0]
        for role in PEOPLE:
            refused = desk.press_in_message(role, pressed(act, target)).is_refusal
            after = desk.rows()
            if refused == (role in may) or (refused and after != before):
                wrong.append(f"{button} by {role}: {'refused' if refused else 'done'}")
            if after != before:
                desk.restore(before)
    assert wrong == []


def test_old_button_decides_nothing_about_newer_terms(desk: Desk) -> None:
    target = make(desk, "operations agreed")
    old = DealTarget(deal=target.deal, version=7)
    before = desk.rows()
    assert "terms have changed" in desk.press_in_message("olga", pressed(Act.TAKE_BACK, old)).text
    assert desk.rows() == before
    assert desk.look(lambda session: find_number(the_workspace(session), 1).state) == "proposed"
