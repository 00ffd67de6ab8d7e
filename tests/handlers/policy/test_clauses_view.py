"""The terms beyond the lines as views, with as many and as long ones as there may be; what was chosen comes back."""

import pytest
from babel import Locale

from handlers.policy.clauses_view import clause_view, clauses_view, read_clause
from handlers.policy.targets import ClauseTarget
from handlers.slack.forms import Filled
from models.company.clauses import MOST_CLAUSES, ClauseRow
from models.policy.clauses import ClauseKind, GivenClause
from tests.handlers.large import long
from tests.handlers.shown import Slack

GERMANY = Locale("de", "DE")
CHOICES = [long(75, str(n)) for n in range(20)]


def row(kind: ClauseKind, standard: str, choices: list[str] | None = None) -> ClauseRow:
    return ClauseRow(id=2**31 - 1, name=long(60), kind=kind, standard=standard, choices=choices or [])


def test_longest_terms_are_accepted(slack: Slack) -> None:
    longest = row(ClauseKind.CHOICE, CHOICES[0], CHOICES)
    rows = [
        ClauseRow(id=n + 1, name=longest.name, kind=longest.kind, standard=CHOICES[0], choices=CHOICES)
        for n in range(MOST_CLAUSES)
    ]
    slack.show(clauses_view(rows, GERMANY))
    slack.show(clauses_view([], GERMANY))
    for kind, standard in (
        (ClauseKind.CHOICE, CHOICES[0]),
        (ClauseKind.NUMBER, "123456.5"),
        (ClauseKind.DATE, "2027-12-31"),
        (ClauseKind.TEXT, long(300)),
    ):
        target = ClauseTarget(clause=1)
        slack.show(
            clause_view(target, row(kind, standard, CHOICES if kind is ClauseKind.CHOICE else []), kind, GERMANY)
        )
        slack.show(clause_view(ClauseTarget(), None, kind, GERMANY))


@pytest.mark.parametrize(
    ("kind", "typed", "given"),
    [
        (ClauseKind.CHOICE, {"choices": " a \n\nb\na"}, GivenClause("Warranty", ClauseKind.CHOICE, "a", ("a", "b"))),
        (ClauseKind.NUMBER, {"standard": "1.200,5"}, GivenClause("Warranty", ClauseKind.NUMBER, "1200.5")),
        (ClauseKind.TEXT, {}, GivenClause("Warranty", ClauseKind.TEXT)),
    ],
)
def test_what_was_filled_in_is_read(kind: ClauseKind, typed: dict[str, str], given: GivenClause) -> None:
    assert read_clause(Filled({"name": "Warranty", **typed}, {}, {}), None, kind, GERMANY) == given
