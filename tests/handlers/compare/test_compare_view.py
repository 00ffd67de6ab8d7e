"""The view of compared deals with as many as there may be, and the longest of everything."""

from dataclasses import replace
from datetime import timedelta

from handlers.compare.compare_view import ComparedView, compare_view, sent_view
from handlers.compare.targets import CompareTarget
from models.base.words import company_locale
from models.compare.answers import Choices, Chosen, PossibleAnswer, Wishes
from models.compare.comparison import MOST_COMPARED, ComparedDeal, Comparison, compare_with
from models.compare.sending import Sent
from models.deals.rows import Deal
from sandbox.render import render_blocks
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW


def longest(large: Large, *, lines: int = 1) -> ComparedView:
    """As many deals as are compared, each with eight answers; the chosen ones with so many lines."""
    deal = large.deal("fits")
    comparison = compare_with(deal, by=large.person("Olga"), now=NOW)
    (one,) = [compared for compared in comparison.deals if compared.id == deal.id]
    deals = tuple(
        replace(one, id=10**9 + n, number=10**6 + n, tier=long(40), likelihood=100) for n in range(MOST_COMPARED)
    )
    whole = Comparison(comparison.company, comparison.today, deals, comparison.scarce)
    possible = [tuple(answer(one, n, lines) for n in range(8))] * MOST_COMPARED
    chosen = tuple(Chosen(deal, possible[0][1], 10**12) for deal in deals)
    wishes = Wishes(tier=long(40), fixed={deal.id: "later++" for deal in deals})
    locale = company_locale(large.world.workspace.country)
    return ComparedView(
        deal.id, whole, wishes, locale, 9, may_send=True, possible=possible, choices=Choices(chosen, True)
    )


def answer(deal: ComparedDeal, number: int, lines: int) -> PossibleAnswer:
    first = deal.checked.check.deal.lines[0]
    parts = tuple(replace(first, quantity=10**6, week=first.week + timedelta(weeks=n)) for n in range(lines))
    return PossibleAnswer(f"later{'+' * number}", long(300), long(100), -(10**12), parts)


def test_most_deals_with_the_longest_of_everything_are_accepted(large: Large, slack: Slack) -> None:
    view = longest(large, lines=2)
    slack.show(compare_view(view))
    slack.show(compare_view(replace(view, choices=None, possible=None)))
    slack.show(compare_view(replace(view, may_send=False)))


def test_more_lines_than_a_window_carries_are_not_sent(large: Large, slack: Slack) -> None:
    (view,) = slack.show(compare_view(longest(large, lines=8)))
    assert view.submit is None
    assert not CompareTarget.decode(view.private_metadata).sent
    assert (
        render_blocks([view.to_dict()["blocks"][-1]])
        == "These are too many lines to send at once. Choose “not now” for some of the deals."
    )


def test_what_was_sent_is_listed(large: Large, slack: Slack) -> None:
    deals = [large.world.session.get_one(Deal, large.deal("fits").id)] * MOST_COMPARED
    sent = [Sent(deal.id, 1, overtime=10**12) for deal in deals]
    slack.show(sent_view(deals, sent, large.world.workspace, company_locale("US")))
