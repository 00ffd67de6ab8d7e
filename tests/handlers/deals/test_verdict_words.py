"""What is said of a check, whole, by the numbers and dates of the company's country."""

from dataclasses import replace
from datetime import date, timedelta

from handlers.deals.verdict_words import counter_sentences, deviation_sentence, rivalry_sentence, verdict_sentence
from handlers.deals.words import sums_sentence
from handlers.slack.text import Bold, When
from models.base.words import company_locale
from models.deals.rivals import Rival, Rivalry
from models.deals.terms import check_deal
from tests.world import NOW, World

US, DE, CH = (company_locale(country) for country in ("US", "DE", "CH"))
JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)


def test_rivals_are_named_up_to_three_with_what_they_would_leave() -> None:
    rivals = tuple(Rival(number, "Outdoor Depot of the Rocky Mountains") for number in range(1, 6))
    scarce = Rivalry("Assembly", "hour", JAN_18, needed=54_500, left=500, rivals=rivals[:1])
    one = ("Also wanted by ", Bold("#1 Outdoor Depot of the Rocky Mo…"))
    lost = ". If they get theirs, 0.5 is left of the 54.5 hours needed: Assembly, week of Jan 18."
    assert rivalry_sentence(scarce, US) == (*one, lost)
    assert rivalry_sentence(replace(scarce, left=0), US) == (*one, lost.replace("0.5 is", "nothing is"))
    assert rivalry_sentence(replace(scarce, left=54_500), US) == (*one, "; there is enough for all.")
    named = rivalry_sentence(replace(scarce, rivals=rivals), US)[1]
    assert named == Bold(", ".join(f"#{n} Outdoor Depot of the Rocky Mo…" for n in (1, 2, 3)) + " and 2 more")


def test_verdict_and_sums_are_said_with_the_numbers(world: World) -> None:
    deals = [
        world.propose(("Summit tent", n, 43_200, week)) for n, week in ((10, JAN_25), (900, JAN_25), (200, JAN_18))
    ]
    fits, overtime, short = (check_deal(deal, now=NOW) for deal in deals)
    assert verdict_sentence(fits, US) == (Bold("Fits."),)
    # 900 × 0.5 h + 4 h are 54 h more than the week's 400, at $55.
    assert verdict_sentence(overtime, US) == (Bold("Fits with overtime, $2,970."), " Assembly, week of Jan 11")
    lacking = "Assembly, week of Jan 4: needs 104 hours, 62 free, 42 short."
    assert verdict_sentence(short, US) == (Bold("Does not fit. "), lacking, "")
    assert sums_sentence(short.check.margin, short.company, US) == (Bold("$86,400"), " · 10 % off list · margin fine")
    until = NOW + timedelta(days=7)
    assert counter_sentences(overtime, short, {("Assembly", date(2027, 1, 11)): 453_000}, until, US) == [
        (Bold("Against what was asked: "), "$302,400 more revenue and $2,970 of overtime."),
        (Bold("Sending it holds "), "1 hour of Assembly (Jan 11), until ", When(until), "."),
    ]


def test_terms_beyond_the_standard_are_said_one_by_one(world: World) -> None:
    deal = world.propose(("Summit tent", 5, 40_000, date(2026, 11, 30)), ("Free installation", 1, 0, JAN_18))
    standard = check_deal(world.propose(("Summit tent", 10, 48_000, JAN_18)), now=NOW)
    words = (
        "Summit tent under $408, the lowest standard price; Summit tent before Dec 7, the standard lead time; "
        "Summit tent under the smallest delivery of 10; Free installation is not in the standard catalogue"
    )
    assert deviation_sentence(check_deal(deal, now=NOW), US) == ("Beyond standard terms: ", words)
    assert deviation_sentence(standard, US) is None
