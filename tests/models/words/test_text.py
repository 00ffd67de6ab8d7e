"""Text before it is read."""

import pytest

from models.words.text import MOST_LETTERS, clean, fold, quoted


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("<@U123> Acme", "Acme"),
        ("<!here> *Acme* :tent:", "Acme"),
        ("<https://acme.com|Acme> 5", "Acme 5"),
        ("Acme <https://acme.com>", "Acme"),
        ("Acme\n- 200 tents\n- 5 kits", "Acme; - 200 tents; - 5 kits"),
        ("a\u00a0 b\tc", "a b c"),
        ("~200 & <3", "~200 & <3"),
    ],
)
def test_markup_is_left_out(text: str, cleaned: str) -> None:
    assert clean(text) == (cleaned, True)


def test_long_text_is_cut() -> None:
    text, is_all = clean("x" * 100_000)
    assert (len(text), is_all) == (MOST_LETTERS, False)


@pytest.mark.parametrize("text", ["İSTANBUL", "ẞ", "“Acme” – 200×", "ﬁ"])
def test_folded_text_is_as_long_as_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_quoted_words_are_short() -> None:
    assert quoted(" x " * 100) == f"“{'x  ' * 19}x…”"
