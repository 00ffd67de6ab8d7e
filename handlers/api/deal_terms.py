"""From what a request brings to terms: offers by name, money with its decimals, days as weeks."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from handlers.api.given import GivenLine, GivenTerms
from models.base.arithmetic import monday
from models.base.errors import BadForm, Refused
from models.base.words import locale_of
from models.company.clauses import clauses_of
from models.company.offers import OfferRow, offered, offers_by_id
from models.deals.terms import TermLine, Terms
from models.policy.clauses import plain_value
from models.workspace.workspaces import Workspace

# Values travel in plain digits and ISO 8601.
PLAIN = locale_of("en-US")


def given_terms(workspace: Workspace, given: GivenTerms, note: str = "") -> Terms:
    """The terms of a request; every mistake is named by its field."""
    errors: dict[str, str] = {}
    offers = _offers(workspace, given)
    lines = list(_lines(workspace, given, offers, errors))
    clauses = dict(_clauses(workspace, given.terms, errors))
    if errors:
        raise BadForm(errors)
    return Terms(tuple(lines), note, clauses)


def _offers(workspace: Workspace, given: GivenTerms) -> Mapping[str, OfferRow]:
    """Those that are named, by their names in small letters."""
    # In Python: SQLite knows small letters of ASCII only.
    names = {line.offer.casefold() for line in given.lines}
    known = workspace.session.execute(select(OfferRow.id, OfferRow.name).where(*offered(workspace)))
    rows = offers_by_id(workspace, [row.id for row in known if row.name.casefold() in names])
    return {row.name.casefold(): row for row in rows.values()}


def _lines(
    workspace: Workspace, given: GivenTerms, offers: Mapping[str, OfferRow], errors: dict[str, str]
) -> Iterator[TermLine]:
    for number, line in enumerate(given.lines):
        offer = offers.get(line.offer.casefold())
        if offer is None:
            errors[f"lines.{number}.offer"] = f"There is no offer “{line.offer}”."
            continue
        try:
            yield TermLine(offer.id, line.quantity, _price(workspace, line, offer), monday(line.by))
        except Refused as refused:
            errors[f"lines.{number}.unit_price"] = refused.sentence
        except OverflowError:
            errors[f"lines.{number}.by"] = "That date is out of reach."


def _price(workspace: Workspace, line: GivenLine, offer: OfferRow) -> int:
    if line.unit_price is None:
        return offer.list_price
    minor = line.unit_price.scaleb(workspace.places)
    if minor != minor.to_integral_value():
        raise Refused(f"A price in {workspace.currency} has at most {workspace.places} decimals.")
    return int(minor)


def _clauses(workspace: Workspace, given: Mapping[str, str], errors: dict[str, str]) -> Iterator[tuple[str, str]]:
    known = {row.name.lower(): row for row in clauses_of(workspace)}
    for name, text in given.items():
        row = known.get(name.strip().lower())
        if row is None:
            errors[f"terms.{name}"] = f"Deals have no term “{name}”."
            continue
        try:
            yield str(row.id), plain_value(row.kind, text, PLAIN, choices=row.choices)
        except Refused as refused:
            errors[f"terms.{name}"] = refused.sentence
