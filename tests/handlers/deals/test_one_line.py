"""A deal in one line: what is understood fills the form; what is not is said, never guessed."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.database import Database
from handlers.deals.dates import read_date
from handlers.deals.drafts import LineDraft, TermsDraft
from handlers.deals.live_form import live_form
from handlers.deals.one_line import read_one_line
from handlers.deals.targets import TermsTarget
from handlers.slack.ids import Callback
from tests.world import NOW, World

TODAY = date(2026, 11, 23)  # a Monday
HOW_MANY = "how many of what; write it like: Acme 200 Summit tent by 18 Jan at 10% off"
GARBAGE = {
    "x": "x" * 3000,
    "numbers": "1 " * 1500,
    "prices": "at 1 " * 600,
    "digits": "9" * 3000,
    "marks": "by " * 1000,
    "fractions": "Acme 2 tent by " + "1/" * 1500,
    "percent": "Acme 2 tent at " + "9%" * 1500,
    "likes": "Acme 2 " + "%_\\" * 1000,
    "tags": "<!channel> <@U123> *_~`" * 130,
    "emoji": "🏔️" * 1500,
    "right to left": "\u202eמטרו " * 500,
    "spaces": "\t \u00a0" * 1000,
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all lines: nothing here writes."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('oneline') / 'belay.db'}")
    database.migrate()
    with World.build(database) as world:
        yield world
    database.close()


def read(world: World, line: str) -> tuple[str, str, str, str, str]:
    """Customer, quantity, offer, price and date that a line gives."""
    draft, _ = read_one_line(world.workspace, line, TODAY)
    (entry,) = draft.lines
    return draft.customer, entry.quantity, entry.offer_name, entry.price, entry.day


def missed(world: World, line: str) -> list[str]:
    """What a line leaves to be said."""
    return read_one_line(world.workspace, line, TODAY)[1]


def test_one_line_fills_the_form(known: World) -> None:
    offer = known.offer("Summit tent")
    line = "Acme 200 Summit tent by 18 Jan at 10% off"
    entry = LineDraft(str(offer.id), "Summit tent", "200", "10%", "2027-01-18")
    assert read_one_line(known.workspace, line, TODAY) == (TermsDraft("Acme", (entry,)), [])


@pytest.mark.parametrize(
    ("line", "customer", "quantity", "offer", "price", "day"),
    [
        # the order, the case and the spaces
        ("Acme 200 Summit tent at 10% off by 18 Jan", "Acme", "200", "Summit tent", "10%", "2027-01-18"),
        ("ACME 200 SUMMIT TENT BY 18 JAN AT 10% OFF", "ACME", "200", "Summit tent", "10%", "2027-01-18"),
        ("  Acme  200   summit  tent  by  18 Jan ", "Acme", "200", "Summit tent", "", "2027-01-18"),
        ("Acme 200 Summit tent", "Acme", "200", "Summit tent", "", ""),
        # offers
        ("Acme 200 Summit tents by 18 Jan", "Acme", "200", "Summit tent", "", "2027-01-18"),
        ("Acme 200 Summit", "Acme", "200", "Summit tent", "", ""),
        ("Acme 5 Pole sets", "Acme", "5", "Pole set", "", ""),
        ("Acme 1 Scarce lamp", "Acme", "1", "Scarce lamp", "", ""),
        ("Acme 1,000 Ridge tents", "Acme", "1000", "Ridge tent", "", ""),
        ("Acme 1,000,000 Ridge tents", "Acme", "1000000", "Ridge tent", "", ""),
        # customers
        ("Studio 54 200 Summit tent by 18 Jan", "Studio 54", "200", "Summit tent", "", "2027-01-18"),
        ("7 Eleven 200 Summit tent", "7 Eleven", "200", "Summit tent", "", ""),
        ("3M 200 Summit tent", "3M", "200", "Summit tent", "", ""),
        ("Smith & Sons, Ltd. 200 Summit tent", "Smith & Sons, Ltd.", "200", "Summit tent", "", ""),
        ('"Acme" <@U123> 200 Summit tent', '"Acme" <@U123>', "200", "Summit tent", "", ""),
        ("<!channel> *Acme* 200 Summit tent", "<!channel> *Acme*", "200", "Summit tent", "", ""),
        ("קמפינג 200 Summit tent", "קמפינג", "200", "Summit tent", "", ""),
        # prices
        ("Acme 200 Summit tent for 432", "Acme", "200", "Summit tent", "432", ""),
        ("Acme 200 Summit tent at $432 by 18 Jan", "Acme", "200", "Summit tent", "$432", "2027-01-18"),
        ("Acme 200 Summit tent at €432", "Acme", "200", "Summit tent", "€432", ""),
        ("Acme 200 Summit tent at 1,432.50", "Acme", "200", "Summit tent", "1,432.50", ""),
        ("Acme 200 Summit tent at 1.432,50", "Acme", "200", "Summit tent", "1.432,50", ""),
        ("Acme 200 Summit tent at 10 %", "Acme", "200", "Summit tent", "10%", ""),
        ("Acme 200 Summit tent at 10 % off by 18 Jan", "Acme", "200", "Summit tent", "10%", "2027-01-18"),
        ("Acme 200 Summit tent 10% off", "Acme", "200", "Summit tent", "10%", ""),
        ("Acme 200 Summit tent by 18 Jan 12.5 % off", "Acme", "200", "Summit tent", "12.5%", "2027-01-18"),
        ("Acme 200 Summit tent at 101% off", "Acme", "200", "Summit tent", "101%", ""),
        ("Acme 200 Summit tent at -5", "Acme", "200", "Summit tent", "-5", ""),
        ("Acme 200 Summit tent at USD 432", "Acme", "200", "Summit tent", "USD 432", ""),
        ("Acme 200 Summit tent by 18 Jan at 432 USD", "Acme", "200", "Summit tent", "432 USD", "2027-01-18"),
        # dates
        ("Acme 200 Summit tent on 18 Jan", "Acme", "200", "Summit tent", "", "2027-01-18"),
        ("Acme 200 Summit tent by 2027-01-18 at 432", "Acme", "200", "Summit tent", "432", "2027-01-18"),
        ("Acme 200 Summit tent by January 18th, 2027", "Acme", "200", "Summit tent", "", "2027-01-18"),
    ],
)
def test_one_line_is_understood(
    known: World, line: str, customer: str, quantity: str, offer: str, price: str, day: str
) -> None:
    assert read(known, line) == (customer, quantity, offer, price, day)
    assert missed(known, line) == []


@pytest.mark.parametrize(
    ("line", "left", "said"),
    [
        ("", ("", "", "", "", ""), [HOW_MANY]),
        ("   ", ("", "", "", "", ""), [HOW_MANY]),
        ("Acme", ("Acme", "", "", "", ""), [HOW_MANY]),
        ("Acme Corp of Denver", ("Acme Corp of Denver", "", "", "", ""), [HOW_MANY]),
        ("Acme by 18 Jan", ("Acme", "", "", "", "2027-01-18"), [HOW_MANY]),
        ("Acme 1.5 Summit tent", ("Acme 1.5 Summit tent", "", "", "", ""), [HOW_MANY]),
        ("Acme -5 Summit tent", ("Acme -5 Summit tent", "", "", "", ""), [HOW_MANY]),
        ("Acme 200 rocket", ("Acme", "200", "", "", ""), ["“rocket” as an offer; choose one below"]),
        ("Acme 200 %", ("Acme", "200", "", "", ""), ["“%” as an offer; choose one below"]),
        ("Acme 200 _", ("Acme", "200", "", "", ""), ["“_” as an offer; choose one below"]),
        ('Acme 200 "Summit tent"', ("Acme", "200", "", "", ""), ['“"Summit tent"” as an offer; choose one below']),
        ("Acme 200 <!here> tent", ("Acme", "200", "", "", ""), ["“<!here> tent” as an offer; choose one below"]),
        ("Acme 200 tents", ("Acme", "200", "", "", ""), ["which offer “tents” is: Ridge tent, Summit tent"]),
        (
            "Acme 200 s",
            ("Acme", "200", "", "", ""),
            ["which offer “s” is: Free installation, Pole set, Ridge tent, …"],
        ),
        (
            "Acme 200 Summit tent by 3/4 at 432",
            ("Acme", "200", "Summit tent", "432", ""),
            ["“3/4” as a date; choose one below, or write it like 18 Jan or 2027-01-18"],
        ),
        (
            "Acme 200 tents by 31 June at 10%",
            ("Acme", "200", "", "10%", ""),
            [
                "which offer “tents” is: Ridge tent, Summit tent",
                "“31 June” as a date; choose one below, or write it like 18 Jan or 2027-01-18",
            ],
        ),
    ],
)
def test_one_line_says_what_it_did_not_understand(
    known: World, line: str, left: tuple[str, str, str, str, str], said: list[str]
) -> None:
    assert read(known, line) == left
    assert missed(known, line) == said


def test_decimal_quantity_is_not_taken_for_a_whole_one(known: World) -> None:
    # 1,5 is one and a half to half of the world, and no quantity to the other.
    assert [read(known, f"Acme {number} Summit tent")[1] for number in ("1,5", "1,2,3", "0,25")] == ["", "", ""]


def test_sign_that_is_no_number_is_no_quantity(known: World) -> None:
    assert [read(known, f"Acme {sign} Summit tent")[1] for sign in ("²", "①", "½")] == ["", "", ""]


@pytest.mark.parametrize("joint", [" and ", ", ", " + "])
def test_second_delivery_is_said(known: World, joint: str) -> None:
    assert missed(known, f"Acme 200 Summit tent{joint}50 Ridge tent by 18 Jan") != []


def test_place_in_a_customer_is_not_taken_for_a_price(known: World) -> None:
    assert read(known, "Inn at 5 200 Summit tent by 18 Jan") == ("Inn at 5", "200", "Summit tent", "", "2027-01-18")


def test_date_is_not_taken_for_a_price(known: World) -> None:
    assert [read(known, f"Acme 200 Summit tent {word} 18 Jan")[3] for word in ("for", "at")] == ["", ""]


def test_price_over_the_list_is_not_taken_for_a_discount(known: World) -> None:
    assert read(known, "Acme 200 Summit tent at 10% over by 18 Jan")[3] == ""


def test_by_in_a_customer_is_not_taken_for_a_date(known: World) -> None:
    line = "Stand by Me 200 Summit tent by 18 Jan"
    assert read(known, line) == ("Stand by Me", "200", "Summit tent", "", "2027-01-18")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("18 Jan", date(2027, 1, 18)),
        ("Jan 18", date(2027, 1, 18)),
        ("18 January", date(2027, 1, 18)),
        ("18th of January", date(2027, 1, 18)),
        ("January 18th, 2028", date(2028, 1, 18)),
        ("Monday 18 Jan", date(2027, 1, 18)),
        ("5 Dec", date(2026, 12, 5)),
        ("31 Dec", date(2026, 12, 31)),
        ("24 Nov", date(2026, 11, 24)),
        ("23 Nov", date(2026, 11, 23)),
        ("29 Feb", date(2028, 2, 29)),
        ("2027-01-18", date(2027, 1, 18)),
        ("2027-04-03", date(2027, 4, 3)),
        ("2027/04/03", date(2027, 4, 3)),
        ("today", date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 24)),
        ("in 2 weeks", date(2026, 12, 7)),
        # what is over is read as it stands, and the form says that it is over
        ("18 Nov 2026", date(2026, 11, 18)),
        ("2025-12-05", date(2025, 12, 5)),
        ("yesterday", date(2026, 11, 22)),
        # without a year it is the next one
        ("18 Nov", date(2027, 11, 18)),
    ],
)
def test_date_without_doubt_is_read(text: str, day: date) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        # two days, by where one comes from
        *("3/4", "3/4/2027", "3.4.27", "03-04-2027", "3.4.", "3 4", "3 4 2027", "3 / 4", "3/4 2027"),
        # 27 November or 4 December
        "next Friday",
        # several days, or no day
        *("18-20 Jan", "18 to 20 Jan", "18 Jan or 25 Jan", "January", "end of January", "mid Jan", "next month"),
        *("18", "2027", "2027-01", "1/2027", "week 3", "CW 3", "2027-W03", "Q1", "Christmas", "asap", "noon", "18:00"),
        # no such day
        *("31 June", "30 Feb", "32 Jan", "0 Jan", "2027-13-01", "2027-02-30"),
        # no date at all
        *(
            "",
            "  ",
            "sea",
            "a",
            "%",
            "<!channel>",
            "1800000000",
            "18 Jan at 432",
            "18 Jan please",
            "Me 200 Summit tent",
        ),
    ],
)
def test_date_with_a_doubt_is_not_read(text: str) -> None:
    assert read_date(text, TODAY) is None


def test_date_that_is_over_is_said_by_the_form(known: World) -> None:
    line = "Acme 200 Summit tent by 18 Nov 2026"
    draft, said = read_one_line(known.workspace, line, TODAY)
    form = live_form(known.workspace, known.person("Sara"), NOW, Callback.PROPOSE, draft, TermsTarget())
    assert (draft.lines[0].day, said) == ("2026-11-18", [])
    assert "The date should be in this week (Nov 23) or later." in str(form.view.to_dict()["blocks"][0])


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_said(known: World, name: str) -> None:
    assert read(known, GARBAGE[name])[2] == ""
    assert missed(known, GARBAGE[name]) != []


def test_offers_are_known_by_name_on_each_database(world: World) -> None:
    names = {
        "Summit tent": "Summit tent",
        "summit TENTS": "Summit tent",
        "Ridge": "Ridge tent",
        "tent": "",
        "tents": "",
        "pole sets": "Pole set",
        "installation": "Free installation",
        "%": "",
        "_____ tent": "",
        "\\": "",
        "'; DROP TABLE offer; --": "",
        "😀": "",
    }
    assert {name: read(world, f"Acme 2 {name}")[2] for name in names} == names
