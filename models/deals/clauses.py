"""The terms of a deal beyond its lines: complete in each version, and where they depart from the standard."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from models.base.words import company_locale
from models.company.clauses import ClauseRow, all_clauses, clauses_of
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.policy.clauses import ClauseKind, value_words
from models.workspace.workspaces import Workspace

Values = Mapping[str, str]


@dataclass(frozen=True)
class ClauseField:
    """A clause to be filled in: what it is, what is standard, and what stands there."""

    id: str
    name: str
    kind: ClauseKind
    choices: tuple[str, ...]
    standard: str
    value: str


@dataclass(frozen=True)
class Departure:
    """A clause that is not as it is by standard, in words; `value` is plain."""

    name: str
    value: str
    said: str
    standard: str


@dataclass(frozen=True)
class ClauseChange:
    """A clause that another version has otherwise, in words."""

    name: str
    before: str
    after: str


def clause_fields(workspace: Workspace, present: Proposal | None) -> tuple[ClauseField, ...]:
    """The clauses of a deal with what they are now; of a new one, the standard."""
    known: Values = present.clauses if present else {}
    return tuple(
        ClauseField(str(row.id), row.name, row.kind, tuple(row.choices), row.standard, _value(row, known))
        for row in clauses_of(workspace)
    )


def complete_clauses(workspace: Workspace, given: Values, present: Proposal | None) -> dict[str, str]:
    """Every clause with its value: as given, else as it stands, else as it is by standard."""
    known: Values = present.clauses if present else {}
    return dict(known) | {str(row.id): given.get(str(row.id), _value(row, known)) for row in clauses_of(workspace)}


def departures(clauses: Sequence[ClauseRow], values: Values, locale: Locale) -> tuple[Departure, ...]:
    """Where values are not the standard of today; a deal from before a clause was defined does not depart from it.

    `clauses` are all, because a deal keeps those that are retired.
    """
    return tuple(
        Departure(row.name, value, value_words(row.kind, value, locale), value_words(row.kind, row.standard, locale))
        for row in clauses
        if (value := values.get(str(row.id), row.standard)) != row.standard
    )


def departures_of(workspace: Workspace, values: Values) -> tuple[Departure, ...]:
    """As `departures`, in the company's language."""
    return departures(all_clauses(workspace), values, company_locale(workspace.country))


def changes_of_clauses(deal: Deal, clauses: Sequence[ClauseRow], locale: Locale) -> tuple[ClauseChange, ...]:
    """What the present proposal changes against the one before it."""
    earlier = [proposal for proposal in deal.proposals if proposal.version < deal.proposal.version]
    return tuple(clause_changes(clauses, earlier[-1].clauses, deal.proposal.clauses, locale)) if earlier else ()


def clause_changes(
    clauses: Sequence[ClauseRow], before: Values, after: Values, locale: Locale
) -> Iterator[ClauseChange]:
    """The clauses whose values differ; one that a version does not have was standard in it."""
    for row in clauses:
        was, now = (values.get(str(row.id), row.standard) for values in (before, after))
        if was != now:
            yield ClauseChange(row.name, value_words(row.kind, was, locale), value_words(row.kind, now, locale))


def _value(row: ClauseRow, known: Values) -> str:
    return known.get(str(row.id), row.standard)
