"""The forms of terms with as many lines as a deal may have and the longest ways to yes above them, as Slack takes them.

Both views of each form are shown: the first one, and the one that brings the ways a moment afterwards.
"""

from dataclasses import replace
from datetime import date

import pytest

from handlers.deals import negotiation
from handlers.deals import proposing as desk
from handlers.deals.live_form import live_form
from handlers.deals.targets import DealTarget, TermsTarget, WayTarget
from handlers.deals.terms_view import TermsForm, terms_view
from handlers.deals.ways_view import ways_blocks
from handlers.slack.ids import Act, Callback
from models.base.words import locale_of
from models.deals.rivals import rivalry_over
from models.deals.terms import LARGEST_PRICE, LARGEST_QUANTITY, MOST_LINES, TermLine, check_terms
from models.deals.ways import KnownWay
from models.promise import WayKind
from tests.handlers.large import VERDICTS, Large, long, longest_rivalry
from tests.handlers.shown import Slack, ways_taken
from tests.world import NOW

FORMS = (Callback.PROPOSE, Callback.REVISE, Callback.COUNTER, Callback.COUNTER_BACK, Callback.CHANGE)
# How many of the ways that a search finds have a button: overtime is agreed to with Approve.
FOUND = {"fits": 0, "overtime": 0, "short": 0, "ways": 5, "reprice": 1, "fragile": 0}
LARGEST_KEY = 2**63 - 1
# All kinds but `some`, which is none beside a split, and the one that stands on the card.
MOST_WAYS = len(WayKind) - 2


@pytest.mark.parametrize("kind", [*VERDICTS, "unreadable"])
@pytest.mark.parametrize("callback", FORMS)
def test_terms_form_with_all_lines_is_accepted(large: Large, slack: Slack, callback: Callback, kind: str) -> None:
    draft = large.draft(kind if kind in VERDICTS else "fits")
    if kind == "unreadable":
        draft = replace(draft, lines=tuple(replace(entry, price="x" * 40) for entry in draft.lines))
    world, by = large.world, large.person("Sara")
    deal = None if callback is Callback.PROPOSE else large.deal("looking")
    target = TermsTarget(deal=deal.id, version=9, revision=10**6) if deal else TermsTarget(revision=10**6)
    heading = f"For {long(200)}" if deal else f"Not understood: {long(3000)}."
    shown = live_form(world.workspace, by, NOW, callback, draft, target, heading=heading)
    views = [view.to_dict()["blocks"] for view in slack.show(shown)]
    # A counter looks for ways to what was asked, whatever is typed; the others to what is typed, once it is readable.
    found = FOUND["overtime"] if callback is Callback.COUNTER else FOUND.get(kind)
    assert [len(ways_taken(blocks)) for blocks in views] == [0] + ([] if found is None else [found])


@pytest.mark.parametrize("kind", VERDICTS)
@pytest.mark.parametrize("callback", FORMS)
def test_terms_form_below_the_longest_ways_is_accepted(
    large: Large, slack: Slack, callback: Callback, kind: str
) -> None:
    world, is_counter = large.world, callback is Callback.COUNTER
    checked = check_terms(world.workspace, large.terms(kind), now=NOW)
    asked = check_terms(world.workspace, large.terms("short"), now=NOW)
    assert checked.check.verdict == VERDICTS[kind]
    form = TermsForm(
        callback=callback,
        draft=large.draft(kind),
        target=TermsTarget(deal=LARGEST_KEY, version=2**31 - 1, revision=10**6),
        locale=locale_of("en-US"),
        checked=checked,
        heading=long(3000),
        ways=large.ways(kind),
        asked=asked if is_counter else None,
        rivalry=longest_rivalry(),
        held_until=NOW if is_counter else None,
    )
    [view] = slack.show(terms_view(form))
    assert len(ways_taken(view.to_dict()["blocks"])) == MOST_WAYS


def test_rivals_of_a_large_deal_are_all_counted(large: Large) -> None:
    world, deal = large.world, large.deal("looking")
    checked = check_terms(world.workspace, large.terms("overtime"), now=NOW)
    rivalry = rivalry_over(world.workspace, checked, now=NOW, without=deal)
    assert rivalry
    assert large.deal("overtime").number in {rival.number for rival in rivalry.rivals}


@pytest.mark.parametrize(
    ("act", "stage", "name"),
    [
        (Act.COUNTER, "countered", "Olga"),
        (Act.COUNTER, "looking", "Olga"),
        (Act.COUNTER, "broken", "Olga"),
        (Act.COUNTER, "won, broken", "Olga"),
        (Act.COUNTER, "broken, looking", "Olga"),
        (Act.COUNTER_BACK, "countered", "Sara"),
        (Act.REVISE, "short", "Sara"),
        (Act.REVISE, "ways", "Sara"),
        (Act.CHANGE, "approved", "Sara"),
        (Act.CHANGE, "broken", "Sara"),
    ],
)
@pytest.mark.parametrize("is_taking", [False, True])
def test_terms_form_of_a_deal_is_accepted(
    large: Large, slack: Slack, act: Act, stage: str, name: str, *, is_taking: bool
) -> None:
    world, lines = large.world, large.terms("ways").lines
    taken = [(line.offer_id, line.quantity, 123, line.week.isoformat()) for line in lines] if is_taking else ()
    deal, person = large.deal(stage), large.person(name)
    shown = negotiation.open_terms(world.workspace, deal, person, NOW, act, taken)
    views = slack.show(shown)
    assert TermsTarget.decode(views[0].private_metadata).lines == MOST_LINES
    assert str(views[0].to_dict()).count("'1.23'") == (MOST_LINES if is_taking else 0)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(long(3900), id="odd"),
        pytest.param("W" * 3900, id="customer"),
        pytest.param("Acme 200 Summit tent by " + "18 Jan " * 500, id="date"),
        pytest.param("Acme 2 Summit tent at " + "9" * 3500, id="price"),
        pytest.param("Acme " + "9" * 3500 + " Summit tent", id="quantity"),
        pytest.param("Acme ² Summit tent", id="superscript"),
        pytest.param("Acme 0 Summit tent", id="zero"),
        pytest.param("Acme 2 W", id="ambiguous"),
    ],
)
def test_terms_form_from_one_line_is_accepted(large: Large, slack: Slack, text: str) -> None:
    world = large.world
    slack.show(desk.open_deal(world.workspace, large.person("Sara"), NOW, text))


def test_terms_form_from_a_message_is_accepted(large: Large, slack: Slack) -> None:
    world, message = large.world, long(40_000)
    slack.show(desk.open_deal_from_message(world.workspace, large.person("Sara"), NOW, message))


@pytest.mark.parametrize("act", [Act.TAKE, Act.COUNTER, Act.REVISE, Act.COUNTER_BACK])
def test_way_carries_all_its_lines_within_a_button(slack: Slack, act: Act) -> None:
    largest = TermLine(LARGEST_KEY, LARGEST_QUANTITY, LARGEST_PRICE, date(2999, 12, 30))
    ways = [KnownWay(kind, long(1000), long(60), (largest,) * MOST_LINES) for kind in WayKind]
    blocks = [block.to_dict() for block in ways_blocks(ways, act, DealTarget(deal=LARGEST_KEY, version=2**31 - 1))]
    slack.post("Ways to yes", blocks)
    carried = ways_taken(blocks)
    line = (LARGEST_KEY, LARGEST_QUANTITY, LARGEST_PRICE, "2999-12-30")
    taken = [[tuple(each) for each in WayTarget.decode(value).taken] for value in carried]
    # Overtime is agreed to with Approve.
    assert taken == [[line] * MOST_LINES] * (len(WayKind) - 1)
    assert max(map(len, carried)) <= 2000


def test_way_of_more_lines_than_a_deal_may_have_has_no_button(large: Large) -> None:
    way = large.ways()[0]
    longer = replace(way, lines=(*way.lines, way.lines[0]))
    blocks = [block.to_dict() for block in ways_blocks([way, longer], Act.COUNTER, DealTarget(deal=1))]
    assert ["accessory" in block for block in blocks[1:]] == [True, False]
