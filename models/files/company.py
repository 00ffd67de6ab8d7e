"""A company's file: section 2 of the promise's specification."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from iso4217 import Currency

from models.base.arithmetic import monday
from models.base.countries import is_known
from models.base.language import _
from models.files.clauses import read_clause
from models.files.reading import BadFile, Table
from models.files.rules import read_rule
from models.policy.clauses import GivenClause
from models.policy.rules import Rule
from models.promise.facts import Company, Kind, Need, Offer, Resource, WeekException

MOST_WEEKS, MOST_AHEAD = 520, 26
T = TypeVar("T")


@dataclass(frozen=True)
class GivenCommitment:
    """Load that is there already, from anywhere; `quantity` in thousandths."""

    ref: str
    resource: str
    week: date
    quantity: int
    note: str | None


@dataclass(frozen=True)
class GivenCustomer:
    """A customer whom the company knows; an owner is somebody's name in Slack."""

    name: str
    tier: str | None = None
    owner: str | None = None
    external_id: str | None = None


@dataclass(frozen=True)
class CompanyFile:
    """A company as its file tells; the load of its resources is the file's commitments.

    `rules` are who must agree to deals; None where the file does not say. `clauses` are terms beyond the lines.
    """

    company: Company
    commitments: tuple[GivenCommitment, ...]
    customers: tuple[GivenCustomer, ...] = ()
    rules: tuple[Rule, ...] | None = None
    clauses: tuple[GivenClause, ...] = ()


def read_company(path: Path) -> CompanyFile:
    """Read a company from TOML; nothing is guessed, and the first thing wrong is the error."""
    try:
        return read_company_text(path.read_bytes(), path.name)
    except OSError as error:
        raise BadFile(_("{name}: cannot be read ({strerror}).", name=path.name, strerror=error.strerror)) from error


def read_company_text(data: bytes, name: str) -> CompanyFile:
    """As `read_company`, from what stands in a file."""
    return company_in(_parse(data, name), name)


def company_in(document: Mapping[str, Any], name: str) -> CompanyFile:
    """The company that a document holds; `name` is what its errors call it."""
    top = Table(name, "", document)
    if not isinstance(top.data.get("company"), dict):
        raise BadFile(_("{name}: the table [company] is missing.", name=name))
    top.asked.add("company")
    head = Table(name, "company", top.data["company"])
    company = _company(head)
    resources = _by_name(
        top, "resources", [_resource(t, company.places) for t in top.tables("resources", named="name")]
    )
    company = replace(company, resources=resources)
    offers = _by_name(top, "offers", [_offer(t, company) for t in top.tables("offers", named="name")])
    _check_substitutes(name, offers)
    commitments = tuple(_commitment(t, resources) for t in top.tables("commitments", named="ref"))
    _check_twice(name, commitments)
    known = _by_name(top, "customers", [_customer(t) for t in top.tables("customers", named="name")])
    rules = tuple(read_rule(t, company.places) for t in top.tables("rules")) if "rules" in top.data else None
    top.asked.add("rules")
    clauses = _by_name(top, "terms", [read_clause(t) for t in top.tables("terms", named="name")])
    top.close()
    loaded = replace(company, resources=_loaded(resources, commitments), offers=offers)
    return CompanyFile(loaded, commitments, tuple(known.values()), rules, tuple(clauses.values()))


def _parse(data: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode(), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise BadFile(_("{name}: should be UTF-8 text.", name=name)) from error
    except (tomllib.TOMLDecodeError, ValueError, ArithmeticError) as error:
        raise BadFile(_("{name}: is not TOML: {one_line}", name=name, one_line=_one_line(error))) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or _("a number could not be read")


def _company(table: Table) -> Company:
    company = Company(
        name=table.text("name"),
        currency=table.text("currency"),
        places=_places(table),
        timezone=_timezone(table),
        country=_country(table),
        horizon_weeks=table.whole("horizon_weeks", 26, most=MOST_WEEKS),
        margin_floor=table.share("margin_floor", 0, below_one=True),
        late_cost=table.share("late_cost", Decimal("0.02")),
        tight_at=table.share("tight_at", Decimal("0.90")),
        max_deliveries=table.whole("max_deliveries", 3, least=1),
        hold_days=table.whole("hold_days", 5, most=365),
        keeps_stock=table.flag("keeps_stock", default=True),
        resources={},
        offers={},
    )
    table.close()
    return company


def _places(table: Table) -> int:
    code = table.text("currency")
    try:
        exponent = Currency(code).exponent
    except ValueError:
        exponent = None
    if exponent is None:
        table.refuse("currency", _('a currency of ISO 4217 such as "USD"'), code)
    return exponent


def _timezone(table: Table) -> str:
    name: str = table.text("timezone", "UTC")
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        table.refuse("timezone", _('a time zone such as "America/Denver"'), name)
    return name


def _country(table: Table) -> str | None:
    code: str | None = table.text("country", None)
    if code is not None and not is_known(code):
        table.refuse("country", _('a country of ISO 3166 such as "US"'), code)
    return code


def _resource(table: Table, places: int) -> Resource:
    name, kind = table.text("name"), Kind(table.one_of("kind", ("time", "stock")))
    base = Resource(name=name, kind=kind, unit=table.text("unit"))
    if kind is Kind.TIME:
        exceptions = [_exception(t) for t in table.tables("weeks", named="week")]
        base = replace(
            base,
            weekly=table.amount("weekly", 0),
            overtime=table.amount("overtime", 0),
            overtime_cost=table.money("overtime_cost", places, 0),
            member=table.text("member", None),
            exceptions=dict(exceptions),
        )
        for week, times in Counter(week for week, _ in exceptions).items():
            if times > 1:
                raise BadFile(
                    _(
                        "{file}: {place}: the week {week} has two exceptions in weeks.",
                        file=table.file,
                        place=table.place,
                        week=week,
                    )
                )
    else:
        base = replace(
            base,
            on_hand=table.amount("on_hand", 0),
            as_of=table.day("as_of", None),
            receipts=_sum([_receipt(t) for t in table.tables("receipts", named="week")]),
        )
    table.close()
    return base


def _exception(table: Table) -> tuple[date, WeekException]:
    week = monday(table.day("week"))
    given = {key: table.amount(key) if key in table.data else None for key in ("available", "overtime")}
    exception = WeekException(**given, reason=table.text("reason", None))
    table.asked |= set(given)
    table.close()
    return week, exception


def _receipt(table: Table) -> tuple[date, int]:
    receipt = monday(table.day("week")), table.amount("quantity")
    table.close()
    return receipt


def _offer(table: Table, company: Company) -> Offer:
    offer = Offer(
        name=table.text("name"),
        family=table.text("family"),
        unit=table.text("unit"),
        list_price=table.money("list_price", company.places),
        unit_cost=table.money("unit_cost", company.places),
        standard=table.flag("standard", default=True),
        max_discount=table.share("max_discount", 0),
        lead_weeks=table.whole("lead_weeks", 0, most=MOST_WEEKS),
        min_lot=table.whole("min_lot", 1, least=1),
        margin_floor=table.share("margin_floor", company.margin_floor, below_one=True),
        substitutes=table.texts("substitutes"),
        needs=tuple(_need(t, company) for t in table.tables("needs", named="resource")),
    )
    if offer.max_discount > 1:
        table.refuse("max_discount", _("a share from 0 to 1"), offer.max_discount)
    table.close()
    return offer


def _need(table: Table, company: Company) -> Need:
    any_of = table.texts("any_of")
    need = Need(
        resource=any_of[0] if any_of else table.text("resource"),
        offset=table.whole("offset", 0, least=-MOST_WEEKS, most=MOST_WEEKS),
        weeks=table.whole("weeks", 1, least=1, most=MOST_WEEKS),
        per_unit=table.amount("per_unit", 0),
        fixed=table.amount("fixed", 0),
        ahead=table.whole("ahead", 0, most=MOST_AHEAD),
        any_of=any_of,
    )
    key = "any_of" if any_of else "resource"
    for name in need.resources:
        if name not in company.resources:
            table.refuse(key, _("the name of a resource"), name)
    known = [company.resources[name] for name in need.resources]
    if any_of and (len(set(any_of)) < len(any_of) or len({one.unit for one in known}) > 1):
        table.refuse("any_of", _("different resources of one unit"), ", ".join(any_of))
    for name, is_given in (("any_of", bool(any_of)), ("ahead", need.ahead > 0)):
        if is_given and any(one.kind is Kind.STOCK for one in known):
            table.refuse(name, _("for resources of time"), ", ".join(need.resources))
    table.close()
    return need


def _commitment(table: Table, resources: dict[str, Resource]) -> GivenCommitment:
    given = GivenCommitment(
        ref=table.text("ref"),
        resource=table.text("resource"),
        week=monday(table.day("week")),
        quantity=table.amount("quantity"),
        note=table.text("note", None),
    )
    if given.resource not in resources:
        table.refuse("resource", _("the name of a resource"), given.resource)
    table.close()
    return given


def _customer(table: Table) -> GivenCustomer:
    given = GivenCustomer(
        name=table.text("name"),
        tier=table.text("tier", None),
        owner=table.text("owner", None),
        external_id=table.text("external_id", None),
    )
    table.close()
    return given


def _by_name(top: Table, key: str, rows: list[Any]) -> dict[str, Any]:
    for name, times in Counter(row.name for row in rows).items():
        if times > 1:
            raise BadFile(
                _(
                    "{file}: {key}: the name “{name}” stands {times} times; a name must be unique.",
                    file=top.file,
                    key=key,
                    name=name,
                    times=times,
                )
            )
    return {row.name: row for row in rows}


def _check_substitutes(file: str, offers: dict[str, Offer]) -> None:
    for offer in offers.values():
        for name in offer.substitutes:
            if name not in offers or name == offer.name or offer.substitutes.count(name) > 1:
                raise BadFile(
                    _(
                        "{file}: offers ({name}): substitutes should be names of other offers, not “{name_2}”.",
                        file=file,
                        name=offer.name,
                        name_2=name,
                    )
                )


def _check_twice(file: str, commitments: tuple[GivenCommitment, ...]) -> None:
    for (ref, resource, week), times in Counter((c.ref, c.resource, c.week) for c in commitments).items():
        if times > 1:
            raise BadFile(
                _(
                    "{file}: commitments ({ref}): {resource} in the week {week} stands {times} times.",
                    file=file,
                    ref=ref,
                    resource=resource,
                    week=week,
                    times=times,
                )
            )


def _loaded(resources: dict[str, Resource], commitments: tuple[GivenCommitment, ...]) -> dict[str, Resource]:
    load: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for given in commitments:
        load[given.resource].append((given.week, given.quantity))
    return {name: replace(resource, load=_sum(load[name])) for name, resource in resources.items()}


def _sum(entries: list[tuple[date, int]]) -> dict[date, int]:
    total: defaultdict[date, int] = defaultdict(int)
    for week, quantity in entries:
        total[week] += quantity
    return dict(total)
