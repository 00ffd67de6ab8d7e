"""Sentences as plain text: nothing that was typed is markup, and nothing is longer than it may be."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from handlers.slack.text import Bold, Channel, Code, Link, Person, When, as_sentence, clip, escape, plain, utc_text


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        # What looks escaped already was typed so, and is read so.
        ("&lt;", "&amp;lt;"),
        ("*bold* _it_ `code` \u202eשלום", "*bold* _it_ `code` \u202eשלום"),
    ],
)
def test_text_is_escaped_once(typed: str, escaped: str) -> None:
    assert escape(typed) == escaped


def test_only_a_person_and_a_channel_become_references_in_plain_text() -> None:
    sentence = (Person("U1"), " in ", Channel("C1"), ": ", Bold("<b>"), Code("&"), Link("<here>", "https://x.example"))
    assert plain(sentence) == "<@U1> in <#C1>: &lt;b&gt;&amp;&lt;here&gt;"


def test_instant_in_plain_text_is_that_of_utc() -> None:
    at = datetime(2026, 11, 23, 23, 30, tzinfo=timezone(-timedelta(hours=7)))
    assert plain(("Due ", When(at), ".")) == "Due 2026-11-24 06:30 UTC."
    assert utc_text(at) == utc_text(at.astimezone(UTC))


@pytest.mark.parametrize(
    ("text", "most", "clipped"),
    [("12345", 5, "12345"), ("123456", 5, "1234…"), ("123 56", 5, "123…"), ("", 5, ""), ("🏔️🏔️🏔️", 3, "🏔️…")],
)
def test_text_is_clipped_with_an_ellipsis_within_the_limit(text: str, most: int, clipped: str) -> None:
    assert clip(text, most) == clipped
    assert len(clipped) <= most


def test_backticks_mark_words_to_type() -> None:
    assert as_sentence("Set it with `/belay channels`.") == ("Set it with ", Code("/belay channels"), ".")
    assert as_sentence("`/deal`") == (Code("/deal"),)
    assert as_sentence("") == ()
