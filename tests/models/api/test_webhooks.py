"""Webhooks: which addresses they may have, and what is queued for them."""

from typing import Any

import pytest
from sqlalchemy import select

from models.api.tokens import Scope, make_token
from models.api.webhooks import Event, announce, log_of, make_webhook, remove_webhook, send_again, webhooks_of
from models.base.errors import NotFound, Refused
from models.deals import deciding
from models.deals.news import EVENTS
from models.deals.states import TRANSITIONS
from models.setup.archive import write_archive
from models.tables import METADATA
from models.workspace.history import History
from models.workspace.outbox import News, Outbox
from tests.world import NOW, World

URL = "https://crm.example.com/belay?key=secret"


def made(world: World, **more: Any) -> Any:
    given = {"name": "CRM", "url": URL, "events": [Event.POSTED, Event.WITHDRAWN]} | more
    return make_webhook(world.workspace, by=world.person("Lea"), now=NOW, **given)


def test_events_that_are_wanted_are_queued_in_the_order_of_their_deal(world: World) -> None:
    hook = made(world)
    deal, other = world.propose(), world.propose(customer="Beta")
    deciding.withdraw(deal, by=world.person("Sara"), now=NOW)
    rows = world.session.scalars(select(Outbox).where(Outbox.kind == News.WEBHOOK).order_by(Outbox.id)).all()
    assert [(row.stream, row.details["event"]) for row in rows] == [
        (f"hook:{hook.id}:deal:{deal.number}", "deal.posted"),
        (f"hook:{hook.id}:deal:{other.number}", "deal.posted"),
        (f"hook:{hook.id}:deal:{deal.number}", "deal.withdrawn"),
    ]
    assert [row.id for row in log_of(hook)] == [row.id for row in reversed(rows)]


def test_nobody_is_told_who_has_been_removed(world: World) -> None:
    hook = made(world)
    remove_webhook(world.workspace, hook.id, by=world.person("Lea"), now=NOW)
    world.propose()
    assert world.session.scalars(select(Outbox).where(Outbox.kind == News.WEBHOOK)).all() == []
    assert webhooks_of(world.workspace) == []


def test_history_names_the_host_and_no_secret(world: World) -> None:
    made(world)
    entry = world.session.scalars(select(History).where(History.move == "make_webhook")).one()
    assert entry.details == {"name": "CRM", "host": "crm.example.com", "events": ["deal.posted", "deal.withdrawn"]}


@pytest.mark.parametrize(
    "url",
    [
        *("http://crm.example.com/belay", "https://localhost/belay", "https://127.0.0.1/", "https://10.0.0.7/x"),
        *("https://[::1]/", "https://169.254.169.254/latest", "https://crm/belay", "https://db.internal/"),
        *(
            "https://user:password@crm.example.com/",
            "crm.example.com",
            "ftp://crm.example.com",
            "https://a b.example.com",
        ),
        *("https://metadata.local", "https://100.64.0.1/", "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/"),
        *("https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://224.0.0.1/", "https://[::1", "https://[x]/"),
        f"https://{'a' * 64}.example.com/",
    ],
)
def test_address_that_leads_behind_the_walls_is_refused(world: World, url: str) -> None:
    with pytest.raises(Refused):
        made(world, url=url)
    if url in {"http://crm.example.com/belay", "https://10.0.0.7/x", "https://crm/belay"}:
        assert made(world, url=url, may_be_private=True).url == url


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"name": " "}, "What is it for"), ({"events": []}, "at least one thing"), ({"name": "crm"}, "of that name")],
)
def test_bad_webhook_is_refused(world: World, more: dict[str, Any], sentence: str) -> None:
    hook = made(world, name="crm")
    assert hook.events == ["deal.posted", "deal.withdrawn"]
    with pytest.raises(Refused, match=sentence):
        made(world, **{"name": "Other", **more})


def test_only_what_is_settled_is_sent_again(world: World) -> None:
    hook = made(world)
    world.propose()
    (row,) = log_of(hook)
    with pytest.raises(Refused, match="still on its way"):
        send_again(world.workspace, hook.id, row.id, now=NOW)
    row.settled_at, row.error, row.attempts = NOW, "HTTP 500", 9
    send_again(world.workspace, hook.id, row.id, now=NOW)
    assert [row.settled_at, row.error, row.attempts] == [None, None, 0]
    with pytest.raises(NotFound):
        send_again(world.workspace, hook.id, row.id + 1000, now=NOW)


def test_what_is_not_wanted_is_not_queued(world: World) -> None:
    made(world)
    act = world.session.scalars(select(History).limit(1)).one()
    announce(world.workspace, Event.PLAN, act, about="plan", now=NOW)
    assert world.session.scalars(select(Outbox).where(Outbox.kind == News.WEBHOOK)).all() == []


def test_whatever_changes_the_state_of_a_deal_is_told() -> None:
    changing = {move for (state, move), after in TRANSITIONS.items() if after is not state}
    assert changing <= set(EVENTS)


def test_archive_holds_nothing_that_opens_or_signs(world: World) -> None:
    hook, lea, sara = made(world), world.person("Lea"), world.person("Sara")
    make_token(world.workspace, name="CRM", member=sara, scopes=[Scope.PROPOSE], by=lea, now=NOW)
    world.propose()
    text = "\n".join(write_archive(world.workspace, METADATA, now=NOW))
    assert hook.secret not in text
    assert [word for word in (f"hook:{hook.id}:", hook.url, "digest", 'deal.posted", "webhook') if word in text] == []
