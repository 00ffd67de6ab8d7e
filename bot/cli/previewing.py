"""`belay preview`: how a table would be read, against a company from a file."""

import argparse
import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale

from bot.clock import clock_for
from models.base.errors import Refused
from models.base.words import company_locale, locale_of
from models.files import read_company
from models.promise import Company
from models.sheets.fields import SHAPES, Kind
from models.sheets.names import Known
from models.sheets.preview import Preview, TableFile, preview
from models.sheets.questions import LEAVE_OUT


def preview_file(arguments: argparse.Namespace) -> None:
    """Print how a file would be read; nothing is taken over."""
    company = read_company(arguments.company).company
    kind = Kind(arguments.kind)
    if arguments.measure and arguments.measure not in SHAPES[kind].amounts:
        raise Refused(f"Of {kind}, what is measured is {', '.join(SHAPES[kind].amounts) or 'nothing'}.")
    today = arguments.today or clock_for("").read().now.astimezone(ZoneInfo(company.timezone)).date()
    locale = locale_of(arguments.locale) if arguments.locale else company_locale(company.country)
    file = TableFile.open(_bytes_of(arguments.file), arguments.file.name)
    read = preview(file, kind, known_of(company, locale, today), measure=arguments.measure)
    print(_as_json(read) if arguments.json else _for_a_person(read))


def known_of(company: Company, locale: Locale, today: date) -> Known:
    """What the file of a company says for reading tables."""
    offers = {offer.name: offer.family for offer in company.offers.values()}
    units = {offer.unit for offer in company.offers.values()} | {each.unit for each in company.resources.values()}
    return Known(sorted(set(offers.values())), offers, list(company.resources), locale, today, sorted(units))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name}: cannot be read ({error.strerror}).") from error


def _as_json(read: Preview) -> str:
    answer = {
        "rows": [dict(row) for row in read.rows],
        "columns": dict(read.columns),
        "left_out": [{"row": left.row, "why": left.why} for left in read.left_out],
        "questions": [question.sentence for question in read.questions],
    }
    return json.dumps(answer, ensure_ascii=False)


def _for_a_person(read: Preview) -> str:
    lines = [f"{title}: {field or 'not read'}" for title, field in read.columns.items()]
    lines += [" · ".join(row.values()) for row in read.rows]
    lines += [f"row {left.row} is left out: {left.why}" for left in read.left_out]
    lines += list(read.notes)
    for question in read.questions:
        options = [text for value, text in question.options.items() if value != LEAVE_OUT]
        lines.append(f"? {question.sentence}" + (f" ({' / '.join(options)})" if options else ""))
    return "\n".join(lines)
