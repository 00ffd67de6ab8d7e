"""The kinds of tables: each has words for each of its fields, and a key."""

from models.sheets.fields import SHAPES, Kind, Role
from models.sheets.vocabulary import vocabulary


def test_every_kind_has_words_for_its_fields() -> None:
    assert set(SHAPES) == set(Kind)
    for kind, shape in SHAPES.items():
        assert list(vocabulary()[kind.value]) == list(shape.by_name)
        assert set(shape.key) <= set(shape.by_name)
        assert {field.name for field in shape.fields if field.is_needed} <= set(shape.by_name)


def test_a_shape_knows_its_names_amounts_and_period() -> None:
    shape = SHAPES[Kind.WEEKS]
    assert [field.name for field in shape.names] == ["resource"]
    assert list(shape.amounts) == ["available", "overtime", "receipt"]
    assert shape.period is not None and shape.period.name == "week"
    assert [kind for kind, each in SHAPES.items() if each.main and each.main not in each.amounts] == []
    assert [each.name for each in SHAPES[Kind.OFFERS].fields if each.role is Role.SHARE] == [
        "max_discount",
        "margin_floor",
    ]
