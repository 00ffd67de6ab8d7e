"""What waits for a person, in one message: how often Slack hears of it."""

from datetime import timedelta

from sqlalchemy import select

from models.workspace.agendas import (
    Snooze,
    agenda_of,
    correct_agenda,
    refresh_agenda,
    refresh_agendas,
    refresh_home,
    remind,
    snoozed,
)
from models.workspace.members import note_home
from models.workspace.outbox import News, Outbox
from models.workspace.workspaces import Workspace
from tests.world import NOW, World

DAY = timedelta(days=1)


def queued(world: World) -> list[tuple[News, str]]:
    return [(row.kind, row.stream) for row in world.session.scalars(select(Outbox).order_by(Outbox.id))]


def test_person_has_one_agenda_in_their_own_conversation(world: World) -> None:
    olga = world.person("Olga")
    agenda = agenda_of(olga)
    assert (agenda.channel, agenda.ts, agenda.listed) == ("UOLGA", None, [])
    assert agenda_of(olga) is agenda
    assert agenda_of(world.person("Otto")) is not agenda


def test_many_reminders_are_one_message_until_it_is_claimed(world: World) -> None:
    olga = world.person("Olga")
    for _ in range(3):
        remind(olga, now=NOW)
    # A message that comes anew shows the present state; a correction would say nothing more.
    correct_agenda(olga, now=NOW)
    assert queued(world) == [(News.AGENDA_ANEW, "UOLGA")]
    world.session.scalars(select(Outbox)).one().first_attempt_at = NOW
    correct_agenda(olga, now=NOW)
    remind(olga, now=NOW)
    assert queued(world) == [(News.AGENDA_ANEW, "UOLGA"), (News.AGENDA, "UOLGA"), (News.AGENDA_ANEW, "UOLGA")]


def test_message_is_refreshed_only_where_there_is_one(world: World) -> None:
    olga = world.person("Olga")
    refresh_agenda(olga, now=NOW)
    assert queued(world) == []
    agenda_of(olga).ts = "1.0"
    refresh_agenda(olga, now=NOW)
    assert queued(world) == [(News.AGENDA, "UOLGA")]


def test_home_is_refreshed_only_for_those_who_look_at_it(world: World) -> None:
    olga = world.person("Olga")
    refresh_home(olga, now=NOW)
    assert queued(world) == []
    note_home(olga, now=NOW)
    refresh_home(olga, now=NOW)
    assert queued(world) == [(News.HOME, "UOLGA")]


def test_deal_is_corrected_where_it_is_listed_and_slack_has_the_message(world: World) -> None:
    for name, ts, listed in (("Olga", "1.0", [7, 8]), ("Otto", "2.0", [8]), ("Fin", None, [7]), ("Lea", "3.0", [7])):
        agenda = agenda_of(world.person(name))
        agenda.ts, agenda.listed = ts, listed
    other = Workspace(name="Other", team_id="T2")
    world.session.add(other)
    world.session.flush()
    refresh_agendas(other, 7, now=NOW)
    assert queued(world) == []
    refresh_agendas(world.workspace, 7, now=NOW)
    assert queued(world) == [(News.AGENDA, "UOLGA"), (News.AGENDA, "ULEA")]


def test_snooze_is_over_at_its_instant(world: World) -> None:
    olga, deal = world.person("Olga"), world.propose()
    world.session.add(Snooze(workspace=world.workspace, member=olga, deal_id=deal.id, made_at=NOW, until=NOW + DAY))
    assert snoozed(world.workspace, now=NOW + DAY - timedelta(seconds=1)) == {(olga.id, deal.id): NOW}
    assert snoozed(world.workspace, now=NOW + DAY) == {}
