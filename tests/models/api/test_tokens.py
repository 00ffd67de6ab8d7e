"""Tokens: shown once, kept as a digest, good for what they were made for, until they are revoked."""

import pytest
from sqlalchemy import select

from models.api.tokens import ApiToken, NoToken, Scope, check_scope, find_token, make_token, revoke_token
from models.base.errors import NotYours, Refused
from models.workspace.history import History
from models.workspace.workspaces import leave
from tests.world import NOW, World


def made(world: World, name: str = "CRM", person: str = "Sara", scopes: tuple[Scope, ...] = (Scope.PROPOSE,)) -> str:
    member, lea = world.person(person), world.person("Lea")
    return make_token(world.workspace, name=name, member=member, scopes=scopes, by=lea, now=NOW).secret


def test_secret_is_nowhere_in_the_rows(world: World) -> None:
    secret = made(world)
    row = world.session.scalars(select(ApiToken)).one()
    assert secret.startswith(row.begins)
    assert secret not in str(vars(row))
    entry = world.session.scalars(select(History).where(History.move == "make_token")).one()
    assert entry.details == {"name": "CRM", "for": "Sara", "scopes": ["deals:propose"]}
    assert find_token(world.session, secret).id == row.id


def test_token_is_good_for_its_scopes(world: World) -> None:
    token = find_token(world.session, made(world))
    check_scope(token, Scope.PROPOSE)
    with pytest.raises(NotYours, match="may not be used for deals:answer"):
        check_scope(token, Scope.ANSWER)


def test_revoked_token_or_one_of_a_workspace_that_has_left_opens_nothing(world: World) -> None:
    secret, other = made(world), made(world, "ERP")
    revoke_token(world.workspace, find_token(world.session, secret).id, by=world.person("Lea"), now=NOW)
    with pytest.raises(NoToken):
        find_token(world.session, secret)
    leave(world.workspace, now=NOW)
    with pytest.raises(NoToken):
        find_token(world.session, other)


@pytest.mark.parametrize(
    ("name", "person", "scopes", "sentence"),
    [
        (" ", "Sara", (Scope.PROPOSE,), "What is the token for"),
        ("crm", "Sara", (Scope.PROPOSE,), "of that name already"),
        ("ERP", "Gus", (Scope.PROPOSE,), "Gus has no role"),
        ("ERP", "Sara", (), "Choose at least one thing"),
    ],
)
def test_bad_token_is_refused(world: World, name: str, person: str, scopes: tuple[Scope, ...], sentence: str) -> None:
    made(world)
    with pytest.raises(Refused, match=sentence):
        made(world, name, person, scopes)
