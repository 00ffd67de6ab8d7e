"""The form of both reviews: one family, its next months, the rest by a percentage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from slack_sdk.models.blocks import Block, ButtonElement, PlainTextInputElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, block_id
from handlers.slack.text import Sentence
from handlers.slack.view_parts import actions, button, field, line, modal
from handlers.sop.family_view import family_select
from handlers.sop.targets import CycleTarget, FileTarget, ReviewTarget
from models.base.language import _
from models.base.words import month_text


@dataclass(frozen=True)
class ReviewForm:
    """A family to answer for: its months as they are filled in, what is wanted of it, and what a person has typed.

    `agreeable` is how many families one click could agree to, `seen` when the answer that stands was given.
    """

    callback: Callback
    name: str
    cycle: int
    family: str
    months: Sequence[date]
    rows: Sequence[tuple[str, str, Sequence[int]]]
    sentences: Sequence[Sentence]
    reason: tuple[str, str, str]
    locale: Locale
    agreeable: int = 0
    revision: int = 0
    seen: str = ""
    demand: Sequence[int] = ()


def review_view(form: ReviewForm) -> View:
    """A family's next three months, the rest by a percentage, and why."""
    family = field(block_id("family", form.revision), _("Family"), family_select(Act.FAMILY, form.family), is_live=True)
    blocks: list[Block] = [line(*form.sentences), *actions(_buttons(form)), family]
    for name, label, units in form.rows:
        for number, month in enumerate(form.months[:3]):
            element = PlainTextInputElement(action_id=Act.EDIT, initial_value=str(units[number]), max_length=10)
            hint = _("Demand {demand}", demand=form.demand[number]) if form.demand else None
            of_month = f"{label}, {month_text(month, form.locale)}"
            blocks.append(field(block_id(f"{name}.{number}", form.revision), of_month, element, hint=hint))
    rest = PlainTextInputElement(action_id=Act.EDIT, initial_value="0", max_length=8)
    since = _("Change from {month} on, in %", month=month_text(form.months[3], form.locale))
    hint = _("Such as 10 or -5; 0 keeps them as they are.")
    blocks.append(field(block_id("rest", form.revision), since, rest, hint=hint))
    name, label, begun = form.reason
    why = PlainTextInputElement(action_id=Act.EDIT, initial_value=begun or None, max_length=500)
    blocks.append(field(block_id(name, form.revision), label, why, is_optional=True))
    target = ReviewTarget(cycle=form.cycle, revision=form.revision, seen=form.seen)
    title = f"{form.name}, {month_text(form.months[0], form.locale)}"
    return modal(form.callback, title, blocks, target=target, submit=_("Submit"))


def _buttons(form: ReviewForm) -> list[ButtonElement | None]:
    target = CycleTarget(cycle=form.cycle)
    agree = _("Agree to all {agreeable} as filled in", agreeable=form.agreeable)
    return [
        button(Act.AGREE_ALL, agree, target) if form.agreeable > 1 else None,
        button(Act.SHEET, _("All at once, by CSV…"), FileTarget(cycle=form.cycle, kind=form.callback)),
    ]
