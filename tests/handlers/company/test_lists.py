"""Lists of the company: searched, turned over, and what each line says."""

from handlers.company.lists import listed
from handlers.company.targets import CompanyTarget
from models.company.offers import OfferRow
from sandbox.render import render_blocks
from tests.stage import OPS, Stage, shown
from tests.world import World


def test_lists_are_searched_and_turned_over(stage: Stage) -> None:
    lea = stage.person("Lea")
    lea.command(OPS, "/belay company")
    stage.sb.settle()
    lea.press("list.offer-0-0-0")
    stage.sb.settle()
    lea.enter("Search by name", "TENT")
    stage.sb.settle()
    assert [name for name in ("Summit tent", "Ridge tent", "Pole set") if name in shown(lea).as_text()] == [
        "Summit tent",
        "Ridge tent",
    ]
    lea.fill_by_label("Search by name", "nothing like it")
    lea.submit()
    stage.sb.settle()
    assert "No offers with that name." in shown(lea).as_text()


def test_page_beyond_the_last_is_the_last(world: World) -> None:
    for number in range(20):
        row = OfferRow(workspace=world.workspace, name=f"Peg {number:02}", family="Parts", unit="peg")
        row.list_price = row.unit_cost = 100
        world.session.add(row)
    world.session.flush()
    view = listed(world.workspace, world.person("Lea"), CompanyTarget(kind="offer", page=9), "")
    text = render_blocks(view.to_dict()["blocks"])
    assert "[ Previous ]" in text
    assert "[ Next ]" not in text
    assert "Summit tent\nTents · $480 · needs Assembly" in text
    assert render_blocks(
        listed(world.workspace, world.person("Lea"), CompanyTarget(kind="x"), "peg 1").to_dict()["blocks"]
    )
