"""Candidates for the standard catalogue, and the form that makes one standard."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, PlainTextInputElement
from slack_sdk.models.views import View

from handlers.deals.targets import StandardTarget
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, as_sentence, clip
from handlers.slack.view_parts import actions, button, field, line, modal
from models.base.language import _, ngettext
from models.base.words import HasCurrency, money_text
from models.deals.standards import SHARE, Beyond, Candidate

MOST_LISTED = 20


@dataclass(frozen=True)
class Standards:
    """Candidates with whoever looks at them."""

    candidates: Sequence[Candidate]
    company: HasCurrency
    locale: Locale
    may_decide: bool


def standards_view(standards: Standards) -> View:
    """What customers keep asking for."""
    blocks: list[Block] = []
    if not standards.candidates:
        blocks.append(line((_("Nothing beyond the standard was asked for three times in the last quarter."),)))
    for candidate in standards.candidates[:MOST_LISTED]:
        blocks.append(line(*_told(candidate, standards)))
        target = StandardTarget(offer=candidate.offer.id, kind=candidate.kind)
        blocks += actions([_button(target) if standards.may_decide else None])
        blocks.append(DividerBlock())
    if len(standards.candidates) > MOST_LISTED:
        blocks.append(line((_("And {count} more.", count=len(standards.candidates) - MOST_LISTED),)))
    if standards.candidates and not standards.may_decide:
        blocks.append(line((_("Leadership decides what becomes standard."),)))
    return modal(Callback.NOTICE, _("Candidates"), blocks, submit=None)


def standard_view(candidate: Candidate, locale: Locale) -> View:
    """The value from which on it is standard; half of the requests would have been."""
    label, value = _field(candidate, locale)
    target = StandardTarget(offer=candidate.offer.id, kind=candidate.kind)
    blocks: list[Block] = [line((Bold(clip(candidate.offer.name, 100)), f": {_asked(candidate, locale)}."))]
    if label:
        element = PlainTextInputElement(action_id=Act.EDIT, initial_value=value, max_length=10)
        blocks.append(
            field("value", label, element, hint=_("Half of the requests would have been standard with this."))
        )
    blocks.append(
        line(as_sentence(_("It counts for deals from now on. `belay import` of an older file would undo it.")))
    )
    return modal(Callback.STANDARD, _("Make it standard"), blocks, target=target, submit=_("Make it standard"))


def percent_text(asked: int, locale: Locale) -> str:
    """A share of ten-thousandths in percent, as the reader would type it."""
    return str(format_decimal(Decimal(asked).scaleb(-2), "0.##", locale=locale))


def _told(candidate: Candidate, standards: Standards) -> list[tuple[Bold | str, ...]]:
    def money(minor: int) -> str:
        return money_text(standards.company, minor, standards.locale)

    words = _(
        "asked for in {deals} deals · {money} won · {money_2} lost",
        deals=candidate.deals,
        money=money(candidate.won),
        money_2=money(candidate.lost),
    )
    return [(Bold(clip(candidate.offer.name, 100)), f": {_asked(candidate, standards.locale)}"), (words,)]


def _asked(candidate: Candidate, locale: Locale) -> str:
    match candidate.kind:
        case Beyond.DISCOUNT:
            allowed = percent_text(int(candidate.offer.max_discount * SHARE), locale)
            return _(
                "{percent} % off the list; standard is up to {allowed} %",
                percent=percent_text(candidate.proposed, locale),
                allowed=allowed,
            )
        case Beyond.LEAD_TIME:
            return _(
                "delivery in {weeks}; standard is {weeks_2}",
                weeks=_weeks(candidate.proposed),
                weeks_2=_weeks(candidate.offer.lead_weeks),
            )
        case Beyond.LOT:
            return _(
                "deliveries of {proposed}; standard is {min_lot} or more",
                proposed=candidate.proposed,
                min_lot=candidate.offer.min_lot,
            )
        case Beyond.NOT_STANDARD:
            return _("not in the standard catalogue")


def _field(candidate: Candidate, locale: Locale) -> tuple[str, str]:
    match candidate.kind:
        case Beyond.DISCOUNT:
            return _("Largest standard discount, in percent"), percent_text(candidate.proposed, locale)
        case Beyond.LEAD_TIME:
            return _("Standard lead time, in weeks"), str(candidate.proposed)
        case Beyond.LOT:
            return _("Smallest standard delivery"), str(candidate.proposed)
        case Beyond.NOT_STANDARD:
            return "", ""


def _button(target: StandardTarget) -> ButtonElement:
    return button(Act.STANDARD, _("Make it standard…"), target)


def _weeks(count: int) -> str:
    return ngettext("{count} week", "{count} weeks", count, count=count)
