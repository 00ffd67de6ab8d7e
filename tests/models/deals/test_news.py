"""Who hears of an act: cards, thread, homes, searches, and the deals next to it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, select

from models.company.resources import ResourceRow
from models.deals.card_messages import Audience, card_messages_of
from models.deals.deciding import approve, withdraw
from models.deals.news import tell_all_of, tell_neighbours
from models.deals.proposing import revise
from models.deals.rows import Deal
from models.deals.talking import ask
from models.workspace.members import note_home, set_roles
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role
from tests.world import NOW, World

DEC_14, JAN_18 = date(2026, 12, 14), date(2027, 1, 18)


def all_sent(world: World, deals: Iterable[Deal]) -> None:
    """Slack has all cards, and nothing waits any more."""
    world.session.execute(delete(Outbox))
    for deal in deals:
        for card in card_messages_of(deal):
            card.ts = f"{card.id}.0"
    world.session.flush()


def queued(world: World) -> Counter[tuple[str, str]]:
    """What waits to be sent, and where."""
    return Counter((row.kind, row.stream) for row in world.session.scalars(select(Outbox)))


def test_proposal_is_a_card_in_the_channel_one_for_the_seller_and_a_search(world: World) -> None:
    deal = world.propose()
    assert queued(world) == {
        ("card", "C0TENTS"): 1,
        ("card", "USARA"): 1,
        ("thread", "C0TENTS"): 1,
        (News.WAYS, f"ways:{deal.id}"): 1,
    }


def test_card_of_the_seller_rises_when_somebody_else_acts(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    all_sent(world, [deal])
    revise(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=sara, now=NOW)
    assert queued(world)[News.CARD, "USARA"] == 1
    all_sent(world, [deal])
    ask(deal, "Which colour?", by=world.person("Olga"), now=NOW)
    # Talking changes no terms, so that nothing new is searched for.
    assert queued(world) == {("card", "C0TENTS"): 1, ("card_anew", "USARA"): 1, ("thread", "C0TENTS"): 1}


def test_finance_is_asked_below_the_floor_and_leadership_where_nobody_is_in_finance(world: World) -> None:
    def asked(deal: Deal) -> list[str]:
        return [c.member.name for c in card_messages_of(deal) if c.audience == Audience.APPROVER and c.member]

    below = ("Summit tent", 10, 30000, JAN_18)
    assert (asked(world.propose()), asked(world.propose(below))) == ([], ["Fin"])
    set_roles(world.person("Fin"), [], by=None, now=NOW)
    assert asked(world.propose(below)) == ["Lea"]
    # Nobody is asked to agree to their own deal.
    set_roles(world.person("Lea"), [Role.LEADERSHIP, Role.SALES], by=None, now=NOW)
    assert asked(world.propose(below, by="Lea")) == []


def test_home_is_refreshed_for_those_who_look_at_it(world: World) -> None:
    deal = world.propose()
    all_sent(world, [deal])
    note_home(world.person("Sara"), now=NOW)
    ask(deal, "Which colour?", by=world.person("Olga"), now=NOW)
    note_home(world.person("Olga"), now=NOW)
    ask(deal, "And which size?", by=world.person("Olga"), now=NOW)
    homes = {stream: count for (kind, stream), count in queued(world).items() if kind == News.HOME}
    assert homes == {"USARA": 2, "UOLGA": 1}


def test_neighbours_are_open_deals_that_need_the_same_whatever_they_are_offered(world: World) -> None:
    deal, tents = world.propose(), world.propose(("Ridge tent", 4, 30000, DEC_14), by="Pete")
    poles = world.propose(("Pole set", 4, 4000, DEC_14), by="Pete")
    over = world.propose(by="Pete")
    withdraw(over, by=world.person("Pete"), now=NOW)
    all_sent(world, [deal, tents, poles, over])
    tell_neighbours(deal, now=NOW)
    assert queued(world) == {("card", "C0TENTS"): 1, ("card", "UPETE"): 1, (News.WAYS, f"ways:{tents.id}"): 1}


def test_change_of_a_resource_is_told_to_open_deals_and_broken_promises(world: World) -> None:
    def searched(ids: Iterable[int]) -> set[str]:
        all_sent(world, [open_, promised])
        tell_all_of(world.workspace, ids, now=NOW)
        return {stream for kind, stream in queued(world) if kind == News.WAYS}

    open_, promised = world.propose(), world.propose(("Summit tent", 4, 48000, JAN_18))
    approve(promised, by=world.person("Olga"), now=NOW)
    assembly = world.session.scalars(select(ResourceRow.id).where(ResourceRow.name == "Assembly")).all()
    assert searched(assembly) == {f"ways:{open_.id}"}
    promised.broken_at = NOW
    assert searched([*assembly, 99]) == {f"ways:{open_.id}", f"ways:{promised.id}"}
    assert searched([]) == set()
