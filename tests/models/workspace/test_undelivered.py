"""Messages that Slack does not take: who hears of them, once, and that they can be sent again."""

from datetime import timedelta

from sqlalchemy import select

from models.workspace.history import History
from models.workspace.outbox import News, Outbox, claim, postpone, queue, settle
from models.workspace.undelivered import (
    SHOWN,
    GivenUp,
    Stuck,
    given_up,
    remedy,
    resume,
    tell_who_can_act,
    try_again,
    waiting_for_a_person,
)
from tests.world import NOW, World


def add(world: World, stream: str) -> Outbox:
    row = queue(world.workspace, News.HOME, stream=stream, now=NOW)
    world.session.flush()
    return row


def stick(row: Outbox, error: str) -> None:
    tell_who_can_act(row, error, now=NOW)
    postpone(row, until=NOW, error=error, is_stuck=True)
    row.session.flush()


def told(world: World) -> list[tuple[str, Stuck]]:
    rows = world.session.scalars(select(Outbox).where(Outbox.kind == News.STUCK).order_by(Outbox.id))
    return [(row.stream, Stuck.of(row)) for row in rows]


def test_streams_that_wait_for_an_invitation_are_told_once_each(world: World) -> None:
    for stream, error in (("C1", "not_in_channel"), ("C1", "not_in_channel"), ("C2", "token_revoked"), ("C3", "busy")):
        postpone(add(world, stream), until=NOW, error=error, is_stuck=error != "busy")
    world.session.flush()
    assert sorted(waiting_for_a_person(world.workspace)) == [("C1", "not_in_channel"), ("C2", "token_revoked")]


def test_leadership_hears_of_it_where_no_admin_has_a_role_and_once(world: World) -> None:
    world.person("Lea").is_slack_admin = False
    first, second = add(world, "C1"), add(world, "C1")
    for row in (first, second, first):
        stick(row, "is_archived")
    assert told(world) == [("ULEA", Stuck("C1", "is_archived"))]


def test_admins_hear_of_it_and_nobody_by_the_way_that_is_blocked(world: World) -> None:
    world.person("Sara").is_slack_admin = world.person("Gus").is_slack_admin = True
    stick(add(world, "C1"), "not_in_channel")
    stick(add(world, "USARA"), "restricted_action")
    # A token that is refused can be told to nobody.
    stick(add(world, "C2"), "token_revoked")
    assert sorted(told(world), key=repr) == [
        ("ULEA", Stuck("C1", "not_in_channel")),
        ("ULEA", Stuck("USARA", "restricted_action")),
        ("USARA", Stuck("C1", "not_in_channel")),
    ]


def test_what_waited_for_a_token_goes_when_it_is_installed_again(world: World) -> None:
    rows = [add(world, stream) for stream in ("C1", "C2")]
    for row, error in zip(rows, ("token_revoked", "is_archived"), strict=True):
        stick(row, error)
        row.not_before = NOW + timedelta(minutes=5)
    world.session.flush()
    resume(world.workspace, now=NOW)
    world.session.expire_all()
    assert [row.not_before == NOW for row in rows] == [True, False]


def test_remedy_is_what_mends_it() -> None:
    assert remedy("C1", "not_in_channel") == (
        "Slack takes no messages for C1 (not_in_channel): invite Belay there, or choose another channel."
    )
    assert remedy("C1", "token_revoked") == (
        "Slack does not accept Belay’s token any more (token_revoked): install the app again."
    )
    assert "a Slack admin can see why" in remedy("C1", "restricted_action")


def test_what_was_given_up_is_sent_again_in_its_order(world: World) -> None:
    rows = [add(world, "C1"), add(world, "C1"), add(world, "C2")]
    for row in rows:
        settle(row, now=NOW, error="invalid_blocks")
    settle(add(world, "C3"), now=NOW - SHOWN, error="invalid_blocks")
    settle(add(world, "C4"), now=NOW, ts="1.0")
    world.session.flush()
    assert given_up(world.workspace, now=NOW) == [
        GivenUp("C1", "invalid_blocks", 2),
        GivenUp("C2", "invalid_blocks", 1),
    ]
    later = NOW + timedelta(minutes=1)
    assert try_again(world.workspace, by=world.person("Lea"), now=later) == 3
    world.session.flush()
    assert given_up(world.workspace, now=NOW) == []
    assert try_again(world.workspace, by=world.person("Lea"), now=later) == 0
    first = claim(world.session, now=later)
    assert first is not None
    assert (first.id, first.is_unknown) == (rows[0].id, True)
    assert "try_again" in world.session.scalars(select(History.move)).all()
