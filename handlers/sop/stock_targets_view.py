"""Targets for stock as a form."""

from collections.abc import Mapping
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from slack_sdk.models.blocks import Block, PlainTextInputElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target, block_id
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import field, line, modal
from handlers.sop.family_view import family_select
from models.base.language import N_, _
from models.sop.rows import StockTarget

MOST_TARGETS = 40
NO_LIMIT = N_("Empty: no limit.")
HINT = N_("Units such as 200, or months of the demand that follows, such as 1.5 months.")


def targets_view(targets: Mapping[str, StockTarget], locale: Locale, family: str = "", revision: int = 0) -> View:
    """The targets that there are, and one to change."""
    named: list[Sentence] = [
        (Bold(clip(name, 60)), f": {_range_text(row, locale)}") for name, row in list(targets.items())[:MOST_TARGETS]
    ]
    if len(targets) > MOST_TARGETS:
        named.append((_("And {count} more.", count=len(targets) - MOST_TARGETS),))
    nothing: list[Sentence] = [(_("No family has a target yet: stock may fall to zero, and has no upper limit."),)]
    row = targets.get(family)
    target, ceiling = (level_text(row, name, locale) if row else "" for name in ("target", "ceiling"))
    tolerance = format_decimal(row.tolerance if row else 5, locale=locale)

    def typed(text: str) -> PlainTextInputElement:
        return PlainTextInputElement(action_id=Act.EDIT, initial_value=text or None, max_length=20)

    most = field(
        block_id("ceiling", revision), _("At most in stock"), typed(ceiling), is_optional=True, hint=_(NO_LIMIT)
    )
    blocks: list[Block] = [
        line(*(named or nothing)),
        field(block_id("family", revision), _("Family"), family_select(Act.TARGETED, family), is_live=True),
        field(block_id("target", revision), _("At least in stock"), typed(target or "0"), hint=_(HINT)),
        most,
        field(block_id("tolerance", revision), _("Tolerance, in % of a month’s demand"), typed(tolerance)),
    ]
    return modal(Callback.TARGETS, _("Targets for stock"), blocks, target=Target(revision=revision), submit=_("Save"))


def level_text(row: StockTarget, name: str, locale: Locale) -> str:
    """A level as one would type it."""
    amount: Decimal | None = row.target if name == "target" else row.ceiling
    is_cover = row.is_target_cover if name == "target" else row.is_ceiling_cover
    if amount is None:
        return ""
    number = format_decimal(amount, locale=locale)
    return _("{number} months", number=number) if is_cover else number


def _range_text(row: StockTarget, locale: Locale) -> str:
    most = level_text(row, "ceiling", locale)
    least = level_text(row, "target", locale)
    return _("at least {least}{most}", least=least, most=_(", at most {most}", most=most) if most else "")
