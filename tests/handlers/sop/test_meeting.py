"""The agenda of the executive meeting: ten minutes an exception, and no money that says what a unit costs."""

from fractions import Fraction

from sqlalchemy import select

from handlers.sop.gap_sections import gap_months
from handlers.sop.meeting import meeting_blocks, render_meeting
from models.base.language import _
from models.base.words import company_locale
from models.sop.page_making import page_of
from models.sop.signing import record_decision
from models.sop.supplying import answer_supply, find_supply
from models.workspace.outbox import News, Outbox
from sandbox.render import render_blocks
from tests.handlers.large import Large
from tests.handlers.shown import Slack
from tests.handlers.sop.test_page_view import largest_page
from tests.models.sop.december import JAN, at, planned, the_cycle, turn
from tests.world import NOW, World

US = company_locale("US")


def test_agenda_is_posted_when_the_executive_step_begins_with_its_exceptions(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-09", "10:00")
    units = (10, 100, 100)
    answer_supply(find_supply(cycle, "Tents"), units, rest_percent=Fraction(0), limit="Cloth", by=olga, now=now)
    turn(world, at("12-14"))
    record_decision(cycle, "Hire.", family="Lamps", month=None, owner=olga, due=JAN, by=olga, now=at("12-14"))
    turn(world, at("12-16"))
    row = world.session.scalars(select(Outbox).where(Outbox.kind == News.SOP_MEETING)).one()
    assert row.stream == "C0SOP"
    call = render_meeting(world.session, row, NOW)
    assert call.arguments["text"] == "Agenda: S&amp;OP Dec 2026"
    page = page_of(cycle)
    months = gap_months(page.gaps[0], page.months, US)
    lines = render_blocks(call.arguments["blocks"]).splitlines()
    assert lines == [
        "Agenda: S&OP Dec 2026",
        f"0–10 min  Tents, {months}: 50 short in Dec 2026; customers wait for $19,500 — needs a decision",
        "     ↳ make 50 more in Dec 2026: net stock 0",
        "10–20 min  Lamps: Hire. — by Jan 1, Olga reports",
        "20–30 min  Sign-off: the plan as it is then",
    ]


def test_plan_without_exceptions_is_signed_in_ten_minutes(world: World) -> None:
    turn(planned(world), at("12-16"))
    blocks = meeting_blocks(page_of(the_cycle(world)), world.workspace, US)
    assert render_blocks([block.to_dict() for block in blocks]) == (
        "0–10 min  Sign-off: no exception; the plan as it is"
    )


def test_agenda_of_a_hundred_exceptions_is_accepted(large: Large, slack: Slack) -> None:
    page = largest_page()
    blocks = [block.to_dict() for block in meeting_blocks(page, large.world.workspace, US)]
    slack.post("Agenda", blocks)
    assert _("And {count} more exceptions: ").partition("}")[2].strip() in str(blocks)


def test_gap_that_is_decided_is_confirmed_with_its_decision_and_told_once(world: World) -> None:
    turn(planned(world), at("12-09"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-09", "10:00")
    row = find_supply(cycle, "Tents")
    answer_supply(row, (10, 100, 100), rest_percent=Fraction(0), limit="Cloth", by=olga, now=now)
    record_decision(cycle, "Hire two.", family="Tents", month=JAN, owner=olga, due=JAN, by=olga, now=now)
    lines = render_blocks([b.to_dict() for b in meeting_blocks(page_of(cycle), world.workspace, US)]).splitlines()
    assert lines[0].endswith("— confirm what is decided")
    assert lines[1:] == ["     Hire two. — by Jan 1, Olga", "10–20 min  Sign-off: the plan as it is then"]
