"""What a webhook is told: the terms of the version that an act was about, the same however late it is sent."""

import json
from datetime import date

from sqlalchemy import func, select

from handlers.api.announcements import GONE, note_stopped, told_of
from models.api.webhooks import Event, log_of, make_webhook
from models.deals import proposing
from models.deals.references import refer
from models.workspace.outbox import News, Outbox
from models.workspace.workspaces import meet_workspace
from tests.world import NOW, World


def test_terms_are_those_of_the_act(world: World) -> None:
    lea = world.person("Lea")
    url = "https://crm.example.com/belay"
    hook = make_webhook(world.workspace, name="CRM", url=url, events=list(Event), by=lea, now=NOW)
    deal = world.propose()
    refer(deal, {"salesforce": "006A"}, by=world.person("Sara"), now=NOW)
    terms = world.terms(("Summit tent", 80, 43200, date(2027, 1, 25)))
    proposing.counter(deal, terms, by=world.person("Olga"), now=NOW)
    countered, posted = log_of(hook)[:2]
    first, second = (told_of(world.session, row) for row in (posted, countered))
    assert first
    assert second
    documents = [json.loads(told.body) for told in (first, second)]
    assert [document["type"] for document in documents] == ["deal.posted", "deal.countered"]
    assert [document["data"]["lines"][0]["quantity"] for document in documents] == [100, 80]
    assert [document["data"]["state"] for document in documents] == ["proposed", "countered"]
    assert documents[0]["data"]["external"] == {"salesforce": "006A"}
    assert "countered" in documents[1]["data"]["sentence"]
    assert first == told_of(world.session, posted)
    hook.stopped_at = NOW
    assert told_of(world.session, world.session.scalars(select(Outbox).where(Outbox.id == posted.id)).one()) is None


def test_receiver_that_is_gone_is_told_of_once_though_two_rows_hear_it(world: World) -> None:
    lea = world.person("Lea")
    url = "https://crm.example.com/belay"
    hook = make_webhook(world.workspace, name="CRM", url=url, events=list(Event), by=lea, now=NOW)
    for customer in ("Acme", "Beta"):
        world.propose(customer=customer)
    told = select(func.count()).select_from(Outbox).where(Outbox.kind == News.ACCESS)
    before = world.session.scalar(told) or 0
    for row in log_of(hook):
        note_stopped(world.session, row, now=NOW)
        world.session.flush()
    assert [row.error for row in log_of(hook)] == [GONE, GONE]
    assert world.session.scalar(told) == before + 1


def test_webhook_of_another_workspace_is_told_of_nothing(world: World) -> None:
    """Rows that were put back from an archive may name a webhook that is somebody else's by now."""
    url, lea = "https://crm.example.com/belay", world.person("Lea")
    hook = make_webhook(world.workspace, name="CRM", url=url, events=list(Event), by=lea, now=NOW)
    world.propose()
    row = log_of(hook)[0]
    assert told_of(world.session, row)
    hook.workspace = meet_workspace(
        world.session, team_id="T2", name="", bot_id="B2", bot_user_id="U2", is_the_only=False
    )
    world.session.flush()
    assert told_of(world.session, row) is None
