"""How families begin and end, as a form."""

from datetime import date
from decimal import Decimal

from handlers.sop.launches_view import LifeForm, launches_view
from models.base.months import months_from
from models.base.words import company_locale
from models.sop.launches import FamilyLife
from tests.handlers.large import long
from tests.handlers.shown import Slack

US = company_locale("US")


def test_a_hundred_launches_are_accepted(slack: Slack) -> None:
    row = FamilyLife(family="", like=long(200), level=Decimal("99.9"), since=date(2027, 1, 1), ramp=24)
    row.ends = date(2031, 1, 1)
    months = months_from(date(2026, 12, 1), 18)
    slack.show(launches_view(LifeForm({long(200, f"{n}"): row for n in range(100)}, months, US, long(200, "3"))))
    slack.show(launches_view(LifeForm({}, months, US)))
