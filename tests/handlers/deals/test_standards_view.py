"""What customers keep asking for, at its longest."""

from sqlalchemy.orm import Session

from handlers.deals.standards_view import Standards, standard_view, standards_view
from models.base.words import company_locale
from models.deals.standards import Beyond, Candidate
from tests.handlers.digests.test_scoreboard_view import AMOUNT
from tests.handlers.large import Large, offer_name
from tests.handlers.shown import Slack


def test_standards_are_accepted(large: Large, slack: Slack, session: Session) -> None:
    offer = large.world.offer(offer_name("fits", 0))
    found = [Candidate(offer, kind, 10**6, AMOUNT, AMOUNT, 9999) for kind in Beyond] * 10
    for may_decide in (True, False):
        slack.show(standards_view(Standards(found[:1], large.world.workspace, company_locale("US"), may_decide)))
    slack.show(standards_view(Standards(found, large.world.workspace, company_locale("US"), may_decide=False)))
    slack.show(standards_view(Standards([], large.world.workspace, company_locale("US"), may_decide=True)))
    for candidate in found[: len(Beyond)]:
        slack.show(standard_view(candidate, company_locale("US")))
