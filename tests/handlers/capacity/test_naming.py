"""Which resource and week a line after `/capacity` names."""

from datetime import date

import pytest
from sqlalchemy import select

from handlers.capacity.naming import Named, read_named
from models.base.errors import Refused
from models.company.resources import ResourceRow
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)


def resource(world: World, name: str) -> int:
    return world.session.scalars(select(ResourceRow.id).where(ResourceRow.name == name)).one()


@pytest.mark.parametrize(
    ("text", "name", "week"),
    [
        ("", "", None),
        ("Assembly", "Assembly", None),
        ("poles", "Poles in stock", None),
        ("Assembly 18 Jan", "Assembly", JAN_18),
        ("assembly by January 21st, 2027", "Assembly", JAN_18),
        ("Poles in stock in the week of 2027-01-20", "Poles in stock", JAN_18),
        ("Assembly in 8 weeks", "Assembly", JAN_18),
        ("18 Jan", "", JAN_18),
        ("Last ten today", "Last ten", date(2026, 11, 23)),
        ("Line 4 May", "Line 4 May", None),
        ("Line 4 May 18 Jan", "Line 4 May", JAN_18),
    ],
)
def test_line_names_a_resource_and_a_week(world: World, text: str, name: str, week: date | None) -> None:
    world.session.add(ResourceRow(workspace=world.workspace, name="Line 4 May", kind="time", unit="hour"))
    world.session.flush()
    assert read_named(world.workspace, text, NOW) == Named(resource(world, name) if name else 0, week)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Nope", "No resource is called “Nope”. `/capacity` shows them."),
        ("Nope 18 Jan", "No resource is called “Nope”. `/capacity` shows them."),
        ("Asembly", "No resource is called “Asembly”. Did you mean `/capacity Assembly`? `/capacity` shows them."),
        ("imprt", "No resource is called “imprt”. Did you mean `/capacity import`? `/capacity` shows them."),
        ("Assembly 2026-11-22", "That week is over."),
        ("Assembly 9999-12-31", "That is more than ten years ahead."),
        (
            "Assembly 3/4",
            "No resource is called “Assembly 3/4”. Did you mean `/capacity Assembly`? `/capacity` shows them.",
        ),
    ],
)
def test_line_that_names_nothing_is_refused_with_what_is_near(world: World, text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_named(world.workspace, text, NOW)
    assert refused.value.sentence == sentence
