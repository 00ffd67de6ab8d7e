"""What happened to deals, as the scoreboard reads it."""

from datetime import date, timedelta

from models.deals.deciding import accept, approve, win
from models.deals.proposing import counter
from models.deals.stories import Act, HeldFor, Story, Version, stories_of
from models.deals.talking import ask
from models.workspace.roles import Side
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SARA, OLGA = 1, 2
FIRST = Version(1, Side.SALES, NOW, (("Tent", 10, 100, JAN_18),))
SECOND = Version(2, Side.OPERATIONS, NOW, (("Tent", 8, 100, JAN_18),))
FOURTH = Version(4, Side.SALES, NOW, (("Tent", 9, 100, JAN_18),))


def story(*acts: Act, terms: tuple[Version, ...] = (FIRST,)) -> Story:
    return Story(number=1, seller=SARA, proposed_at=NOW, acts=acts, versions=terms)


def test_first_answer_is_what_the_other_side_did_first() -> None:
    proposed, own = Act("propose", NOW, SARA, 1), Act("ask", NOW, SARA, 1)
    lapsed, joined = Act("commit", NOW, None, 1), Act("join_call", NOW, OLGA, 1)
    asked, declined = Act("ask", NOW, OLGA, 1), Act("decline", NOW, OLGA, 1)
    # A question is no answer.
    assert story(proposed, own, lapsed, joined, asked, declined).first_answer == declined
    assert story(proposed, declined).first_answer == declined
    assert (story(proposed, own, lapsed, joined).first_answer, story().first_answer) == (None, None)


def test_commits_are_the_promises_in_their_order() -> None:
    first, won, second = Act("commit", NOW, OLGA, 1), Act("win", NOW, SARA, 1), Act("commit", NOW + DAY, OLGA, 2)
    assert story(first, won, second).commits == (first, second)
    assert story(won).commits == ()


def test_terms_before_a_version_are_the_nearest_earlier_ones() -> None:
    known = story(terms=(FIRST, SECOND, FOURTH))
    assert (known.terms(2), known.before(4), known.before(2), known.before(1)) == (SECOND, SECOND, FIRST, None)


def test_story_is_read_with_its_acts_terms_and_holds(world: World) -> None:
    sara, olga = world.person("Sara"), world.person("Olga")
    deal = world.propose(("Summit tent", 100, 43200, JAN_18), ("Free installation", 1, 0, JAN_18))
    terms = world.terms(("Summit tent", 90, 43200, JAN_18))
    counter(deal, terms, by=olga, now=NOW + HOUR)
    accept(deal, by=sara, now=NOW + 2 * HOUR)
    (read,) = stories_of(world.workspace, since=NOW, until=NOW + DAY)
    assert (read.number, read.seller, read.proposed_at) == (1, sara.id, NOW)
    # 90 tents off by $48 each; the counter dropped the installation.
    money = {"revenue": 3_888_000, "discount": 432_000, "discount_beyond": 0, "services": 0, "below_floor": 0}
    assert read.acts == (
        Act("propose", NOW, sara.id, 1, {"version": 1, "why": ""}),
        Act("counter", NOW + HOUR, olga.id, 2, {"version": 2, "why": ""}),
        Act("commit", NOW + 2 * HOUR, sara.id, 2, {"version": 2, "why": "", **money}),
    )
    assert read.versions == (
        Version(
            1,
            Side.SALES,
            NOW,
            (("Summit tent", 100, 43200, JAN_18), ("Free installation", 1, 0, JAN_18)),
            (True, False),
        ),
        Version(2, Side.OPERATIONS, NOW + HOUR, (("Summit tent", 90, 43200, JAN_18),), (True,)),
    )
    # 90 × 0.5 h + 4 h, held until they were promised.
    assert read.holds == (HeldFor(2, NOW + HOUR, NOW + 2 * HOUR, 49_000, "Assembly"),)


def test_held_stock_is_no_time_and_a_hold_that_stands_ends_when_it_expires(world: World) -> None:
    deal = world.propose(("Pole set", 5, 4000, JAN_18), ("Summit tent", 10, 48000, JAN_18))
    terms = world.terms(("Pole set", 4, 4000, JAN_18), ("Summit tent", 10, 48000, JAN_18))
    counter(deal, terms, by=world.person("Olga"), now=NOW)
    (read,) = stories_of(world.workspace, since=NOW, until=NOW + DAY)
    # Five working days; Thanksgiving and a weekend make them eight.
    assert read.holds == (HeldFor(2, NOW, NOW + 8 * DAY, 9_000, "Assembly"),)


def test_deals_are_told_in_which_something_happened_with_all_before_its_end(world: World) -> None:
    first, second = world.propose(), world.propose(by="Pete")
    approve(first, by=world.person("Olga"), now=NOW + DAY)
    win(first, by=world.person("Sara"), now=NOW + 2 * DAY)

    def moves(since: timedelta, until: timedelta, only: str = "") -> list[tuple[int, list[str]]]:
        person = world.person(only) if only else None
        stories = stories_of(world.workspace, since=NOW + since, until=NOW + until, only=person)
        return [(story.number, [act.move for act in story.acts]) for story in stories]

    # The second one waits, whatever happens in the period.
    assert moves(DAY, 2 * DAY) == [(1, ["propose", "commit"]), (2, ["propose"])]
    assert moves(-DAY, timedelta(0)) == []
    assert moves(timedelta(0), HOUR) == [(1, ["propose"]), (2, ["propose"])]
    assert moves(timedelta(0), 3 * DAY, only="Pete") == [(2, ["propose"])]
    assert moves(timedelta(0), 3 * DAY, only="Olga") == [(1, ["propose", "commit", "win"])]
    ask(second, "Which colour?", by=world.person("Olga"), now=NOW + DAY)
    assert moves(timedelta(0), HOUR, only="Olga") == [(1, ["propose"]), (2, ["propose"])]
