"""A comment is typed in a form, stands on the page under its gap, and is told in the page's thread."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from handlers.sop.comments import render_comment
from models.sop.comments import begin_thread, comment_on
from models.sop.supplying import answer_supply, find_supply
from models.workspace.outbox import News, Outbox
from sandbox.render import render_blocks
from tests.handlers.desk import typed
from tests.handlers.sop.cycle_desk import SUBMITTED, WHY, CycleDesk
from tests.models.sop.december import DEC, at, planned, the_cycle, turn
from tests.world import World

NOW = datetime.fromisoformat("2026-12-16T10:00-07:00")


def test_form_says_where_the_comment_stands_and_shows_the_page_below(desk: CycleDesk) -> None:
    desk.go_to("reconciliation")
    window = SUBMITTED["comment"](desk.about("seller"))
    answer = desk.submit_form("seller", window)
    assert "It stands on the page; its thread begins with the agenda." in answer.text
    assert "You have said that already" in desk.submit_form("seller", window).text
    empty = replace(window, fields={**window.fields, ("text", "edit"): typed(" ")})
    assert "What do you want to say?" in desk.submit_form("seller", empty).text
    said = desk.look(lambda session: [row.text for row in desk.comments(session)])
    assert said == [WHY]


def test_thread_tells_who_said_what_about_which_gap_and_calls_nobody(world: World) -> None:
    turn(planned(world), at("12-09"))
    cycle, sara, olga = the_cycle(world), world.person("Sara"), world.person("Olga")
    row = find_supply(cycle, "Tents")
    answer_supply(row, (10, 100, 100), rest_percent=Fraction(0), limit="Cloth", by=olga, now=at("12-09", "10:00"))
    turn(world, at("12-16"))
    comment_on(cycle, "Ask <!channel> & <@U1>.", family="Tents", month=DEC, by=sara, now=NOW)
    begin_thread(cycle, "1.1", now=NOW)
    queued = world.session.scalars(select(Outbox).where(Outbox.kind == News.SOP_COMMENT)).one()
    call = render_comment(world.session, queued, NOW)
    assert call is not None
    assert (queued.stream, call.arguments["thread_ts"]) == ("C0SOP", "1.1")
    assert call.arguments["text"] == (f"Tents, Dec 2026 — <@{sara.user_id}>: Ask &lt;!channel&gt; &amp; &lt;@U1&gt;.")
    assert render_blocks(call.arguments["blocks"]).splitlines() == [
        f"Tents, Dec 2026 — <@{sara.user_id}>:",
        "> Ask <!channel> & <@U1>.",
    ]
