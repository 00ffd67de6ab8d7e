"""*My turn* in one form: several deals that take nothing but a yes."""

from datetime import datetime

from slack_sdk.models.views import View

from handlers.deals.bulk_view import BulkTarget, bulk_view, bulk_words
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.view_parts import notice
from models.base.errors import Refused
from models.base.language import _
from models.deals.bulk import MOST_AT_ONCE, Seen, approve_each, is_plain_yes
from models.deals.card import Card, cards_of
from models.deals.lists import turn_of
from models.deals.rules import check_sees_deals
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@opens(Act.BULK)
def open_bulk(by: Member, now: datetime) -> View:
    """Each with its own verdict, and a box for a yes."""
    check_sees_deals(by)
    cards = plain_cards(by, now)
    if not cards:
        raise Refused(_("Nothing waits for you that takes only a yes."))
    return bulk_view(cards[:MOST_AT_ONCE], more=max(0, len(cards) - MOST_AT_ONCE))


@submits(Callback.BULK)
def approve_these(workspace: Workspace, by: Member, now: datetime, form: Filled, target: BulkTarget) -> Reply:
    """Each on its own: what has changed meanwhile stays as it is, and is named."""
    chosen = [Seen(deal, version) for deal, version in target.deals if form.many.get(f"deal.{deal}")]
    if not chosen:
        raise Refused(_("Tick those that are a yes."), field=f"deal.{target.deals[0][0]}" if target.deals else None)
    return Show(notice(bulk_words(approve_each(workspace, chosen, by=by, now=now))))


def plain_cards(by: Member, now: datetime) -> list[Card]:
    """The deals that wait for a person and take nothing but a yes."""
    waiting = [deal for deal in turn_of(by) if deal.is_open]
    cards = zip(waiting, cards_of(waiting, now=now), strict=True)
    return [card for deal, card in cards if is_plain_yes(deal, card.check, by)]
