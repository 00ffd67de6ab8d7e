"""How long the S&OP page, a scenario and a consensus take with 150 families, 18 months and 30 sellers.

On both databases: part of `make bench`.
"""

import statistics
import tempfile
from fractions import Fraction
from functools import partial
from pathlib import Path

from bot.database import Database
from handlers.sop.page_files import page_csv, page_workbook
from handlers.sop.page_view import ShownPage, page_blocks
from models.base.months import month_after
from models.base.words import company_locale
from models.company.offers import NeedRow, OfferRow
from models.sop.agreeing import agree_on
from models.sop.clock import keep_planning, next_planning
from models.sop.identities import HORIZON
from models.sop.page_making import page_of
from models.sop.plan import present_plan
from models.sop.rows import DAYS, Actual, Cycle
from models.sop.settings import current_cycle, plan_monthly
from models.sop.steps import Step
from models.sop.what_if import ChangeKind, ScenarioChange, changed_plan, outcome_of
from models.workspace.members import meet_member, set_roles
from models.workspace.roles import Role
from tests.bench.timing import timed
from tests.postgres import postgres_url
from tests.world import NOW, World, learn, user_id

FAMILIES, SELLERS, PAST, TIMES = 150, 30, 36, 5


def furnish(world: World) -> Cycle:
    """Three years of each family, and a cycle that everybody was silent in until the executive meeting."""
    session, workspace = world.session, world.workspace
    usual = world.offer("Summit tent")
    for number in range(FAMILIES):
        family = f"Family {number:03}"
        offer = OfferRow(workspace=workspace, name=f"Offer {number}", family=family, unit="piece")
        offer.list_price, offer.unit_cost = 40_000 + number, 20_000
        for need in usual.needs:
            same = NeedRow(workspace=workspace, resource=need.resource, offset=need.offset, weeks=need.weeks)
            same.per_unit, same.fixed = need.per_unit, need.fixed
            offer.needs.append(same)
        session.add(offer)
        for ago in range(1, PAST + 1):
            month = month_after(NOW.date().replace(day=1), 1 - ago)
            units = 100 + 10 * (month.month % 4) + number
            session.add(Actual(workspace=workspace, family=family, month=month, bookings=units, inventory=number))
    for number in range(SELLERS):
        learn(workspace, f"SELLER{number}")
        set_roles(meet_member(workspace, user_id(f"SELLER{number}")), [Role.SALES], by=None, now=NOW)
    lea, olga = world.person("Lea"), world.person("Olga")
    plan_monthly(workspace, channel="C0SOP", coordinator=olga, days=dict(DAYS), by=lea, now=NOW)
    while (due := next_planning(session)) is not None:
        keep_planning(session, now=due)
        cycle = current_cycle(workspace)
        if cycle and cycle.step == Step.EXECUTIVE:
            session.commit()
            return cycle
    raise AssertionError("the cycle has not come to its executive meeting")


def measure(kind: str, database: Database) -> None:
    """Print the median of reading the page, of reading and showing it, and of its files."""
    database.migrate()
    with World.build(database) as world:
        cycle, begun = timed(lambda: furnish(world))
        company, locale = world.workspace, company_locale(world.workspace.country)
        read, shown = [], []
        for _ in range(TIMES):
            world.session.expire_all()
            page, took = timed(lambda: page_of(cycle))
            read.append(took)
            told = timed(lambda: page_blocks(ShownPage(page, world.workspace, locale)))  # noqa: B023 - called at once
            shown.append(took + told[1])
        made = [timed(partial(make, page, company, locale))[1] for make in (page_csv, page_workbook)]
        shift = ScenarioChange(ChangeKind.CAPACITY, "", 0, HORIZON - 1, percent=Fraction(100))
        imagined = timed(lambda: outcome_of(changed_plan(present_plan(cycle), [shift])))[1]
        olga, family = world.person("Olga"), page.plans[0].family
        agreed = timed(lambda: agree_on(cycle, family, {0: 1}, "A fair.", by=olga, now=NOW))[1]
        print(
            f"S&OP page, {len(page.plans)} families × {len(page.months)} months × {SELLERS} sellers, {kind}: "
            f"read {statistics.median(read):.2f} s, read and shown {statistics.median(shown):.2f} s, "
            f"files {sum(made):.2f} s, a scenario {imagined:.2f} s, a consensus {agreed:.2f} s, "
            f"the cycle until then {begun:.1f} s"
        )


def main() -> None:
    """Both databases."""
    with tempfile.TemporaryDirectory() as folder:
        for kind, url in (("SQLite", f"sqlite:///{Path(folder) / 'belay.db'}"), ("PostgreSQL", postgres_url())):
            database = Database(url)
            measure(kind, database)
            database.close()


if __name__ == "__main__":
    main()
