"""The window of deals, as a person reads it."""

from babel import Locale

from handlers.deals.finding import Looking
from handlers.deals.finding_view import Listed, deal_help, deal_line, found_view
from handlers.slack.text import plain
from models.deals.card import card_of
from models.deals.deciding import withdraw
from sandbox.render import render_blocks
from tests.world import NOW, World

US = Locale("en", "US")


def test_line_of_a_deal_says_how_it_ended(world: World) -> None:
    deal = world.propose()
    assert deal_line(card_of(deal, now=NOW)) == (
        "#1 · Acme · 100 × Summit tent\nProposed · $43,200 · Operations’ turn · 8 h left"
    )
    withdraw(deal, by=world.person("Sara"), now=NOW, why="Gone.")
    assert deal_line(card_of(deal, now=NOW)) == (
        "#1 · Acme · 100 × Summit tent\nWithdrawn · $43,200 · Withdrawn by Sara"
    )


def test_fields_stand_above_what_they_find() -> None:
    view = found_view(Listed(Looking(state="won", words="acme", week="2027-01-18"), "", "USD", US))
    assert render_blocks([block.to_dict() for block in view.blocks]).splitlines()[:2] == [
        "Customer or offer (optional): acme",
        "Won  <Anybody’s turn>  <Any family>  <Any seller>  2027-01-18  <Any age>",
    ]


def test_help_names_every_word() -> None:
    said = plain(deal_help())
    assert [word for word in ("42", "list", "mine", "find acme", "export") if f"/deal {word}" not in said] == []
