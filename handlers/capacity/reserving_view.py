"""Reserves as a view: those in force, each with a way back, and a form for another one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel import Locale
from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    DividerBlock,
    ExternalDataSelectElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from handlers.capacity.targets import ReserveTarget
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import actions, button, field, line, modal
from models.base.language import _
from models.base.words import amount_words, week_text
from models.company.reserves import ReserveRow
from models.company.resources import ResourceRow

MOST_SHOWN = 20
MOST_TIERS = 99


@dataclass(frozen=True)
class ReserveForm:
    """The reserves in force, the tiers of the company's customers, and the resource that the form begins with."""

    reserves: Sequence[ReserveRow]
    tiers: Sequence[str]
    locale: Locale
    resource: ResourceRow | None = None


def reserve_view(form: ReserveForm) -> View:
    """What is reserved, and what is to be."""
    blocks: list[Block] = []
    for row in form.reserves[:MOST_SHOWN]:
        blocks.append(line(reserve_sentence(row, form.locale)))
        blocks += actions([button(Act.GIVE_BACK, _("Give back"), ReserveTarget(reserve=row.id))])
    if len(form.reserves) > MOST_SHOWN:
        blocks.append(line((_("And {count} more.", count=len(form.reserves) - MOST_SHOWN),)))
    blocks += [DividerBlock()] if blocks else []
    return modal(Callback.RESERVE, _("Reserve"), [*blocks, *_fields(form)], submit=_("Reserve"))


def reserve_sentence(row: ReserveRow, locale: Locale) -> Sentence:
    """What is reserved of which weeks, for whom, until when."""
    first, last = week_text(row.first_week, locale), week_text(row.last_week, locale)
    weeks = (
        _("week of {first}", first=first) if first == last else _("weeks of {first} to {last}", first=first, last=last)
    )
    amount = amount_words(row.quantity, row.resource.unit, locale)
    until = week_text(row.until, locale)
    return (
        Bold(f"{clip(row.resource.name, 60)}, {weeks}"),
        _(": {amount} for {whom} until {until}", amount=amount, whom=clip(row.whom, 80), until=until),
    )


def _fields(form: ReserveForm) -> Iterator[Block]:
    chosen = Option(text=clip(form.resource.name, 75), value=str(form.resource.id)) if form.resource else None
    resource = ExternalDataSelectElement(
        action_id=Act.ADJUST_RESOURCE, placeholder=_("Type a name"), min_query_length=0, initial_option=chosen
    )
    yield field("resource", _("Resource"), resource)
    yield field("first", _("In the week of"), DatePickerElement(action_id=Act.EDIT))
    yield field("last", _("To the week of"), DatePickerElement(action_id=Act.EDIT), is_optional=True)
    amount = PlainTextInputElement(action_id=Act.EDIT, max_length=20)
    yield field(
        "quantity", _("How much of each week"), amount, hint=_("In the unit of the resource; it has to be free.")
    )
    if form.tiers:
        options = [
            Option(text=clip(_("{tier} customers", tier=tier), 75), value=tier) for tier in form.tiers[:MOST_TIERS]
        ]
        tier = StaticSelectElement(action_id=Act.EDIT, options=options, placeholder=_("None"))
        yield field("tier", _("For"), tier, is_optional=True)
    campaign = PlainTextInputElement(action_id=Act.EDIT, max_length=80, placeholder=_("Spring fair"))
    yield field(
        "campaign",
        _("Or for a campaign"),
        campaign,
        is_optional=bool(form.tiers),
        hint=_("Sellers name it in the deal."),
    )
    until = DatePickerElement(action_id=Act.EDIT)
    yield field("until", _("Until"), until, hint=_("What is not used comes free by itself on that day."))
