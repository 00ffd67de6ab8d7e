"""How many pieces a title or a note says that amounts are for."""

import pytest

from models.sheets.counts import count_in, is_of_one, without_count


@pytest.mark.parametrize(
    ("text", "pieces", "words", "title"),
    [
        ("Net price / 1,000", 1000, "1,000 pieces", "Net price"),
        ("Preis/1000", 1000, "1,000 pieces", "Preis"),
        ("Price (per 1,000 pcs)", 1000, "1,000 pcs", "Price"),
        ("Preis je 1.000 Stück", 1000, "1.000 Stück", "Preis"),
        ("Preis pro 1000", 1000, "1,000 pieces", "Preis"),
        ("VK ‰ Stk", 1000, "1,000 Stk", "VK"),
        ("Price per thousand", 1000, "1,000 pieces", "Price"),
        ("VK/100 Stk.", 100, "100 Stk", "VK"),
        ("Cost per 100 net", 100, "100 pieces", "Cost net"),
        ("Price per dozen", 12, "12 pieces", "Price"),
    ],
)
def test_title_says_how_many_pieces_it_is_for(text: str, pieces: int, words: str, title: str) -> None:
    count = count_in(text)
    assert count is not None
    assert (count.pieces, count.words, without_count(text)) == (pieces, words, title)


@pytest.mark.parametrize(
    "text", ["Prices 2025/2026", "15 EUR per 100 km", "valid 1/10/2026", "Price per piece", "Hours / week", "5 % per 3"]
)
def test_other_numbers_are_no_pieces(text: str) -> None:
    assert (count_in(text), without_count(text)) == (None, text)


def test_single_piece_is_said_in_words() -> None:
    assert [is_of_one(text) for text in ("Price each", "Preis je Stück", "Hours per piece", "Price")] == [
        True,
        True,
        True,
        False,
    ]
