"""The form of the consensus at its longest, and before a family is chosen."""

from datetime import date

from babel import Locale

from handlers.sop.consensus_view import ConsensusForm, consensus_view
from models.base.months import months_from
from tests.handlers.large import long
from tests.handlers.shown import Slack

EN = Locale("en", "US")
MONTHS = months_from(date(2026, 12, 1), 18)


def test_form_of_the_longest_family_is_accepted(slack: Slack) -> None:
    most = [10**9] * 18
    form = ConsensusForm(10**9, MONTHS, EN, long(200), most, most, [None, *most[1:]], long(500), 9, long(200))
    slack.show(consensus_view(form))


def test_before_a_family_is_chosen_there_are_no_numbers(slack: Slack) -> None:
    view = consensus_view(ConsensusForm(1, MONTHS, EN)).to_dict()
    assert [block["type"] for block in view["blocks"]] == ["input"] * 5
    slack.show(consensus_view(ConsensusForm(1, MONTHS, EN)))
