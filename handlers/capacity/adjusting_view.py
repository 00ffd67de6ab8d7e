"""A week to adjust as a view: as it is, as it was typed, and what that would break."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from slack_sdk.models.blocks import Block, DatePickerElement, ExternalDataSelectElement, PlainTextInputElement
from slack_sdk.models.views import View

from handlers.capacity.targets import WeekTarget
from handlers.capacity.week_rows import resource_option
from handlers.slack.ids import Act, Callback, block_id
from handlers.slack.text import Sentence
from handlers.slack.view_parts import AS_TYPED, field, line, modal
from models.base.language import _
from models.base.words import plural
from models.capacity.overview import ResourceWeeks, WeekLoad
from models.promise import Kind

MOST_REASON = 200


@dataclass(frozen=True)
class AdjustForm:
    """A week to adjust: as it is, as it was typed, and what that would break."""

    resource: ResourceWeeks | None
    week: WeekLoad | None
    reason: str
    locale: Locale
    revision: int
    available: str = ""
    overtime: str = ""
    receipt: str = ""
    sentences: Sequence[Sentence] = ()
    seen: str = ""


def adjust_view(form: AdjustForm) -> View:
    """What a week offers, and why it changes; what would break stands on top."""
    resource = form.resource
    week = form.week
    blocks: list[Block] = [line(*form.sentences)] if form.sentences else []
    select = ExternalDataSelectElement(
        action_id=Act.ADJUST_RESOURCE,
        placeholder=_("Type a name"),
        min_query_length=0,
        initial_option=resource_option(resource) if resource else None,
    )
    blocks.append(field(block_id("resource", form.revision), _("Resource"), select, is_live=True))
    picker = DatePickerElement(action_id=Act.ADJUSTED, initial_date=_day(week) or None)
    blocks.append(field(block_id("date", form.revision), _("In the week of"), picker, is_live=True))
    if resource and week:
        blocks += _amounts(form, resource)
    reason = PlainTextInputElement(action_id=Act.EDIT, initial_value=form.reason or None, max_length=MOST_REASON)
    blocks.append(field("reason", _("Why?"), reason, hint=_("The owners of the deals that this touches will read it.")))
    target = WeekTarget(resource=resource.id if resource else 0, day=_day(week), revision=form.revision, seen=form.seen)
    return modal(Callback.ADJUST, _("Adjust a week"), blocks, target=target, submit=_("Save"))


def _day(week: WeekLoad | None) -> str:
    return week.week.isoformat() if week else ""


def _amounts(form: AdjustForm, resource: ResourceWeeks) -> list[Block]:
    if resource.kind is Kind.STOCK:
        return [_amount(form, "receipt", _("Arrives, in {plural}", plural=plural(resource.unit, False)), form.receipt)]
    return [
        _amount(form, "available", _("Available, in {plural}", plural=plural(resource.unit, False)), form.available),
        _amount(form, "overtime", _("Overtime that can be bought"), form.overtime),
    ]


def _amount(form: AdjustForm, name: str, label: str, value: str) -> Block:
    element = PlainTextInputElement(
        action_id=Act.ADJUSTED, initial_value=value or None, max_length=20, dispatch_action_config=AS_TYPED
    )
    return field(block_id(name, form.revision), label, element, is_live=True)
