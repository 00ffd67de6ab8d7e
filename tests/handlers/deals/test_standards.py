"""Leadership makes standard what customers keep asking for."""

import pytest

from tests.stage import OPS, Stage, shown


@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_leadership_makes_standard_what_customers_keep_asking_for(stage: Stage) -> None:
    for customer in ("Acme", "Borealis", "Cirrus"):
        stage.propose(f"{customer} 10 Summit tent by 1 Mar at 20% off")
    sara, lea = stage.person("Sara"), stage.person("Lea")
    sara.command(OPS, "/belay standards")
    stage.sb.settle()
    assert "Summit tent: 20 % off the list; standard is up to 15 %" in shown(sara).as_text()
    assert "Leadership decides what becomes standard." in shown(sara).as_text()
    assert "Make it standard…" not in shown(sara).as_text()
    lea.command(OPS, "/belay standards")
    stage.sb.settle()
    lea.press("Make it standard…")
    stage.sb.settle()
    lea.fill("value", "twenty")
    assert lea.submit().errors == {"value": "A percentage with at most 2 decimals, such as 12.5."}
    lea.fill("value", "20")
    assert lea.submit().ok
    stage.sb.settle()
    assert "Nothing beyond the standard was asked for" in shown(lea).as_text()
    sara.command(OPS, "/deal Delta 10 Summit tent by 1 Mar at 20% off")
    stage.sb.settle()
    assert "Beyond standard terms" not in shown(sara).as_text()
