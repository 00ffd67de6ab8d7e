"""The forms around a deal's terms at their longest."""

from handlers.deals import delivering_view as forms
from handlers.deals.small_forms_view import FormHead
from handlers.deals.targets import DealTarget
from models.base.words import company_locale
from models.deals.deliveries import open_deliveries
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW

US = company_locale("US")


def test_every_form_is_accepted_at_its_longest(large: Large, slack: Slack) -> None:
    head = FormHead(long(300), DealTarget(deal=10**9, version=10**6))
    deal = large.deal("won")
    owed = open_deliveries(deal)
    assert len(owed) == len(deal.proposal.lines)
    slack.show(forms.deliver_view(head, owed, deal.workspace.this_week(NOW), US))
    slack.show(forms.object_view(head))
    slack.show(forms.hand_over_view(head))
    slack.show(forms.hand_over_all_view(slack.me))
    slack.show(forms.edit_view(head, long(200), long(4000), 90, long(4000)))
    slack.show(forms.attach_view(head))
