"""Text as HTML: mrkdwn, Markdown, dates, and what people type on its way to the wire."""

from datetime import UTC, datetime

import pytest
from markupsafe import Markup

from sandbox.browser.dates import ago, date_words, day, next_monday
from sandbox.browser.emoji import emoji
from sandbox.browser.markdown import markdown
from sandbox.browser.mrkdwn import mrkdwn
from sandbox.browser.wording import wire_text
from sandbox.clock import Clock
from sandbox.rows import Channel, Person
from sandbox.workspace import Workspace

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def named(token: str) -> Markup:
    return Markup("[{}]").format(token)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*b* _i_ ~s~", "<strong>b</strong> <em>i</em> <s>s</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("* not bold *", "* not bold *"),
        ("`*as it is*`", "<code>*as it is*</code>"),
        ("```a < b\n*c*```", '<pre tabindex="0">a &lt; b\n*c*</pre>'),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        ("<@U1> <#C1|ops> <!here>", "[@U1] [#C1|ops] [!here]"),
        ("&gt; said\nand done", "<blockquote>said</blockquote>and done"),
        (":tada: :unknown_one: 10:30:00", "🎉 :unknown_one: 10:30:00"),
        ("\ue0000\ue001", "0"),
    ],
)
def test_mrkdwn_reads_as_in_slack(text: str, html: str) -> None:
    assert str(mrkdwn(text, named)) == html


def test_a_link_opens_elsewhere_and_is_escaped() -> None:
    shown = str(mrkdwn('<https://a.example/?x=1&amp;y="2|*here* & "there">', named))
    assert shown == (
        '<a href="https://a.example/?x=1&amp;y=&#34;2" target="_blank" rel="noopener noreferrer">'
        "*here* &amp; &#34;there&#34;</a>"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Title\ntext **b** _i_", '<p class="heading">Title</p><p>text <strong>b</strong> <em>i</em></p>'),
        ("- one\n- two\n\n1. first", "<ul><li>one</li><li>two</li></ul><ol><li>first</li></ol>"),
        ("> said", "<blockquote>said</blockquote>"),
        ("```\n<b>\n```", '<p></p><pre tabindex="0">&lt;b&gt;</pre>'),
        ("[x](javascript:alert)", "<p>x</p>"),
        ("<script>`<i>`", "<p>&lt;script&gt;<code>&lt;i&gt;</code></p>"),
        ("---", "<hr>"),
    ],
)
def test_markdown_reads_as_markdown(text: str, html: str) -> None:
    assert str(markdown(text)).replace("<p></p>", "") == html.replace("<p></p>", "")


@pytest.mark.parametrize(
    ("at", "wanted", "words"),
    [
        (datetime(2026, 11, 23, 14, 5, tzinfo=UTC), "{date_short_pretty}, {time}", "today, 2:05 PM"),
        (datetime(2026, 11, 22, 0, 0, tzinfo=UTC), "{date_pretty} {time}", "yesterday 12:00 AM"),
        (datetime(2027, 1, 18, 9, 0, tzinfo=UTC), "{date_long_pretty}", "Monday, January 18th, 2027"),
        (
            datetime(2027, 1, 1, 9, 0, tzinfo=UTC),
            "{date} or {date_num} {nothing}",
            "January 1st, 2027 or 2027-01-01 {nothing}",
        ),
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), "{ago}", "3 hours ago"),
    ],
)
def test_dates_are_worded_as_in_slack(at: datetime, wanted: str, words: str) -> None:
    assert date_words(at, wanted, NOW) == words


def test_days_and_mondays() -> None:
    assert day(datetime(2026, 11, 12, tzinfo=UTC), NOW) == "Thursday, November 12th"
    assert ago(datetime(2026, 11, 25, 9, 0, tzinfo=UTC), NOW) == "in 2 days"
    assert next_monday(NOW) == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert next_monday(NOW.replace(hour=8)) == NOW
    assert next_monday(NOW.replace(day=29)) == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def test_emoji_may_carry_their_code_points() -> None:
    assert (emoji("tent"), emoji("own", "1f3d4-fe0f"), emoji("+1::skin-tone-2")) == ("⛺", "🏔️", "👍")


def test_what_is_typed_is_escaped_and_marked() -> None:
    ws = Workspace(Clock(NOW), "http://127.0.0.1:1")
    ws.people["U1"] = Person("U1", "Sara Lee", "UTC", "T1")
    ws.channels["C1"] = Channel("C1", "ops", 0)
    typed = "@sara.lee, see #ops & <this> at https://a.example/#ops?x=1&y=2. @here me@sara.lee"
    assert wire_text(ws, typed) == (
        "<@U1>, see <#C1|ops> &amp; &lt;this&gt; at <https://a.example/#ops?x=1&amp;y=2>. <!here> me@sara.lee"
    )
