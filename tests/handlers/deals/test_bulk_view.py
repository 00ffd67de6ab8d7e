"""Several deals in one form, with as many and as long ones as there may be."""

from dataclasses import replace

from handlers.deals.bulk_view import bulk_view, bulk_words
from handlers.slack.text import plain
from handlers.slack.view_parts import notice
from models.deals.bulk import MOST_AT_ONCE, Answered
from models.deals.card import card_of
from models.deals.clauses import Departure
from models.deals.deciding import approve
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW, World


def test_longest_deals_are_accepted(large: Large, slack: Slack) -> None:
    deal = large.deal("looking")
    departing = tuple(Departure(long(60), long(300), long(300), long(300)) for _ in range(8))
    card = replace(card_of(deal, now=NOW), departures=departing, seller=long(80))
    slack.show(bulk_view([replace(card, id=2**31 - n) for n in range(MOST_AT_ONCE)], more=999))
    slack.show(notice(bulk_words([Answered(deal, long(3000))] * MOST_AT_ONCE)))


def test_what_became_of_each_is_said(world: World) -> None:
    deal = world.propose()
    assert plain(bulk_words([Answered(deal)])) == "You agreed; #1 waits for operations."
    approve(deal, by=world.person("Olga"), now=NOW)
    assert plain(bulk_words([Answered(deal)])) == "Approved: #1."
    said = plain(bulk_words([Answered(deal, "The terms have changed.")]))
    assert said == "None was approved.\n#1 · Acme · 100 × Summit tent: The terms have changed."
