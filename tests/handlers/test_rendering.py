"""From the outbox to Slack: every kind of news has its words, and what Slack has taken is remembered."""

from typing import Any

import pytest
from sqlalchemy import select

from handlers.agendas.home import home_of
from handlers.rendering import FILES, RENDERERS, note_gone, note_sent, render
from handlers.slack.web_calls import Call
from handlers.sop.budget import PlanFile
from models.deals.card_messages import CardMessage, card_messages_of
from models.deals.exporting import DealsFile
from models.files.months import MonthsKind
from models.sop.reviews import ReviewFile
from models.sop.signing import PageFile, SignedPage
from models.workspace.agendas import agenda_of, remind
from models.workspace.outbox import News, Outbox, Payload, Removal, queue
from tests.world import NOW, World

OLD, NEW = "1795440000.000100", "1795449600.000100"
POSTED = Call("chat.postMessage", {}, shown="digest")


def queued(world: World, kind: News, **about: Any) -> Outbox:
    row = queue(world.workspace, kind, stream="C0TENTS", now=NOW, **about)
    world.session.flush()
    return row


def waiting(world: World, kind: News, payload: type[Payload]) -> list[Payload]:
    """What waits of a kind, as it was written."""
    rows = world.session.scalars(select(Outbox).where(Outbox.kind == kind).order_by(Outbox.id))
    return [payload.of(row) for row in rows]


def card_of_a_deal(world: World, ts: str | None = OLD) -> CardMessage:
    card = card_messages_of(world.propose())[0]
    card.ts = ts
    return card


def test_every_kind_of_news_is_rendered_or_is_a_file_and_what_is_not_for_slack_is_neither() -> None:
    assert set(RENDERERS) | set(FILES) == set(News) - {News.WAYS, News.TWINS, News.WEBHOOK}
    assert set(RENDERERS) & set(FILES) == set()


def test_removal_and_home_are_calls_of_their_own(world: World) -> None:
    gus = world.person("Gus")
    gone = queued(world, News.REMOVE, payload=Removal("C0TENTS", OLD))
    home = queued(world, News.HOME, member_id=gus.id)
    shown = home_of(gus, now=NOW).to_dict()
    assert [render(world.session, row, now=NOW) for row in (gone, home)] == [
        Call("chat.delete", {"channel": "C0TENTS", "ts": OLD}),
        Call("views.publish", {"user_id": "UGUS", "view": shown}),
    ]


def test_person_reads_in_their_locale_wherever_the_message_stands_by_now(world: World) -> None:
    sara = world.person("Sara")
    sara.locale = "de-DE"
    deal = world.propose()
    own, channel = sorted(card_messages_of(deal), key=lambda card: card.member_id is None)
    own.channel = "D0SARA"
    calls = [
        render(world.session, row, now=NOW)
        for row in (
            queued(world, News.CARD, card_id=own.id),
            queued(world, News.CARD, card_id=channel.id),
            queued(world, News.HOME, member_id=sara.id),
        )
    ]
    assert ["Am Zug" in str(call) for call in calls[:2]] == [True, False]
    assert "Deal vorschlagen" in str(calls[2])


def test_file_is_for_whom_the_message_is_that_it_follows(world: World) -> None:
    sara = world.person("Sara")
    row = queued(world, News.DEALS, member_id=sara.id, payload=DealsFile(member=sara.id))
    note_sent(world.session, row, POSTED, {"channel": "D0SARA", "ts": NEW}, now=NOW)
    files = world.session.scalars(select(Outbox).where(Outbox.kind == News.DEALS_FILE)).all()
    assert {file.member_id for file in files} == {sara.id}


@pytest.mark.parametrize(
    ("call", "ts", "removed"),
    [
        (POSTED, NEW, [Removal("C0TENTS", OLD)]),
        # A second look has found the message that was sent before.
        (POSTED, OLD, []),
        (Call("chat.update", {}, shown="digest"), OLD, []),
    ],
    ids=["anew", "the same", "changed"],
)
def test_card_is_where_slack_has_put_it_and_the_one_that_it_replaces_goes(
    world: World, call: Call, ts: str, removed: list[Removal]
) -> None:
    card = card_of_a_deal(world)
    row = queued(world, News.CARD_ANEW, card_id=card.id)
    note_sent(world.session, row, call, {"channel": "C0TENTS", "ts": ts}, now=NOW)
    assert (card.channel, card.ts, card.shown) == ("C0TENTS", ts, "digest")
    assert waiting(world, News.REMOVE, Removal) == removed


def test_card_that_shows_nothing_known_is_brought_up_to_date(world: World) -> None:
    card = card_of_a_deal(world, None)
    (first,) = world.session.scalars(select(Outbox).where(Outbox.card_id == card.id, Outbox.kind == News.CARD))
    first.first_attempt_at = NOW
    note_sent(world.session, first, Call("chat.postMessage", {}), {"channel": "C0TENTS", "ts": NEW}, now=NOW)
    world.session.flush()
    rows = world.session.scalars(select(Outbox).where(Outbox.card_id == card.id, Outbox.kind == News.CARD)).all()
    assert (card.ts, len(rows)) == (NEW, 2)
    assert waiting(world, News.REMOVE, Removal) == []


def test_agenda_remembers_which_deals_it_lists(world: World) -> None:
    olga = world.person("Olga")
    remind(olga, now=NOW)
    agenda = agenda_of(olga)
    agenda.ts = OLD
    row = queued(world, News.AGENDA_ANEW, member_id=olga.id)
    call = Call("chat.postMessage", {}, shown="digest", listed=(3, 1))
    note_sent(world.session, row, call, {"channel": "D0OLGA", "ts": NEW}, now=NOW)
    assert (agenda.channel, agenda.ts, agenda.shown, agenda.listed) == ("D0OLGA", NEW, "digest", [3, 1])
    assert waiting(world, News.REMOVE, Removal) == [Removal("UOLGA", OLD)]


def test_message_with_files_is_followed_by_them_in_its_thread(world: World) -> None:
    asked = ReviewFile(kind=MonthsKind.SUPPLY, cycle=3, member=7)
    for kind, payload in (
        (News.SOP_PAGE, SignedPage(5)),
        (News.REVIEW, asked),
        (News.DEALS, DealsFile(member=7)),
        (News.PLAN, PlanFile(cycle=3)),
        (News.ESCALATION, None),
    ):
        row = queued(world, kind, payload=payload)
        note_sent(world.session, row, POSTED, {"channel": "C0ALL", "ts": NEW}, now=NOW)
    world.session.flush()
    files = [PageFile(NEW, 5, "plan.csv"), PageFile(NEW, 5, "plan.xlsx"), PageFile(NEW, 5, "plan.pdf")]
    assert waiting(world, News.SOP_FILE, PageFile) == files
    assert waiting(world, News.REVIEW_FILE, ReviewFile) == [ReviewFile(NEW, MonthsKind.SUPPLY, 3, 7)]
    assert waiting(world, News.PLAN_FILE, PlanFile) == [PlanFile(NEW, 3)]
    names = ("csv", "xlsx", "history.csv", "history.ndjson")
    assert waiting(world, News.DEALS_FILE, DealsFile) == [DealsFile(NEW, 7, name) for name in names]
    assert {row.stream for row in world.session.scalars(select(Outbox).where(Outbox.kind.in_(FILES)))} == {"C0ALL"}


def test_message_that_is_gone_is_forgotten_and_nothing_else(world: World) -> None:
    card = card_of_a_deal(world)
    note_gone(world.session, queued(world, News.DIGEST, payload=None))
    assert card.ts == OLD
    note_gone(world.session, queued(world, News.CARD, card_id=card.id))
    assert card.ts is None
