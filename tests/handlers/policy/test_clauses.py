"""Terms beyond the lines, through the door: defined, filled in, asked about, countered, told."""

from collections.abc import Iterator

import pytest

from tests.stage import OPS, Stage, shown, staged


@pytest.fixture(params=["http"])
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        yield stage


def defined(stage: Stage, name: str, kind: str = "", **fields: str) -> str:
    """Lea defines a term from the window of the policy; what she reads then."""
    lea = stage.person("Lea")
    if not lea.modal():
        lea.command(OPS, "/belay terms")
        stage.sb.settle()
    lea.press("Add a term…")
    stage.sb.settle()
    lea.fill_by_label("What is it called?", name)
    if kind:
        lea.fill_by_label("What is it?", kind)
        stage.sb.settle()
    for label, value in fields.items():
        lea.fill_by_label(label.replace("_", " "), value)
    lea.submit()
    stage.sb.settle()
    return shown(lea).as_text()


def finance_asked_about(stage: Stage, term: str) -> None:
    """Lea fills in a rule that asks finance about a term, and looks at what it would have done."""
    lea = stage.person("Lea")
    lea.command(OPS, "/belay policy")
    stage.sb.settle()
    lea.press("Add a rule…")
    stage.sb.settle()
    lea.fill_by_label("Who is asked", "Finance")
    lea.fill_by_label("With other terms than standard in", [term])
    lea.submit()
    stage.sb.settle()


def test_admin_defines_terms_and_a_deal_departs_from_them(stage: Stage) -> None:
    lea, sara, olga = (stage.person(name) for name in ("Lea", "Sara", "Olga"))
    lea.command(OPS, "/belay policy")
    stage.sb.settle()
    lea.press("Other terms of deals…")
    stage.sb.settle()
    assert "There is none yet." in shown(lea).as_text()
    text = defined(stage, "Payment terms", **{"Choices, a line each": "30 days net\n60 days net\nOn delivery"})
    assert "Payment terms: 30 days net is standard; or 60 days net, On delivery" in text
    text = defined(stage, "Warranty in months", "A number", Standard="24")
    assert "Warranty in months: 24" in text
    lea.close()
    sara.command(OPS, "/deal Acme, 60 Summit tent @ 432 on 2027-01-25")
    stage.sb.settle()
    assert "Payment terms: 30 days net" in shown(sara).as_text()
    sara.fill_by_label("Payment terms", "60 days net")
    sara.fill_by_label("Warranty in months", "a lot")
    stage.sb.settle()
    assert "A number, such as 24." in shown(sara).as_text() + str(sara.submit())
    sara.fill_by_label("Warranty in months", "36")
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    said = "Other terms (standard in brackets): Payment terms 60 days net (30 days net); Warranty in months 36 (24)"
    assert said in stage.card().as_text()
    assert said in stage.own_card("Sara").as_text()
    # Operations counter one of them, and the other stays.
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("Payment terms", "On delivery")
    stage.sb.settle()
    olga.submit()
    stage.sb.settle()
    assert "Payment terms: 60 days net → On delivery" in stage.thread()[-1]
    assert "Olga changed:\nPayment terms: 60 days net → On delivery" in stage.own_card("Sara").as_text()
    assert "Warranty in months 36 (24)" in stage.card().as_text()
    assert stage.sb.violations() == []


def test_rule_asks_about_a_term_and_the_preview_says_so(stage: Stage) -> None:
    defined(stage, "Penalties", "Text")
    defined(stage, "Payment terms", **{"Choices, a line each": "30 days net\n60 days net"})
    lea, sara = stage.person("Lea"), stage.person("Sara")
    lea.close()
    finance_asked_about(stage, "Payment terms")
    assert "New: Deals with other Payment terms: finance" in shown(lea).as_text()
    lea.submit()
    stage.sb.settle()
    sara.command(OPS, "/deal Acme, 60 Summit tent @ 432 on 2027-01-25")
    stage.sb.settle()
    assert "To agree: operations\n" in shown(sara).as_text() + "\n"
    sara.fill_by_label("Payment terms", "60 days net")
    stage.sb.settle()
    assert "finance (with other Payment terms)" in shown(sara).as_text()
    sara.submit()
    stage.sb.settle()
    assert "finance (with other Payment terms)" in stage.card().as_text()
    assert "with other Payment terms" in stage.own_card("Fin").as_text()
    stage.person("Fin").press("Approve…", in_=stage.own_card("Fin"))
    stage.sb.settle()
    stage.person("Fin").submit()
    stage.sb.settle()
    # Another quantity is nothing to finance; another term of theirs is.
    sara.press("Recall…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    sara.press("Revise…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    sara.fill_by_label("Penalties", "None at all")
    stage.sb.settle()
    sara.submit()
    stage.sb.settle()
    assert "Penalties None at all (none)" in stage.card().as_text()


def test_term_is_changed_and_removed_and_deals_keep_theirs(stage: Stage) -> None:
    lea = stage.person("Lea")
    defined(stage, "Contract until", "A date", Standard="2027-12-31")
    assert "Contract until: Dec 31, 2027" in shown(lea).as_text()
    lea.press("Change…")
    stage.sb.settle()
    lea.fill_by_label("Standard", "2028-12-31")
    lea.submit()
    stage.sb.settle()
    assert "Contract until: Dec 31, 2028" in shown(lea).as_text()
    lea.press("Remove")
    stage.sb.settle()
    assert "There is none yet." in shown(lea).as_text()
    # Its name means a date for good.
    lea.press("Add a term…")
    stage.sb.settle()
    lea.fill_by_label("What is it called?", "contract until")
    lea.fill_by_label("Choices, a line each", "a\nb")
    assert "was a date in deals that have it" in str(lea.submit())
    assert stage.sb.violations() == []


def test_terms_are_an_admins(stage: Stage) -> None:
    sara = stage.person("Sara")
    sara.command(OPS, "/belay terms")
    stage.sb.settle()
    assert "Only workspace admins" in shown(sara).as_text()


def test_terms_are_typed_with_the_deal(stage: Stage) -> None:
    defined(stage, "Payment terms", **{"Choices, a line each": "30 days\n60 days"})
    sara = stage.person("Sara")
    for typed, chosen in {
        "60 Summit tent for Acme by 2027-01-25 net 60 days": "60 days",
        "60 Summit tent for Acme by 2027-01-25, payment terms 60 days": "60 days",
        "60 Summit tent for Acme by 2027-01-25 net 60": "60 days",
        "60 Summit tent for Acme by 2027-01-25, 60 day terms": "60 days",
        "60 Summit tent for Acme by 2027-01-25, payable in 60 days": "60 days",
        # A date is none of them.
        "60 Summit tent for Acme in 60 days": "30 days",
    }.items():
        sara.command(OPS, f"/deal {typed}")
        stage.sb.settle()
        text = shown(sara).as_text()
        assert f"Payment terms: {chosen}" in text, typed
        assert "Not read" not in text, typed
        assert "Customer: Acme" in text, typed
        sara.close()


def test_terms_that_are_none_of_the_choices_are_said(stage: Stage) -> None:
    defined(stage, "Payment terms", **{"Choices, a line each": "30 days\n60 days"})
    sara = stage.person("Sara")
    sara.command(OPS, "/deal 60 Summit tent for Acme by 2027-01-25 net 45")
    stage.sb.settle()
    text = shown(sara).as_text()
    assert "Payment terms: 30 days" in text
    assert "Not read: “net 45”." in text


def test_finance_asked_about_a_term_reads_which_and_says_nothing_of_the_floor(stage: Stage) -> None:
    defined(stage, "Payment terms", **{"Choices, a line each": "30 days\n60 days"})
    lea, fin = stage.person("Lea"), stage.person("Fin")
    lea.close()
    finance_asked_about(stage, "Payment terms")
    lea.submit()
    stage.sb.settle()
    lea.close()
    # While a rule asks about it, it is not removed.
    lea.command(OPS, "/belay terms")
    stage.sb.settle()
    lea.press("Remove")
    stage.sb.settle()
    assert "A rule asks about Payment terms. Change or remove it first" in shown(lea).as_text()
    stage.propose("60 Summit tent for Acme by 2027-01-25 net 60 days")
    fin.press("Approve…", in_=stage.own_card("Fin"))
    stage.sb.settle()
    text = shown(fin).as_text()
    assert "You are asked because it is: with other Payment terms" in text
    assert "Payment terms 60 days (30 days)" in text
    assert "below the floor?" not in text
    assert fin.submit().ok
