"""What a new entry lacks: it is said or asked, and what is known keeps what it has."""

from collections.abc import Mapping
from dataclasses import replace

from models.sheets.fields import Kind
from models.sheets.names import Past
from models.sheets.preview import Preview, TableFile, preview
from tests.models.sheets.cases import known, text

PAST = Past({Kind.OFFERS: {"alpine tent": "Summit tent"}}, {Kind.OFFERS: {"yurt": "Yurt"}})
KNOWN = replace(known(), must_be_whole=True, past=PAST)


def read(*lines: str, answers: Mapping[str, str] | None = None) -> Preview:
    return preview(TableFile.open(text(*lines), "a.csv"), Kind.OFFERS, KNOWN, answers=answers or {})


def test_without_a_family_what_is_known_keeps_its_own() -> None:
    shown = read("Product,Price,Cost", "Summit tent,500,290", "Bench,320,88")
    assert [row.get("family") for row in shown.rows] == [None, "Products"]
    assert "No family is said: Bench gets “Products”." in shown.notes


def test_empty_family_is_asked_about() -> None:
    lines = ("Product,Family,Price,Cost", "Farm table,Tables,1150,310", "Bench,,320,88")
    assert [each.key for each in read(*lines).questions] == ["fill:family"]
    families = [
        [row["family"] for row in read(*lines, answers={"fill:family": answer}).rows] for answer in ("above", "none")
    ]
    assert families == [["Tables", "Tables"], ["Tables", "Products"]]


def test_new_offer_without_a_cost_is_asked_about() -> None:
    lines = ("Product,Family,Price,Cost", "Farm table,Tables,1150,310", "Bench,Tables,320,", "Summit tent,Tents,500,")
    (question,) = read(*lines).questions
    assert question.sentence == "“Cost” is empty for Bench: what counts?"
    at_nothing = read(*lines, answers={"blank:unit_cost": "0"})
    assert [row.get("unit_cost") for row in at_nothing.rows] == ["310", "0", None]
    without = read(*lines, answers={"blank:unit_cost": "—"})
    assert [row["name"] for row in without.rows] == ["Farm table", "Summit tent"]
    assert [(left.row, left.why) for left in without.left_out] == [(3, "no cost")]


def test_what_was_renamed_or_retired_is_asked_about() -> None:
    lines = ("Product,Family,Price,Cost", "Alpine tent,Tents,500,290", "YURT,Tents,900,500")
    asked = {each.key: (each.sentence, list(each.options), each.likely) for each in read(*lines).questions}
    assert asked == {
        "was:Alpine tent": ("“Alpine tent” was renamed to “Summit tent”: which one is meant?", ["now", "new"], "now"),
        "was:YURT": ("“YURT” is retired: is it brought back?", ["back"], ""),
    }
    back = read(*lines, answers={"was:Alpine tent": "now", "was:YURT": "back"})
    assert [row["name"] for row in back.rows] == ["Summit tent", "Yurt"]
    new = read(*lines, answers={"was:Alpine tent": "new", "was:YURT": "—"})
    assert [row["name"] for row in new.rows] == ["Alpine tent"]
    assert [left.why for left in new.left_out] == ["“YURT” is retired"]
