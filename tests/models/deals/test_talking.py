"""Questions and answers between the sides, and the customer's call."""

from datetime import timedelta

import pytest

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.deals.talking import answer, ask, join_call, set_call
from models.workspace.roles import Side
from tests.world import NOW, World


def test_question_goes_to_the_other_side_and_is_answered_once(world: World) -> None:
    deal, sara, olga, otto = world.propose(), *(world.person(name) for name in ("Sara", "Olga", "Otto"))
    question = ask(deal, " Which colour? ", by=olga, now=NOW)
    assert (question.to_side, question.text, list(deal.turn)) == (Side.SALES, "Which colour?", [Side.SALES])
    answer(deal, question.id, "Green.", by=sara, now=NOW)
    assert (question.answer, question.answered_by, list(deal.turn)) == ("Green.", sara, [Side.OPERATIONS])
    with pytest.raises(TooLate):
        answer(deal, question.id, "Red.", by=sara, now=NOW)
    back = ask(deal, "By truck?", by=sara, now=NOW)
    assert back.to_side is Side.OPERATIONS
    with pytest.raises(NotFound):
        answer(deal, back.id + 1, "Yes.", by=otto, now=NOW)


@pytest.mark.parametrize(("name", "text"), [("Gus", "Which?"), ("Olga", " ")])
def test_who_may_not_ask_or_asks_nothing_is_refused(world: World, name: str, text: str) -> None:
    deal = world.propose()
    with pytest.raises(Refused):
        ask(deal, text, by=world.person(name), now=NOW)
    assert deal.questions == []


def test_call_has_its_guests_and_a_time_to_come(world: World) -> None:
    deal, olga, sara = world.propose(), world.person("Olga"), world.person("Sara")
    join_call(deal, by=olga, now=NOW)
    assert [guest.member for guest in deal.guests] == [olga]
    with pytest.raises(TooLate):
        join_call(deal, by=olga, now=NOW)
    with pytest.raises(NotYours):
        set_call(deal, NOW + timedelta(days=1), by=olga, now=NOW)
    with pytest.raises(Refused, match="in the future"):
        set_call(deal, NOW, by=sara, now=NOW)
    set_call(deal, NOW + timedelta(days=1), by=sara, now=NOW)
    assert deal.call_at == NOW + timedelta(days=1)
