"""The form of terms as it is typed: checked as far as it goes, against what was asked, and with what is missing."""

from dataclasses import replace
from datetime import date

import pytest
from babel import Locale

from handlers.deals.drafts import LineDraft, TermsDraft
from handlers.deals.live_form import draft_of_deal, line_added, line_removed, live_form, way_taken
from handlers.deals.targets import TermsTarget
from handlers.slack.ids import Callback
from models.base.errors import NotFound
from models.base.words import locale_of
from models.deals.deciding import approve
from models.deals.proposing import change, revise
from models.deals.rows import Deal
from models.deals.terms import MOST_LINES
from sandbox.render import render_blocks
from tests.handlers.deals.test_ways import JAN_11, JAN_18, LINE, SHORT, THREE, asked, entered, holds, over_http, ways_in
from tests.stage import Stage, shown
from tests.world import NOW, World

US, DE = Locale("en", "US"), Locale("de", "DE")


@over_http
def test_counter_form_keeps_the_ways_of_what_was_asked_while_terms_are_edited(stage: Stage) -> None:
    stage.propose(LINE)
    olga = stage.person("Olga")
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    assert SHORT in shown(olga).as_text()
    assert "Sending it holds" not in shown(olga).as_text()

    def edit(field: str, value: object) -> list[str]:
        olga.enter(field, value)
        stage.sb.settle()
        assert ways_in(shown(olga)) == THREE
        told = shown(olga).as_text().split("Ways to yes")[0].splitlines()
        return [line for line in told if not line.startswith(("Assembly", "Beyond"))]

    assert edit("Quantity", 50) == [
        "$21,600 · 10 % off list · margin fine",
        "Fits.",
        "Against what was asked: $64,800 less revenue.",
        "Sending it holds 29 hours of Assembly (Jan 4), until 2026-12-01 16:00 UTC.",
    ]
    assert edit("Price or discount", "500") == [
        "$25,000 · 4.2 % over list · margin fine",
        "Fits.",
        "Against what was asked: $61,400 less revenue.",
        "Sending it holds 29 hours of Assembly (Jan 4), until 2026-12-01 16:00 UTC.",
    ]
    assert edit("Quantity", 900)[1:] == [
        "Does not fit. Assembly, week of Jan 4: needs 454 hours, 62 free, 392 short.",
    ]
    assert edit("Delivery, in the week of", "2027-01-27") == [
        "$450,000 · 4.2 % over list · margin fine",
        "Fits with overtime, $2,970. Assembly, week of Jan 11",
        "Against what was asked: $363,600 more revenue and $2,970 of overtime.",
        "Sending it holds 454 hours of Assembly (Jan 11), until 2026-12-01 16:00 UTC.",
    ]
    olga.press("take.1.later")
    stage.sb.settle()
    assert ways_in(shown(olga)) == THREE
    assert [entered(shown(olga))[name] for name in ("quantity.0", "price.0", "date.0")] == [
        "200",
        "432.00",
        "2027-01-25",
    ]
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert stage.look(holds) == [("Assembly", JAN_11, 104_000)]


def test_counter_to_a_change_says_that_it_holds_what_goes_beyond_the_promise(world: World) -> None:
    deal = asked(world, 100)
    approve(deal, by=world.person("Olga"), now=NOW)
    change(deal, world.terms(("Summit tent", 110, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    olga = world.person("Olga")
    draft, target = draft_of_deal(deal, locale_of("en-US")), TermsTarget(deal=deal.id, version=2, lines=1)
    view = live_form(world.workspace, olga, NOW, Callback.COUNTER, draft, target).view
    # 59 hours are needed, 54 are promised already.
    told = render_blocks([block.to_dict() for block in view.blocks])
    assert "Sending it holds 5 hours of Assembly (Jan 4), until 2026-12-01 16:00 UTC." in told


def test_form_names_the_rivals_of_what_is_typed(world: World) -> None:
    tents(world, 60, "Borealis")
    assert "Also wanted by #1 Borealis. If they get theirs, 28 is left of the 54 hours needed" in form(world, 100)
    assert "Also wanted by #1 Borealis; there is enough for all." in form(world, 40)


def form(world: World, quantity: int) -> str:
    tent = world.offer("Summit tent")
    lines = (LineDraft(str(tent.id), tent.name, str(quantity), "432", "2027-01-20"),)
    draft = TermsDraft("Acme", lines)
    shown = live_form(world.workspace, world.person("Sara"), NOW, Callback.PROPOSE, draft, TermsTarget(lines=1))
    return render_blocks([block.to_dict() for block in shown.view.blocks])


def tents(world: World, quantity: int, customer: str) -> Deal:
    """Tents take half an hour each and 4 hours, two weeks earlier; 62 hours are free in the week of 4 January."""
    return world.propose(("Summit tent", quantity, 43200, date(2027, 1, 18)), by="Pete", customer=customer)


def typed(*lines: LineDraft) -> TermsDraft:
    return TermsDraft("Acme", lines)


def text_of(world: World, draft: TermsDraft) -> str:
    """What the form says of a draft, above its fields."""
    view = live_form(world.workspace, world.person("Sara"), NOW, Callback.PROPOSE, draft, TermsTarget(lines=1)).view
    return render_blocks([block.to_dict() for block in view.blocks if block.type == "rich_text"])


def test_what_is_missing_is_not_complained_about_and_what_is_wrong_is_said(world: World) -> None:
    tent = world.offer("Summit tent")
    whole = LineDraft(str(tent.id), tent.name, "10", "", "2027-01-25")
    for line in (LineDraft(), replace(whole, quantity=""), replace(whole, day=""), replace(whole, offer="")):
        hint = "Fill in an offer, a quantity and a date to see whether it fits."
        assert text_of(world, typed(line)) == hint
    assert text_of(world, typed(replace(whole, quantity="1.5"))) == "A whole number of 1 or more, such as 200."
    assert text_of(world, typed(whole, whole)) == "One line for an offer in a week: Summit tent stands twice."
    # A line that nobody has begun does not count.
    assert text_of(world, typed(whole, LineDraft())).splitlines()[:2] == ["$4,800 · margin fine", "Fits."]


def test_form_of_a_deal_that_was_changed_meanwhile_keeps_the_version_that_was_seen(world: World) -> None:
    deal = asked(world, 100)
    draft, target = draft_of_deal(deal, US), TermsTarget(deal=deal.id, version=1, lines=1)
    revise(deal, world.terms(("Summit tent", 110, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    view = live_form(world.workspace, world.person("Olga"), NOW, Callback.COUNTER, draft, target).view
    assert replace(TermsTarget.decode(view.private_metadata), seen="", was=()) == target


def test_form_of_a_deal_that_is_not_here_is_refused(world: World) -> None:
    with pytest.raises(NotFound, match=r"That deal is not here\."):
        live_form(world.workspace, world.person("Sara"), NOW, Callback.REVISE, TermsDraft(), TermsTarget(deal=999))


@pytest.mark.parametrize(("locale", "price"), [(US, "432.50"), (DE, "432,50")], ids=str)
def test_way_that_is_taken_fills_in_the_lines_and_leaves_the_rest(world: World, locale: Locale, price: str) -> None:
    tent = world.offer("Summit tent")
    draft = TermsDraft("Acme", (LineDraft(quantity="7"),), told="Soon.", likelihood="75", note="So be it.")
    line = LineDraft(str(tent.id), "Summit tent", "116", price, "2027-01-18")
    taken = [(tent.id, 116, 43_250, "2027-01-18")]
    assert way_taken(world.workspace, draft, taken, locale) == replace(draft, lines=(line,))
    assert way_taken(world.workspace, draft, [], locale) == draft
    with pytest.raises(NotFound, match="not in the catalogue any more"):
        way_taken(world.workspace, draft, [(999_999, 1, 1, "2027-01-18")], locale)


def test_lines_are_added_up_to_as_many_as_a_deal_may_hold() -> None:
    full = typed(*[LineDraft(quantity="1")] * MOST_LINES)
    assert line_added(typed(LineDraft(quantity="1"))) == typed(LineDraft(quantity="1"), LineDraft())
    assert line_added(full) == full


def test_line_that_is_removed_makes_the_others_move_up_under_a_new_revision() -> None:
    one, two, three = (LineDraft(quantity=quantity) for quantity in "123")
    target = TermsTarget(deal=7, version=2, lines=3, revision=4)
    assert line_removed(typed(one, two, three), target, 1) == (typed(one, three), replace(target, revision=5))
    assert line_removed(typed(one), target, 0) == (typed(LineDraft()), replace(target, revision=5))
    assert line_removed(typed(one), target, 5)[0] == typed(one)
