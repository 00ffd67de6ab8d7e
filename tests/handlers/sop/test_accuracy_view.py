"""The accuracy report at its longest."""

from fractions import Fraction

from handlers.sop.accuracy_view import accuracy_view
from models.sop.accuracy import CHAIN, Accuracy
from models.sop.accuracy_report import AccuracyReport, AccuracyRow
from tests.handlers.large import long
from tests.handlers.shown import Slack
from tests.handlers.sop.test_page_view import MOST


def test_accuracy_of_a_hundred_families_and_thirty_sellers_is_accepted(slack: Slack) -> None:
    rows = tuple(
        AccuracyRow(long(200), 12, Accuracy(Fraction(MOST), Fraction(-MOST)), Fraction(MOST)) for _ in range(100)
    )
    shares = dict.fromkeys(CHAIN, Fraction(1, 3))
    slack.show(accuracy_view(AccuracyReport(rows, rows, rows[:30], shares, shares, Fraction(1, 3))))
    slack.show(accuracy_view(AccuracyReport()))
