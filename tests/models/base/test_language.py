"""Texts in the language of whoever reads them, and what is kept for whoever may."""

import threading

import pytest
from babel import Locale

from models.base.language import (
    N_,
    _,
    as_read,
    in_each_language,
    in_english,
    language,
    language_of,
    ngettext,
    read_as,
    reading,
)
from models.base.words import company_locale, decimal_text, in_language, plural


@pytest.mark.parametrize(
    ("locale", "spoken"),
    [("de-DE", "de"), ("de_AT", "de"), ("de", "de"), ("en-GB", "en"), ("fr-FR", "en"), ("", "en"), ("xx-?", "en")],
)
def test_language_of_a_locale_is_english_where_its_own_is_not_spoken(locale: str, spoken: str) -> None:
    assert language_of(locale) == spoken


def test_text_is_looked_up_for_its_reader_and_its_holes_are_filled() -> None:
    assert _("Week of {week}", week="Jan 4") == "Week of Jan 4"
    with reading("de-DE"):
        assert _("Week of {week}", week="4. Jan.") == "Woche vom 4. Jan."
        with reading("en-US"):
            assert _("Approve") == "Approve"
        assert _("Approve") == "Genehmigen"
    assert language() == "en"


def test_what_was_typed_fills_a_hole_and_opens_none() -> None:
    assert _("Week of {week}", week="{week} {0} {}") == "Week of {week} {0} {}"


def test_a_sentence_ends_with_the_full_stop_of_what_fills_its_hole() -> None:
    assert _("Tell the customer by {day}.", day="Jan 4") == "Tell the customer by Jan 4."
    assert _("Tell the customer by {day}.", day="4. Jan.") == "Tell the customer by 4. Jan."
    assert ngettext("{name} has one.", "All of {name}.", 2, name="Acme Inc.") == "All of Acme Inc."


def test_text_that_nobody_translated_and_no_text_at_all_stay() -> None:
    with reading("de"):
        assert _("Nobody has translated this.") == "Nobody has translated this."
        assert _("") == ""


@pytest.mark.parametrize(("number", "said"), [(0, "0 Deals"), (1, "1 Deal"), (2, "2 Deals")])
def test_plural_is_that_of_the_reader(number: int, said: str) -> None:
    with reading("de"):
        assert ngettext("{number} deal", "{number} deals", number, number=number) == said


def test_text_is_marked_where_it_stands_and_looked_up_where_it_is_shown() -> None:
    marked = N_("Approve")
    with reading("de"):
        assert (marked, _(marked)) == ("Approve", "Genehmigen")


def test_reader_of_one_thread_is_not_that_of_another() -> None:
    seen = []
    with reading("de"):
        thread = threading.Thread(target=lambda: seen.append(language()))
        thread.start()
        thread.join()
        assert (language(), seen) == ("de", ["en"])


def test_reader_who_is_known_later_counts_until_the_request_is_over() -> None:
    with reading("en-US"):
        read_as("de-DE")
        assert language() == "de"
    assert language() == "en"


def test_what_is_kept_is_read_in_the_language_of_each_reader() -> None:
    kept = in_each_language(lambda: _("Approve"))
    assert kept == {"en": "Approve", "de": "Genehmigen"}
    assert in_english(kept) == as_read(kept) == "Approve"
    with reading("de"):
        assert as_read(kept) == "Genehmigen"
        # As older rows are, and what was kept before a language was learned.
        assert as_read("Approve") == as_read({"en": "Approve"}) == "Approve"
    assert in_english("Approve") == "Approve"


@pytest.mark.parametrize(
    ("spoken", "country", "locale"),
    [("en", "DE", "en_DE"), ("de", "DE", "de_DE"), ("de", "CH", "de_CH"), ("de", "US", "de"), ("en", "XX", "en_US")],
)
def test_dates_and_numbers_are_those_of_the_country_where_the_language_is_known_there(
    spoken: str, country: str, locale: str
) -> None:
    assert in_language(spoken, country) == Locale.parse(locale)
    with reading(spoken):
        assert company_locale(country) == Locale.parse(locale)


def test_units_take_an_s_in_english_only() -> None:
    assert (plural("tent", is_one=False), plural("canopy", is_one=False)) == ("tents", "canopies")
    with reading("de"):
        assert plural("Stück", is_one=False) == "Stück"


def test_decimals_are_written_as_the_reader_writes_them() -> None:
    assert decimal_text(1234.5, 2) == "1,234.50"
    with reading("de"):
        assert decimal_text(1234.5, 2) == "1.234,50"
