"""Who agrees to a deal, step by step, and the small forms of those who are asked."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextInputElement, UserSelectElement
from slack_sdk.models.views import View

from handlers.deals.small_forms_view import FormHead
from handlers.deals.step_words import condition_sentence, step_text
from handlers.deals.targets import ConditionTarget, DealTarget
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Sentence, When, clip
from handlers.slack.view_parts import actions, button, confirmation, field, line, modal, small
from models.base.language import _
from models.deals.card import Card
from models.deals.card_steps import CardStep
from models.deals.clocks import CardCondition
from models.deals.states import Move

MOST_SHOWN = 30
MOST_TEXT = 1000


def steps_view(head: FormHead, card: Card, moves: frozenset[Move], reader: str) -> View:
    """The steps with who has answered and until when, and the conditions; with what the reader may do about them."""
    blocks: list[Block] = [small(head.title)]
    blocks += [line(*_step(step)) for step in card.steps[:MOST_SHOWN]]
    blocks += actions(_buttons(moves, head.target))
    for one in card.conditions[:MOST_SHOWN]:
        blocks.append(line(condition_sentence(one, card.locale), (_("Set by {set_by}", set_by=clip(one.set_by, 100)),)))
        blocks += actions(_settling(one, moves, head.target, reader))
    return modal(
        Callback.STEPS, _("Who agrees") if card.steps else _("Conditions"), blocks, target=head.target, submit=None
    )


def abstain_view(head: FormHead) -> View:
    """No answer, and why."""
    blocks = [small(head.title), line((_("The others who are asked answer without you."),)), _why(_("Why?"))]
    return modal(Callback.ABSTAIN, _("Abstain"), blocks, target=head.target, submit=_("Abstain"))


def add_approver_view(head: FormHead) -> View:
    """One more who has to agree."""
    blocks = [small(head.title), _person(_("Who else should agree?")), _why(_("Why?"), is_optional=True)]
    return modal(Callback.ADD_APPROVER, _("One more"), blocks, target=head.target, submit=_("Ask them"))


def reassign_view(head: FormHead) -> View:
    """Who answers instead."""
    blocks = [small(head.title), _person(_("Who answers in your place?")), _why(_("Why?"), is_optional=True)]
    return modal(Callback.REASSIGN, _("Reassign"), blocks, target=head.target, submit=_("Reassign"))


def _step(step: CardStep) -> Iterator[Sentence]:
    yield (Bold(f"{step.rank}. "), step_text(step))
    if step.abstained:
        yield (_("Abstained: {abstained}", abstained=clip(", ".join(step.abstained), 200)),)
    if step.is_asked and step.due_at:
        yield (_("An answer is due "), When(step.due_at))


def _buttons(moves: frozenset[Move], target: DealTarget) -> Iterator[ButtonElement | None]:
    if Move.TAKE_BACK in moves:
        sure = confirmation(_("Take it back?"), _("It waits for you again. The seller hears of it."), _("Take it back"))
        yield button(Act.TAKE_BACK, _("Take back my yes"), target, confirm=sure)
    yield button(Act.APPROVE_WHY, _("Yes, if…"), target) if Move.APPROVE in moves else None
    yield button(Act.ADD_APPROVER, _("One more…"), target) if Move.ADD_APPROVER in moves else None
    yield button(Act.REASSIGN, _("Reassign…"), target) if Move.REASSIGN in moves else None
    yield button(Act.ABSTAIN, _("Abstain…"), target) if Move.ABSTAIN in moves else None


def _settling(
    one: CardCondition, moves: frozenset[Move], target: DealTarget, reader: str
) -> Iterator[ButtonElement | None]:
    about = ConditionTarget(deal=target.deal, version=target.version, condition=one.id)
    if one.ending:
        return
    if Move.MEET in moves and reader in {one.owner_id, one.set_by_id, *one.deputies}:
        sure = confirmation(_("Is it met?"), clip(one.text, 250), _("It is met"))
        yield button(Act.MEET, _("Met"), about, style="primary", confirm=sure)
    yield button(Act.WAIVE, _("Waive…"), about) if Move.WAIVE in moves else None


def _person(label: str) -> Block:
    return field("to", label, UserSelectElement(action_id=Act.EDIT))


def _why(label: str, *, is_optional: bool = False) -> Block:
    element = PlainTextInputElement(action_id=Act.EDIT, multiline=True, max_length=MOST_TEXT)
    return field("why", label, element, is_optional=is_optional)
