"""The accuracy report at its longest."""

from fractions import Fraction

from babel import Locale

from handlers.sop.accuracy_view import accuracy_view
from models.base.words import Coinage
from models.sop.accuracy import CHAIN, Accuracy
from models.sop.accuracy_report import AccuracyReport, AccuracyRow
from models.sop.money import Money, MoneyReport
from tests.handlers.large import long
from tests.handlers.shown import Slack
from tests.handlers.sop.test_page_view import MOST


def test_accuracy_of_a_hundred_families_and_thirty_sellers_is_accepted(slack: Slack) -> None:
    rows = tuple(
        AccuracyRow(long(200), 12, Accuracy(Fraction(MOST), Fraction(-MOST)), Fraction(MOST)) for _ in range(100)
    )
    shares = dict.fromkeys(CHAIN, Fraction(1, 3))
    money = MoneyReport(12, Money(Fraction(MOST), Fraction(MOST), Fraction(MOST)), Money())
    report = AccuracyReport(rows, rows, rows[:30], shares, shares, Fraction(1, 3), money)
    slack.show(accuracy_view(report, 1, Coinage("USD", 2), Locale("en", "US")))
    slack.show(accuracy_view(AccuracyReport(), 1, Coinage("USD", 2), Locale("en", "US")))
