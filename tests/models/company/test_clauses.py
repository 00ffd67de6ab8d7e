"""Terms beyond the lines: defined, changed, retired; a name means one kind for good."""

import pytest
from sqlalchemy import select

from models.base.errors import NotFound, Refused
from models.company.clauses import MOST_CLAUSES, clauses_of, define_clause, find_clause, given_of, retire_clause
from models.policy.clauses import ClauseKind, GivenClause
from models.workspace.history import History
from tests.world import NOW, World

PAYMENT = GivenClause("Payment terms", ClauseKind.CHOICE, "30 days", ("30 days", "60 days"))
WARRANTY = GivenClause("Warranty", ClauseKind.NUMBER, "24")


def define(world: World, given: GivenClause) -> int:
    return define_clause(world.workspace, given, by=world.person("Lea"), now=NOW).id


def acts(world: World) -> list[str]:
    return [row.move for row in world.session.scalars(select(History)) if "clause" in row.move]


def test_clause_is_defined_once_and_changed_by_its_name(world: World) -> None:
    first = define(world, PAYMENT)
    assert define(world, PAYMENT) == first
    assert acts(world) == ["define_clause"]
    other = GivenClause("payment terms", ClauseKind.CHOICE, "60 days", ("60 days", "90 days"))
    assert define(world, other) == first
    assert [given_of(row) for row in clauses_of(world.workspace)] == [other]


def test_clause_is_known_in_large_and_small_letters(world: World) -> None:
    first = define(world, GivenClause("Überlassung", ClauseKind.TEXT, "keine"))
    assert define(world, GivenClause("überlassung", ClauseKind.TEXT, "ein Jahr")) == first


def test_retired_clause_is_gone_and_comes_back_with_its_values(world: World) -> None:
    key = define(world, PAYMENT)
    retire_clause(world.workspace, key, by=world.person("Lea"), now=NOW)
    assert list(clauses_of(world.workspace)) == []
    with pytest.raises(NotFound):
        find_clause(world.workspace, key)
    with pytest.raises(Refused, match="was a choice in deals that have it"):
        define(world, GivenClause("Payment Terms", ClauseKind.TEXT))
    assert define(world, PAYMENT) == key
    assert acts(world) == ["define_clause", "retire_clause", "define_clause"]


def test_there_are_only_so_many(world: World) -> None:
    for number in range(MOST_CLAUSES):
        define(world, GivenClause(f"Term {number}", ClauseKind.TEXT))
    with pytest.raises(Refused, match="at most 8"):
        define(world, WARRANTY)
    assert define(world, GivenClause("Term 3", ClauseKind.TEXT, "Something")) == clauses_of(world.workspace)[3].id
