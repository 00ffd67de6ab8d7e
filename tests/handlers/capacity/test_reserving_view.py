"""The view of reserves with as many as there may be, and the longest of everything."""

from datetime import date

from sqlalchemy import select

from handlers.capacity.reserving_view import ReserveForm, reserve_view
from models.base.words import company_locale
from models.company.reserves import ReserveRow
from models.company.resources import ResourceRow
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack

WEEK = date(2027, 1, 4)


def test_many_reserves_with_the_longest_names_are_accepted(large: Large, slack: Slack) -> None:
    session = large.world.session
    with session.no_autoflush:
        resource = max(session.scalars(select(ResourceRow)), key=lambda row: len(row.name))
        rows = [ReserveRow(id=n + 1, first_week=WEEK, last_week=WEEK, quantity=10**15) for n in range(60)]
        for row in rows:
            row.tier, row.until, row.resource = long(40), WEEK, resource
        form = ReserveForm(rows, [f"{long(36)}{n}" for n in range(150)], company_locale("US"), resource)
        slack.show(reserve_view(form))
        slack.show(reserve_view(ReserveForm([], [], company_locale("US"))))
