"""Digests on the stage: the weekly pipeline with its picture, the scoreboard, standards; what Slack does not take."""

from datetime import time, timedelta
from functools import partial

from models.deals.deciding import approve, win
from models.deals.delivering import deliver
from models.deals.transitions import find_number
from models.digests.schedules import Digest, Pattern, Rhythm, ScheduleSettings, add_schedule
from models.workspace.members import find_member
from models.workspace.workspaces import the_workspace
from sandbox.client import Message, Person
from tests.stage import OPS, Stage, shown

ALL = "sales-and-ops"
EVERY_DAY = frozenset(range(7))
DAY = timedelta(days=1)


def schedule(stage: Stage, digest: Digest) -> int:
    channel = next(c["id"] for c in stage.sb.channels() if c["name"] == ALL)
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        by = find_member(workspace, stage.people["Lea"])
        rhythm = Rhythm(Pattern.WEEKDAYS, time(9), "America/Denver", "US", EVERY_DAY)
        return add_schedule(workspace, ScheduleSettings(digest, channel, rhythm), by=by, now=stage.sb.now()).id


def posted(stage: Stage) -> list[Message]:
    return [m for m in stage.sb.channel(ALL) if m.blocks and m.blocks[0]["type"] == "header"]


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def overbook(stage: Stage) -> None:
    """Two deals that ask for more than the week of 4 January has: 258 of 320 hours are promised to somebody."""
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.propose("Borealis 60 Summit tent by 18 Jan", by="Pete")


def test_pipeline_names_the_deals_behind_the_red_weeks_with_a_picture_and_a_table(stage: Stage) -> None:
    overbook(stage)
    schedule(stage, Digest.PIPELINE)
    stage.sb.turn(by=DAY)
    (message,) = posted(stage)
    assert kinds(message) == ["header", "image", "rich_text", "actions", "table"]
    assert message.buttons == ["Compare: Assembly, Jan 4"]
    assert message.text == "Pipeline against capacity: one week over what there is"
    # 258 + 54 + 34 of 320 hours.
    red = "•  Assembly, week of Jan 4: 108 %, 26 hours too many — #1 Acme 54 hours (open), #2 Borealis 34 hours (open)"
    assert red in message.as_text()
    image = message.blocks[1]
    (file,) = [f for f in stage.sb.files() if f["id"] == image["slack_file"]["id"]]
    assert "Assembly: " in image["alt_text"]
    assert "Jan 4 108 %" in image["alt_text"]
    assert file["name"] == "load.png"
    rows = message.blocks[4]["rows"]
    assert [cell["text"] for cell in rows[0]][:2] == ["Resource", "Nov 23"]
    assert [rows[1][0]["text"], rows[1][7]["text"]] == ["Assembly", "108 %"]
    assert stage.sb.violations() == []


def test_picture_of_a_channel_is_drawn_in_the_companys_language(stage: Stage) -> None:
    overbook(stage)
    with stage.bot.database.writing() as session:
        the_workspace(session).language = "de"
    schedule(stage, Digest.PIPELINE)
    stage.sb.turn(by=DAY)
    (message,) = posted(stage)
    assert message.blocks[1]["alt_text"].startswith("Last der nächsten Wochen")


def test_pipeline_without_a_red_week_is_not_posted(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    schedule(stage, Digest.PIPELINE)
    stage.sb.turn(by=DAY)
    assert posted(stage) == []


def test_scoreboard_in_a_channel_keeps_margins_to_itself_and_shows_them_to_who_may(stage: Stage) -> None:
    stage.propose("Acme 20 Summit tent by 1 Mar at 350")
    play(stage)
    schedule(stage, Digest.SCOREBOARD)
    stage.sb.turn(by=timedelta(weeks=1))
    message = posted(stage)[-1]
    assert kinds(message)[:2] == ["header", "image"]
    text = message.as_text()
    assert "Promises kept" in text
    assert "Below the floor" in text
    assert "Missing to the floor" not in text
    sara, fin = stage.person("Sara"), stage.person("Fin")
    for person, sees in ((sara, False), (fin, True)):
        person.command(OPS, "/belay scoreboard")
        stage.sb.settle()
        text = shown(person).as_text()
        assert ("Missing to the floor" in text, "$550" in text) == (sees, sees)
        stage.sb.until(partial(shows_a_picture, person))
        assert shows_a_picture(person)
        person.press("What these mean")
        stage.sb.settle()
        assert "The aim is none." in shown(person).as_text()
        person.close()
        person.close()
    home = sara.open_home()
    assert home is not None
    assert "Your last twelve weeks: first answer" in home.as_text()
    assert stage.sb.violations() == []


def shows_a_picture(person: Person) -> bool:
    shown = person.modal()
    return shown is not None and any(block["type"] == "image" for block in shown.blocks)


def play(stage: Stage) -> None:
    """The deal is agreed to, won and delivered."""
    now = stage.sb.now()
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        people = {name: find_member(workspace, stage.people[name]) for name in ("Sara", "Olga", "Fin")}
        deal = find_number(workspace, 1)
        approve(deal, by=people["Olga"], now=now)
        approve(deal, by=people["Fin"], now=now, why="A new customer.")
        win(deal, by=people["Sara"], now=now)
        deliver(deal, by=people["Olga"], now=now)
    stage.sb.settle()
