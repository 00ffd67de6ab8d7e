"""Which message shows which deal to whom, and how often Slack hears of it."""

from sqlalchemy import delete, select

from models.deals.card_messages import (
    Audience,
    CardMessage,
    card_messages_of,
    deal_in_thread,
    link_of,
    links_of,
    make_card,
    move_waiting_cards,
    raise_card,
    refresh_card,
)
from models.deals.rows import Deal
from models.workspace.outbox import News, Outbox
from models.workspace.workspaces import Workspace
from tests.world import NOW, OPS_CHANNEL, World


def shown(world: World, deal: Deal) -> list[CardMessage]:
    """The deal's cards, as Slack has them; nothing more waits to be sent."""
    world.session.execute(delete(Outbox))
    cards = card_messages_of(deal)
    for number, card in enumerate(cards, 1):
        card.ts = f"17000000{number}.000100"
    world.workspace.url = "https://ridgeline.slack.com/"
    world.session.flush()
    return cards


def queued(world: World) -> list[tuple[News, int | None]]:
    rows = world.session.scalars(select(Outbox).order_by(Outbox.id))
    return [(row.kind, row.card_id) for row in rows]


def test_card_is_made_once_for_each_audience_and_person(world: World) -> None:
    deal, fin, lea = world.propose(), world.person("Fin"), world.person("Lea")
    cards = card_messages_of(deal)
    assert [(card.audience, card.channel) for card in cards] == [
        (Audience.OPERATIONS, OPS_CHANNEL),
        (Audience.SELLER, "USARA"),
    ]
    first = make_card(deal, Audience.APPROVER, to=fin, known=cards, now=NOW)
    assert make_card(deal, Audience.APPROVER, to=fin, known=cards, now=NOW) is first
    assert make_card(deal, Audience.APPROVER, to=lea, known=cards, now=NOW) is not first
    assert (card_messages_of(deal), len(cards)) == (cards, 4)


def test_link_is_known_when_slack_has_the_card_and_its_own_address(world: World) -> None:
    deal = world.propose()
    assert link_of(deal) is None
    shown(world, deal)
    assert link_of(deal) == f"https://ridgeline.slack.com/archives/{OPS_CHANNEL}/p170000001000100"
    world.workspace.url = None
    assert link_of(deal) is None


def test_person_is_led_to_their_own_card_and_others_to_the_channels(world: World) -> None:
    deal = world.propose()
    shown(world, deal)
    channels = f"https://ridgeline.slack.com/archives/{OPS_CHANNEL}/p170000001000100"
    own = "https://ridgeline.slack.com/archives/USARA/p170000002000100"
    assert links_of(world.workspace, [deal.id], world.person("Sara")) == {deal.id: own}
    assert links_of(world.workspace, [deal.id], world.person("Olga")) == {deal.id: channels}
    assert links_of(world.workspace, [deal.id, 99]) == {deal.id: channels}
    assert links_of(world.workspace, []) == {}


def test_thread_is_of_the_deal_whose_card_begins_it(world: World) -> None:
    deal = world.propose()
    channels, _ = shown(world, deal)
    assert deal_in_thread(world.workspace, OPS_CHANNEL, "170000001.000100") is deal
    assert deal_in_thread(world.workspace, "C0OTHER", "170000001.000100") is None
    other = Workspace(name="Other", team_id="T2")
    world.session.add(other)
    world.session.flush()
    assert deal_in_thread(other, channels.channel, "170000001.000100") is None


def test_many_changes_are_one_update_until_it_is_claimed(world: World) -> None:
    card, _ = shown(world, world.propose())
    for _ in range(3):
        refresh_card(card, now=NOW)
    assert queued(world) == [(News.CARD, card.id)]
    world.session.scalars(select(Outbox)).one().first_attempt_at = NOW
    refresh_card(card, now=NOW)
    assert queued(world) == [(News.CARD, card.id)] * 2


def test_card_is_put_at_the_bottom_again_only_where_there_is_one(world: World) -> None:
    card, never_sent = shown(world, world.propose())
    never_sent.ts = None
    raise_card(card, now=NOW)
    raise_card(never_sent, now=NOW)
    # A card that comes anew shows the present state; an update of it would say nothing more.
    refresh_card(card, now=NOW)
    assert queued(world) == [(News.CARD_ANEW, card.id), (News.CARD, never_sent.id)]


def test_cards_that_never_reached_a_channel_go_to_another_one(world: World) -> None:
    first, second = world.propose(), world.propose()
    shown(world, first)
    for card in (*card_messages_of(first), *card_messages_of(second)):
        refresh_card(card, now=NOW)
    stuck = world.session.scalars(select(Outbox).where(Outbox.stream == OPS_CHANNEL)).all()
    for row in stuck:
        row.is_stuck = True
    world.session.flush()
    move_waiting_cards(world.workspace, OPS_CHANNEL, "C0NEW")
    world.session.expire_all()
    assert [card.channel for deal in (first, second) for card in card_messages_of(deal)] == [
        OPS_CHANNEL,
        "USARA",
        "C0NEW",
        "USARA",
    ]
    assert {(row.stream, row.is_stuck) for row in stuck if row.card_id == card_messages_of(second)[0].id} == {
        ("C0NEW", False)
    }
    assert {(row.stream, row.is_stuck) for row in stuck if row.card_id == card_messages_of(first)[0].id} == {
        (OPS_CHANNEL, True)
    }
