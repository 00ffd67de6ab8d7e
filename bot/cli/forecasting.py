"""`belay forecast`: the baseline of each family in a table of family, month and units."""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.cli import on_one_line
from bot.clock import clock_for
from models.base.errors import Refused
from models.base.words import locale_of
from models.files.history import History, read_histories
from models.sheets.names import Known
from models.sop.baseline import Baseline, accuracy_unseen, baseline
from models.sop.baseline_words import accuracy_text, seen_text

MOST_MONTHS = 60


def forecast_file(arguments: argparse.Namespace) -> None:
    """Print the coming months of each family, with the bounds that eight of ten keep."""
    if not 1 <= arguments.months <= MOST_MONTHS:
        raise Refused(f"--months is from 1 to {MOST_MONTHS}.")
    known = Known([], {}, [], locale_of(arguments.locale), clock_for("").read().now.date())
    for history in read_histories(_bytes_of(arguments.history), arguments.history.name, known):
        left = history.without(_left_out(arguments.leave_out, history.family))
        units = [None if amount is None else float(amount) for amount in left.units]
        made = baseline(units, horizon=arguments.months)
        print(_as_json(left, made) if arguments.json else _for_a_person(left, made, accuracy_unseen(units)))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name}: cannot be read ({error.strerror}).") from error


def _left_out(marks: Sequence[str], family: str) -> list[date]:
    """The months that are marked for a family, or for all of them."""
    named = [mark.rpartition("=") for mark in marks]
    return [_month(month) for name, _, month in named if name in {"", family}]


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Refused(f"--leave-out is a month such as 2026-03, or Tents=2026-03, not {text}.") from None


def _as_json(history: History, made: Baseline) -> str:
    values, low, high = _amounts(history, made)
    answer = {
        "family": history.family,
        "method": made.method.value,
        "months": [f"{month:%Y-%m}" for month in history.months_ahead(len(values))],
        "values": values,
        "low": low,
        "high": high,
    }
    return json.dumps(answer, ensure_ascii=False)


def _for_a_person(history: History, made: Baseline, accuracy: float | None) -> str:
    values, low, high = _amounts(history, made)
    months = history.months_ahead(len(values))
    said = "; ".join(filter(None, (seen_text(made), accuracy_text(accuracy))))
    rows = [
        f"  {month:%Y-%m}  {units}  ({least} – {most})"
        for month, units, least, most in zip(months, values, low, high, strict=True)
    ]
    return "\n".join([on_one_line(f"{history.family}: {said}"), *rows])


def _amounts(history: History, made: Baseline) -> tuple[list[float], list[float], list[float]]:
    """Whole units of what is counted in whole units; else as finely as the history tells them."""
    if history.decimals == 0:
        low, high = made.unit_range()
        return list(made.units()), list(low), list(high)
    values, low_, high_ = (
        [round(units, history.decimals) for units in each] for each in (made.values, made.low, made.high)
    )
    return values, low_, high_
