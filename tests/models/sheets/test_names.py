"""Names: the same in other capitals, likely with a slip of the keyboard, unknown else."""

from models.sheets.fields import Of
from models.sheets.names import Match, Names, share_known
from tests.models.sheets.cases import known

NAMES = Names({"Tents": "Tents", "Summit tent": "Tents", "Shelters": "Shelters", "Näherei Süd": "Näherei Süd"})


def test_name_is_known_whatever_its_capitals_and_signs() -> None:
    texts = ("tents", " TENTS ", "summit-tent", "NAEHEREI SUED")
    assert [NAMES.match(text).name for text in texts] == ["Tents", "Tents", "Tents", "Näherei Süd"]


def test_name_that_is_only_alike_is_not_taken() -> None:
    assert NAMES.match("Shelter") == Match(candidates=("Shelters",), likely="Shelters")
    assert NAMES.match("Tenst") == Match(candidates=("Tents",), likely="Tents")
    assert NAMES.match("Boats") == Match()


def test_name_of_two_in_other_capitals_is_not_clear() -> None:
    assert Names({"a": "a", "A": "A"}).match("a") == Match("a")
    assert Names({"Ab": "Ab", "AB": "AB"}).match("ab") == Match(candidates=("AB", "Ab"))


def test_offer_stands_for_its_family() -> None:
    names = known().names[Of.FAMILY]
    assert [names.match(text).name for text in ("Market canopy", "Tents")] == ["Shelters", "Tents"]
    assert share_known(names, ["Tents", "x", "", 3]) == 0.5
