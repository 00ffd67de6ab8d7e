"""Words put right after posting, and what is attached; what it said before stands in the history."""

from typing import Any

import pytest
from sqlalchemy import select

from models.base.errors import NotYours, Refused, TooLate
from models.deals.card import card_of
from models.deals.deciding import approve, win, withdraw
from models.deals.delivering import deliver
from models.deals.editing import MOST_ATTACHED, attach, attachments_of, edit
from models.deals.proposing import counter
from models.workspace.history import History
from tests.world import NOW, World


def test_words_are_put_right_and_what_they_were_is_kept(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    edit(deal, by=sara, now=NOW, customer=" Acme Europe ", told="Green.", likelihood=90, note="Soon.")
    assert (deal.customer, deal.told, deal.likelihood, deal.proposal.note) == ("Acme Europe", "Green.", 90, "Soon.")
    act = world.session.scalars(select(History).where(History.move == "edit")).one()
    assert act.details["changed"] == {
        "customer": ["Acme", "Acme Europe"],
        "told": ["", "Green."],
        "likelihood": [None, 90],
        "note": ["", "Soon."],
    }
    assert deal.proposal.version == 1


def test_note_of_the_other_side_stays_theirs(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    terms = world.terms(("Summit tent", 90, 43200, deal.proposal.lines[0].week), note="What fits.")
    counter(deal, terms, by=world.person("Olga"), now=NOW)
    edit(deal, by=sara, now=NOW, customer="Acme", told="Green.", likelihood=None, note="Mine.")
    assert deal.proposal.note == "What fits."


def test_edit_is_the_sellers_and_changes_something(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    same: dict[str, Any] = {"customer": "Acme", "told": "", "likelihood": None}
    with pytest.raises(Refused, match="Nothing is different"):
        edit(deal, by=sara, now=NOW, **same)
    with pytest.raises(Refused, match="Who is the customer"):
        edit(deal, by=sara, now=NOW, **(same | {"customer": " "}))
    for name in ("Pete", "Olga", "Lea"):
        with pytest.raises(NotYours):
            edit(deal, by=world.person(name), now=NOW, **(same | {"told": "x"}))
    withdraw(deal, by=sara, now=NOW)
    with pytest.raises(TooLate):
        edit(deal, by=sara, now=NOW, **(same | {"told": "x"}))


def test_files_and_links_stand_on_the_card_also_after_the_delivery(world: World) -> None:
    deal, sara, olga = world.propose(), world.person("Sara"), world.person("Olga")
    attach(deal, "Order 4711", "https://files.example.com/4711", by=sara, now=NOW)
    approve(deal, by=olga, now=NOW)
    win(deal, by=sara, now=NOW)
    deliver(deal, by=olga, now=NOW)
    attach(deal, "", "https://crm.example.com/1", by=olga, now=NOW)
    assert card_of(deal, now=NOW).attached == (
        ("Order 4711", "https://files.example.com/4711"),
        ("https://crm.example.com/1", "https://crm.example.com/1"),
    )


@pytest.mark.parametrize("url", ["", "crm", "javascript:alert(1)", "https://a b", "https://" + "x" * 2000])
def test_address_is_one(world: World, url: str) -> None:
    with pytest.raises(Refused, match="An address such as"):
        attach(world.propose(), "It", url, by=world.person("Sara"), now=NOW)


def test_deal_holds_so_many_files(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    for number in range(MOST_ATTACHED):
        attach(deal, str(number), "https://a.example", by=sara, now=NOW)
    with pytest.raises(Refused, match="at most 20"):
        attach(deal, "One more", "https://a.example", by=sara, now=NOW)
    assert len(attachments_of(world.workspace, [deal.id])[deal.id]) == MOST_ATTACHED
