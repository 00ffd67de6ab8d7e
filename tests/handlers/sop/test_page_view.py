"""S&OP views with a hundred families, thirty sellers and the longest names."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from babel import Locale
from sqlalchemy.orm import Session

from handlers.slack.ids import Act
from handlers.slack.text import escape
from handlers.sop import decisions, page, review_files, reviews, standing
from handlers.sop import settings as sop_setup
from handlers.sop.decision_view import DecideForm, decide_view
from handlers.sop.page_files import MEASURES, MONEY, page_csv, page_workbook
from handlers.sop.page_messages import render_page
from handlers.sop.page_picture import plan_picture
from handlers.sop.page_view import ShownPage, page_blocks, page_text
from handlers.sop.settings_view import PlanningMoney, owners_view, planning_view
from handlers.sop.targets import FileTarget
from models.base.language import _
from models.base.months import months_from
from models.base.words import Coinage, company_locale
from models.files.months import MonthsKind
from models.sop.accuracy import Accuracy
from models.sop.bands import WITHOUT_STOCK, Band, Level
from models.sop.clock import keep_planning, next_planning
from models.sop.gaps import ranked_gaps
from models.sop.identities import FamilyPlan
from models.sop.open_deals import OpenUnits
from models.sop.page import Change, Lost, MonthBefore, Page
from models.sop.resolutions import Decided
from models.sop.rough_cut import ResourceMonths
from models.sop.rows import DAYS, Cycle
from models.sop.settings import current_cycle, plan_monthly
from models.sop.signing import SignedPage, record_decision, sign
from models.sop.steps import Step
from models.sop.ways_out import Remedies
from models.workspace.outbox import News, Outbox
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW

JAN = date(2027, 1, 1)
DOLLARS = Coinage("USD", 2)
MOST = 10**9


@pytest.fixture
def cycle(large: Large, session: Session) -> Cycle:
    """A cycle in its executive step, with everybody who sells."""
    workspace = large.world.workspace
    plan_monthly(workspace, channel="C0SOP", coordinator=large.person("Olga"), days=dict(DAYS), by=None, now=NOW)
    for _count in range(40):
        due = next_planning(session)
        found = current_cycle(workspace)
        if due is None or (found and found.step == Step.EXECUTIVE):
            break
        keep_planning(session, now=due)
    found = current_cycle(workspace)
    assert found
    return found


def largest_page() -> Page:
    months = tuple(months_from(JAN, 18))
    plans = tuple(
        FamilyPlan(long(200, f"Family {n}"), Fraction(MOST), Fraction(MOST), MOST, 0, (MOST,) * 18, (n,) * 18)
        for n in range(100)
    )
    lost = tuple(Lost(long(200), JAN, MOST, long(80), 10**6, long(200)) for _ in range(50))
    return Page(
        cycle=1,
        month=JAN,
        step=Step.SIGNED,
        version=99,
        months=months,
        plans=plans,
        contingent={},
        gaps=tuple(ranked_gaps(plans)),
        capacity=(),
        lost=lost,
        limits={plan.family: long(500) for plan in plans},
        silent={Step.DEMAND: tuple(long(80) for _ in range(60)), Step.SUPPLY: tuple(long(80) for _ in range(60))},
        means=tuple(plan.family for plan in plans),
    )


def test_largest_page_is_accepted_and_says_how_many_families_are_elsewhere(large: Large, slack: Slack) -> None:
    page, locale = largest_page(), company_locale("US")
    shown = ShownPage(page, large.world.workspace, locale)
    blocks = [block.to_dict() for block in page_blocks(shown)]
    slack.post(escape(page_text(shown)), blocks)
    said = _("And {count} more families: in {where}.", count=88, where=_("the workbook below")).partition("88")[2]
    assert said in str(blocks)
    measures = len(MEASURES) + len(MONEY)
    assert len(page_csv(page, large.world.workspace, locale, has_money=True).splitlines()) == 1 + 100 * measures
    assert page_workbook(page, large.world.workspace, locale).startswith(b"PK")
    assert plan_picture(page, [f"M{n}" for n in range(18)], Coinage("JPY", 0)).png.startswith(b"\x89PNG")


@pytest.mark.parametrize("is_believed", [False, True])
def test_table_of_many_families_of_small_numbers_is_accepted(large: Large, slack: Slack, is_believed: bool) -> None:
    months = tuple(months_from(JAN, 6))
    band = Band(Level(Fraction(2)))
    plans = tuple(FamilyPlan(f"F{n}", Fraction(1), Fraction(9), 1, 0, (n + 1,) * 6, (n,) * 6, band) for n in range(30))
    sales = {plan.family: plan.demand for plan in plans} if is_believed else {}
    page = replace(largest_page(), months=months, plans=plans, gaps=(), lost=(), limits={}, silent={}, sales=sales)
    shown = ShownPage(page, large.world.workspace, company_locale("US"), sees_money=True)
    blocks = [block.to_dict() for block in page_blocks(shown)]
    slack.post(escape(page_text(shown)), blocks)
    (table,) = [block for block in blocks if block["type"] == "table"]
    # Demand, what sales believe, supply, net stock, its target and money.
    rows = 6 if is_believed else 5
    families = (100 - 1) // rows
    assert len(table["rows"]) == 1 + families * rows
    more = _("And {count} more families: in {where}.", count=30 - families, where=_("the workbook below"))
    assert more in str(blocks)


def test_cycle_of_a_hundred_families_is_accepted(large: Large, slack: Slack, session: Session, cycle: Cycle) -> None:
    workspace = large.world.workspace
    lea, sara, olga = (large.person(name) for name in ("Lea", "Sara", "Olga"))
    due = date(2027, 12, 24)
    for number in range(15):
        record_decision(
            cycle, long(1000, f"{number}"), family=long(200), month=None, owner=lea, due=due, by=lea, now=NOW
        )
    slack.show(standing.open_standing(workspace, lea))
    slack.show(reviews.open_forecast(workspace, sara))
    slack.show(reviews.open_supply(workspace, olga))
    slack.show(review_files.open_file_form(FileTarget(cycle=cycle.id, kind=MonthsKind.FORECAST)))
    slack.show(page.open_page(workspace, sara))
    slack.show(decisions.open_decide(workspace, lea))
    months = months_from(JAN, 18)
    ways = [(long(200, f"{n}"), long(200)) for n in range(12)]
    form = DecideForm(
        1, months, company_locale("US"), long(200), months[3], long(200), ways, 1, long(1000), Act.PAGE, 9
    )
    slack.show(decide_view(form))
    slack.show(owners_view({long(200, f"{n}"): large.person("Olga").user_id for n in range(100)}, long(200)))
    slack.show(planning_view("", "", {**DAYS, "lag": 1}, sop_setup.LABELS, PlanningMoney()))
    slack.reply(page.show_page(workspace, lea))
    signed = sign(cycle, by=lea, now=NOW)
    row = Outbox(workspace=workspace, kind=News.SOP_PAGE, stream=slack.channel, key="k", queued_at=NOW, not_before=NOW)
    row.details = SignedPage(signed.id).written()
    call = render_page(session, row, NOW)
    slack.post(call.arguments["text"], call.arguments["blocks"])


def test_page_with_everything_at_its_longest_keeps_room_for_its_table(large: Large, slack: Slack) -> None:
    locale, workspace, base = company_locale("US"), large.world.workspace, largest_page()
    busy = tuple(
        ResourceMonths(long(200, f"{n}"), "hour", (Fraction(1),) * 18, (Fraction(MOST),) * 18, (Fraction(0),) * 18)
        for n in range(200)
    )
    deals = [OpenUnits(10**6, long(200), MOST, Fraction(MOST))] * 9
    remedies = Remedies(
        months=base.months,
        plans={plan.family: plan for plan in base.plans},
        work={plan.family: [{("0", 0): Fraction(MOST)}] * 18 for plan in base.plans},
        resources=busy,
        late_cost=Decimal("0.02"),
        carrying_rate=Decimal("0.20"),
        open_deals={(plan.family, month): deals for plan in base.plans for month in base.months},
    )
    page = replace(
        base,
        version=0,
        capacity=busy,
        remedies=remedies,
        changes=tuple(Change(long(200), long(80), MOST, long(500)) for _ in range(50)),
        gone=tuple(plan.family for plan in base.plans),
        unasked=tuple(plan.family for plan in base.plans),
        stale=tuple(plan.family for plan in base.plans),
        before=MonthBefore(JAN, MOST, MOST, MOST, MOST, Accuracy(Fraction(MOST), Fraction(-MOST))),
        decided=tuple(resolution(large) for _ in range(15)),
    )
    shown = ShownPage(page, workspace, locale, is_deciding=True, sees_money=True)
    blocks = page_blocks(shown)
    slack.post(escape(page_text(shown)), [block.to_dict() for block in blocks])
    table = next(block for block in blocks if block.type == "table")
    assert len(table.to_dict()["rows"]) > 1


def resolution(large: Large) -> Decided:
    """A decision with the longest of everything."""
    owner = large.person("Olga")
    return Decided(1, long(200), JAN, long(1000), owner.name, owner.user_id, JAN)


def test_company_without_stock_sees_who_waits_and_the_hours_of_its_teams() -> None:
    months = tuple(months_from(JAN, 18))
    audits = FamilyPlan("Audits", Fraction(300), Fraction(500), 0, 0, (10,) * 18, (8, 12, *(10,) * 16), WITHOUT_STOCK)
    team = ResourceMonths(
        "Consultants", "day", (Fraction(100_000),) * 18, (Fraction(80_500),) * 18, (Fraction(0),) * 18
    )
    page = replace(largest_page(), plans=(audits,), gaps=(), capacity=(team,), sales={}, keeps_stock=False, before=None)
    shown = ShownPage(replace(page, months=months), DOLLARS, Locale("en", "US"), sees_money=True)
    table = page_blocks(shown)[-1].to_dict()
    rows = [[cell["text"] for cell in row][:3] for row in table["rows"]]
    assert rows == [
        [" ", "Jan 2027", "Feb 2027"],
        ["Audits: demand", "10", "10"],
        ["delivered", "8", "12"],
        ["waiting", "2", "0"],
        ["Consultants: load, day", "81", "81"],
        ["free", "20", "20"],
    ]
    assert "inventory" not in str([block.to_dict() for block in page_blocks(shown)])
    assert plan_picture(page, [f"M{n}" for n in range(18)], DOLLARS).png.startswith(b"\x89PNG")
