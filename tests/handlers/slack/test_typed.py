"""What people and their keyboards type after a command: each line is answered, and nobody's breaks anything."""

import pytest

from tests.handlers.slack.conftest import LINE, modal_text, references_in
from tests.stage import OPS, Stage

LONG = "9" * 4000
LINES = {
    "/deal": [
        *("show ²", "²", "#²", "show ٤٢", "42", "#99999999999999999999", f"show {LONG}", LONG, "show", "show 0"),
        *(
            "List GmbH 5 Summit tent by 18 Jan",
            "list GmbH",
            "list ²",
            f"list {LONG}",
            "find \x00",
            "find %_%",
            "mine 9",
        ),
        *("Acme 5 Summit tent by 9999-12-31", "Acme 5 Summit tent by 0001-01-01", "Acme 5 Summit tent by 31 Feb"),
        *("Acme 5 Summit tent in 999 weeks", "Acme 5 Summit tent at 1e400", "Acme 5 Summit tent at NaN"),
        *(
            "1 by " * 30,
            "5 Summit tent and " * 40,
            "Acme " + "x" * 3900,
            "\u202eAcme 5 Summit tent",
            "\ud800",
            "<@U1> 5",
        ),
        *("export ²", "help ²", "handover ²", "import", "'; DROP TABLE deal; --", "𝟓 Summit tent", "-5 Summit tent"),
    ],
    "/capacity": [
        "Sewing 9999-12-31",
        "²",
        LONG,
        "Assembly 31 Feb",
        "Assembly 0001-01-01",
        "nowhere",
        "import ²",
        "\x00",
    ],
    "/sop": ["page ²", "²", LONG, "forecast ²", "owners \x00", "page 9999-12"],
    "/belay": ["²", LONG, "roles ²", "schedules \x00", "hours 99:99"],
}


@pytest.mark.parametrize("command", LINES)
def test_line_is_answered_whatever_is_typed(alone: Stage, command: str) -> None:
    alone.propose(LINE)
    people = [alone.person(name) for name in ("Sara", "Olga")]
    for text in LINES[command]:
        for person in people:
            reply = person.command(OPS, f"{command} {text}".encode("utf-8", "replace").decode())
            alone.sb.settle()
            assert reply.ok, (text, reply)
            assert references_in(person) == [], text
            assert "Something went wrong" not in str(reply.text), text
            assert reply.text or modal_text(person) != "One moment…", text
            while person.modals():
                person.close()
