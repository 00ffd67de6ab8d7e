"""The form of terms: to propose, revise, counter, counter back and change. The verdict stands on top."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from babel import Locale
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    DatePickerElement,
    DividerBlock,
    ExternalDataSelectElement,
    InputBlock,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from handlers.deals.card_view import verdict_blocks
from handlers.deals.clauses_view import clause_block
from handlers.deals.drafts import LineDraft, TermsDraft
from handlers.deals.seen import seen
from handlers.deals.step_words import foreseen_sentence
from handlers.deals.targets import TermsTarget
from handlers.deals.verdict_words import counter_sentences, verdict_sentence
from handlers.deals.ways_view import ways_blocks
from handlers.deals.words import sums_sentence
from handlers.slack.ids import Act, Callback, action_id, block_id
from handlers.slack.text import Sentence, clip
from handlers.slack.values import whole
from handlers.slack.view_parts import AS_TYPED, NO_TARGET, button, field, line, modal, small
from models.base.language import N_, _
from models.deals.card_steps import CardStep
from models.deals.clauses import ClauseField
from models.deals.reservations import Cell
from models.deals.rivals import Rivalry
from models.deals.terms import MOST_LINES, Checked
from models.deals.ways import KnownWay, needs_ways
from models.promise.check import Verdict

LIKELY = (
    ("25", N_("25 %: early talks")),
    ("50", N_("50 %: one of two")),
    ("75", N_("75 %: wants us")),
    ("90", N_("90 %: as good as signed")),
)
MOST_CAMPAIGNS = 99
MOST_BLOCKS = 100
OURS = "ours"
# What the customer asks for is judged on the new date.
WISHES = (("customers", N_("The customer’s")), (OURS, N_("Ours")))
TITLES = {
    Callback.PROPOSE: (N_("Propose a deal"), N_("Post")),
    Callback.REVISE: (N_("Revise the terms"), N_("Post")),
    Callback.COUNTER: (N_("Counter"), N_("Send and hold")),
    Callback.COUNTER_BACK: (N_("Counter back"), N_("Send")),
    Callback.CHANGE: (N_("Change the deal"), N_("Ask for it")),
}
NOTES = {
    Callback.REVISE: N_("Why?"),
    Callback.COUNTER: N_("A word to the seller"),
    Callback.COUNTER_BACK: N_("A word to operations"),
    Callback.CHANGE: N_("Why?"),
}
FILL_IN = N_("Fill in an offer, a quantity and a date to see whether it fits.")


@dataclass(frozen=True)
class TermsForm:
    """What the form shows: the draft, and either a check of it or what is still missing.

    `steps` are who would have to agree, `clauses` the terms beyond the lines with what they are now. `ways` are None
    while they are looked for; a counter keeps those of what was `asked`. `campaigns` are those for which capacity is
    kept.
    """

    callback: Callback
    draft: TermsDraft
    target: TermsTarget
    locale: Locale
    checked: Checked | None = None
    missing: Sentence = ()
    heading: str = ""
    ways: Sequence[KnownWay] | None = None
    asked: Checked | None = None
    rivalry: Rivalry | None = None
    held_until: datetime | None = None
    promised: Mapping[Cell, int] | None = None
    look_again: Sequence[Sentence] = ()
    campaigns: Sequence[str] = ()
    steps: Sequence[CardStep] = ()
    clauses: Sequence[ClauseField] = ()

    @property
    def submit(self) -> str:
        """What its button says."""
        return _(TITLES[self.callback][1])


def terms_view(form: TermsForm) -> View:
    """The form as a view."""
    name, submit = TITLES[form.callback]
    is_long = len(form.draft.lines) > 1
    # The lines of a long form have heads of their own.
    blocks: list[Block] = [*_on_top(form), *([] if is_long else [DividerBlock()])]
    if form.callback is Callback.PROPOSE:
        blocks.append(_text(form, "customer", _("Customer"), form.draft.customer, most=200))
    for number, entry in enumerate(form.draft.lines):
        blocks += _line(form, number, entry)
    blocks.append(_acts(form))
    if form.checked and is_long:
        # Where it was pressed, because the top of a long form is out of sight.
        blocks.append(line(verdict_sentence(form.checked, form.locale)))
    words = list(_words(form))
    # Of a long deal those that find no room stay as they are.
    for one in form.clauses[: MOST_BLOCKS - len(blocks) - len(words)]:
        blocks.append(clause_block(one, form.draft.clauses.get(one.id), form.target.revision, form.locale))
    blocks += words
    shown = replace(form.target, lines=len(form.draft.lines), seen="", was=())
    shown = seen(form.checked, shown) if form.checked else shown
    return modal(form.callback, _(name), blocks, target=shown, submit=_(submit))


def _on_top(form: TermsForm) -> Iterator[Block]:
    if form.heading:
        yield small(form.heading)
    if form.checked is None:
        yield line(*form.look_again, form.missing or (_(FILL_IN),))
    else:
        sums = sums_sentence(form.checked.check.margin, form.checked.company, form.locale)
        yield line(*form.look_again, sums)
        yield from verdict_blocks(form.checked, form.locale, form.rivalry, also=tuple(_foreseen(form)))
        if form.asked and form.held_until and form.checked.check.verdict is not Verdict.SHORT:
            yield line(*counter_sentences(form.checked, form.asked, form.promised or {}, form.held_until, form.locale))
    sought = form.asked or form.checked
    if sought and needs_ways(sought) and form.ways != ():
        yield from ways_blocks(form.ways, Act.TAKE, form.target)


def _foreseen(form: TermsForm) -> Iterator[Sentence]:
    """Who would have to agree; a counter waits for the seller anyway."""
    if form.steps or form.callback is not Callback.COUNTER:
        yield foreseen_sentence(form.steps)


def _line(form: TermsForm, number: int, entry: LineDraft) -> Iterator[Block]:
    def block(name: str) -> str:
        return block_id(f"{name}.{number}", form.target.revision)

    if len(form.draft.lines) > 1:
        yield _line_head(form, number)
    yield field(block("offer"), _("Offer"), _offer_select(entry), is_live=True)
    yield field(block("quantity"), _("Quantity"), _number(entry.quantity), is_live=True)
    price = PlainTextInputElement(
        action_id=Act.EDIT,
        initial_value=entry.price or None,
        max_length=40,
        placeholder=_("432 or 10%"),
        dispatch_action_config=AS_TYPED,
    )
    hint = _("For one unit, or a discount off the list price. Leave it empty for the list price.")
    yield field(block("price"), _("Price or discount"), price, hint=hint, is_optional=True, is_live=True)
    day = DatePickerElement(action_id=Act.EDIT, initial_date=entry.day or None)
    yield field(block("date"), _("Delivery, in the week of"), day, is_live=True)


def _line_head(form: TermsForm, number: int) -> SectionBlock:
    remove = button(Act.REMOVE_LINE, _("Remove"), NO_TARGET)
    remove.action_id = action_id(Act.REMOVE_LINE, str(number))
    head = block_id(f"line.{number}", form.target.revision)
    return SectionBlock(
        block_id=head, text=PlainTextObject(text=_("Line {number}", number=number + 1)), accessory=remove
    )


def _acts(form: TermsForm) -> ActionsBlock:
    add = button(Act.ADD_LINE, _("Add a line"), NO_TARGET) if len(form.draft.lines) < MOST_LINES else None
    check = button(Act.CHECK, _("Check"), NO_TARGET)
    return ActionsBlock(block_id="acts", elements=[element for element in (add, check) if element])


def _words(form: TermsForm) -> Iterator[Block]:
    if form.callback is Callback.PROPOSE:
        yield _text(form, "told", _("What the customer told us"), form.draft.told, is_multiline=True, is_optional=True)
        yield field(
            block_id("likelihood", form.target.revision),
            _("How likely"),
            likelihood_select(form.draft.likelihood),
            is_optional=True,
        )
        if form.campaigns:
            select = campaign_select(form.campaigns, form.draft.campaign)
            block = block_id("campaign", form.target.revision)
            yield field(block, _("For the campaign"), select, is_optional=True, is_live=True)
    else:
        if form.callback is Callback.CHANGE:
            yield field(block_id("whose", form.target.revision), _("Whose wish is it?"), _whose(form.draft))
        label = _(NOTES[form.callback])
        yield _text(form, "note", label, form.draft.note, is_multiline=True, is_optional=True)


def _text(
    form: TermsForm,
    name: str,
    label: str,
    value: str,
    *,
    most: int = 3000,
    is_multiline: bool = False,
    is_optional: bool = False,
) -> InputBlock:
    element = PlainTextInputElement(
        action_id=Act.EDIT, initial_value=clip(value, most) or None, multiline=is_multiline, max_length=most
    )
    return field(block_id(name, form.target.revision), label, element, is_optional=is_optional)


def _offer_select(entry: LineDraft) -> ExternalDataSelectElement:
    chosen = Option(text=clip(entry.offer_name, 75), value=entry.offer) if entry.offer else None
    return ExternalDataSelectElement(
        action_id=Act.OFFER, placeholder=_("Type a name"), min_query_length=0, initial_option=chosen
    )


def _number(value: str) -> NumberInputElement:
    return NumberInputElement(
        action_id=Act.EDIT,
        is_decimal_allowed=False,
        min_value="1",
        initial_value=value if whole(value, most=10**9) else None,
        dispatch_action_config=AS_TYPED,
    )


def _whose(draft: TermsDraft) -> RadioButtonsElement:
    options = [Option(text=_(label), value=value) for value, label in WISHES]
    chosen = next((option for option in options if option.value == draft.whose), options[0])
    return RadioButtonsElement(action_id=Act.EDIT, options=options, initial_option=chosen)


def likelihood_select(likelihood: str) -> StaticSelectElement:
    """How likely the deal is, in a few steps."""
    options = [Option(text=_(label), value=value) for value, label in LIKELY]
    chosen = next((option for option in options if option.value == likelihood), None)
    return StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=chosen)


def campaign_select(campaigns: Sequence[str], campaign: str) -> StaticSelectElement:
    """The campaigns for which capacity is kept."""
    names = dict.fromkeys([*campaigns[:MOST_CAMPAIGNS], *([campaign] if campaign else [])])
    options = [Option(text=clip(name, 75), value=name) for name in names]
    chosen = next((option for option in options if option.value == campaign), None)
    return StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=chosen, placeholder=_("None"))
