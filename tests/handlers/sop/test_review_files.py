"""A review by CSV: the message, the file in its thread, and the way back."""

from handlers.sop.review_files import open_file_form, render_file_message, review_file
from handlers.sop.targets import FileTarget
from models.files.months import MonthsKind
from models.sop.forecasting import forecasts_due
from models.sop.reviews import ReviewFile
from models.workspace.outbox import News, Outbox
from sandbox.render import render_blocks
from tests.models.files.tables import months_of
from tests.models.sop.december import DEC, at, planned, the_cycle, turn
from tests.world import NOW, World


def queued(world: World, kind: MonthsKind, name: str) -> Outbox:
    """What asks for a person's file."""
    member = world.person(name)
    row = Outbox(workspace=world.workspace, kind=News.REVIEW, stream=member.user_id, queued_at=NOW, not_before=NOW)
    row.details = ReviewFile(kind=kind, cycle=the_cycle(world).id, member=member.id).written()
    row.key = "k"
    return row


def test_message_says_how_the_file_comes_back(world: World) -> None:
    turn(planned(world), at("12-09"))
    call = render_file_message(world.session, queued(world, MonthsKind.SUPPLY, "Olga"), NOW)
    how = "fill in the file in this thread, and hand it in by `/sop supply`, All at once."
    assert call.arguments["channel"] == world.person("Olga").user_id
    assert call.arguments["text"] == f"Your supply plan for S&amp;OP Dec 2026: {how}"


def test_file_as_it_is_sent_is_taken_back_and_says_what_was_filled_in(world: World) -> None:
    turn(planned(world), at("12-03"))
    cycle, sara = the_cycle(world), world.person("Sara")
    name, content = review_file(world.session, queued(world, MonthsKind.FORECAST, "Sara"))
    assert name == "forecast-2026-12.csv"
    given = months_of(content.decode("utf-8-sig"), MonthsKind.FORECAST, cycle.families, cycle.months)
    known = {
        (row.family, month): (sure, perhaps)
        for row in forecasts_due(cycle, sara)
        for month, sure, perhaps in zip(cycle.months, row.certain, row.contingent, strict=True)
    }
    assert {(one.family, one.month): one.amounts for one in given} == known
    assert ("Tents", DEC) in known


def test_form_names_the_columns_of_its_kind() -> None:
    def first_lines(kind: str) -> list[str]:
        return render_blocks(open_file_form(FileTarget(cycle=1, kind=kind)).to_dict()["blocks"]).splitlines()[:1]

    assert first_lines("forecast") == ["Columns: family, month, certain, contingent, reason"]
    assert first_lines("supply") == ["Columns: family, month, demand, supply, limit"]
