"""The signed page and what is overdue, as messages at the moment of delivery."""

from handlers.sop.page_messages import late_blocks, page_file, render_late, render_page
from models.sop.rows import Signed
from models.sop.signing import PageFile, SignedPage, sign
from models.sop.steps import Step
from models.sop.tasks import LateTasks, finish_step
from models.workspace.members import set_roles
from models.workspace.outbox import News, Outbox, Payload
from sandbox.render import render_blocks
from tests.models.sop.december import at, planned, the_cycle, turn
from tests.world import NOW, World


def queued(world: World, kind: News, payload: Payload, name: str = "Lea") -> Outbox:
    member = world.person(name)
    row = Outbox(workspace=world.workspace, kind=kind, stream="C0SOP", queued_at=NOW, not_before=NOW, key="k")
    row.member_id, row.details = member.id, payload.written()
    return row


def signed(world: World) -> Signed:
    turn(planned(world), at("12-16"))
    return sign(the_cycle(world), by=world.person("Lea"), now=at("12-16", "10:00"))


def test_page_is_published_with_its_chart_and_who_signed_it(world: World) -> None:
    call = render_page(world.session, queued(world, News.SOP_PAGE, SignedPage(signed(world).id)), NOW)
    assert (call.arguments["channel"], call.arguments["text"]) == (
        "C0SOP",
        "S&amp;OP Dec 2026: signed, version 1, by Lea",
    )
    assert call.picture is not None
    assert call.picture().name == "plan.png"


def test_files_of_a_version_are_named_after_month_and_version(world: World) -> None:
    version = signed(world).id
    names = {
        name: page_file(world.session, queued(world, News.SOP_FILE, PageFile(signed=version, name=name)))
        for name in ("plan.csv", "plan.xlsx")
    }
    assert {name: (file, content[:2]) for name, (file, content) in names.items()} == {
        "plan.csv": ("sop-2026-12-v1-plan.csv", "\ufefffamily".encode()[:2]),
        "plan.xlsx": ("sop-2026-12-v1-plan.xlsx", b"PK"),
    }


def test_step_that_was_answered_meanwhile_is_not_told_to_leadership(world: World) -> None:
    turn(planned(world), at("12-03"))
    cycle = the_cycle(world)
    tasks = cycle.open_tasks(Step.DEMAND)
    row = queued(world, News.SOP_LATE, LateTasks(tuple(task.id for task in tasks)))
    call = render_late(world.session, row, NOW)
    assert call is not None
    assert call.arguments["text"] == f"{len(tasks)} S&amp;OP steps are two days late"
    finish_step(cycle, Step.DEMAND, now=at("12-03", "10:00"))
    world.session.flush()
    assert render_late(world.session, row, NOW) is None


def test_leader_who_left_hears_nothing_of_what_is_late(world: World) -> None:
    turn(planned(world), at("12-03"))
    row = queued(world, News.SOP_LATE, LateTasks(tuple(task.id for task in the_cycle(world).open_tasks(Step.DEMAND))))
    set_roles(world.person("Lea"), [], by=None, now=NOW)
    assert render_late(world.session, row, NOW) is None


def test_a_dozen_of_what_is_late_is_listed() -> None:
    items = [(f"P{number}", "2 · Demand review", NOW) for number in range(14)]
    lines = render_blocks([block.to_dict() for block in late_blocks(items)]).splitlines()
    assert len(lines) == 1 + 12
    assert lines[:2] == ["S&OP is overdue", "P0: 2 · Demand review, due 2026-11-23 16:00 UTC"]
