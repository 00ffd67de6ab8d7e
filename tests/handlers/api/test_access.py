"""What a person hears of access by other tools: a token that was made, a receiver that wants nothing or is down."""

import pytest
from sqlalchemy import select

from handlers.api.access import Access, render_access, tell_of_access
from models.api.tokens import Scope, make_token, revoke_token
from models.api.webhooks import Event, Webhook, make_webhook, remove_webhook
from models.base.language import reading
from models.workspace.outbox import News, Outbox
from tests.world import NOW, World


@pytest.fixture
def hook(world: World) -> Webhook:
    url, lea = "https://crm.example.com/belay", world.person("Lea")
    return make_webhook(world.workspace, name="CRM", url=url, events=[Event.POSTED], by=lea, now=NOW)


def heard(world: World, access: Access) -> str:
    """What Lea hears of it; nothing where it is over."""
    tell_of_access(world.person("Lea"), access, now=NOW)
    rows = select(Outbox).where(Outbox.kind == News.ACCESS).order_by(Outbox.id.desc())
    row = world.session.scalars(rows).first()
    assert row
    call = render_access(world.session, row, NOW)
    return str(call.arguments["text"]) if call else ""


def test_receiver_that_is_down_is_named_with_what_becomes_of_it(world: World, hook: Webhook) -> None:
    down = Access(webhook=hook.id, error="HTTP 503")
    assert heard(world, down) == (
        "The receiver of the webhook CRM has taken nothing for a day (HTTP 503). Belay tries for three days more; "
        "the log in /belay api sends again what is given up."
    )
    with reading("de"):
        assert heard(world, down).startswith(
            "Der Empfänger des Webhooks CRM nimmt seit einem Tag nichts an (HTTP 503)."
        )
    remove_webhook(world.workspace, hook.id, by=world.person("Lea"), now=NOW)
    assert heard(world, down) == ""


def test_receiver_that_wants_nothing_is_told_of_until_it_wants_something_again(world: World, hook: Webhook) -> None:
    assert heard(world, Access(webhook=hook.id)) == ""
    hook.stopped_at, hook.stopped_why = NOW, "HTTP 410"
    assert "wants to be told of nothing any more (HTTP 410)" in heard(world, Access(webhook=hook.id))


def test_token_is_told_of_until_it_is_revoked(world: World) -> None:
    lea, sara = world.person("Lea"), world.person("Sara")
    made = make_token(world.workspace, name="CRM", member=sara, scopes=[Scope.PROPOSE], by=lea, now=NOW)
    assert heard(world, Access(token=made.id)).startswith("Lea has made a token by which another tool acts as you: CRM")
    revoke_token(world.workspace, made.id, by=lea, now=NOW)
    assert heard(world, Access(token=made.id)) == ""
