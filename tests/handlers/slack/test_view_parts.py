"""The parts of views: at Slack's limits they are clipped, and nothing in them is markup."""

from datetime import UTC, datetime
from typing import Any

from handlers.deals.targets import DealTarget
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.text import Bold, Channel, Code, Link, Person, When
from handlers.slack.view_parts import (
    actions,
    button,
    confirmation,
    file_blocks,
    header,
    line,
    loading,
    modal,
    more,
    notice,
    small,
)
from tests.handlers.large import long
from tests.handlers.shown import Slack

AT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def inner(*sentences: tuple[Any, ...]) -> list[Any]:
    """The elements of the one section that a line is."""
    (section,) = line(*sentences).to_dict()["elements"]
    return list(section["elements"])


def test_each_part_of_a_sentence_is_an_element_and_nothing_is_markup() -> None:
    sentence = (
        "*no* <!channel> ",
        Bold("<b>"),
        Code("/deal"),
        Person("U1"),
        Channel("C1"),
        Link("here", "https://x.example"),
    )
    assert inner((*sentence, "", When(AT))) == [
        {"type": "text", "text": "*no* <!channel> "},
        {"type": "text", "text": "<b>", "style": {"bold": True}},
        {"type": "text", "text": "/deal", "style": {"code": True}},
        {"type": "user", "user_id": "U1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "link", "url": "https://x.example", "text": "here"},
        {
            "type": "date",
            "timestamp": 1795449600,
            "format": "{date_short_pretty}, {time}",
            "fallback": "2026-11-23 16:00 UTC",
        },
    ]


def test_several_sentences_stand_on_lines_of_their_own() -> None:
    assert [element["text"] for element in inner(("One.",), ("Two.",), ("Three.",))] == [
        "One.",
        "\n",
        "Two.",
        "\n",
        "Three.",
    ]


def test_row_without_a_button_is_no_block() -> None:
    yes = button(Act.APPROVE, "Approve", DealTarget(deal=7, version=1))
    assert actions([None, None]) == []
    (row,) = actions([None, yes])
    assert row.to_dict()["elements"] == [
        {
            "type": "button",
            "action_id": "approve.7",
            "text": {"type": "plain_text", "text": "Approve", "emoji": False},
            "value": '{"deal":7,"version":1}',
        }
    ]
    assert more([], DealTarget(deal=7)) is None


def test_everything_that_is_too_long_is_clipped_to_the_character() -> None:
    question = confirmation(long(400), long(400), long(400)).to_dict()
    view = modal(Callback.NOTICE, long(400), [line((long(400),))], submit=long(400)).to_dict()
    label = button(Act.ASK, long(400), Target()).to_dict()["text"]["text"]
    texts = [small(long(3000)).to_dict()["elements"][0], header(long(400)).to_dict()["text"]]
    texts += [question[key] for key in ("title", "text", "confirm")] + [view["title"], view["submit"]]
    assert [len(text["text"]) for text in texts] == [2000, 150, 100, 300, 30, 24, 24]
    assert len(label) == 75
    assert len(small(*"123456789012").to_dict()["elements"]) == 10


def test_form_closes_without_a_button_to_submit_and_is_cancelled_with_one() -> None:
    shown = [modal(Callback.ASK, "Ask", [line(("Which?",))], submit=submit).to_dict() for submit in (None, "Send")]
    assert [view["close"]["text"] for view in shown] == ["Close", "Cancel"]
    assert ("submit" in shown[0], shown[1]["submit"]["text"]) == (False, "Send")


def test_parts_at_their_longest_are_accepted(slack: Slack) -> None:
    question = confirmation(long(400), long(400), long(400))
    blocks = [header(long(400)), small(*[long(3000)] * 12), line((long(3000),))]
    blocks += actions([button(Act.END, long(400), DealTarget(deal=10**14), style="danger", confirm=question)])
    slack.show(loading())
    slack.show(notice((long(3000),), more=blocks))
    slack.show(modal(Callback.IMPORT, long(400), file_blocks([("A file.",)]), submit=long(400)))
