"""Roles, channels, hours and settings at their longest."""

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from handlers.deals import lists
from handlers.setup import roles, setup
from handlers.slack.replies import Reply
from handlers.slack.slack_checks import SlackChecks
from models.company.offers import FamilyChannel
from models.workspace.members import Grant, set_roles
from models.workspace.outbox import Outbox
from tests.handlers.large import ODD, Large, long
from tests.handlers.shown import Slack
from tests.world import NOW


def test_roles_with_many_people_are_accepted(large: Large, slack: Slack) -> None:
    world, lea = large.world, large.person("Lea")
    slack.show(roles.open_roles(world.workspace, lea, SlackChecks(slack.client), frozenset()))


def test_channels_of_a_hundred_families_are_accepted(large: Large, slack: Slack) -> None:
    world = large.world
    view = setup.open_channels(world.workspace, large.person("Lea"), frozenset())
    assert len([block for block in view.blocks or [] if block.type == "input"]) == 91
    slack.show(view)


def test_state_and_help_are_accepted(large: Large, slack: Slack) -> None:
    slack.reply(_state(large))
    slack.reply(setup.help_with_setup())
    slack.reply(lists.help_with_deals())


def test_state_with_everything_missing_is_accepted(large: Large, slack: Slack) -> None:
    session = large.world.session
    with session.begin_nested() as attempt:
        large.world.workspace.name = long(200)
        session.execute(delete(FamilyChannel))
        session.execute(update(Grant).values(revoked_at=NOW))
        session.execute(update(Outbox).values(is_stuck=True, settled_at=None, error="restricted_action"))
        slack.reply(_state(large))
        session.execute(update(Outbox).values(is_stuck=False, settled_at=NOW, error="x" * 200))
        slack.reply(_state(large))
        attempt.rollback()


def _state(large: Large) -> Reply:
    return setup.show_state(large.world.workspace, large.person("Lea"), NOW, frozenset({"ULEA"}))


def test_hours_and_settings_are_accepted(large: Large, slack: Slack, session: Session) -> None:
    slack.show(setup.open_hours(large.person("Sara")))
    set_roles(large.person("Lea"), [], by=None, now=NOW)
    slack.show(setup.open_settings(large.world.workspace, large.person("Lea"), frozenset()))
    assert ODD in long(300)
