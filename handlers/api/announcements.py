"""What a webhook is told of an event: the same however often it is sent, and nothing that not everybody may see."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.api.access import Access, tell_of_access
from handlers.api.deal_writing import act_words, proposal_document
from models.api.webhooks import Announcement, Webhook, last_arrival
from models.company.clauses import all_clauses
from models.company.resources import ResourceRow
from models.deals.card_messages import link_of
from models.deals.references import references_of
from models.deals.rows import Deal
from models.sop.rows import Cycle
from models.workspace.history import History
from models.workspace.outbox import News, Outbox, settle

Json = dict[str, Any]
GONE = "HTTP 410"
DOWN = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """What is sent where, and what signs it."""

    id: str
    url: str
    secret: str
    body: str


def told_of(session: Session, row: Outbox) -> Told | None:
    """The message of a row; None where nobody wants it any more."""
    announcement = Announcement.of(row)
    hook = session.get(Webhook, announcement.webhook)
    # Ids of webhooks are given again, where rows were put back from an archive.
    if hook is None or hook.workspace_id != row.workspace_id or hook.removed_at or hook.stopped_at:
        return None
    act = session.get_one(History, row.history_id)
    document = {"type": announcement.event, "timestamp": act.at.isoformat(), "data": _data(session, act)}
    return Told(row.key, hook.url, hook.secret, json.dumps(document, ensure_ascii=False))


def note_stopped(session: Session, row: Outbox, *, now: datetime) -> None:
    """The receiver says that it is gone for good: it is told of nothing until an admin says so."""
    hook = session.get_one(Webhook, Announcement.of(row).webhook)
    hook.lock()
    # Another row on its way may have been told so a moment ago.
    if hook.stopped_at is None:
        hook.stopped_at, hook.stopped_why = now, GONE
        tell_of_access(hook.made_by, Access(webhook=hook.id), now=now)
    settle(row, now=now, error=GONE)


def note_down(session: Session, row: Outbox, error: str, *, now: datetime) -> None:
    """Whoever made the webhook hears once that its receiver has taken nothing for a day; anew after it was back."""
    hook = session.get_one(Webhook, Announcement.of(row).webhook)
    back = last_arrival(hook) or hook.made_at
    if now - max(back, row.queued_at) < DOWN:
        return
    told = select(Outbox).where(Outbox.kind == News.ACCESS, Outbox.member_id == hook.made_by_id)
    news = [Access.of(one) for one in session.scalars(told.where(Outbox.queued_at > back))]
    if not any(one.error and one.webhook == hook.id for one in news):
        tell_of_access(hook.made_by, Access(webhook=hook.id, error=error), now=now)


def _data(session: Session, act: History) -> Json:
    about = {"at": act.at.isoformat(), "by": act.by.name if act.by else None, "why": act.why}
    if act.subject == Deal.__tablename__:
        return _deal(session.get_one(Deal, act.subject_id), act) | about
    if act.subject == Cycle.__tablename__:
        cycle = session.get_one(Cycle, act.subject_id)
        return {"month": f"{cycle.month:%Y-%m}", "version": act.details.get("version")} | about
    resource = session.get(ResourceRow, act.subject_id) if act.subject == ResourceRow.__tablename__ else None
    broke = [session.get_one(Deal, key).number for key in act.details.get("broke", ())]
    return {"resource": resource.name if resource else None, "week": act.details.get("week"), "broke": broke} | about


def _deal(deal: Deal, act: History) -> Json:
    """The deal as it was by this act: its terms are those of the version that the act names."""
    version = act.details.get("version", (deal.promised or deal.proposal).version)
    proposal = next(one for one in deal.proposals if one.version == version)
    terms = proposal_document(proposal, all_clauses(deal.workspace)).model_dump(mode="json")
    return {
        "number": deal.number,
        # Grows with each act: who has a later one already may leave out an earlier one that is sent again.
        "sequence": act.id,
        "state": act.to_state,
        "customer": deal.customer,
        "seller": deal.seller.name,
        "external": references_of(deal.workspace, [deal.id]).get(deal.id, {}),
        "currency": deal.workspace.currency,
        **{name: terms[name] for name in ("version", "side", "lines", "terms")},
        "sentence": act_words(deal, act),
        "link": link_of(deal),
    }
