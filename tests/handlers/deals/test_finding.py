"""What somebody looks for, read from the words of a command and the fields of the window."""

from datetime import timedelta

import pytest
from babel import Locale

from handlers.deals.finding import MOST_WORDS, Age, Looking, listing, read_sums, sought
from handlers.slack.ids import digest
from models.base.errors import Refused
from models.deals.finding import Sought
from models.deals.lists import LIVE
from models.workspace.roles import Side
from tests.world import NOW, World

US, GERMAN = Locale("en", "US"), Locale("de", "DE")


@pytest.mark.parametrize(
    ("text", "looking"),
    [
        ("list", Looking(state="not over")),
        ("list 2", Looking(state="not over", page=1)),
        ("list 0", Looking(state="not over")),
        ("LIST Won", Looking(state="won")),
        ("list acme tents", Looking(state="not over", words="acme tents")),
    ],
)
def test_words_after_list(text: str, looking: Looking) -> None:
    assert listing(text) == looking


def test_words_are_as_many_as_their_field_takes() -> None:
    assert len(listing(f"list {'x' * 3000}").words) == MOST_WORDS


def test_what_is_looked_for_goes_through_a_button() -> None:
    looking = Looking(page=3, deal=7, words="acme", state="won", sum="1–2", revision=2)
    assert Looking.decode(looking.encode()) == looking


def test_fields_are_read_as_a_search(world: World) -> None:
    looking = Looking(turn="finance", family=digest("Tents"), seller="U1", week="2027-01-20", age=str(Age.OLDER))
    found = sought(world.workspace, looking, US, NOW)
    assert (found.turn, found.family, found.seller, str(found.week)) == (Side.FINANCE, "Tents", "U1", "2027-01-18")
    assert (found.states, found.proposed) == ((), (None, NOW - timedelta(days=90)))
    assert sought(world.workspace, Looking(state="not over"), US, NOW).states == LIVE
    for odd in ("any", "", "nonsense"):
        assert sought(world.workspace, Looking(state=odd, turn=odd, age=odd), US, NOW) == Sought()


def test_family_that_is_gone_finds_nothing(world: World) -> None:
    assert sought(world.workspace, Looking(family="gone"), US, NOW).family == "gone"


@pytest.mark.parametrize(
    ("text", "locale", "sums"),
    [
        ("", US, (None, None)),
        ("10,000", US, (1_000_000, None)),
        ("10.000,50", GERMAN, (1_000_050, None)),
        ("0 - 5", US, (0, 500)),
        ("5–10", US, (500, 1000)),
        ("5 to 10", US, (500, 1000)),
    ],
)
def test_sums_are_read_as_people_write_them(
    world: World, text: str, locale: Locale, sums: tuple[int | None, int | None]
) -> None:
    assert read_sums(text, world.workspace, locale) == sums


@pytest.mark.parametrize("text", ["x", "1-", "-1", "1-2-3", "9" * 20])
def test_sums_that_cannot_be_read_are_refused(world: World, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_sums(text, world.workspace, US)
    assert refused.value.field == "sum"
