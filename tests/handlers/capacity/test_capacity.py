"""Capacity that people see and steer: the coming weeks, a week to adjust, what breaks by it, and a CSV to import."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.capacity import capacity
from handlers.capacity.targets import WeekTarget
from handlers.slack.forms import Filled
from handlers.slack.replies import Show
from models.base.errors import NotYours, Refused, TooLate
from models.capacity.adjusting import adjust, breaking
from models.capacity.loads import loads_of
from models.capacity.overview import WeekLoad, coming_weeks
from models.company.resources import Commitment, Hold, ReceiptRow, ResourceRow, WeekExceptionRow
from models.deals.card import card_of
from models.deals.deciding import accept, approve, win
from models.deals.delivering import deliver
from models.deals.proposing import change, counter
from models.deals.rows import Deal
from models.deals.terms import check_deal
from models.files import read_company
from models.promise import Adjustment, Kind
from models.setup.importing import import_capacity, import_company
from models.workspace.history import History
from models.workspace.members import meet_member, set_roles
from models.workspace.outbox import Outbox
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace, the_workspace
from sandbox.acting import Actor
from sandbox.client import Person, View
from sandbox.render import render_blocks
from tests.handlers.looking import save_adjustment, submit_seen, take_over
from tests.models.files.tables import capacity_of
from tests.stage import OPS, Stage
from tests.warm import SURELY
from tests.world import COMPANY, NOW, World

NOV_23, DEC_7, DEC_14 = date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 14)
JAN_4, JAN_11, JAN_18, JAN_25 = (date(2027, 1, day) for day in (4, 11, 18, 25))
RESOURCES = {"Assembly": Kind.TIME, "Last ten": Kind.TIME, "Poles in stock": Kind.STOCK}
LACKS = "This promise can no longer be kept. Assembly, week of Jan 4: needs 54 hours, 42 free, 12 short."
WAYS = [
    "1   76 on Jan 18, 24 on Jan 25  ·  gives up $230.40",
    "2   1 week later  ·  gives up $960",
    "3   76 instead of 100  ·  gives up $11,520",
]
over_http = pytest.mark.parametrize("stage", ["http"], indirect=True)
over_socket = pytest.mark.parametrize("stage", ["socket"], indirect=True)


def test_week_below_what_is_promised_is_told_to_both_sides_and_changes_no_promise(stage: Stage) -> None:
    olga, otto, sara = (stage.person(name) for name in ("Olga", "Otto", "Sara"))
    stage.propose("Acme 100 Summit tent by 18 Jan at 10% off")
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    promised, own = stage.look(commitments), stage.own_card("Sara").ts

    open_adjust(stage, otto, "Assembly", "2027-01-06")
    assert top(otto).as_text().splitlines()[:5] == [
        "Now: 312 hours promised, 0 hours held, 8 hours free.",
        "Resource: Assembly",
        "In the week of: 2027-01-04",
        "Available, in hours: 320",
        "Overtime that can be bought: 0",
    ]
    otto.enter("Available, in hours", "300")
    stage.sb.settle()
    assert top(otto).as_text().splitlines()[1:3] == [
        "This would break 1 promise: #1 Acme",
        "The week is overbooked by 12 hours, overtime included.",
    ]
    assert otto.submit().errors == {"reason": "Please complete this required field."}
    otto.fill_by_label("Why?", "   ")
    assert otto.submit().errors == {"reason": "Why? The owners of the deals will read it."}
    stage.sb.settle()
    assert "can no longer be kept" not in stage.card().as_text()

    otto.fill_by_label("Why?", "The press is down.")
    stage.sb.settle()
    assert otto.submit().ok
    stage.sb.settle()
    saved = "Saved: Assembly, week of Jan 4. The week is overbooked by 12 hours, overtime included. "
    assert top(otto).as_text().splitlines()[:3] == [
        f"{saved}One promise can no longer be kept. Both sides know; nothing else has changed.",
        "#1 · Acme · Sara sells",
        LACKS,
    ]
    told = f"Otto changed capacity, and this promise can no longer be kept. “The press is down.” <@{olga.id}>"
    assert stage.thread()[-1] == told
    assert stage.own_card("Sara").ts != own
    for card in (stage.card(), stage.own_card("Sara")):
        assert LACKS in card.as_text()
        assert [line for line in card.as_text().splitlines() if line[:1].isdigit()] == WAYS
    assert stage.card().buttons == [
        *["Counter with this…"] * 3,
        *("Counter…", "Show the numbers", "Compare with others", "Show the week", "Attach…"),
    ]
    assert stage.own_card("Sara").buttons == [
        *("Change…", "Won", "Lost…"),
        *("Set when it is decided…", "Edit…", "Attach…", "Hand over…", "Cancel the deal…"),
    ]
    assert (stage.state(), stage.look(commitments)) == ("approved", promised)

    olga.press("Counter with this…", in_=stage.card())
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    assert (stage.state(), stage.look(commitments)) == ("countered", promised)
    assert "The earlier promise stands until this change is agreed." in stage.own_card("Sara").as_text()
    sara.press("Accept", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert stage.state() == "approved"
    assert [(name, week, n) for _, name, week, n in stage.look(commitments)] == [
        ("Assembly", JAN_4, 42_000),
        ("Assembly", JAN_11, 16_000),
    ]
    assert stage.look(promises) == (1, 2)
    assert "can no longer be kept" not in stage.card().as_text()
    assert stage.sb.violations() == []


@over_socket
def test_window_shows_what_came_of_a_form_also_where_the_answer_is_slow_on_its_way(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga, deliver = stage.person("Olga"), Actor._deliver
    stage.propose("Acme 100 Summit tent by 18 Jan at 10% off")
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()

    async def slowly(actor: Actor, parcel: Any) -> Any:
        answer = await deliver(actor, parcel)
        await asyncio.sleep(0.3 if parcel.kind == "view_submission" else 0)
        return answer

    monkeypatch.setattr(Actor, "_deliver", slowly)
    monkeypatch.setattr("handlers.slack.showing.SURELY", SURELY)
    save(stage, olga, "300")
    saved = [line for line in top(olga).as_text().splitlines() if line[:1].isdigit()]
    close(olga)
    imported = import_csv(stage, b"resource,week,available\nLast ten,2027-01-11,9\n")
    assert (saved, imported) == (WAYS, "Imported 1 week. No further promise breaks.")


@over_http
def test_ways_of_a_promise_that_breaks_can_be_taken_where_it_is_listed(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    olga = stage.person("Olga")
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    save(stage, olga, "300")
    olga.press("counter.1.later", in_=top(olga))
    stage.sb.settle()
    assert top(olga).title == "Counter"
    assert "Delivery, in the week of: 2027-01-25" in top(olga).as_text()


@over_socket
def test_won_deal_stays_won_and_is_countered_only_while_it_cannot_be_kept(stage: Stage) -> None:
    olga, sara = stage.person("Olga"), stage.person("Sara")
    stage.propose("Acme 100 Summit tent by 18 Jan")
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    sara.press("Won", in_=stage.own_card("Sara"))
    stage.sb.settle()
    save(stage, olga, "300")
    close(olga)
    assert stage.state() == "won"
    assert LACKS in stage.card().as_text()
    assert LACKS in stage.own_card("Sara").as_text()
    broken = stage.card()

    save(stage, olga, "320")
    assert "Every deal’s promise can be kept." in top(olga).as_text()
    close(olga)
    assert "can no longer be kept" not in stage.card().as_text()
    assert "can no longer be kept" not in stage.own_card("Sara").as_text()
    assert broken.ts == stage.card().ts
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.enter("Quantity", 90)
    stage.sb.settle()
    assert olga.submit().ok
    assert top(olga).as_text() == "Deal #1 is promised, and the promise can be kept again. Nothing was changed."
    close(olga)
    assert (stage.state(), len(stage.look(commitments))) == ("won", 1)

    save(stage, olga, "300")
    close(olga)
    olga.press("counter.1.later", in_=stage.card())
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()
    sara.press("Accept", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert (stage.state(), stage.look(promises)) == ("won", (1, 2))
    assert [row[1:] for row in stage.look(commitments)] == [("Assembly", JAN_11, 54_000)]
    assert stage.card().buttons == ["Delivered…", "Show the numbers", "Attach…"]


@over_http
def test_capacity_is_shown_to_everybody_with_a_role(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    buttons = {}
    for name in ("Sara", "Fin", "Lea", "Olga"):
        person = stage.person(name)
        person.command(OPS, "/capacity")
        stage.sb.settle()
        heads = [line for line in top(person).as_text().splitlines() if ", in " in line]
        assert heads == ["Assembly, in hours", "Last ten, in units", "Poles in stock, in sets"]
        buttons[name] = top(person).buttons
        close(person)
    assert buttons == {"Sara": [], "Fin": [], "Lea": [], "Olga": ["Adjust a week…", "Reserve…", "Import a table…"]}
    assert ask(stage, "Gus", "/capacity") == (
        "Deals are for people with a role. An admin gives roles with /belay roles.\n[ Ask for a role ]"
    )
    assert ask(stage, "Sara", "/capacity import") == "Capacity is adjusted by operations."
    assert ask(stage, "Sara", "/capacity Nope") == "No resource is called “Nope”. /capacity shows them."
    assert ask(stage, "Sara", "/capacity as%") == "No resource is called “as%”. /capacity shows them."

    sara = stage.person("Sara")
    sara.command(OPS, "/capacity poles")
    stage.sb.settle()
    assert top(sara).as_text().splitlines()[:2] == ["Poles in stock", "Poles in stock, in sets"]
    assert [option["text"]["text"] for option in sara.suggest("resource", "s")] == [
        "Assembly",
        "Last ten",
        "Poles in stock",
    ]
    sara.choose("resource", "assem", in_=top(sara))
    stage.sb.settle()
    assert top(sara).as_text().splitlines()[2:11] == [
        "  week  available  committed  held  free",
        "Nov 23        400          0     0   400  ░░░░░░░░░░ 0 %",
        "Nov 30        400          0     0   400  ░░░░░░░░░░ 0 %",
        " Dec 7        400          0     0   400  ░░░░░░░░░░ 0 %",
        "Dec 14        400          0     0   400  ░░░░░░░░░░ 0 %",
        "Dec 21        400          0     0   400  ░░░░░░░░░░ 0 %",
        "Dec 28        400          0     0   400  ░░░░░░░░░░ 0 %",
        " Jan 4        320        312     0     8  ▓▓▓▓▓▓▓▓▓▓ 98 %",
        "Jan 11        400          0     0   400  ░░░░░░░░░░ 0 %",
    ]
    sara.choose("week", "Week of Jan 4", in_=top(sara))
    stage.sb.settle()
    assert top(sara).as_text().splitlines()[-3:] == [
        "Week of Jan 4",
        "258 hours  SO-1881: Spring order",
        "54 hours  #1 Acme",
    ]
    card = stage.card()
    assert links(top(sara)) == [("#1 Acme", f"/archives/{card.channel}/p{card.ts.replace('.', '')}")]
    sara.choose("week", "Week of Jan 11", in_=top(sara))
    stage.sb.settle()
    assert top(sara).as_text().splitlines()[-1] == "Nothing loads that week."
    assert stage.sb.violations() == []


@over_socket
def test_import_takes_a_csv_or_says_row_by_row_why_not(stage: Stage) -> None:
    olga = stage.person("Olga")
    stage.propose("Acme 100 Summit tent by 18 Jan at 10% off")
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    weeks = "resource,week,available,overtime\nAssembly,2027-01-11,350,10\n"
    before = stage.look(state_of_capacity)

    olga.command(OPS, "/capacity import")
    stage.sb.settle()
    refused = olga.attach("The file", ("weeks.pdf", weeks.encode()))
    assert refused.errors.keys() == {"file"}
    assert olga.submit().errors == {"file": "Please complete this required field."}
    olga.close()
    assert import_csv(stage, "Ärger\n".encode("latin-1")) == (
        "No column is found that holds available or overtime or receipt.\n"
        "Nothing has been changed. Put it right in the file, and bring it again."
    )
    assert import_csv(stage, f"{weeks}Foo,2027-01-11,1,\nAssembly,soon,1,\n".encode()).splitlines() == [
        "Columns: resource → resource; week → week; available → available; overtime → overtime",
        "Left out: row 3 (“Foo” is no resource that is known); row 4 (“soon” is no week that is clear)",
        "Row 3: there is no resource “Foo”: which one is it?",
        "Row 4: “soon” is no week that is clear.",
        "Nothing has been changed. Put it right in the file, and bring it again.",
    ]
    assert stage.look(state_of_capacity) == before

    assert import_csv(stage, weeks.encode("utf-8-sig")) == "Imported 1 week. Every deal’s promise can be kept."
    after = stage.look(state_of_capacity)
    assert after != before
    assert import_csv(stage, weeks.encode()) == "Imported 1 week. Every deal’s promise can be kept."
    assert stage.look(state_of_capacity) == after

    loads = b"ref;resource;week;quantity;note\nSO-7;Assembly;2027-01-04;19,5;=SUM(A1)\n"
    assert [line for line in import_csv(stage, loads).splitlines() if not line.startswith("[")] == [
        "Imported 1 commitment. One promise can no longer be kept. Both sides know; nothing else has changed.",
        "#1 · Acme · Sara sells",
        "This promise can no longer be kept. Assembly, week of Jan 4: needs 54 hours, 42.5 free, 11.5 short.",
        "Ways to yes",
        "1   77 on Jan 18, 23 on Jan 25  ·  gives up $220.80",
        "2   1 week later  ·  gives up $960",
        "3   77 instead of 100  ·  gives up $11,040",
    ]
    assert stage.thread()[-1].startswith("Olga changed capacity, and this promise can no longer be kept.")
    assert stage.state() == "approved"
    olga.command(OPS, "/capacity Assembly")
    stage.sb.settle()
    olga.choose("week", "Week of Jan 4", in_=top(olga))
    stage.sb.settle()
    assert "19.5 hours  SO-7: =SUM(A1)" in top(olga).as_text()
    assert stage.sb.violations() == []


@over_http
def test_two_planners_at_once_leave_one_week_and_tell_of_it_once(stage: Stage) -> None:
    planners = [stage.person("Olga"), stage.person("Otto")]
    stage.propose("Acme 100 Summit tent by 18 Jan")
    planners[0].press("Approve", in_=stage.card())
    stage.sb.settle()
    for planner, amount in zip(planners, ("300", "290"), strict=True):
        open_adjust(stage, planner, "Assembly", "2027-01-04")
        planner.fill_by_label("Available, in hours", amount)
        planner.fill_by_label("Why?", f"{planner.name} knows.")
        stage.sb.settle()
    with ThreadPoolExecutor(2) as both:
        assert [reply.ok for reply in both.map(lambda planner: planner.submit(), planners)] == [True, True]
    stage.sb.settle()
    # Whoever came second looks at what the first has changed, and saves all the same.
    (second,) = [planner for planner in planners if "Nothing was saved yet" in top(planner).as_text()]
    assert "It would now do something else than what you saw." in top(second).as_text()
    assert second.submit().ok
    stage.sb.settle()
    acts = stage.look(lambda session: [(act.why, act.details["available"]) for act in adjustments(session)])
    assert sorted(acts) == [("Olga knows.", 300_000), ("Otto knows.", 290_000)]
    (first, _), (last, amount) = acts
    assert stage.look(exceptions) == [(JAN_4, amount, 0, last)]
    told_once = f"{first.split()[0]} changed capacity, and this promise can no longer be kept. "
    assert [line.split("“")[0] for line in stage.thread()[2:]] == [told_once]


@over_socket
def test_planner_who_has_lost_the_role_cannot_save_what_stood_open(stage: Stage) -> None:
    olga = stage.person("Olga")
    open_adjust(stage, olga, "Assembly", "2027-01-04")
    olga.fill_by_label("Available, in hours", "1")
    olga.fill_by_label("Why?", "So be it.")
    stage.sb.settle()
    with stage.bot.database.writing() as session:
        set_roles(meet_member(the_workspace(session), olga.id), [Role.SALES], by=None, now=NOW)
    before = stage.look(state_of_capacity)
    assert olga.submit().ok
    assert top(olga).as_text() == "Capacity is adjusted by operations."
    assert stage.look(state_of_capacity) == before


def test_weeks_of_time_are_counted(world: World) -> None:
    deal = world.propose()
    counter(deal, world.terms(("Summit tent", 80, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    approve(world.propose(("Ridge tent", 30, 30000, JAN_4)), by=world.person("Olga"), now=NOW)
    (shown,) = coming_weeks(world.workspace, now=NOW, only=resource(world, "Assembly").id)
    assert (shown.name, shown.kind, shown.unit, len(shown.weeks)) == ("Assembly", "time", "hour", 8)
    assert (shown.weeks[0].week, shown.weeks[7].week) == (NOV_23, JAN_11)
    # 258 h of the spring order and 7.5 h of Ridge tents are promised, 44 h of Summit tents are held.
    assert shown.weeks[6] == WeekLoad(JAN_4, 320_000, 0, 265_500, 44_000, 10_500, "Public holiday")
    assert shown.weeks[6].share == 0.9671875
    assert shown.weeks[7] == WeekLoad(JAN_11, 400_000, 80_000, 0, 0, 400_000)


def test_weeks_of_stock_are_what_is_left(world: World) -> None:
    approve(world.propose(("Pole set", 70, 4000, DEC_14)), by=world.person("Olga"), now=NOW)
    deal = world.propose(("Pole set", 45, 4000, JAN_4))
    counter(deal, world.terms(("Pole set", 40, 4000, JAN_4)), by=world.person("Olga"), now=NOW)
    (shown,) = coming_weeks(world.workspace, now=NOW, only=resource(world, "Poles in stock").id)
    left = [(week.week, week.offered, week.committed, week.held, week.free) for week in shown.weeks]
    assert left[2:] == [
        (DEC_7, 0, 0, 0, 120_000),
        (DEC_14, 0, 70_000, 0, 50_000),
        (date(2026, 12, 21), 0, 0, 0, 50_000),
        (date(2026, 12, 28), 0, 0, 0, 50_000),
        (JAN_4, 0, 0, 40_000, 10_000),
        (JAN_11, 2_000_000, 0, 0, 2_010_000),
    ]


def test_weeks_before_stock_was_counted_do_not_count(world: World) -> None:
    poles = resource(world, "Poles in stock")
    poles.as_of = date(2026, 12, 9)
    world.session.add(
        Commitment(workspace=world.workspace, ref="old", resource=poles, week=NOV_23, quantity=50_000, committed_at=NOW)
    )
    world.session.flush()
    (shown,) = coming_weeks(world.workspace, now=NOW, only=poles.id)
    assert [week.free for week in shown.weeks] == [120_000] * 7 + [2_120_000]


def test_loads_of_a_week_are_the_largest_first(world: World) -> None:
    held, promised = (
        world.propose(customer="Acme"),
        world.propose(("Ridge tent", 30, 30000, JAN_4), customer="Borealis"),
    )
    counter(held, world.terms(("Summit tent", 80, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    approve(promised, by=world.person("Olga"), now=NOW)
    until = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    loads = loads_of(world.workspace, resource(world, "Assembly"), JAN_4, now=NOW)
    assert [(load.quantity, load.title, load.until) for load in loads] == [
        (258_000, "SO-1881: Spring order", None),
        (44_000, "#1 Acme", until),
        (7_500, "#2 Borealis", None),
    ]


def test_capacity_begins_with_the_fullest_and_counts_the_others(world: World) -> None:
    for number in range(4):
        made = ResourceRow(workspace=world.workspace, name=f"Line {number}", kind="time", unit="hour", weekly=10_000)
        world.session.add(made)
    world.session.flush()
    write(world, "Line 2", NOV_23, available=0)
    found = coming_weeks(world.workspace, now=NOW)
    assert (found[0].name, found[0].weeks[0].free, len(found)) == ("Line 2", 0, 7)
    text = told(capacity.open_capacity(world.workspace, world.person("Sara"), NOW, ""))
    assert "These are the fullest. Choose one of the other 2 above." in text
    assert "Nov 23          0          0     0     0  closed" in text
    one = told(capacity.open_capacity(world.workspace, world.person("Sara"), NOW, "line 3"))
    assert "These are the fullest" not in one


def test_stock_that_nobody_has_touched_is_no_fuller_than_a_loaded_week(world: World) -> None:
    # 258 of 320 hours are promised; of the stock nothing is, and 2,000 more will arrive.
    found = coming_weeks(world.workspace, now=NOW)
    assert found[0].name == "Assembly"


def test_capacity_is_adjusted_by_operations_only(world: World) -> None:
    form = filled(world, "Assembly", JAN_4, available="1", reason="So be it.")
    given = capacity_of("ref,resource,week,quantity\nA,Assembly,2027-01-04,1\n", RESOURCES)
    before = state_of_capacity(world.session)
    for person in (world.person(name) for name in ("Sara", "Fin", "Lea", "Gus")):
        for act in (
            lambda by: save_adjustment(world.workspace, by, NOW, form),
            lambda by: capacity.check_adjusting(world.workspace, by, NOW, form, WeekTarget()),
            lambda by: capacity.open_adjust(world.workspace, by, NOW, WeekTarget()),
            capacity.open_import,
            lambda by: take_over(capacity.take_import, "resource,week\n", workspace=world.workspace, by=by, now=NOW),
            lambda by: import_capacity(world.workspace, given, by=by, now=NOW),
            lambda by: write(world, "Assembly", JAN_4, available=1, by=by.name),
        ):
            with pytest.raises(NotYours, match=r"^Capacity is adjusted by operations\.$"):
                act(person)
    assert state_of_capacity(world.session) == before


def test_adjustment_that_is_wrong_is_refused_under_its_field(world: World) -> None:
    foreign = ResourceRow(workspace=Workspace(name="Elsewhere"), name="Assembly", kind="time", unit="hour")
    world.session.add(foreign)
    world.session.flush()
    number = "A number of 0 or more with at most 3 decimals, such as 320."
    gone = "That resource is not there any more. Choose another one."
    for name, value, sentence in (
        ("reason", " ", "Why? The owners of the deals will read it."),
        ("date", "2026-11-22", "That week is over."),
        ("date", "", "Choose a week."),
        ("resource", "0", gone),
        ("resource", str(foreign.id), gone),
        ("available", "many", number),
        ("available", "-1", number),
        ("overtime", "0.0001", number),
    ):
        form = filled(world, "Assembly", JAN_4, **{"available": "300", "reason": "So be it.", name: value})
        with pytest.raises(Refused) as refused:
            save_adjustment(world.workspace, world.person("Olga"), NOW, form)
        assert (refused.value.field, refused.value.sentence) == (name, sentence)
    assert exceptions(world.session) == [(JAN_4, 320_000, 0, "Public holiday")]


def test_adjusted_week_is_kept_as_typed_and_follows_the_usual_where_it_is_the_same(world: World) -> None:
    olga = world.person("Olga")
    olga.locale = "de-DE"
    form = filled(world, "Assembly", date(2027, 1, 13), available="300,5", overtime="", reason=" Inventory ")
    save_adjustment(world.workspace, olga, NOW, form)
    assert exceptions(world.session)[1:] == [(JAN_11, 300_500, None, "Inventory")]
    (act,) = adjustments(world.session)
    assert (act.by_id, act.at, act.why) == (olga.id, NOW, "Inventory")
    before = {"what": "week", "week": "2027-01-11", "ref": "", "before": None}
    change_kept = before | {"after": {"available": 300_500, "overtime": None, "reason": "Inventory"}}
    said = {"week": "2027-01-11", "available": 300_500, "overtime": None, "receipt": None}
    assert act.details == said | {"changes": [change_kept]}
    write(world, "Assembly", JAN_11, available=400_000, overtime=80_000)
    assert exceptions(world.session)[1:] == [(JAN_11, None, None, "So be it.")]
    resource(world, "Assembly").weekly = 500_000
    (shown,) = coming_weeks(world.workspace, now=NOW, only=resource(world, "Assembly").id)
    assert shown.weeks[7] == WeekLoad(JAN_11, 500_000, 80_000, 0, 0, 500_000, "So be it.")


def test_preview_says_what_would_break_and_writes_nothing(world: World) -> None:
    deals = [small_promise(world, customer) for customer in "ABCDEFGH"]
    before, waiting = state_of_capacity(world.session), count(world, Outbox)
    assert preview(world, "266") == [
        "Now: 266 hours promised, 0 hours held, 54 hours free.",
        "No deal’s promise or hold would break.",
    ]
    assert preview(world, "258") == [
        "Now: 266 hours promised, 0 hours held, 54 hours free.",
        "This would break 8 promises: #1 A, #2 B, #3 C, #4 D, #5 E and 3 more",
        "The week is overbooked by 8 hours, overtime included.",
    ]
    # Who came last is hit first.
    assert preview(world, "264.5")[1] == "This would break 2 promises: #7 G, #8 H"
    assert preview(world, "264.5", overtime="1.5")[1] == "No deal’s promise or hold would break."
    assert preview(world, "few")[1] == "A number of 0 or more with at most 3 decimals, such as 320."
    world.session.flush()
    assert (state_of_capacity(world.session), count(world, Outbox)) == (before, waiting)
    assert [deal.broken_at for deal in deals] == [None] * 8


def test_saving_lists_five_promises_and_counts_the_others(world: World) -> None:
    deals = [small_promise(world, customer) for customer in "ABCDEFGH"]
    form = filled(world, "Assembly", JAN_4, available="258", overtime="0", reason="So be it.")
    shown = save_adjustment(world.workspace, world.person("Olga"), NOW, form)
    lines = told(shown).splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        f"#{number} · {customer} · Sara sells" for number, customer in enumerate("ABCDE", 1)
    ]
    assert "8 promises can no longer be kept." in lines[0]
    assert [deal.broken_at for deal in deals] == [NOW] * 8
    assert lines[-1] == "And 3 more: their cards show their ways."


def test_week_that_is_lowered_further_does_not_say_that_all_can_be_kept(world: World) -> None:
    small_promise(world, "Acme")
    olga, said = world.person("Olga"), []
    for amount in ("258", "250"):
        form = filled(world, "Assembly", JAN_4, available=amount, overtime="0", reason="So be it.")
        said.append(told(save_adjustment(world.workspace, olga, NOW, form)))
    assert "One promise can no longer be kept." in said[0]
    assert "Every deal’s promise can be kept." not in said[1]


def test_lack_that_overtime_covers_breaks_nothing(world: World) -> None:
    deal = agreed(world, ("Summit tent", 100, 43200, JAN_25))
    assert write(world, "Assembly", JAN_11, available=0) == []
    assert write(world, "Assembly", JAN_11, available=0, overtime=54_000) == []
    assert write(world, "Assembly", JAN_11, available=0, overtime=53_999) == [deal]


def test_load_of_weeks_that_are_over_breaks_nothing(world: World) -> None:
    both = (("Summit tent", 20, 43200, JAN_18), ("Summit tent", 100, 43200, JAN_25))
    deal, later = agreed(world, *both), datetime(2027, 1, 12, 16, 0, tzinfo=UTC)
    assert write(world, "Assembly", JAN_11, available=54_000, overtime=0, now=later) == []
    assert write(world, "Assembly", JAN_11, available=53_999, overtime=0, now=later) == [deal]


def test_stock_that_arrives_later_or_never_breaks_promises(world: World) -> None:
    deal = agreed(world, ("Pole set", 1500, 4000, JAN_18))
    assert write(world, "Poles in stock", DEC_7, receipt=500_000) == []
    assert write(world, "Poles in stock", JAN_11, receipt=880_000) == []
    assert write(world, "Poles in stock", JAN_11, receipt=879_999) == [deal]
    assert write(world, "Poles in stock", JAN_18, receipt=1) == []
    rows = world.session.scalars(select(ReceiptRow).order_by(ReceiptRow.week))
    assert [(row.week, row.quantity) for row in rows] == [(DEC_7, 500_000), (JAN_11, 879_999), (JAN_18, 1)]
    assert check_deal(deal, now=NOW).check.shortages == ()


def test_form_of_a_stock_asks_only_what_arrives(world: World) -> None:
    agreed(world, ("Pole set", 1500, 4000, JAN_18))
    form = filled(world, "Poles in stock", JAN_11, receipt="1000")
    target = shown_week(world, "Poles in stock", JAN_11)
    lines = told(capacity.check_adjusting(world.workspace, world.person("Olga"), NOW, form, target)).splitlines()
    assert lines[:5] == [
        "Now: 0 sets promised, 0 sets held, 2,120 sets left at its end.",
        "This would break 1 promise: #1 Acme",
        "Resource: Poles in stock",
        "In the week of: 2027-01-11",
        "Arrives, in sets: 1000",
    ]
    assert not [line for line in lines if line.startswith(("Available", "Overtime"))]


def test_only_promises_break(world: World) -> None:
    olga, sara = world.person("Olga"), world.person("Sara")
    held, changing, delivered, untouched = (world.propose(("Ridge tent", 4, 30000, JAN_4)) for _ in range(4))
    counter(held, world.terms(("Ridge tent", 5, 30000, JAN_4)), by=olga, now=NOW)
    approve(changing, by=olga, now=NOW)
    change(changing, world.terms(("Ridge tent", 6, 30000, JAN_4)), by=sara, now=NOW)
    approve(delivered, by=olga, now=NOW)
    win(delivered, by=sara, now=NOW)
    deliver(delivered, by=olga, now=NOW)
    assert write(world, "Assembly", JAN_4, available=200_000, overtime=0) == [changing]
    assert [deal.broken_at is not None for deal in (held, changing, delivered, untouched)] == [
        False,
        True,
        False,
        False,
    ]
    assert (held.state, changing.state, delivered.state) == ("countered", "proposed", "delivered")
    assert world.session.scalars(select(Hold.released_at)).all() == [None]
    rows = select(History.subject_id, History.from_state, History.to_state, History.by_id).where(
        History.move == "break"
    )
    assert [tuple(row) for row in world.session.execute(rows)] == [(changing.id, "proposed", "proposed", olga.id)]


def test_deals_that_want_the_resource_are_looked_at_again(world: World) -> None:
    wants, other = world.propose(), world.propose(("Pole set", 10, 4000, JAN_18))
    for row in world.session.scalars(select(Outbox)):
        row.settled_at = NOW
    write(world, "Assembly", JAN_4, available=300_000)
    world.session.flush()
    waiting = world.session.scalars(select(Outbox).where(Outbox.kind == "ways", Outbox.settled_at.is_(None)))
    assert [row.details for row in waiting] == [{"deal": wants.id}]
    assert other.broken_at is None


def test_promise_that_breaks_is_countered_accepted_and_remembers_the_first(world: World) -> None:
    olga, sara = world.person("Olga"), world.person("Sara")
    deal = agreed(world, ("Summit tent", 100, 43200, JAN_18))
    terms = world.terms(("Summit tent", 70, 43200, JAN_18))
    with pytest.raises(TooLate, match="is promised, and the promise can be kept; only Sara can ask for a change"):
        counter(deal, terms, by=olga, now=NOW)
    write(world, "Assembly", JAN_4, available=300_000, overtime=0)
    assert (deal.state, card_of(deal, now=NOW).is_broken) == ("approved", True)
    counter(deal, terms, by=olga, now=NOW)
    accept(deal, by=sara, now=NOW)
    first, second = deal.proposals
    assert (deal.first_promised_id, deal.promised_id, deal.broken_at) == (first.id, second.id, None)
    assert [row[1:] for row in commitments(world.session)] == [("Assembly", JAN_4, 39_000)]
    with pytest.raises(TooLate, match="is promised, and the promise can be kept; only Sara can ask for a change"):
        counter(deal, world.terms(("Summit tent", 60, 43200, JAN_18)), by=olga, now=NOW)


def test_import_of_weeks_receipts_and_loads_is_kept_and_noted(world: World) -> None:
    weeks = (
        "resource;week;available;overtime;receipt;reason\n"
        "Assembly;2027-01-04;300;;;=1+1\n"
        "Poles in stock;2027-01-11;;;1500,5;\n"
    )
    loads = (
        "ref,resource,week,quantity,note\n"
        "SO-1881,Assembly,2027-01-04,200,Less\n"
        "=1+1,Assembly,2027-01-04,5,@SUM(A1)\n"
        "SO-1881,Assembly,2027-01-11,7,\n"
    )
    for _ in range(2):
        for text in (weeks, loads):
            take_over(capacity.take_import, text, workspace=world.workspace, by=world.person("Olga"), now=NOW)
        world.session.flush()
        assert state_of_capacity(world.session) == (
            [(JAN_4, 300_000, None, "=1+1")],
            [(JAN_11, 1_500_500)],
            [
                ("=1+1", JAN_4, 5_000, "@SUM(A1)"),
                ("SO-1881", JAN_4, 200_000, "Less"),
                ("SO-1881", JAN_11, 7_000, None),
            ],
        )
    imports = select(History.details).where(History.move == "import_capacity", History.subject == "workspace")
    noted = world.session.scalars(imports.order_by(History.id))
    assert list(noted)[:2] == [{"weeks": 2, "commitments": 0}, {"weeks": 0, "commitments": 3}]


def test_import_with_one_wrong_row_changes_nothing(world: World) -> None:
    before = state_of_capacity(world.session)
    text = "ref,resource,week,quantity\nA,Assembly,2027-01-04,5\nB,Nothing,2027-01-04,5\n"
    shown = take_over(capacity.take_import, text, workspace=world.workspace, by=world.person("Olga"), now=NOW)
    assert isinstance(shown, Show)
    assert "Row 3: there is no resource “Nothing”: which one is it?" in str(shown.view.to_dict())
    world.session.flush()
    assert state_of_capacity(world.session) == before


def test_import_of_a_company_with_less_capacity_tells_whose_promise_breaks(world: World, tmp_path: Path) -> None:
    deal = agreed(world, ("Summit tent", 700, 43200, JAN_25))
    smaller = tmp_path / "smaller.toml"
    smaller.write_text(COMPANY.read_text().replace("weekly = 400", "weekly = 200"))
    import_company(world.workspace, read_company(smaller), by=None, now=NOW)
    (act,) = world.session.scalars(select(History).where(History.move == "break"))
    assert (act.subject_id, act.by_id, act.why) == (deal.id, None, "The company was changed.")
    assert (deal.state, deal.broken_at) == ("approved", NOW)


def agreed(world: World, *lines: tuple[str, int, int, date]) -> Deal:
    deal = world.propose(*lines)
    approve(deal, by=world.person("Olga"), now=NOW)
    return deal


def small_promise(world: World, customer: str) -> Deal:
    """Ridge tents that take one hour in the week of 4 January, of which 62 are free."""
    deal = world.propose(("Ridge tent", 4, 30000, JAN_4), customer=customer)
    approve(deal, by=world.person("Olga"), now=NOW)
    return deal


def resource(world: World, name: str) -> ResourceRow:
    mine = select(ResourceRow).where(ResourceRow.workspace_id == world.workspace.id, ResourceRow.name == name)
    return world.session.scalars(mine).one()


def write(world: World, name: str, week: date, *, by: str = "Olga", now: datetime = NOW, **amounts: int) -> list[Deal]:
    """Adjust a week; the deals that break by it, which a look before should name as well."""
    change_of_week = Adjustment(name, week, **amounts, reason="So be it.")
    foreseen = breaking(world.workspace, change_of_week, now=now)
    broken = adjust(resource(world, name), change_of_week, by=world.person(by), now=now)
    assert broken == foreseen
    return list(broken.promises)


def filled(world: World, name: str, week: date, **fields: str) -> Filled:
    """The form of a week, filled in."""
    key = resource(world, name).id
    values = {"resource": str(key), "date": week.isoformat(), **fields}
    return Filled(values, {}, {})


def shown_week(world: World, name: str, week: date) -> WeekTarget:
    """What that form carries."""
    return WeekTarget(resource=resource(world, name).id, day=week.isoformat())


def preview(world: World, available: str, overtime: str = "0") -> list[str]:
    """What stands above the fields."""
    form = filled(world, "Assembly", JAN_4, available=available, overtime=overtime)
    target = shown_week(world, "Assembly", JAN_4)
    lines = told(capacity.check_adjusting(world.workspace, world.person("Olga"), NOW, form, target)).splitlines()
    return lines[: lines.index("Resource: Assembly")]


def told(reply: Any) -> str:
    """A view as text, or the view of a reply."""
    return render_blocks([block.to_dict() for block in getattr(reply, "view", reply).blocks])


def count(world: World, row: type[Any]) -> int:
    return world.session.scalar(select(func.count()).select_from(row)) or 0


def state_of_capacity(session: Session) -> tuple[list[Any], list[Any], list[Any]]:
    """Weeks that differ, what arrives, and load from elsewhere."""
    receipts = session.scalars(select(ReceiptRow).order_by(ReceiptRow.week))
    loads = session.scalars(select(Commitment).where(Commitment.ref.is_not(None)).order_by(Commitment.week))
    told_of = sorted([(row.ref, row.week, row.quantity, row.note) for row in loads], key=lambda row: row[:2])
    return exceptions(session), [(row.week, row.quantity) for row in receipts], told_of


def exceptions(session: Session) -> list[tuple[date, int | None, int | None, str | None]]:
    rows = session.scalars(select(WeekExceptionRow).order_by(WeekExceptionRow.week))
    return [(row.week, row.available, row.overtime, row.reason) for row in rows]


def adjustments(session: Session) -> list[History]:
    return list(session.scalars(select(History).where(History.move == "adjust").order_by(History.id)))


def commitments(session: Session) -> list[tuple[int, str, date, int]]:
    """What deals are promised, row by row."""
    rows = select(Commitment).where(Commitment.deal_id.is_not(None), Commitment.released_at.is_(None))
    return [
        (row.id, row.resource.name, row.week, row.quantity) for row in session.scalars(rows.order_by(Commitment.id))
    ]


def promises(session: Session) -> tuple[int, int]:
    """The versions of the first and of the present promise of the only deal."""
    deal = session.scalars(select(Deal)).one()
    versions = {proposal.id: proposal.version for proposal in deal.proposals}
    return versions[deal.first_promised_id or 0], versions[deal.promised_id or 0]


def top(person: Person) -> View:
    modal = person.modal()
    assert modal is not None
    return modal


def close(person: Person) -> None:
    while person.modals():
        person.close()


def open_adjust(stage: Stage, person: Person, name: str, week: str) -> None:
    """The form of a week, from the button under the coming weeks."""
    person.command(OPS, "/capacity")
    stage.sb.settle()
    person.press("Adjust a week…", in_=top(person))
    stage.sb.settle()
    person.enter("Resource", name)
    stage.sb.settle()
    person.enter("In the week of", week)
    stage.sb.settle()


def save(stage: Stage, person: Person, available: str) -> None:
    """Say what the week of 4 January offers from now on."""
    open_adjust(stage, person, "Assembly", "2027-01-04")
    person.fill_by_label("Available, in hours", available)
    person.fill_by_label("Why?", "So be it.")
    submit_seen(person, stage.sb.settle)


def ask(stage: Stage, name: str, line: str) -> str:
    """What a command says in its window, which is closed again."""
    person = stage.person(name)
    person.command(OPS, line)
    stage.sb.settle()
    said = top(person).as_text()
    close(person)
    return said


def import_csv(stage: Stage, content: bytes) -> str:
    """What comes of a file, as its window says."""
    olga = stage.person("Olga")
    olga.command(OPS, "/capacity import")
    stage.sb.settle()
    assert olga.attach("The file", ("capacity.csv", content)).ok
    assert olga.submit().ok
    stage.sb.settle()
    if "Nothing has been changed yet." in top(olga).as_text():
        assert olga.submit().ok
        stage.sb.settle()
    said = top(olga).as_text()
    close(olga)
    return said


def links(view: View) -> list[tuple[str, str]]:
    """Words and paths of the links that a window shows."""
    texts = [block for block in view.blocks if block["type"] == "rich_text"]
    parts = [part for block in texts for element in block["elements"] for part in element["elements"]]
    return [(part["text"], "/" + part["url"].split("/", 3)[3]) for part in parts if part["type"] == "link"]
