"""Who is there is learned beside the work, page by page, of one place after the other."""

from bot.app import Bot
from bot.installations import Place
from bot.people import People
from models.base.errors import Refused
from models.workspace.members import Member
from models.workspace.user_groups import UserGroup
from sandbox.client import Sandbox
from tests.world import NOW


def test_everybody_is_learned_a_page_at_a_time(bot: Bot, sb: Sandbox) -> None:
    names = [f"Person {number:03}" for number in range(230)]
    for name in names:
        sb.add_person(name)
    bot._meet()
    people = People(bot.database, bot.installations, lambda: NOW)
    people.learn(*bot.installations.places())
    people.wait()
    with bot.database.reading() as session:
        known = {name for (name,) in session.query(Member.name)}
    assert known >= set(names)
    assert [call["args"].get("cursor") is None for call in sb.calls("users.list")] == [True, False]


def test_place_that_refuses_keeps_no_other_from_being_learned(bot: Bot, sb: Sandbox) -> None:
    sb.add_person("Sara")
    bot._meet()
    (place,) = bot.installations.places()

    class Refusing:
        def client(self, asked: Place) -> object:
            if asked == place:
                return bot.installations.client(place)
            raise Refused("No token.")

        def installers(self, _asked: Place) -> frozenset[str]:
            return frozenset()

    people = People(bot.database, Refusing(), lambda: NOW)  # type: ignore[arg-type]
    people.learn(Place("T0GONE"), place)
    people.stop()
    with bot.database.reading() as session:
        assert "Sara" in {name for (name,) in session.query(Member.name)}


def test_user_groups_are_learned_where_slack_has_them(bot: Bot, sb: Sandbox) -> None:
    sara = sb.add_person("Sara")
    group = sb.add_usergroup("deal-desk", "Deal desk", [sara])
    bot._meet()
    people = People(bot.database, bot.installations, lambda: NOW)
    for is_refused in (False, True):
        if is_refused:
            sb.fault("error", method="usergroups.list", error="plan_upgrade_required")
        people.learn(*bot.installations.places())
        people.wait()
        with bot.database.reading() as session:
            assert [(row.group_id, row.people) for row in session.query(UserGroup)] == [(group, [sara])]
