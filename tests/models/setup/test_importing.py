"""Importing a company, and writing it out again."""

from decimal import Decimal
from pathlib import Path

import tomli_w
from sqlalchemy import func, select

from models.base.declarative import Base
from models.company.resources import Commitment, ResourceRow
from models.files import read_company
from models.setup.exporting import company_document
from models.setup.importing import import_company
from tests.world import COMPANY, NOW, World


def counts(world: World) -> dict[str, int]:
    tables = (t for t in Base.metadata.sorted_tables if t.name != "history")
    return {table.name: world.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_import_twice_doubles_nothing(world: World) -> None:
    before = counts(world)
    import_company(world.workspace, read_company(COMPANY), by=None, now=NOW)
    world.session.flush()
    assert counts(world) == before


def test_import_changes_what_the_file_names_and_leaves_the_rest(world: World, tmp_path: Path) -> None:
    smaller = tmp_path / "smaller.toml"
    smaller.write_text(
        '[company]\nname = "Ridgeline"\ncurrency = "USD"\n'
        '[[resources]]\nname = "Assembly"\nkind = "time"\nunit = "hour"\nweekly = 350\n'
        '[[commitments]]\nref = "SO-1881"\nresource = "Assembly"\nweek = "2027-01-04"\nquantity = 100\n'
    )
    import_company(world.workspace, read_company(smaller), by=None, now=NOW)
    assembly = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    assert assembly.weekly == 350_000
    assert [row.quantity for row in world.session.scalars(select(Commitment))] == [100_000]
    assert world.offer("Summit tent").margin_floor == Decimal("0.25")


def test_export_is_what_an_import_reads(world: World, tmp_path: Path) -> None:
    written = tmp_path / "written.toml"
    written.write_text(tomli_w.dumps(company_document(world.workspace)))
    assert read_company(written) == read_company(COMPANY)
