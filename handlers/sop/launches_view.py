"""How families begin and end, as a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.numbers import format_decimal
from slack_sdk.models.blocks import Block, Option, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target, block_id
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import field, line, modal
from handlers.sop.family_view import family_select
from models.base.language import _
from models.base.words import month_text
from models.sop.launches import FamilyLife

MOST_LISTED = 40


@dataclass(frozen=True)
class LifeForm:
    """The families that begin or end, the months to choose from, and the family that is chosen."""

    lives: Mapping[str, FamilyLife]
    months: Sequence[date]
    locale: Locale
    family: str = ""
    revision: int = 0


def launches_view(form: LifeForm) -> View:
    """Like which family, from which month, at which level, ramped over how long; and the last month."""
    named: list[Sentence] = [
        (Bold(clip(name, 60)), f": {_life_text(row, form.locale)}") for name, row in list(form.lives.items())
    ]
    nothing: list[Sentence] = [(_("No family begins or ends. A new one can sell like one that you know."),)]
    row = form.lives.get(form.family)
    revision = form.revision

    def typed(text: str) -> PlainTextInputElement:
        return PlainTextInputElement(action_id=Act.EDIT, initial_value=text, max_length=8)

    blocks: list[Block] = [
        line(*(named[:MOST_LISTED] or nothing)),
        field(block_id("family", revision), _("Family"), family_select(Act.BEGINNING, form.family), is_live=True),
        field(
            block_id("like", revision),
            _("Sells like"),
            family_select(Act.LIKE, row.like or "" if row else ""),
            is_optional=True,
        ),
        field(block_id("since", revision), _("From month"), _month(form, row.since if row else None), is_optional=True),
        field(
            block_id("level", revision),
            _("At how many % of it"),
            typed(format_decimal(row.level if row else 100, locale=form.locale)),
        ),
        field(block_id("ramp", revision), _("Months until it is there"), typed(str(row.ramp if row else 0))),
        field(block_id("ends", revision), _("Last month"), _month(form, row.ends if row else None), is_optional=True),
    ]
    return modal(Callback.LAUNCHES, _("Launches and ends"), blocks, target=Target(revision=revision), submit=_("Save"))


def _month(form: LifeForm, chosen: date | None) -> StaticSelectElement:
    months = sorted({*form.months, *([chosen] if chosen else [])})
    options = [Option(text=month_text(month, form.locale), value=month.isoformat()) for month in months]
    initial = next((option for option in options if chosen and option.value == chosen.isoformat()), None)
    return StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=initial)


def _life_text(row: FamilyLife, locale: Locale) -> str:
    parts = []
    if row.like and row.since:
        level = format_decimal(row.level, locale=locale)
        parts.append(
            _(
                "like {like} at {level} % from {month}",
                like=clip(row.like, 60),
                level=level,
                month=month_text(row.since, locale),
            )
        )
    parts += [_("ends in {month}", month=month_text(row.ends, locale))] if row.ends else []
    return ", ".join(parts) or _("as its history says")
