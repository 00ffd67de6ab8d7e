"""The form of both reviews: one family, its next months, the rest by a percentage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from slack_sdk.models.blocks import Block, PlainTextInputElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target, block_id
from handlers.slack.text import Sentence
from handlers.slack.view_parts import actions, button, field, line, modal
from handlers.sop.family_view import family_select
from models.base.words import month_text


@dataclass(frozen=True)
class ReviewForm:
    """A family to answer for: its months as they are filled in, what is wanted of it, and what a person has typed.

    `seen` is when the answer that stands was given.
    """

    callback: Callback
    cycle: int
    family: str
    months: Sequence[date]
    rows: Sequence[tuple[str, str, Sequence[int]]]
    told: Sequence[Sentence]
    reason: tuple[str, str, str]
    left: int
    locale: Locale
    revision: int = 0
    seen: str = ""
    demand: Sequence[int] = ()


def review_view(form: ReviewForm) -> View:
    """A family's next three months, the rest by a percentage, and why."""
    target = Target(cycle=form.cycle, revision=form.revision, said=form.seen)
    family = field(block_id("family", form.revision), "Family", family_select(Act.FAMILY, form.family), is_live=True)
    blocks: list[Block] = [line(*form.told), family]
    for name, label, units in form.rows:
        for number, month in enumerate(form.months[:3]):
            element = PlainTextInputElement(action_id=Act.EDIT, initial_value=str(units[number]), max_length=10)
            said = f"{label}, {month_text(month, form.locale)}"
            hint = f"Demand {form.demand[number]}" if form.demand else None
            blocks.append(field(block_id(f"{name}.{number}", form.revision), said, element, hint=hint))
    rest = PlainTextInputElement(action_id=Act.EDIT, initial_value="0", max_length=8)
    hint = "Such as 10 or -5; 0 keeps them as they are."
    blocks.append(
        field(
            block_id("rest", form.revision),
            f"Change from {month_text(form.months[3], form.locale)} on, in %",
            rest,
            hint=hint,
        )
    )
    name, label, begun = form.reason
    why = PlainTextInputElement(action_id=Act.EDIT, initial_value=begun or None, max_length=500)
    blocks.append(field(block_id(name, form.revision), label, why, is_optional=True))
    kind = "Forecast" if form.callback is Callback.FORECAST else "Supply"
    title = f"{kind}, {month_text(form.months[0], form.locale)}"
    many = form.left > 1 and form.callback is Callback.FORECAST
    agree = button(Act.AGREE_ALL, f"Agree to all {form.left} as filled in", Target(cycle=form.cycle)) if many else None
    sheet = button(Act.SHEET, "All at once, by CSV…", Target(cycle=form.cycle, kind=form.callback))
    blocks[1:1] = actions([agree, sheet])
    return modal(form.callback, title, blocks, target=target, submit="Submit")
