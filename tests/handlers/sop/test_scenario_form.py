"""A launch, or an end, as a scenario: its family, its month, and what it is like."""

import pytest

from handlers.slack.ids import Act
from handlers.sop.family_view import family_key
from models.sop.scenarios import scenarios_of
from models.sop.what_if import ChangeKind
from tests.handlers.desk import Json, chosen, typed
from tests.handlers.sop.cycle_desk import FAMILY, CycleDesk
from tests.handlers.sop.test_scenarios import month, submitted, which

LAUNCH, END = (chosen("static_select", kind) for kind in (ChangeKind.LAUNCH, ChangeKind.END))


def like(name: str) -> Json:
    return chosen("external_select", family_key(name)) | {"action_id": str(Act.LIKE_OF)}


def kept(desk: CycleDesk) -> list[str]:
    names: list[str] = desk.look(lambda session: [row.name for row in scenarios_of(desk._december(session))][1:])
    return names


def test_launch_is_like_another_or_in_another_month_and_an_end_ends(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    fields = {"which": which(FAMILY), "first": month("2027-02-01"), "amount": typed(""), "name": typed("")}
    submitted(desk, **fields | {"kind": LAUNCH, "which": which("Lamps"), "like": like(FAMILY), "amount": typed("80%")})
    submitted(desk, **fields | {"kind": LAUNCH})
    submitted(desk, **fields | {"kind": END, "last": month("2027-03-01")})
    assert kept(desk) == [
        "Lamps: sells like Tents at 80 % from Feb 2027 on only",
        "Tents: launch in Feb 2027",
        "Tents: ends with Mar 2027",
    ]
    demand = desk.look(lambda session: [row.assumed for row in scenarios_of(desk._december(session))][1:])
    assert (demand[0]["Lamps"][:4], demand[1]["Tents"][:4]) == ([None, None, 80, 80], [0, 0, None, None])
    assert demand[2]["Tents"][:5] == [None, None, None, None, 0]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": LAUNCH}, "Choose the family and the month."),
        ({"kind": LAUNCH, "which": which("Assembly")}, "Choose a family for that"),
        ({"kind": END, "first": month("2027-02-01")}, "Choose the family and the month."),
        ({"kind": LAUNCH, "first": month("2027-02-01"), "like": like("Tarps")}, "Choose a family."),
        (
            {"kind": LAUNCH, "first": month("2027-02-01"), "like": like("Lamps"), "amount": typed("0")},
            "At how many % of it?",
        ),
    ],
)
def test_what_is_wrong_is_said_under_its_field(desk: CycleDesk, fields: dict[str, Json], sentence: str) -> None:
    desk.go_to("reconciliation")
    before = desk.rows()
    assert sentence in submitted(desk, **fields)
    assert desk.rows() == before
