"""What a proposal says of itself."""

from datetime import date

from models.deals.decisions import Decision
from models.deals.proposals import Proposal, ProposalLine
from models.deals.rows import Deal
from models.deals.states import Move
from models.promise import Line
from models.workspace.roles import Side
from tests.world import World

JAN_18 = date(2027, 1, 18)


def test_overtime_allowed_is_the_highest_that_operations_agreed_to() -> None:
    def proposal(countered: int | None, *agreed: tuple[Side, int | None]) -> Proposal:
        decisions = [
            Decision(proposal_id=1, move=Move.APPROVE, side=side, overtime_agreed=cost) for side, cost in agreed
        ]
        return Proposal(id=1, deal=Deal(decisions=decisions), side=Side.OPERATIONS, overtime_agreed=countered)

    assert proposal(None).overtime_allowed is None
    assert proposal(0).overtime_allowed == 0
    assert proposal(500, (Side.OPERATIONS, 700)).overtime_allowed == 700
    assert proposal(500, (Side.FINANCE, None), (Side.OPERATIONS, None)).overtime_allowed == 500


def test_terms_are_the_lines_as_a_check_wants_them(world: World) -> None:
    tents = ProposalLine(offer=world.offer("Summit tent"), quantity=3, unit_price=43200, week=JAN_18)
    assert Proposal(lines=[tents]).terms == (Line("Summit tent", 3, 43200, JAN_18),)
