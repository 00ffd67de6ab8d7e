"""The form of the consensus: what sales believe of a family, and the demand that was agreed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from slack_sdk.models.blocks import Block, Option, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View

from handlers.slack.charts import aligned
from handlers.slack.ids import Act, Callback, block_id
from handlers.slack.text import Bold
from handlers.slack.view_parts import field, fixed, line, modal
from handlers.sop.family_view import family_select
from handlers.sop.targets import CycleTarget
from models.base.language import _
from models.base.words import month_text

MOST_SHOWN = 12
NOTHING = "–"


@dataclass(frozen=True)
class ConsensusForm:
    """A family's demand by month: the baseline, what sales believe, what was agreed on (None: nothing); and why."""

    cycle: int
    months: Sequence[date]
    locale: Locale
    family: str = ""
    baseline: Sequence[int] = ()
    sales: Sequence[int] = ()
    agreed: Sequence[int | None] = ()
    reason: str = ""
    revision: int = 0
    done: str = ""


def consensus_view(form: ConsensusForm) -> View:
    """Which family, from which month to which, how many units a month, and why."""
    options = [Option(text=month_text(month, form.locale), value=month.isoformat()) for month in form.months]
    family = field("family", _("Family"), family_select(Act.AGREEING, form.family), is_live=True)
    blocks: list[Block] = [line((Bold(form.done),)), family] if form.done else [family]
    if form.sales:
        blocks.append(fixed(aligned(_table(form))))
    first = StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=options[0])
    last = StaticSelectElement(action_id=Act.EDIT, options=options)
    units = PlainTextInputElement(action_id=Act.EDIT, max_length=20)
    why = PlainTextInputElement(action_id=Act.EDIT, initial_value=form.reason or None, max_length=500)
    hint = _("Such as 120, or a change of what sales believe, such as +10% or -5%. Empty: what sales believe.")
    blocks += [
        field(block_id("first", form.revision), _("From month"), first),
        field(
            block_id("last", form.revision), _("To month"), last, is_optional=True, hint=_("Empty: this month only.")
        ),
        field(block_id("units", form.revision), _("Units a month"), units, is_optional=True, hint=hint),
        field(block_id("reason", form.revision), _("Why"), why),
    ]
    target = CycleTarget(cycle=form.cycle, revision=form.revision)
    return modal(Callback.AGREE, _("Agree on demand"), blocks, target=target, submit=_("Agree"))


def _table(form: ConsensusForm) -> list[list[str]]:
    """The next months across four columns."""
    rows = [["", _("baseline"), _("sales"), _("agreed")]]
    for month, *units in list(zip(form.months, form.baseline, form.sales, form.agreed, strict=True))[:MOST_SHOWN]:
        name = str(format_skeleton("yyMMM", month, locale=form.locale))
        rows.append([name, *(NOTHING if n is None else format_decimal(n, locale=form.locale) for n in units)])
    return rows
