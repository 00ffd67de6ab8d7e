"""Who answers for which family, through the door."""

from tests.handlers.sop.test_cycle import december, set_up, shown
from tests.stage import OPS, Stage


def test_family_is_given_an_owner(stage: Stage) -> None:
    set_up(stage)
    olga, otto = stage.person("Olga"), stage.person("Otto")
    otto.command(OPS, "/sop owners")
    stage.sb.settle()
    assert "Only workspace admins" in shown(otto)
    otto.close()
    # The coordinator names owners too.
    olga.command(OPS, "/sop owners")
    stage.sb.settle()
    assert "No family has an owner" in shown(olga)
    assert "family" in str(olga.submit().errors)
    olga.choose("Family", "Tents")
    stage.sb.settle()
    olga.fill_by_label("Owner", stage.people["Sara"])
    assert "Sara is not in operations" in str(olga.submit().errors)
    olga.fill_by_label("Owner", stage.people["Otto"])
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert f"Tents: <@{stage.people['Otto']}>" in shown(olga)
    olga.close()
    stage.sb.turn(to=december(9))
    otto.command(OPS, "/sop supply")
    stage.sb.settle()
    assert "Tents" in [option["text"]["text"] for option in otto.suggest("Family", "")]
    olga.command(OPS, "/sop supply")
    stage.sb.settle()
    assert [option["text"]["text"] for option in olga.suggest("Family", "")] == ["Lamps", "Parts"]
    assert stage.sb.violations() == []


def test_who_may_not_is_told_so(stage: Stage) -> None:
    for name, line, said in (
        ("Gus", "/sop", "Deals are for people with a role"),
        ("Sara", "/sop schedule", "Only workspace admins"),
        ("Sara", "/sop import", "Actuals are imported by operations"),
        ("Sara", "/sop forecast", "No cycle has begun yet"),
        ("Sara", "/sop xyzzy", "/sop xyzzy is nothing that I know. /sop help says what is."),
        ("Sara", "/sop accuracy", "No month has closed yet"),
        ("Olga", "/sop accuracy", "Sellers see the accuracy of their own forecasts"),
        ("Gus", "/sop accuracy", "Deals are for people with a role"),
        ("Olga", "/sop page", "No cycle has begun yet"),
        ("Lea", "/sop targets", "No family has a target"),
        ("Sara", "/sop targets", "Only workspace admins"),
        ("Lea", "/sop launch", "No family begins or ends."),
        ("Sara", "/sop launch", "Only workspace admins"),
        ("Olga", "/sop mark", "No month is left out."),
        ("Sara", "/sop mark", "Actuals are imported by operations"),
        ("Lea", "/sop budget", "family, month, revenue"),
        ("Olga", "/sop budget", "The budget is imported by finance and leadership."),
        ("Lea", "/sop consensus", "No cycle has begun yet"),
        ("Olga", "/sop what-if", "No cycle has begun yet"),
    ):
        person = stage.person(name)
        person.command(OPS, line)
        stage.sb.settle()
        view = person.modal()
        assert said in (view.as_text() if view else person.channel(OPS)[-1].as_text())
        if view:
            person.close()
    assert stage.person("Sara").command(OPS, "/sop help").ok


def test_families_are_suggested_in_every_form_to_whoever_plans(stage: Stage) -> None:
    for name, line in (("Lea", "/sop targets"), ("Lea", "/sop launch"), ("Olga", "/sop mark"), ("Lea", "/sop owners")):
        person = stage.person(name)
        person.command(OPS, line)
        stage.sb.settle()
        assert [option["text"]["text"] for option in person.suggest("Family", "tEn")] == ["Tents"]
        person.choose("Family", "Tents")
        stage.sb.settle()
        assert stage.sb.violations() == []
        person.close()
