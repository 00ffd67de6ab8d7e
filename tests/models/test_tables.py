"""All tables are known in one place, and every row belongs to a workspace."""

from types import ModuleType

from models import tables
from models.base.declarative import Base
from models.tables import METADATA
from models.workspace.workspaces import OfWorkspace

# What is there before there is a workspace, or is of all of them.
OF_NONE = {"workspace", "installation", "install_state", "history_head"}
ROWS = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


def test_every_table_is_of_a_module_that_is_named() -> None:
    named = {module.__name__ for module in vars(tables).values() if isinstance(module, ModuleType)}
    assert {row.__module__ for row in ROWS.values()} == named
    assert set(ROWS) == set(METADATA.tables)


def test_every_row_belongs_to_a_workspace() -> None:
    assert {name for name, row in ROWS.items() if not issubclass(row, OfWorkspace)} == OF_NONE
