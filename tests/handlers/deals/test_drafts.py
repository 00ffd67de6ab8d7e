"""Terms as they are typed, read from a form."""

from handlers.deals.drafts import LineDraft, TermsDraft, draft_of
from handlers.slack.forms import Filled


def test_form_is_read_with_as_many_lines_as_it_shows_and_the_terms_beside_them() -> None:
    values = {"customer": " Acme ", "offer.0": "7", "quantity.0": "100", "date.1": "2027-01-18", "offer.2": "9"}
    values |= {"clause.3": "60 days", "clause.4": ""}
    draft = draft_of(Filled(values, {"offer.0": "Summit tent"}, {}), 2)
    assert draft == TermsDraft(
        customer="Acme",
        lines=(LineDraft("7", "Summit tent", "100"), LineDraft(day="2027-01-18")),
        # What is emptied is nothing; what does not stand in the form is not named.
        clauses={"3": "60 days", "4": ""},
    )


def test_line_is_empty_until_something_is_typed() -> None:
    assert LineDraft().is_empty
    assert not LineDraft(price="1").is_empty
    assert draft_of(Filled({}, {}, {}), 0) == TermsDraft()
