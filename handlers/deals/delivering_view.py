"""Forms around a deal's terms: deliveries, an objection, handing over, words put right, what is attached."""

from collections.abc import Sequence
from datetime import date

from babel import Locale
from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    NumberInputElement,
    PlainTextInputElement,
    UrlInputElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from handlers.deals.small_forms_view import FormHead
from handlers.deals.targets import DeliveriesTarget
from handlers.deals.terms_view import campaign_select, likelihood_select
from handlers.slack.ids import Act, Callback
from handlers.slack.text import clip
from handlers.slack.view_parts import NO_TARGET, field, line, modal, small
from models.base.language import _, ngettext
from models.base.words import quantity_words, week_text
from models.deals.deliveries import Delivery

MOST_TEXT, MOST_TOLD = 1000, 3000


def deliver_view(head: FormHead, owed: Sequence[Delivery], this_week: date, locale: Locale) -> View:
    """Each delivery that is owed: what is due is filled in as promised, what is still to come is left empty."""
    blocks: list[Block] = [small(head.title)]
    for number, one in enumerate(owed):
        promised = _(
            "{quantity}, week of {week}",
            quantity=quantity_words(one.quantity, one.offer.unit, locale),
            week=week_text(one.week, locale),
        )
        is_due = one.week <= this_week or len(owed) == 1
        count = NumberInputElement(
            action_id=Act.EDIT,
            is_decimal_allowed=False,
            min_value="0",
            initial_value=str(one.quantity) if is_due else None,
        )
        label = f"{clip(one.offer.name, 60)}: {promised}"
        hint = ngettext("How many came?", "How many came? Empty: nothing yet.", len(owed))
        blocks.append(field(f"delivered.{number}", label, count, hint=hint, is_optional=True))
        day = DatePickerElement(action_id=Act.EDIT, initial_date=min(one.week, this_week).isoformat())
        blocks.append(field(f"arrived.{number}", _("They came in the week of"), day, is_optional=True))
    rest = DatePickerElement(action_id=Act.EDIT)
    hint = _("If some are missing. Empty: they are not coming.")
    blocks.append(field("rest", _("The rest comes in the week of"), rest, hint=hint, is_optional=True))
    blocks.append(_sentence("why", _("What happened, if not as promised"), is_optional=True))
    target = DeliveriesTarget(deal=head.target.deal, version=head.target.version, owed=[one.id for one in owed])
    return modal(Callback.DELIVER, _("Delivered"), blocks, target=target, submit=_("Report"))


def object_view(head: FormHead) -> View:
    """What the customer says against a report."""
    told = line((_("Both leads read it."),))
    blocks: list[Block] = [small(head.title), told, _sentence("why", _("The customer says"))]
    return modal(Callback.OBJECT, _("The customer says"), blocks, target=head.target, submit=_("Tell them"))


def hand_over_view(head: FormHead) -> View:
    """Who sells a deal from now on."""
    blocks = [
        small(head.title),
        _person("to", _("Who sells it from now on?")),
        _sentence("why", _("Why?"), is_optional=True),
    ]
    return modal(Callback.HAND_OVER, _("Hand over"), blocks, target=head.target, submit=_("Hand over"))


def hand_over_all_view(user_id: str) -> View:
    """All that waits on a person goes to somebody else."""
    told = line((_("All open deals and turns of one person go to another one, also when they have left."),))
    blocks: list[Block] = [told, _person("from", _("From"), user_id), _person("to", _("To"))]
    blocks.append(_sentence("why", _("Why?"), is_optional=True))
    return modal(Callback.HAND_OVER_ALL, _("Hand over"), blocks, target=NO_TARGET, submit=_("Hand over"))


def edit_view(
    head: FormHead,
    customer: str,
    told: str,
    likelihood: int | None,
    note: str | None,
    campaigns: Sequence[str] = (),
    campaign: str = "",
) -> View:
    """Words to be put right; the terms stay. Of campaigns, those for which capacity is kept."""
    name = PlainTextInputElement(action_id=Act.EDIT, initial_value=customer, max_length=200)
    blocks: list[Block] = [small(head.title), field("customer", _("Customer"), name)]
    blocks.append(_sentence("told", _("What the customer told us"), is_optional=True, begun=told, most=MOST_TOLD))
    likely = likelihood_select("" if likelihood is None else str(likelihood))
    blocks.append(field("likelihood", _("How likely"), likely, is_optional=True))
    if campaigns:
        blocks.append(field("campaign", _("For the campaign"), campaign_select(campaigns, campaign), is_optional=True))
    if note is not None:
        blocks.append(_sentence("note", _("Your note"), is_optional=True, begun=note, most=MOST_TOLD))
    return modal(Callback.EDIT_DEAL, _("Edit the deal"), blocks, target=head.target, submit=_("Save"))


def attach_view(head: FormHead) -> View:
    """A file, or the address of one."""
    title = PlainTextInputElement(action_id=Act.EDIT, max_length=200, placeholder=_("Purchase order 4711"))
    file = FileInputElement(action_id=Act.EDIT, max_files=1)
    blocks: list[Block] = [
        small(head.title),
        field("title", _("What is it?"), title, is_optional=True),
        field("url", _("Its address"), UrlInputElement(action_id=Act.EDIT), is_optional=True),
        field("file", _("Or a file"), file, is_optional=True),
    ]
    return modal(Callback.ATTACH, _("Attach"), blocks, target=head.target, submit=_("Attach"))


def _person(name: str, label: str, chosen: str | None = None) -> Block:
    return field(name, label, UserSelectElement(action_id=Act.EDIT, initial_user=chosen))


def _sentence(name: str, label: str, *, is_optional: bool = False, begun: str = "", most: int = MOST_TEXT) -> Block:
    element = PlainTextInputElement(
        action_id=Act.EDIT, multiline=True, max_length=most, initial_value=clip(begun, most) or None
    )
    return field(name, label, element, is_optional=is_optional)
