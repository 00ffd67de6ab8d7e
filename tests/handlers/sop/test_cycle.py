"""The S&OP cycle through the door: it opens by itself, both sides answer, leadership signs, the page is out."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from models.sop.settings import current_cycle
from models.workspace.members import find_member
from models.workspace.workspaces import the_workspace
from sandbox.client import Message, Person
from tests.handlers.looking import submit_seen
from tests.stage import OPS, Stage

ALL = "sales-and-ops"
HISTORY = "family,month,bookings,inventory\n" + "\n".join(
    f"Tents,{year}-{month:02},{100 + 5 * (month % 3)}," for year in (2024, 2025) for month in range(1, 13)
)


def december(day: int, hour: int = 17) -> datetime:
    """An instant in December, in UTC: 10 o'clock in Denver."""
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def shown(person: Person) -> str:
    view = person.modal()
    assert view is not None
    return view.as_text()


def set_up(stage: Stage) -> None:
    """The admin says where and when; finance hands in what was."""
    lea, fin = stage.person("Lea"), stage.person("Fin")
    lea.command(OPS, "/sop schedule")
    stage.sb.settle()
    lea.fill_by_label("S&OP channel", ALL)
    lea.fill_by_label("Coordinator", stage.people["Olga"])
    lea.fill("executive", "3")
    assert "executive" in (lea.submit().errors or {})
    lea.fill("executive", "12")
    assert lea.submit().ok
    stage.sb.settle()
    assert "The next cycle opens on Dec 1, 2026." in shown(lea)
    lea.close()
    lea.command(OPS, "/belay schedules")
    stage.sb.settle()
    assert "Reconciliation 10, Executive meeting 12. Next step:" in shown(lea).replace("\n", " ")
    lea.close()
    fin.command(OPS, "/sop import")
    stage.sb.settle()
    fin.attach("The file", ("actuals.csv", b"family,month,bookings\nTents,2026-10,ten\nTarps,2026-10,1\n"))
    fin.submit()
    stage.sb.settle()
    assert "Row 2: bookings: “ten” is no number." in shown(fin)
    assert "Row 3: there is no family “Tarps”: which one is it?" in shown(fin)
    fin.close()
    fin.command(OPS, "/sop import")
    stage.sb.settle()
    fin.attach("The file", ("actuals.csv", HISTORY.encode()))
    submit_seen(fin, stage.sb.settle)
    assert "Imported 24 rows." in shown(fin)
    fin.close()


def home_text(person: Person) -> str:
    """What stands in a person's home."""
    home = person.home()
    assert home is not None
    return home.as_text()


def sop_posts(stage: Stage) -> list[Message]:
    return [m for m in stage.sb.channel(ALL) if m.text.startswith("S&amp;OP") or m.text.startswith("S&OP")]


def hand_in_forecasts(sara: Person, pete: Person, stage: Stage) -> None:
    """One click is the usual answer; the other seller changes a number, and says why."""
    sara.open_home()
    stage.sb.settle()
    assert "S&OP Dec 2026: Demand review" in home_text(sara)
    sara.press("Submit forecast…", in_=sara.dm()[-1])
    stage.sb.settle()
    number = block_of(sara, "contingent.0")
    sara.fill(number, "777")
    sara.press(agree_label(sara), in_=sara.modal())
    stage.sb.settle()
    assert "You changed something for Lamps: submit that first" in shown(sara)
    sara.close()
    sara.fill(number, "0")
    sara.press(agree_label(sara), in_=sara.modal())
    stage.sb.settle()
    assert "Your forecast is in: 3 families as filled in." in shown(sara)
    sara.close()
    assert "S&OP" not in home_text(sara)
    assert stage.agenda("Sara") == "Nothing waits for you any more."
    hand_in_a_file(pete, stage)


def hand_in_a_file(pete: Person, stage: Stage) -> None:
    """The file to fill in arrives in the person's messages; what comes back is taken whole, or not at all."""
    pete.command(OPS, "/sop forecast")
    stage.sb.settle()
    pete.press("All at once, by CSV…")
    stage.sb.settle()
    pete.press("Send me the file to fill in")
    stage.sb.settle()
    assert "It is on its way" in shown(pete)
    (sheet,) = [f for f in stage.sb.files() if f["name"] == "forecast-2026-12.csv"]
    token = {"Authorization": f"Bearer {stage.bot.config.slack_bot_token}"}
    text = httpx.get(sheet["url_private"], headers=token).content.decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0] == "family,month,certain,contingent,reason"
    assert "Tents,2026-12,0,50," in lines
    assert len(lines) == 1 + 18 * 3
    wrong = "family,month,certain,contingent,reason\nTents,2026-11,1,1,\nTents,2026-12,one,1,\nLamps,2027-01,0,5,\n"
    pete.attach("The file", ("forecast.csv", wrong.encode()))
    pete.submit()
    stage.sb.settle()
    assert "row 2 (2026-11 is none of the months to be filled in)" in shown(pete)
    assert "Row 3: certain: “one” is no number." in shown(pete)
    pete.close()
    for content, said in (
        ("family;month;certain;contingent\nLamps;2027-01;0;5\n", "Lamps: Why is it other than the baseline?"),
        ("family;month;certain;contingent;reason\nTents;2026-12;0;500;The trade fair.\n", "is in: one family."),
    ):
        pete.command(OPS, "/sop forecast")
        stage.sb.settle()
        pete.press("All at once, by CSV…")
        stage.sb.settle()
        pete.attach("The file", ("forecast.csv", content.encode()))
        submit_seen(pete, stage.sb.settle)
        assert said in shown(pete)
        pete.close()


def answer_supply(olga: Person, stage: Stage) -> None:
    olga.command(OPS, "/sop supply")
    stage.sb.settle()
    families = [option["text"]["text"] for option in olga.suggest("Family", "")]
    assert [option["text"]["text"] for option in olga.suggest("Family", "tEn")] == ["Tents"]
    for family in families:
        assert "what brings net stock to its target" in shown(olga)
        # The form moves on to the next family, with its name and its numbers.
        assert select_of(olga)["initial_option"]["text"]["text"] == family
        if family == "Tents":
            olga.fill(block_of(olga, "supply.0"), "400")
            assert "limit" in str(olga.submit().errors)
            olga.fill(block_of(olga, "limit"), "Fabric")
        assert olga.submit().ok
        stage.sb.settle()
    assert "Your supply plan is in." in shown(olga)
    olga.close()


def comment(sara: Person, stage: Stage) -> None:
    sara.command(OPS, "/sop comment")
    stage.sb.settle()
    sara.choose("Family", "Tents")
    sara.fill_by_label("Month of a gap", "Dec 2026")
    sara.fill_by_label("What you want to say", "The fair moved.")
    assert sara.submit().ok
    stage.sb.settle()
    assert "It stands on the page; its thread begins with the agenda." in shown(sara)
    sara.close()


def check_page(olga: Person, stage: Stage) -> None:
    olga.command(OPS, "/sop page")
    stage.sb.settle()
    page = olga.channel(OPS)[-1]
    assert [block["type"] for block in page.blocks][-1] in {"table", "rich_text"}
    assert "Tents: demand" in page.as_text()
    assert "“The fair moved.” — Sara" in page.as_text()
    assert "Silent in the demand review, counted as filled in: Pete." in page.as_text()
    assert "Nov 2026: bookings not known, $0 shipped, $0 in stock, $0 in backlog, at list price." in page.as_text()
    assert "missing, and estimated: Tents. /sop import takes them." in page.as_text()
    assert (
        "Tents, Dec 2026–May 2028: 150 short in Dec 2026, $35,250 to make; customers wait for $58,500 — Fabric"
        in page.as_text()
    )


def decide_and_sign(lea: Person, stage: Stage) -> None:
    lea.command(OPS, "/sop")
    stage.sb.settle()
    decide_on_the_gap(lea, stage)
    assert "waiting for Olga" in shown(lea)
    lea.press("Mark as reconciled")
    stage.sb.settle()
    assert "waiting for Olga" not in shown(lea)
    lea.press("Decide…")
    stage.sb.settle()
    lea.fill_by_label("What was decided", "Hire two for January.")
    assert "family" in str(lea.submit().errors)
    lea.choose("Family", "Tents")
    stage.sb.settle()
    lea.fill_by_label("Who sees to it", stage.people["Olga"])
    lea.fill_by_label("By when", "2026-12-21")
    stage.sb.settle()
    assert lea.submit().ok
    stage.sb.settle()
    lea.close()
    assert "Hire two for January." in shown(lea)
    lea.press("Sign and publish")
    stage.sb.settle()
    assert "Signed, version 1" in shown(lea)


def decide_on_the_gap(lea: Person, stage: Stage) -> None:
    """A way out of the gap fills in the decision; the page below then shows it."""
    lea.press("Show the page")
    stage.sb.settle()
    lea.choose("What if we take…", "Tents: make 150 more in Dec 2026")
    stage.sb.settle()
    # Slack holds three windows: the form takes the place of the third.
    lea.press("New what-if…")
    stage.sb.settle()
    assert "What changes" in shown(lea)
    lea.close()
    lea.choose("Decide on a gap…", "Tents, Dec 2026–May 2028")
    stage.sb.settle()
    assert "150 short" in shown(lea)
    lea.choose(block_of(lea, "way"), "make 150 more in Dec 2026")
    stage.sb.settle()
    lea.fill_by_label("Who sees to it", stage.people["Olga"])
    lea.fill_by_label("By when", "2026-12-30")
    stage.sb.settle()
    assert lea.submit().ok
    stage.sb.settle()
    lea.close()
    assert "Tents, Dec 2026: Make 150 more" in shown(lea)
    lea.close()


def check_published(stage: Stage) -> None:
    (posted,) = sop_posts(stage)
    assert [block["type"] for block in posted.blocks][:2] == ["header", "image"]
    assert f"Hire two for January. <@{stage.people['Olga']}> by Dec 21" in posted.as_text()
    files = {f["name"] for f in stage.sb.files()}
    assert {f"sop-2026-12-v1-plan.{kind}" for kind in ("csv", "xlsx", "pdf")} <= files
    assert len(stage.sb.thread(ALL, posted.ts)) == 4
    with stage.bot.database.reading() as session:
        workspace = the_workspace(session)
        cycle = current_cycle(workspace)
        assert cycle is not None
        signed = cycle.latest_signed
        assert signed is not None
        assert signed.numbers["Tents"]["demand"] == cycle.demand["Tents"]
        assert find_member(workspace, stage.people["Lea"]).id == signed.by_id


def change_after_the_signature(pete: Person, stage: Stage) -> None:
    """The page says that it is no more what was signed."""
    pete.command(OPS, "/sop forecast")
    stage.sb.settle()
    pete.choose("Family", "Tents")
    stage.sb.settle()
    pete.fill(block_of(pete, "contingent.1"), "900")
    pete.fill(block_of(pete, "reason"), "A late order.")
    assert pete.submit().ok
    stage.sb.settle()
    pete.close()
    pete.command(OPS, "/sop page")
    stage.sb.settle()
    assert "signed, version 1, changed since" in pete.channel(OPS)[-1].as_text()
    pete.command(OPS, "/sop")
    stage.sb.settle()
    assert "Signed, version 1, changed since" in shown(pete)
    pete.close()


def close_the_decision(olga: Person, stage: Stage) -> None:
    """It is reminded of from its day on, until it is closed."""
    assert "Decided: Hire two for January." in stage.agenda("Olga")
    olga.press("It is done", in_=olga.dm()[-1])
    stage.sb.settle()
    assert "Hire two" not in shown(olga)
    olga.close()
    assert "Hire two" not in stage.agenda("Olga")


@pytest.mark.both_ways
def test_cycle_from_set_up_to_the_published_page(stage: Stage) -> None:
    sara, pete, olga, lea = (stage.person(name) for name in ("Sara", "Pete", "Olga", "Lea"))
    sara.command(OPS, "/sop")
    stage.sb.settle()
    assert "An admin sets it up with /sop schedule" in shown(sara)
    sara.close()
    set_up(stage)
    stage.sb.turn(to=december(3))
    assert "S&OP Dec 2026: Demand review" in stage.agenda("Sara")
    hand_in_forecasts(sara, pete, stage)
    stage.sb.turn(to=december(9))
    answer_supply(olga, stage)
    comment(sara, stage)
    stage.sb.turn(to=december(16))
    agenda = next(m for m in stage.sb.channel(ALL) if m.text.startswith("Agenda"))
    # What was said before there was a thread is told in it, as soon as it is there.
    assert "The fair moved." in stage.sb.thread(ALL, agenda.ts)[-1].as_text()
    check_page(olga, stage)
    decide_and_sign(lea, stage)
    check_published(stage)
    change_after_the_signature(pete, stage)
    stage.sb.turn(to=december(22))
    close_the_decision(olga, stage)
    assert stage.sb.violations() == []


def select_of(person: Person) -> dict[str, Any]:
    """The select of the family in the form that is open."""
    view = person.modal()
    assert view is not None
    block = next(block for block in view.blocks if block.get("block_id", "").startswith("family"))
    return dict(block["element"])


def block_of(person: Person, prefix: str) -> str:
    """The input whose block begins so."""
    view = person.modal()
    assert view is not None
    return str(next(block["block_id"] for block in view.blocks if block.get("block_id", "").startswith(prefix)))


def agree_label(person: Person) -> str:
    """The button that agrees to all that is filled in."""
    view = person.modal()
    assert view is not None
    return next(label for label in view.buttons if label.startswith("Agree to all"))
