"""A card as a message: posted once, changed where something has changed, and posted anew where it rises."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.deals.card import audience_of, render_card, render_thread
from handlers.deals.card_view import card_blocks
from handlers.slack.web_calls import Call
from models.company.policies import set_policy
from models.deals.card import card_of
from models.deals.card_messages import Audience, CardMessage, card_messages_of, raise_card, refresh_card
from models.deals.deciding import withdraw
from models.deals.rows import Deal
from models.deals.states import Move
from models.policy.standard import standard_rules
from models.workspace.outbox import News, Outbox, queue, settle
from tests.world import NOW, World

TS = "1795449600.000100"


def rows(world: World, card: CardMessage, *kinds: News) -> list[Outbox]:
    """What waits to be sent of a card, the oldest first."""
    world.session.flush()
    waiting = select(Outbox).where(Outbox.card_id == card.id, Outbox.settled_at.is_(None), Outbox.kind.in_(kinds))
    return list(world.session.scalars(waiting.order_by(Outbox.id)))


def posted(world: World, deal: Deal) -> tuple[CardMessage, CardMessage]:
    """The channel's card and the seller's own, as they are when Slack has them and nothing waits."""
    in_channel, own = card_messages_of(deal)
    for card in (in_channel, own):
        for row in rows(world, card, News.CARD, News.THREAD):
            call = render_card(world.session, row, NOW) if row.kind == News.CARD else None
            card.ts, card.shown = TS, call.shown if call else card.shown
            settle(row, now=NOW)
    return in_channel, own


def rendered(world: World, row: Outbox) -> Call:
    call = render_card(world.session, row, NOW)
    assert call is not None
    return call


def test_card_that_slack_does_not_have_is_posted_with_the_key_of_its_row(world: World) -> None:
    card, own = card_messages_of(world.propose())
    (row,) = rows(world, card, News.CARD)
    call = rendered(world, row)
    assert (call.method, call.is_superseded) == ("chat.postMessage", False)
    assert {name: value for name, value in call.arguments.items() if name not in {"text", "blocks"}} == {
        "channel": "C0TENTS",
        "metadata": {"event_type": "belay_message", "event_payload": {"key": row.key}},
        "unfurl_links": False,
        "unfurl_media": False,
    }
    assert (own.channel, own.audience) == ("USARA", Audience.SELLER)


def test_card_is_changed_only_where_it_shows_something_else(world: World) -> None:
    deal = world.propose()
    card, _ = posted(world, deal)
    refresh_card(card, now=NOW)
    (row,) = rows(world, card, News.CARD)
    assert render_card(world.session, row, NOW) is None
    withdraw(deal, by=world.person("Sara"), now=NOW)
    call = rendered(world, row)
    where = {name: call.arguments[name] for name in ("channel", "ts")}
    assert (call.method, where) == ("chat.update", {"channel": "C0TENTS", "ts": TS})
    assert call.shown != card.shown


def test_card_that_rises_is_a_new_message_and_what_waits_before_it_is_left_out(world: World) -> None:
    deal = world.propose()
    card, _ = posted(world, deal)
    refresh_card(card, now=NOW)
    withdraw(deal, by=world.person("Sara"), now=NOW)
    raise_card(card, now=NOW)
    update, anew = rows(world, card, News.CARD, News.CARD_ANEW)
    assert render_card(world.session, update, NOW) is None
    # Nobody knows whether the earlier one has reached Slack: it is made again.
    update.is_unknown = True
    assert (rendered(world, update).method, rendered(world, anew).method) == ("chat.update", "chat.postMessage")


def test_first_card_is_posted_in_a_channel_for_its_thread_and_in_a_direct_message_the_latest_only(world: World) -> None:
    deal = world.propose()
    calls = {}
    for card in card_messages_of(deal):
        (row,) = rows(world, card, News.CARD)
        queue(deal.workspace, News.CARD_ANEW, stream=card.channel, card_id=card.id, now=NOW)
        world.session.flush()
        calls[card.channel] = render_card(world.session, row, NOW)
        # Nobody knows whether it has reached Slack already.
        row.is_unknown = True
        assert rendered(world, row).is_superseded == (card.channel == "USARA")
    assert [channel for channel, call in calls.items() if call] == ["C0TENTS"]


def test_thread_waits_for_the_card_that_it_hangs_on(world: World) -> None:
    deal = world.propose()
    card, _ = card_messages_of(deal)
    (row,) = rows(world, card, News.THREAD)
    assert render_thread(world.session, row, NOW) is None
    card.ts = TS
    call = render_thread(world.session, row, NOW)
    assert call is not None
    named = ("channel", "thread_ts", "text")
    assert [call.arguments[name] for name in named] == ["C0TENTS", TS, "Sara proposed this deal."]


@pytest.mark.parametrize(
    ("name", "audience"),
    [
        ("Sara", Audience.SELLER),
        ("Pete", Audience.SELLER),
        ("Gus", Audience.SELLER),
        ("Olga", Audience.OPERATIONS),
        ("Fin", Audience.APPROVER),
        ("Lea", Audience.APPROVER),
    ],
)
def test_person_looks_at_a_deal_as_the_role_allows(world: World, name: str, audience: Audience) -> None:
    assert audience_of(world.propose(), world.person(name)) is audience


def test_planner_who_sells_looks_at_the_own_deal_as_its_seller(world: World) -> None:
    deal = world.propose()
    deal.seller = world.person("Olga")
    world.session.flush()
    assert audience_of(deal, world.person("Olga")) is Audience.SELLER


@pytest.mark.parametrize(("late", "asks"), [(0, True), (2, False)])
def test_order_within_the_hour_of_an_undo_is_asked_about_first(world: World, late: int, *, asks: bool) -> None:
    set_policy(world.workspace, standard_rules(2), by=world.person("Lea"), now=NOW)
    deal = world.propose(("Summit tent", 20, 48000, date(2027, 1, 25)))
    card = card_of(deal, now=NOW + timedelta(hours=late))
    shown = str([block.to_dict() for block in card_blocks(card, frozenset({Move.WIN}), Audience.SELLER)])
    assert ("Operations can still undo this yes; an order ends that." in shown) is asks
