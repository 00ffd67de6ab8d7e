"""The form of a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, block_id
from handlers.slack.text import clip
from handlers.slack.view_parts import field, line, modal
from handlers.sop.family_view import family_select
from handlers.sop.targets import DecisionTarget
from models.base.language import _
from models.base.words import month_text

MOST_WAYS = 10


@dataclass(frozen=True)
class DecideForm:
    """A decision as it is typed: its family and month, the gap there, and the ways out of it in words.

    `origin` is the window below, which shows the decision afterwards; `place` is a number of the family and month, so
    that what was chosen for one is not taken for another's. A way out that fills in the text makes a new revision.
    """

    cycle: int
    months: Sequence[date]
    locale: Locale
    family: str = ""
    month: date | None = None
    gap: str = ""
    ways: Sequence[tuple[str, str]] = ()
    place: int = 0
    text: str = ""
    origin: str = ""
    revision: int = 0


def decide_view(form: DecideForm) -> View:
    """What was decided, who sees to it, by when; a way out of the gap may fill in the text."""
    target = DecisionTarget(cycle=form.cycle, origin=form.origin, revision=form.revision)
    months = [Option(text=month_text(month, form.locale), value=month.isoformat()) for month in form.months]
    chosen = next((option for option in months if form.month and option.value == form.month.isoformat()), None)
    month = StaticSelectElement(action_id=Act.DECIDING, options=months, initial_option=chosen)
    text = PlainTextInputElement(action_id=Act.EDIT, multiline=True, max_length=1000, initial_value=form.text or None)
    blocks: list[Block] = [
        field("family", _("Family"), family_select(Act.DECIDING, form.family), is_live=True),
        field("month", _("Month"), month, is_live=True, is_optional=True),
    ]
    if form.ways:
        options = [
            Option(text=clip(done, 75), value=str(number), description=clip(cost, 75))
            for number, (done, cost) in enumerate(form.ways[:MOST_WAYS])
        ]
        radio = RadioButtonsElement(action_id=Act.WAY_OUT, options=options)
        blocks.append(field(block_id("way", form.place), form.gap, radio, is_live=True, is_optional=True))
    elif form.gap:
        blocks.append(line((form.gap,)))
    blocks += [
        field(block_id("text", form.revision), _("What was decided"), text),
        field("owner", _("Who sees to it"), UserSelectElement(action_id=Act.EDIT)),
        field("due", _("By when"), DatePickerElement(action_id=Act.EDIT)),
    ]
    return modal(Callback.DECIDE, _("Decide"), blocks, target=target, submit=_("Record"))
