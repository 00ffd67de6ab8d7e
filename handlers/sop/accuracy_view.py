"""How good forecasts were, in a window."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from babel import Locale
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.slack.charts import aligned
from handlers.slack.ids import Callback
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import fixed, line, modal
from models.base.arithmetic import half_up
from models.base.language import N_, _, at_the_head
from models.base.words import HasCurrency, decimal_text, share_text, signed_text, whole_money_text
from models.sop.accuracy import CHAIN
from models.sop.accuracy_report import AccuracyReport, AccuracyRow

NOTHING = "–"
MOST_ROWS = 30
AHEAD = {0: N_("for the same month"), 1: N_("one month ahead")}
EMPTY = N_(
    "No month has closed yet that a cycle forecast {ahead}: a forecast is compared once its "
    "month is over. Your own are compared with what you won; where bookings come from a "
    "file, nobody knows whose they were."
)
MEANING = N_(
    "What was frozen when the demand review closed, {ahead}, against what was sold. Accuracy "
    "is 100 % less the error; bias says how much too high (+) or too low (−). MASE below 1 "
    "is better than last year's numbers. Several families are weighed by the value of their "
    "units."
)


def _ahead(lag: int) -> str:
    return _(AHEAD[lag]) if lag in AHEAD else _("{lag} months ahead", lag=lag)


def accuracy_view(report: AccuracyReport, lag: int, company: HasCurrency, locale: Locale) -> View:
    """Accuracy and bias, what each step added, adherence; by name, nobody is ranked."""
    if report.is_empty:
        return modal(
            Callback.NOTICE,
            _("Forecast accuracy"),
            [line((_(EMPTY, ahead=_ahead(lag)),))],
            submit=None,
        )
    blocks: list[Block] = [line((_(MEANING, ahead=_ahead(lag)),))]
    if report.own:
        blocks += _table(_("Your own, against what you sold"), report.own)
    if report.families:
        blocks += _table(_("Families, against bookings"), report.families)
    if report.sellers:
        blocks += _table(_("Sellers, against what they sold"), report.sellers)
    sentences = [*_chain(report), *_money(report, company, locale)]
    if sentences:
        blocks.append(line(*sentences))
    return modal(Callback.NOTICE, _("Forecast accuracy"), blocks, submit=None)


def _table(heading: str, rows: Sequence[AccuracyRow]) -> list[Block]:
    has_mase = any(row.mase is not None for row in rows)
    cells = [["", _("months"), _("accuracy"), _("bias"), *(["MASE"] if has_mase else [])]]
    for row in rows[:MOST_ROWS]:
        mase = [NOTHING if row.mase is None else decimal_text(row.mase, 2)] if has_mase else []
        cells.append([clip(row.name, 28), str(row.months), _share(row.accuracy.accuracy), _signed(row), *mase])
    more = [line((_("And {count} more.", count=len(rows) - MOST_ROWS),))] if len(rows) > MOST_ROWS else []
    return [line((Bold(heading),)), fixed(aligned(cells)), *more]


def _chain(report: AccuracyReport) -> Iterator[Sentence]:
    for step in CHAIN:
        wape = report.wapes.get(step)
        if wape is None:
            continue
        added = report.added.get(step)
        compared = _(", {points} than the step before", points=_points(added)) if added is not None else ""
        yield ("•  ", Bold(at_the_head(_(step))), _(": error {share}{compared}", share=_share(wape), compared=compared))
    if report.adherence is not None:
        yield ("•  ", Bold(_("Plan adherence")), _(": {share} of the planned supply", share=_share(report.adherence)))


def _money(report: AccuracyReport, company: HasCurrency, locale: Locale) -> Iterator[Sentence]:
    """The signed plans in money against what came."""
    if report.money is None:
        return
    planned, came = report.money.planned, report.money.actual
    pairs = {_("Revenue"): (planned.revenue, came.revenue), _("Inventory"): (planned.inventory, came.inventory)}
    for name, (plan, actual) in pairs.items():
        texts = [whole_money_text(company, half_up(amount), locale) for amount in (plan, actual)]
        compared = f" ({signed_text(actual / plan - 1)})" if plan else ""
        yield (
            "•  ",
            Bold(name),
            _(
                ": {planned} in the signed plans, {came} came{compared}",
                planned=texts[0],
                came=texts[1],
                compared=compared,
            ),
        )


def _share(share: Fraction | None) -> str:
    return NOTHING if share is None else share_text(share)


def _signed(row: AccuracyRow) -> str:
    bias = row.accuracy.bias
    return NOTHING if bias is None else signed_text(bias)


def _points(share: Fraction) -> str:
    points = decimal_text(abs(share * 100), 1)
    return _("{points} points better", points=points) if share >= 0 else _("{points} points worse", points=points)
