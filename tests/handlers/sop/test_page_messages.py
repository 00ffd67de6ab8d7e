"""The signed page and what is overdue, as messages at the moment of delivery."""

from datetime import date
from fractions import Fraction

from sqlalchemy import select

from handlers.sop.page import show_page
from handlers.sop.page_messages import FILES, late_blocks, page_file, render_late, render_page
from models.company.offers import OfferRow
from models.files.months import GivenMonth
from models.setup.catalogue import rename_family
from models.sop.actuals import import_actuals
from models.sop.agreeing import agree_on
from models.sop.rows import Signed
from models.sop.signing import PageFile, SignedPage, record_decision, sign
from models.sop.steps import Step
from models.sop.supplying import answer_supply, find_supply
from models.sop.tasks import LateTasks, finish_step
from models.workspace.members import set_roles
from models.workspace.outbox import News, Outbox, Payload
from sandbox.render import render_blocks
from tests.models.sop.december import JAN, at, planned, the_cycle, turn
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
        for name in FILES
    }
    assert {name: (file, content[:2]) for name, (file, content) in names.items()} == {
        "plan.csv": ("sop-2026-12-v1-plan.csv", "\ufefffamily".encode()[:2]),
        "plan.xlsx": ("sop-2026-12-v1-plan.xlsx", b"PK"),
        "plan.pdf": ("sop-2026-12-v1-plan.pdf", b"%P"),
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


def test_signed_version_is_the_same_bytes_whatever_changes_afterwards(world: World) -> None:
    turn(planned(world), at("12-16"))
    cycle, lea, olga = the_cycle(world), world.person("Lea"), world.person("Olga")
    now = at("12-16", "10:00")
    row = find_supply(cycle, "Tents")
    answer_supply(row, (10, 0, 0), rest_percent=Fraction(0), limit="Cloth", by=olga, now=now)
    agree_on(cycle, "Tents", {1: 130}, "A fair.", by=olga, now=now)
    record_decision(cycle, "Hire.", family="Tents", month=JAN, owner=olga, due=JAN, by=lea, now=now)
    version = sign(cycle, by=lea, now=now)

    def published() -> list[object]:
        call = render_page(world.session, queued(world, News.SOP_PAGE, SignedPage(version.id)), NOW)
        assert call.picture is not None
        queues = [queued(world, News.SOP_FILE, PageFile(signed=version.id, name=name)) for name in FILES]
        files = [page_file(world.session, one) for one in queues]
        return [call.arguments, call.picture().png, *files]

    before = published()
    for offer in world.session.scalars(select(OfferRow).where(OfferRow.family == "Tents")):
        offer.unit_cost, offer.list_price = 1, 2
    november = [GivenMonth("Tents", date(2026, 11, 1), (90, 80, 70, 7, 3))]
    import_actuals(world.workspace, november, by=world.person("Lea"), now=now)
    rename_family(world.workspace, "Tents", "Shelters", by=world.person("Lea"), now=now)
    world.person("Lea").name = "Leonora"
    world.workspace.currency = "EUR"
    world.session.flush()
    assert published() == before
    since = show_page(world.workspace, world.person("Fin"))
    assert "changed since" in str(since)
    assert "Tents is called Shelters now; Shelters: opening stock 7 instead of 40; Shelters: opening backlog 3" in str(
        since
    )
