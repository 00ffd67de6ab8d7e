"""The story, through signed HTTP and through Socket Mode, on both databases: from /deal to a delivery."""

from textwrap import indent

import pytest

from bot.cli.story import play
from tests.stage import OPS, Stage, shown


def test_story_from_proposal_to_delivery(stage: Stage) -> None:
    sara, olga = stage.person("Sara"), stage.person("Olga")

    sara.command(OPS, "/deal Acme 200 Summit tent by 18 Jan at 10% off")
    stage.sb.settle()
    # 200 × 0.5 h + 4 h are needed two weeks earlier; 320 h less 258 h are free there.
    assert "needs 104 hours, 62 free, 42 short" in shown(sara).as_text()
    sara.enter("Quantity", 100)
    stage.sb.settle()
    assert "Fits" in shown(sara).as_text()
    sara.enter("Quantity", 200)
    sara.fill_by_label("What the customer told us", "Season opener moved up.")
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert (sara.modal(), len(stage.sb.channel(OPS))) == (None, 1)

    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.enter("Quantity", 110)
    olga.fill_by_label("A word to the seller", "110 fit in time.")
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert (stage.state(), "Sara’s turn" in stage.card().as_text()) == ("countered", True)
    assert "200 tents → 110 tents" in stage.own_card("Sara").as_text()

    sara.press("Counter back…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    sara.enter("Quantity", 116)
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()
    assert (stage.state(), "Operations’ turn" in stage.card().as_text()) == ("proposed", True)

    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("A word to the seller", "Exactly what fits.")
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()

    sara.press("Accept", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert stage.state() == "approved"
    assert stage.card().buttons == ["Show the numbers", "Attach…"]

    sara.press("Won", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert stage.card().buttons == ["Delivered…", "Show the numbers", "Attach…"]
    olga.press("Delivered…", in_=stage.card())
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert (stage.state(), stage.card().buttons) == ("delivered", ["Show the numbers", "Attach…"])
    assert stage.own_card("Sara").buttons == ["The customer says…", "Attach…"]
    assert stage.sb.violations() == []


@pytest.mark.parametrize("stage", ["socket"], indirect=True)
def test_demo_plays_the_deal_to_its_delivery_and_tells_what_each_sees(stage: Stage) -> None:
    lines: list[str] = []
    play(stage.sb, lines.append)
    assert [words.removeprefix("\n▸ ") for words in lines if words.startswith("\n▸ ")] == [
        "Sara, in #tents-ops, types: /deal Acme 200 Summit tent by 18 Jan at 10% off",
        "Sara adds what the customer told her, and posts.",
        "Olga takes the first way to yes: the form is filled in, and sending it holds the capacity.",
        "Sara presses Accept: the capacity is committed.",
        "The customer orders. Sara presses Won; Olga reports both deliveries.",
        "In the thread of the deal, everybody can read:",
    ]
    # Whatever somebody sees is there: no form has stayed closed.
    assert [words for words in lines if "(closed)" in words] == []
    assert lines[-len(stage.thread()) :] == [indent(words, "       │ ") for words in stage.thread()]
    assert stage.state() == "delivered"
    assert stage.sb.violations() == []
