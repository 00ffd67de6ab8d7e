"""A person’s agenda and an escalation at their longest."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.agendas import reminders
from handlers.agendas.agenda_view import (
    MOST_ITEMS,
    Item,
    agenda_blocks,
    agenda_text,
    escalation_blocks,
    escalation_text,
)
from handlers.agendas.reminders import render_agenda
from handlers.rendering import render
from models.base.language import _, language
from models.deals.reminding import keep_turns
from models.deals.turns import Turn
from models.deals.waiting import waiting_for
from models.workspace.agendas import remind
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox
from tests.handlers.digests.test_digest_view import LATER
from tests.handlers.large import Large
from tests.handlers.shown import Slack


@pytest.mark.parametrize("name", ["Sara", "Olga", "Fin", "Lea", "Pete"])
def test_agenda_with_many_deals_is_accepted(large: Large, slack: Slack, session: Session, name: str) -> None:
    member = large.person(name)
    waiting = waiting_for(member, now=LATER)
    items = reminders._items(waiting, member, LATER)
    slack.post(agenda_text(items), [block.to_dict() for block in agenda_blocks(items)], is_updated=True)
    remind(member, now=LATER)
    session.flush()
    row = session.scalars(select(Outbox).where(Outbox.member_id == member.id).order_by(Outbox.id.desc())).first()
    assert row
    call = render_agenda(session, row, LATER)
    assert (call is None) == (not waiting)
    if len(waiting) > MOST_ITEMS:
        assert call
        assert _("And {count} more: ", count=len(waiting) - MOST_ITEMS) in str(call.arguments["blocks"])


def test_escalation_of_everything_is_accepted(large: Large, slack: Slack, session: Session) -> None:
    keep_turns(session, now=LATER)
    rows = session.scalars(select(Outbox).where(Outbox.kind == News.ESCALATION)).all()
    assert rows
    reader = session.scalar(select(Member).where(Member.user_id == rows[0].stream))
    assert reader
    reader.locale = language()
    call = render(session, rows[0], now=LATER)
    assert call
    slack.post(call.arguments["text"], call.arguments["blocks"])
    items = reminders._listed(session.scalars(select(Turn).limit(30)).all(), None, LATER, by=large.person("Lea"))
    assert isinstance(items[0], Item)
    slack.post(escalation_text(items), [block.to_dict() for block in escalation_blocks(items)])
