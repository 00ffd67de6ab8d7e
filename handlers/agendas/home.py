"""App Home: my turn first, then my deals."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.views import View

from handlers.agendas.home_view import HomeEntry, home_view
from handlers.agendas.sop_steps import steps_of
from handlers.deals.card import audience_of
from handlers.digests.scoreboard_view import own_sentence
from handlers.slack.listening import listens
from handlers.slack.replies import Home, Reply
from models.capacity.overview import asked_of
from models.compare.contested import contested
from models.deals.bulk import is_plain_yes
from models.deals.card import cards_of
from models.deals.lists import own_deals, turn_of
from models.deals.portfolio import portfolio_of
from models.deals.rows import Deal
from models.deals.rules import moves_of
from models.digests.scoreboard import figures_of
from models.workspace.members import Member, note_home
from models.workspace.roles import Role

MOST_SHOWN = 12


@listens(event="app_home_opened")
def open_home(by: Member, now: datetime, event: dict[str, str]) -> Reply:
    """What waits for the person, and their own deals."""
    if event.get("tab") != "home":
        return None
    note_home(by, now=now)
    return Home(home_of(by, now=now))


def home_of(member: Member, *, now: datetime) -> View:
    """The home of a person, as of now."""
    waiting = turn_of(member)
    others = [deal for deal in own_deals(member) if deal not in waiting]
    shown = [*waiting[:MOST_SHOWN], *others[:MOST_SHOWN]]
    entries = dict(zip(shown, _entries(shown, member, now), strict=True))
    return home_view(
        own=own_sentence(figures_of(member, now=now)) if member.roles else None,
        portfolio=portfolio_of(member.workspace, now=now) if member.has(Role.LEADERSHIP) else None,
        asked=asked_of(member, now=now) if member.roles else [],
        contested=contested(member, now=now) if member.has(Role.OPERATIONS, Role.LEADERSHIP) else [],
        member=member,
        steps=steps_of(member, now=now) if member.roles else [],
        turn=[entries[deal] for deal in waiting[:MOST_SHOWN]],
        has_several=len([d for d in waiting[:MOST_SHOWN] if is_plain_yes(d, entries[d].card.check, member)]) > 1,
        more_turn=max(0, len(waiting) - MOST_SHOWN),
        mine=[entries[deal] for deal in others[:MOST_SHOWN]],
        more_mine=max(0, len(others) - MOST_SHOWN),
    )


def _entries(deals: Sequence[Deal], member: Member, now: datetime) -> list[HomeEntry]:
    cards = zip(deals, cards_of(deals, now=now), strict=True)
    return [HomeEntry(card, moves_of(deal, member), audience_of(deal, member)) for deal, card in cards]
