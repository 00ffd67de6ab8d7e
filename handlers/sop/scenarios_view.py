"""What if, as views: the plan and its scenarios side by side, and the form of a new one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_compact_currency, format_decimal
from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
)
from slack_sdk.models.views import View

from handlers.slack.charts import aligned
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import actions, button, confirmation, fixed, line, modal, small
from handlers.sop.targets import CycleTarget, ScenarioTarget, TriedTarget
from models.base.arithmetic import half_up
from models.base.language import N_, _
from models.base.words import HasCurrency, month_text, share_text, whole_money_text
from models.sop.scenarios import MetAssumption
from models.sop.what_if import Outcome

MOST_NAME, LEAST_NAME, FEW = 14, 9, 3
NOTHING = "–"
MEANING = N_(
    "Waiting: what customers wait for at the worst, at its price. Service: what is shipped "
    "by the end, of all that is wanted. Mean stock is at cost. Fullest: the resource and "
    "month that are used most."
)
MOST_MET = 12


@dataclass(frozen=True)
class ShownScenario:
    """A scenario as it stands: what it changes in words, and what it comes to; `tried` where it is not kept yet."""

    name: str
    author: str
    assumption: str
    changes: Sequence[str]
    outcome: Outcome
    id: int = 0
    is_adopted: bool = False
    tried: TriedTarget | None = None


@dataclass(frozen=True)
class ShownScenarios:
    """The plan and its scenarios; `done` is what was just done.

    `is_adopting`: whether the reader may make one the plan, `sees_money`: whether they see costs.
    """

    cycle: int
    plan: Outcome
    scenarios: Sequence[ShownScenario]
    company: HasCurrency
    locale: Locale
    is_adopting: bool = False
    sees_money: bool = True
    keeps_stock: bool = True
    met: Sequence[MetAssumption] = ()
    done: str = ""


def scenarios_view(shown: ShownScenarios) -> View:
    """Side by side: gaps, service, money, stock and the fullest month; then each with what one can do."""
    blocks: list[Block] = [line((Bold(shown.done),))] if shown.done else []
    blocks.append(fixed(aligned(_table(shown))))
    blocks.append(small(_(MEANING)))
    if not shown.scenarios:
        blocks.append(line((_("No scenario yet. What if there were a second shift, or a customer less?"),)))
    for one in shown.scenarios:
        blocks.append(line(*_sentences(one)))
        blocks += actions(_buttons(one, shown))
    if shown.met:
        met = [_met(one, shown) for one in shown.met[:MOST_MET]]
        blocks.append(line((Bold(_("What last month’s scenarios assumed")),), *met))
    blocks += actions([button(Act.NEW_SCENARIO, _("New what-if…"), CycleTarget(cycle=shown.cycle), style="primary")])
    return modal(Callback.SCENARIOS, _("What if"), blocks, submit=None)


def _table(shown: ShownScenarios) -> list[list[str]]:
    outcomes = [shown.plan, *(one.outcome for one in shown.scenarios)]
    most = MOST_NAME if len(outcomes) <= FEW else LEAST_NAME
    clipped = [clip(one.name, most) for one in shown.scenarios]
    is_same = len(set(clipped)) < len(clipped)
    names = [_("plan"), *(clip(f"{n} {one.name}", most) for n, one in enumerate(shown.scenarios, 1))]
    names = names if is_same else [_("plan"), *clipped]
    rows = {
        _("gaps"): [str(len(outcome.gaps)) for outcome in outcomes],
        _("waiting"): [_money(shown, Fraction(outcome.waiting)) for outcome in outcomes],
        _("service"): [NOTHING if one.service is None else share_text(one.service) for one in outcomes],
        _("revenue"): [_money(shown, outcome.revenue) for outcome in outcomes],
        _("margin"): [_money(shown, outcome.margin) for outcome in outcomes],
        _("mean stock"): [_money(shown, outcome.inventory) for outcome in outcomes],
        _("fullest"): [NOTHING if one.utilisation is None else share_text(one.utilisation) for one in outcomes],
        _("  where"): [clip(one.fullest[0], most) if one.fullest else "" for one in outcomes],
        _("  when"): [_month(one.fullest[1], shown.locale) if one.fullest else "" for one in outcomes],
    }
    stock = _("mean stock")
    hidden = {*(() if shown.sees_money else (_("margin"), stock)), *(() if shown.keeps_stock else (stock,))}
    return [["", *names], *([name, *cells] for name, cells in rows.items() if name not in hidden)]


def _money(shown: ShownScenarios, amount: Fraction) -> str:
    """In full beside one other; of more, in as few characters as a column has."""
    if len(shown.scenarios) < FEW:
        return whole_money_text(shown.company, half_up(amount), shown.locale)
    value = Decimal(half_up(amount)).scaleb(-shown.company.places)
    return str(format_compact_currency(value, shown.company.currency, locale=shown.locale, fraction_digits=1))


def _month(month: date, locale: Locale) -> str:
    return str(format_skeleton("yyMMM", month, locale=locale))


def _sentences(one: ShownScenario) -> Iterator[Sentence]:
    assumed = f": {clip(one.assumption, 300)}" if one.assumption else ""
    adopted = _(" It is the plan now.") if one.is_adopted else ""
    yield (Bold(clip(one.name, 60)), f"{assumed} — {clip(one.author, 40)}.{adopted}")
    yield from ((f"     {clip(text, 200)}",) for text in one.changes)


def _met(one: MetAssumption, shown: ShownScenarios) -> Sentence:
    assumed = format_decimal(one.assumed, locale=shown.locale)
    came = (
        _("not known yet")
        if one.booked is None
        else _("{booked} booked", booked=format_decimal(one.booked, locale=shown.locale))
    )
    about = f"{clip(one.scenario, 60)}, {clip(one.family, 60)}"
    return (
        "•  ",
        Bold(about),
        _(
            ": {assumed} assumed for {month}, {came}",
            assumed=assumed,
            month=month_text(one.month, shown.locale),
            came=came,
        ),
    )


def _buttons(one: ShownScenario, shown: ShownScenarios) -> list[ButtonElement | None]:
    if one.tried is not None:
        return [button(Act.KEEP_SCENARIO, _("Keep it beside the plan"), one.tried, style="primary")]
    target = ScenarioTarget(cycle=shown.cycle, scenario=one.id)
    text = _("Its demand becomes the consensus, its supply the plan. Capacity, price and cost stay as they are kept.")
    sure = confirmation(_("Make it the plan?"), text, _("Make it the plan"))
    return [
        button(Act.ADOPT, _("Make it the plan…"), target, confirm=sure)
        if shown.is_adopting and not one.is_adopted
        else None,
        button(Act.DECIDE_SCENARIO, _("Decide…"), target),
        button(Act.DRAW_SCENARIO, _("Draw it"), target),
        button(Act.FORGET, _("Remove"), target),
    ]
