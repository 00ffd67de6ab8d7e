"""Comments on a gap or a family: on the page at once, and in its thread as soon as that is there."""

import pytest
from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.setup.catalogue import rename_family
from models.sop.comments import PostedComment, begin_thread, comment_on, comments_of
from models.sop.kept_pages import kept_page
from models.sop.page import Said
from models.sop.page_making import page_of
from models.sop.signing import sign
from models.workspace.outbox import News, Outbox
from tests.models.sop.december import HOUR, JAN, at, planned, the_cycle, turn
from tests.world import World


def posted(world: World) -> list[int]:
    rows = world.session.scalars(select(Outbox).where(Outbox.kind == News.SOP_COMMENT).order_by(Outbox.id))
    return [PostedComment.of(row).comment for row in rows]


def test_comments_wait_for_the_thread_of_the_page_and_then_go_there(world: World) -> None:
    turn(planned(world), at("12-03"))
    cycle, sara, now = the_cycle(world), world.person("Sara"), at("12-03", "10:00")
    first = comment_on(cycle, " The fair moved. ", family="Tents", month=JAN, by=sara, now=now)
    assert posted(world) == []
    begin_thread(cycle, "1.1", now=now)
    assert posted(world) == [first.id]
    second = comment_on(cycle, "And grew.", family="Tents", month=None, by=sara, now=now)
    begin_thread(cycle, "2.2", now=now + HOUR)
    third = comment_on(cycle, "Twice.", family="Tents", month=None, by=sara, now=now + HOUR)
    assert (posted(world), cycle.thread) == ([first.id, second.id, third.id], "2.2")
    assert [row.text for row in comments_of(cycle)] == ["The fair moved.", "And grew.", "Twice."]


def test_comment_needs_a_role_a_family_and_words_and_is_said_once(world: World) -> None:
    turn(planned(world), at("12-03"))
    cycle, sara, now = the_cycle(world), world.person("Sara"), at("12-03", "10:00")
    with pytest.raises(NotYours, match="for those who have a role"):
        comment_on(cycle, "Hm.", family="Tents", month=None, by=world.person("Gus"), now=now)
    with pytest.raises(NotFound):
        comment_on(cycle, "Hm.", family="Tarps", month=None, by=sara, now=now)
    with pytest.raises(Refused, match="What do you want to say"):
        comment_on(cycle, " ", family="Tents", month=None, by=sara, now=now)
    comment_on(cycle, "Hm.", family="Tents", month=None, by=sara, now=now)
    with pytest.raises(TooLate, match="said that already"):
        comment_on(cycle, "Hm.", family="Tents", month=None, by=sara, now=now)
    assert len(comments_of(cycle)) == 1


def test_page_shows_what_was_said_and_a_signed_one_keeps_it(world: World) -> None:
    turn(planned(world), at("12-16"))
    cycle, now = the_cycle(world), at("12-16", "10:00")
    comment_on(cycle, "The fair moved.", family="Tents", month=JAN, by=world.person("Sara"), now=now)
    said = (Said("Tents", JAN, "The fair moved.", "Sara"),)
    page = page_of(cycle)
    assert (page.said, page.said_of(None)) == (said, said)
    signed = sign(cycle, by=world.person("Lea"), now=now)
    rename_family(world.workspace, "Tents", "Shelters", by=world.person("Lea"), now=now)
    world.session.expire_all()
    assert (page_of(cycle).said[0].family, kept_page(signed).page.said) == ("Shelters", said)
