"""What buttons and forms carry: read back as it was written, and of anything else nothing is taken."""

from dataclasses import dataclass

import pytest

from handlers.deals.targets import AnswerTarget, DealTarget, WayTarget
from handlers.digests.targets import ScheduleTarget
from handlers.slack.ids import MOST_CARRIED, Act, Target, act_of, action_id, block_id, field_of, overflow_value


@dataclass(frozen=True)
class Everything(Target):
    """A target with a field of each kind."""

    number: int = 0
    words: str = ""
    several: tuple[int, ...] = ()


def test_target_comes_back_as_it_was_written_and_what_is_empty_is_not_carried() -> None:
    answer = AnswerTarget(deal=7, question=3, begun='"Green", שלום & <b>')
    assert AnswerTarget.decode(answer.encode()) == answer
    assert DealTarget(deal=7, version=2).encode() == '{"deal":7,"version":2}'
    assert Target().encode() == "{}"


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "null", "7", "[]", '"deal"', "{", "approve", "[" * 100_000, "\x00", '{"deal":'),
        *('{"deal":"7"}', '{"deal":7.0}', '{"deal":true}', '{"deal":null}', '{"deal":[7]}', '{"deal":{"deal":7}}'),
        *('{"deal":NaN}', f'{{"deal":{MOST_CARRIED}}}', f'{{"deal":-{MOST_CARRIED}}}', '{"Deal":7}', '{"color":"red"}'),
        pytest.param('{"deal":' + "9" * 5000 + "}", id="5,000 digits"),
    ],
)
def test_rubbish_is_read_as_nothing(text: str | None) -> None:
    assert DealTarget.decode(text) == DealTarget()


def test_fields_that_are_wrong_leave_the_others() -> None:
    carried = '{"revision":2,"number":"1","words":"yes","several":"12","more":1}'
    assert Everything.decode(carried) == Everything(revision=2, words="yes")
    assert Everything.decode('{"number":1,"words":2,"several":[]}') == Everything(number=1, several=[])  # type: ignore[arg-type]


def test_target_of_another_type_gives_what_both_know() -> None:
    way = WayTarget(deal=7, version=2, taken=((1, 100, 43_200, "2027-01-18"),))
    assert DealTarget.decode(way.encode()) == DealTarget(deal=7, version=2)
    assert ScheduleTarget.decode(way.encode()) == ScheduleTarget()


@pytest.mark.parametrize(
    ("key", "action"), [("", "approve"), (0, "approve"), (7, "approve.7"), ("7-lot", "approve.7-lot")]
)
def test_action_tells_its_act_whatever_its_key(key: int | str, action: str) -> None:
    assert action_id(Act.APPROVE, key) == action
    assert act_of(action) == Act.APPROVE
    assert act_of("take.1.later") == Act.TAKE


def test_new_revision_is_another_block_of_the_same_field() -> None:
    assert [block_id("price.0", revision) for revision in (0, 1, 12)] == ["price.0", "price.0~1", "price.0~12"]
    assert {field_of(block) for block in ("price.0", "price.0~1", "price.0~12")} == {"price.0"}


def test_entry_of_a_menu_carries_its_act_before_the_target() -> None:
    entry = overflow_value(Act.ANSWER, AnswerTarget(deal=7, begun="a|b"))
    assert entry == 'answer|{"deal":7,"begun":"a|b"}'
    assert AnswerTarget.decode(entry.split("|", 1)[1]) == AnswerTarget(deal=7, begun="a|b")
