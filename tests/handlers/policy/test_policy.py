"""`/belay policy` through the door: looked at, a rule added, tried, saved, changed and taken back."""

from collections.abc import Iterator

import pytest

from tests.stage import OPS, Stage, shown, staged


@pytest.fixture(params=["http"])
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        yield stage


def opened(stage: Stage, name: str = "Lea") -> str:
    stage.person(name).command(OPS, "/belay policy")
    stage.sb.settle()
    return shown(stage.person(name)).as_text()


def test_admin_adds_a_rule_that_was_tried_and_the_next_deal_asks_by_it(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by Jan 18 2027 at 432")
    lea = stage.person("Lea")
    text = opened(stage)
    assert "1. All deals: operations" in text
    assert "2. Deals below the floor: finance" in text
    lea.press("Add a rule…")
    stage.sb.settle()
    lea.fill_by_label("Who is asked", "Leadership")
    lea.fill_by_label("When", "In step 2, after those before")
    lea.fill_by_label("Of this value or more", "40,000")
    lea.submit()
    stage.sb.settle()
    assert shown(lea).as_text().splitlines() == [
        "New: Deals of $40,000 or more: leadership",
        "Of the 1 deal of the last 90 days:",
        "• leadership would have been asked once, instead of never",
        "• operations would have been asked once, as now",
        "• 0 would have gone straight through, as now",
        "Whether it fitted is taken from what was agreed; where nothing was, as if it had.",
    ]
    lea.submit()
    stage.sb.settle()
    assert "3. Deals of $40,000 or more: leadership, after operations and finance" in shown(lea).as_text()
    lea.close()
    stage.propose("Borealis 100 Summit tent by Jan 25 2027 at 432")
    assert "To agree: operations → leadership (of $40,000 or more)" in stage.card(2).as_text()
    olga = stage.person("Olga")
    olga.press("Approve", in_=stage.card(2))
    stage.sb.settle()
    assert "To agree: ✓ operations (Olga) → leadership" in stage.card(2).as_text()
    lea.press("Approve…", in_=stage.own_card("Lea", 2))
    stage.sb.settle()
    lea.submit()
    stage.sb.settle()
    assert (stage.state(1), stage.state(2)) == ("proposed", "approved")


def test_rule_is_changed_and_removed_and_the_standard_policy_comes_back(stage: Stage) -> None:
    lea = stage.person("Lea")
    opened(stage)
    lea.press("drop_rule.2")
    stage.sb.settle()
    assert "Removed: Deals below the floor: finance" in shown(lea).as_text()
    lea.submit()
    stage.sb.settle()
    assert "below the floor" not in shown(lea).as_text()
    lea.press("Back to the standard policy…")
    stage.sb.settle()
    assert "New: Deals more than 10 points below the floor: leadership" in shown(lea).as_text()
    lea.submit()
    stage.sb.settle()
    assert "approved on the spot" in shown(lea).as_text()
    lea.close()
    # Within standard terms, and it fits: yes in seconds.
    stage.propose("Acme 100 Summit tent by Jan 18 2027 at 432")
    assert stage.state() == "approved"
    card = stage.card().as_text()
    assert "Approved on the spot: it fits, within standard terms" in card
    olga = stage.person("Olga")
    olga.press("Undo…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("Why? The seller tells the customer.", "The line is down.")
    olga.submit()
    stage.sb.settle()
    assert stage.state() == "proposed"
    assert any("undid the approval" in text and "The line is down." in text for text in stage.thread())


def test_policy_with_a_hole_is_refused_and_changes_nothing(stage: Stage) -> None:
    lea = stage.person("Lea")
    opened(stage)
    lea.press("drop_rule.1")
    stage.sb.settle()
    said = stage.agenda("Lea") + " ".join(m.as_text() for m in stage.sb.channel(OPS)) + shown(lea).as_text()
    assert "Nobody would be asked about a deal with a discount beyond policy" in said
    lea.close()
    assert "Version 1." in opened(stage)


def test_policy_is_changed_by_admins_and_read_by_those_who_may_see_margins(stage: Stage) -> None:
    text = opened(stage, "Olga")
    assert "1. All deals: operations" in text
    assert "Add a rule" not in text
    sara = stage.person("Sara")
    sara.command(OPS, "/belay policy")
    stage.sb.settle()
    assert sara.modal() is None or "The policy is for admins" in shown(sara).as_text()


def test_preview_says_who_would_agree_before_it_is_posted(stage: Stage) -> None:
    sara = stage.person("Sara")
    sara.command(OPS, "/deal Acme 100 Summit tent by Jan 18 2027 at 432")
    stage.sb.settle()
    assert "To agree: operations\n" in shown(sara).as_text()
    sara.fill_by_label("Price or discount", "300")
    stage.sb.settle()
    assert "To agree: operations, finance (below the floor)" in shown(sara).as_text()
