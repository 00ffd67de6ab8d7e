"""What somebody saw before they decide: where it is not what they decide on, the form stays and says what changed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from handlers.deals.targets import TakenLine, TermsTarget, is_taken
from handlers.deals.words import deal_title
from handlers.slack.ids import digest
from handlers.slack.text import Bold, Link, Part, Sentence, clip
from models.base.language import _, ngettext
from models.base.words import money_text, week_text
from models.deals.card_messages import links_of
from models.deals.rows import Deal
from models.deals.terms import Checked

MOST_CHANGES = 5


def seen(checked: Checked, target: TermsTarget) -> TermsTarget:
    """A form's target with what its person sees now: of the margin only what everybody may know."""
    check, lines = checked.check, lines_of(checked)
    shown = (lines, check.shortages, check.overtime, check.margin.band, check.tight, check.deviations)
    return TermsTarget(**{**vars(target), "seen": digest(shown), "was": [str(check.verdict), *lines]})


def lines_of(checked: Checked) -> list[TakenLine]:
    """The terms that were checked, as a form carries them."""
    ids = checked.ids
    return [(ids[x.offer], x.quantity, x.unit_price, x.week.isoformat()) for x in checked.check.deal.lines]


def look_again(checked: Checked, target: TermsTarget, submit: str, locale: Locale) -> list[Sentence]:
    """Why nothing was done yet: what is different from what the person saw."""
    again = _("Press {submit} again to go on.", submit=submit)
    before = [line for line in target.was[1:] if is_taken(line)]
    if not before:
        return [(Bold(_("Nothing was sent yet. ")), _("This is what it would be. {again}", again=again))]
    changed = list(_changes(before, checked, locale))
    if changed:
        more = _(" and {count} more", count=len(changed) - MOST_CHANGES) if len(changed) > MOST_CHANGES else ""
        changes = "; ".join(changed[:MOST_CHANGES]) + more
        return [(Bold(_("Nothing was sent yet. ")), _("Changed since it was checked: "), Bold(changes), f". {again}")]
    was = {"fits": _("it fitted"), "overtime": _("it needed overtime")}.get(str(target.was[0]), _("it did not fit"))
    return [
        (
            Bold(_("Nothing was sent yet. ")),
            _("When you looked, {was}; ", was=was),
            Bold(_("now it is as below")),
            f". {again}",
        )
    ]


def posted_already(similar: Sequence[Deal], submit: str) -> Sentence:
    """An open deal looks like the one that is to be posted: its card is a link away."""
    links = links_of(similar[0].workspace, [deal.id for deal in similar])
    parts: list[Part] = []
    for number, deal in enumerate(similar[:MOST_CHANGES]):
        title = f"{deal_title(deal)} ({deal.seller.name})"
        parts += [", "] if number else []
        parts.append(Link(title, links[deal.id]) if deal.id in links else Bold(title))
    return (
        Bold(_("Is it open already? ")),
        _("It looks like "),
        *parts,
        _(". Press {submit} again to post it all the same.", submit=submit),
    )


def _changes(before: Sequence[Any], checked: Checked, locale: Locale) -> Iterator[str]:
    names = {key: name for name, key in checked.ids.items()}
    now = lines_of(checked)
    for (offer, *old), (key, *new) in zip(before, now, strict=False):
        name = clip(names[key], 60)
        if offer != key:
            yield _("{name} instead of another offer", name=name)
        elif old != new:
            both = zip(_texts(old, checked, locale), _texts(new, checked, locale), strict=True)
            yield f"{name}: {', '.join(f'{was} → {now}' for was, now in both if was != now)}"
    more = len(now) - len(before)
    if more:
        yield (
            ngettext("{count} line more", "{count} lines more", more, count=more)
            if more > 0
            else ngettext("{count} line less", "{count} lines less", -more, count=-more)
        )


def _texts(terms: Sequence[Any], checked: Checked, locale: Locale) -> tuple[str, str, str]:
    quantity, price, week = terms
    number = format_decimal(quantity, locale=locale)
    return number, money_text(checked.company, price, locale), week_text(date.fromisoformat(week), locale)
