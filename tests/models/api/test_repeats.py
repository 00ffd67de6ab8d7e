"""The same request twice, also at the same instant: one does it, the other gets its answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from models.api.repeats import ApiAnswer, OtherRequest, begin_request, forget_old_answers, keep_answer
from models.api.tokens import ApiToken, Scope, find_token, make_token
from tests.world import NOW, World


def token_in(world: World) -> str:
    member, lea = world.person("Sara"), world.person("Lea")
    return make_token(world.workspace, name="CRM", member=member, scopes=[Scope.PROPOSE], by=lea, now=NOW).secret


def test_second_request_finds_the_answer_of_the_first(world: World) -> None:
    token = find_token(world.session, token_in(world))
    assert begin_request(token, "k", {"a": 1}, now=NOW) is None
    keep_answer(token, "k", 201, {"number": 1})
    before = begin_request(token, "k", {"a": 1}, now=NOW)
    assert before
    assert (before.status, before.answer) == (201, {"number": 1})
    with pytest.raises(OtherRequest, match="was used for another request"):
        begin_request(token, "k", {"a": 2}, now=NOW)


def test_of_several_at_once_one_does_it(database: Database) -> None:
    with World.build(database) as world:
        secret = token_in(world)
    done: list[str] = []

    def ask(name: str) -> str:
        with database.writing() as session:
            token = find_token(session, secret)
            before = begin_request(token, "k", "the same", now=NOW)
            if before is not None:
                return str(before.answer["by"])
            done.append(name)
            keep_answer(token, "k", 200, {"by": name})
            return name

    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(ask, "abcd"))
    assert len(done) == 1
    assert answers == set(done)


def test_answers_are_forgotten_after_a_week(world: World) -> None:
    token = find_token(world.session, token_in(world))
    begin_request(token, "k", 1, now=NOW)
    forget_old_answers(world.session, now=NOW + timedelta(days=6))
    assert world.session.scalars(select(ApiAnswer)).all()
    forget_old_answers(world.session, now=NOW + timedelta(days=8))
    assert world.session.scalars(select(ApiAnswer)).all() == []
    assert world.session.scalars(select(ApiToken)).all()
