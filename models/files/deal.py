"""A deal's file: section 3 of the promise's specification."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.base.arithmetic import monday
from models.base.language import _
from models.files.reading import BadFile, Table
from models.promise.facts import Company, Deal, Line


def read_deal(path: Path, company: Company) -> Deal:
    """Read a deal from JSON, against the offers and the currency of its company."""
    table = Table(path.name, "", _parse(path), plain_strings=True)
    deal = Deal(
        customer=table.text("customer"),
        today=table.day("today"),
        lines=tuple(_line(t, company) for t in table.tables("lines")),
    )
    if "lines" not in table.data:
        raise BadFile(_("{name}: lines is missing.", name=path.name))
    table.close()
    _check_lines(path.name, deal)
    _check_counted(path.name, deal, company)
    return deal


def _parse(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(
            path.read_text(encoding="utf-8"),
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_no_key_twice,
        )
    except OSError as error:
        raise BadFile(_("{name}: cannot be read ({strerror}).", name=path.name, strerror=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise BadFile(_("{name}: should be UTF-8 text.", name=path.name)) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BadFile(_("{name}: is not JSON: {split}", name=path.name, split=" ".join(str(error).split()))) from error
    if not isinstance(data, dict):
        raise BadFile(_("{name}: should be one JSON object.", name=path.name))
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise ValueError(f"the key “{twice}” stands twice")
    return table


def _line(table: Table, company: Company) -> Line:
    line = Line(
        offer=table.text("offer"),
        quantity=table.whole("quantity", least=1),
        unit_price=table.money("unit_price", company.places),
        week=monday(table.day("week")),
    )
    if line.offer not in company.offers:
        table.refuse("offer", _("the name of an offer"), line.offer)
    table.close()
    return line


def _check_lines(file: str, deal: Deal) -> None:
    if not deal.lines:
        raise BadFile(_("{file}: lines should hold at least one line.", file=file))
    seen = set()
    for number, line in enumerate(deal.lines, 1):
        if line.week < deal.first_week:
            raise BadFile(
                _(
                    "{file}: lines {number}: week should be in or after the week {first_week}, not {week}.",
                    file=file,
                    number=number,
                    first_week=deal.first_week,
                    week=line.week,
                )
            )
        if (line.offer, line.week) in seen:
            raise BadFile(
                _(
                    "{file}: lines {number}: one line for an offer in a week: {offer} stands twice in {week}.",
                    file=file,
                    number=number,
                    offer=line.offer,
                    week=line.week,
                )
            )
        seen.add((line.offer, line.week))


def _check_counted(file: str, deal: Deal, company: Company) -> None:
    for resource in company.resources.values():
        if resource.as_of and resource.as_of > deal.today:
            raise BadFile(
                _(
                    "{file}: today should not be before {as_of}, when {name} was counted (as_of).",
                    file=file,
                    as_of=resource.as_of,
                    name=resource.name,
                )
            )
