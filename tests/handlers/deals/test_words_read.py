"""A deal in words: what is read fills the form; what was assumed or is open is said there."""

from collections.abc import Iterator
from datetime import date

import pytest
from babel import Locale

from bot.database import Database
from handlers.deals.drafts import LineDraft, TermsDraft
from handlers.deals.live_form import live_form
from handlers.deals.targets import TermsTarget
from handlers.deals.words_read import WordsRead, read_message, read_words
from handlers.slack.ids import Callback
from tests.stage import OPS, Stage, shown
from tests.templates import begun
from tests.world import NOW, World

TODAY = date(2026, 11, 23)  # a Monday
US, DE = Locale("en", "US"), Locale("de", "DE")
HOW_MANY = "Nothing says how many of what; write it like: Acme 200 Summit tent by 18 Jan at 10% off."
GARBAGE = {
    "x": "x" * 3000,
    "numbers": "1 " * 1500,
    "prices": "at 1 " * 600,
    "digits": "9" * 3000,
    "marks": "by " * 1000,
    "likes": "Acme 2 " + "%_\\" * 1000,
    "tags": "<!channel> <@U123> *_~`" * 130,
    "emoji": "🏔️" * 1500,
    "spaces": "\t \u00a0" * 1000,
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all lines: nothing here writes."""
    database = Database(begun(f"sqlite:///{tmp_path_factory.mktemp('words') / 'belay.db'}"))
    database.migrate()
    with World.build(database) as world:
        yield world
    database.close()


def words(world: World, text: str, locale: Locale = US) -> WordsRead:
    return read_words(world.workspace, text, today=TODAY, locale=locale)


def line(world: World, offer: str, quantity: str, day: str, price: str = "") -> LineDraft:
    key = str(world.offer(offer).id) if offer else ""
    return LineDraft(key, offer, quantity, price, day)


def test_line_fills_the_form(known: World) -> None:
    entry = line(known, "Summit tent", "200", "2027-01-18", "10%")
    read = words(known, "Acme 200 Summit tent by 18 Jan at 10% off")
    assert read == WordsRead(TermsDraft("Acme", (entry,)), names_offers=True)


def test_all_lines_fill_the_form(known: World) -> None:
    read = words(known, "Acme 200 Summit tents at $432.50 by 18 Jan, 1.2k Ridge tents by end of January at 12.5% off")
    assert read.draft.lines == (
        line(known, "Summit tent", "200", "2027-01-18", "432.50"),
        line(known, "Ridge tent", "1200", "2027-01-31", "12.5%"),
    )
    assert read.sentences == ()


def test_prices_are_filled_in_as_the_reader_types_them(known: World) -> None:
    read = words(known, "Acme 1.200 Summit tent zu 432,50 bis 18.1. und 100 Ridge tent mit 12,5 % Rabatt", DE)
    assert [(entry.quantity, entry.price) for entry in read.draft.lines] == [("1200", "432,50"), ("100", "12,5%")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Acme 200 sumit tents by 3/4", ("“sumit tents” was read as Summit tent.", "“by 3/4”: that is Mar 4, 2027.")),
        ("Acme 200 tents by 18 Jan", ("“tents” may be several offers. Perhaps Summit tent or Ridge tent.",)),
        ("Acme 200 rockets by 18 Jan", ("“rockets” is no offer.",)),
        (
            "Acme 200 Summit tents by next week",
            ("“by next week”: those are several days. Perhaps Nov 30, 2026 or Dec 4, 2026.",),
        ),
        ("200 Summit tents by 18 Jan", ("Who is the customer?",)),
        ("Acme 200 Summit tents", ()),
        ("Acme", (HOW_MANY,)),
    ],
)
def test_what_was_assumed_or_is_open_is_said(known: World, text: str, sentences: tuple[str, ...]) -> None:
    assert words(known, text).sentences == sentences


def test_customer_that_has_a_deal_is_known(world: World) -> None:
    world.propose(customer="Pier 1 Imports")
    assert words(world, "pier 1 imports, 5 Summit tents by 18 Jan").draft.customer == "Pier 1 Imports"


def test_message_is_kept_and_its_terms_are_filled_in(known: World) -> None:
    text = "Hi, we need 200 Summit tents for Acme & Sons by 18 Jan"
    read = read_message(known.workspace, text, today=TODAY, locale=US)
    entry = line(known, "Summit tent", "200", "2027-01-18")
    assert read.draft == TermsDraft("Acme & Sons", (entry,), told=text)


def test_message_without_terms_is_only_kept(known: World) -> None:
    text = "The season opener moved up; can we talk by Friday?"
    assert read_message(known.workspace, text, today=TODAY, locale=US) == WordsRead(TermsDraft(told=text))


def test_open_fields_of_lines_are_known(known: World) -> None:
    read = words(known, "200 tents")
    assert (read.open, read.names_offers) == (frozenset({"offer", "date"}), True)
    assert words(known, "what is the weather").names_offers is False


def test_date_that_is_over_is_said_by_the_form(known: World) -> None:
    read = words(known, "Acme 200 Summit tent by 18 Nov 2026")
    form = live_form(known.workspace, known.person("Sara"), NOW, Callback.PROPOSE, read.draft, TermsTarget())
    assert (read.draft.lines[0].day, read.sentences) == ("2026-11-18", ("“by 18 Nov 2026”: that is over.",))
    assert "The date should be in this week (Nov 23) or later." in str(form.view.to_dict()["blocks"][0])


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_said(known: World, name: str) -> None:
    read = words(known, GARBAGE[name])
    assert [entry.offer for entry in read.draft.lines if entry.offer] == []
    assert read.sentences != ()


def test_offers_are_known_by_name_on_each_database(world: World) -> None:
    names = {
        "Summit tent": "Summit tent",
        "summit TENTS": "Summit tent",
        "Ridge": "Ridge tent",
        "tents": "",
        "pole sets": "Pole set",
        "%": "",
        "_____ tent": "",
        "'; DROP TABLE offer; --": "",
        "😀": "",
    }
    assert {name: words(world, f"Acme 2 {name}").draft.lines[0].offer_name for name in names} == names


def test_what_slack_escapes_is_read_as_it_was_written(stage: Stage) -> None:
    sara = stage.person("Sara")
    sara.command(OPS, "/deal Smith & Sons, Ltd. 5 Summit tent by 18 Jan, 7 Ridge tents")
    stage.sb.settle()
    form = shown(sara).as_text()
    assert ("Customer: Smith & Sons, Ltd." in form, "Quantity: 5" in form, "Quantity: 7" in form) == (True, True, True)
