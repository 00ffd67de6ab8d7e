"""Who the deal is for."""

import pytest

from models.words.customers import Customer, customer_before, known_in, names_in


@pytest.mark.parametrize(
    ("words", "name"),
    [
        *(
            (words, "Acme")
            for words in ("Acme", "Acme:", "Acme,", "Acme -", "'Acme'", "“Acme”", "(Acme)", "Acme needs")
        ),
        *(
            (words, "Acme")
            for words in ("please quote Acme", "Order from Acme:", "Hi team, Acme", "Acme is asking for")
        ),
        *((words, "Acme") for words in ("Acme braucht", "Angebot für Acme:", "Customer: Acme;", "For Acme")),
        ("Smith & Sons, Ltd.", "Smith & Sons, Ltd."),
        ("Men on Mars", "Men on Mars"),
        ("20th Century", "20th Century"),
        ("Dr. Pepper", "Dr. Pepper"),
        ("Yahoo!", "Yahoo!"),
        ("Good Will", "Good Will"),
    ],
)
def test_customer_is_what_leads_to_nothing_else(words: str, name: str) -> None:
    assert customer_before(words, ()).name == name


@pytest.mark.parametrize("words", ["", "can we do", "We need", "they want", "please", " - ", "Hi team,", "hello there"])
def test_nobody_is_named(words: str) -> None:
    assert customer_before(words, ()) == Customer()


@pytest.mark.parametrize(
    ("words", "likely"),
    [
        ("I spoke with Acme today and they need", ("Acme",)),
        ("Hi Sara, Acme called. They want", ("Sara", "Acme")),
    ],
)
def test_sentence_is_asked_with_the_names_in_it(words: str, likely: tuple[str, ...]) -> None:
    assert customer_before(words, ()) == Customer(likely=likely, is_open=True)


def test_known_customer_is_the_longest_that_is_named() -> None:
    known = ("Acme", "Acme Corp", "Need Supply")
    assert [known_in(words, known) for words in ("acme corp wants", "ACME", "Acmeo", "need supply")] == [
        *("Acme Corp", "Acme", None, "Need Supply")
    ]


def test_names_have_large_letters() -> None:
    assert names_in("yesterday Bank of America, then Acme called") == ["Bank of America", "Acme"]
