"""A text in pieces."""

import pytest

from models.words.names import names_of
from models.words.pieces import pieces_of, text_between, words_between
from tests.models.words.shop import READER, SHOP


def kinds(text: str) -> list[tuple[str, str]]:
    pieces = pieces_of(text, names_of(SHOP.offers), READER)
    return [(str(piece.kind), text[piece.start : piece.end].strip()) for piece in pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "acme 200 summit tents by 18 jan at $430",
            [
                ("word", "acme"),
                ("number", "200"),
                ("offer", "summit tents"),
                ("date", "by 18 jan"),
                ("price", "at $430"),
            ],
        ),
        ("200x ridge tent", [("number", "200"), ("noise", "x"), ("offer", "ridge tent")]),
        ("7-eleven", [("word", "7-eleven")]),
        ("3m", [("word", "3m")]),
        ("-5", [("number", "-5")]),
        ("a dome", [("number", "a"), ("word", "dome")]),
        ("less 10%, please", [("discount", "less 10%"), ("separator", ","), ("noise", "please")]),
        ("“x”", [("word", "“x”")]),
    ],
)
def test_text_is_cut_into_pieces(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text.replace("“", '"').replace("”", '"')) == [
        (kind, words.replace("“", '"').replace("”", '"')) for kind, words in expected
    ]


def test_text_of_pieces_is_what_stands_there() -> None:
    text = "acme 200 summit tents"
    pieces = pieces_of(text, names_of(SHOP.offers), READER)
    assert (text_between(text, pieces), text_between(text, [])) == (text, "")
    assert words_between(text, pieces) == ["acme", "200", "summit", "tents"]
