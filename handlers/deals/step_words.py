"""Who has to agree, in a line."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from babel import Locale

from handlers.slack.text import Bold, Sentence, clip
from models.base.language import _
from models.base.words import week_text
from models.deals.card_steps import CardStep
from models.deals.clocks import CardCondition
from models.policy.words import ALL_DEALS

MOST_REASON = 120
MOST_NAMES = 100
MOST_TEXT = 200
MOST_CONDITIONS = 6


def steps_sentence(steps: Sequence[CardStep]) -> Sentence | None:
    """The steps in their order, what is done with a mark; nothing where only operations are asked, as ever."""
    if not steps or (len(steps) == 1 and _is_plain(steps[0])):
        return None
    return (Bold(_("To agree: ")), _in_order(steps))


def foreseen_sentence(steps: Sequence[CardStep]) -> Sentence:
    """Who would have to agree to terms, and why."""
    if not steps:
        return (Bold(_("To agree: ")), _("nobody. It is approved on the spot."))
    return (Bold(_("To agree: ")), _in_order(steps))


def _in_order(steps: Sequence[CardStep]) -> str:
    ranks = [list(group) for _, group in groupby(steps, key=lambda step: step.rank)]
    return " → ".join(", ".join(step_text(step) for step in beside) for beside in ranks)


def condition_sentences(conditions: Sequence[CardCondition], locale: Locale) -> Iterator[Sentence]:
    """What a yes is bound to, as a list to tick off."""
    for one in conditions[:MOST_CONDITIONS]:
        yield condition_sentence(one, locale)
    if len(conditions) > MOST_CONDITIONS:
        yield (_("And {count} more conditions.", count=len(conditions) - MOST_CONDITIONS),)


def condition_sentence(one: CardCondition, locale: Locale) -> Sentence:
    """A condition: what, who, until when and before what; or how it ended."""
    text = clip(one.text, MOST_TEXT)
    if one.ending:
        return (f"☑ {text}: {clip(one.ending, MOST_TEXT)}",)
    until = week_text(one.due, locale)
    return (
        "☐ ",
        Bold(text),
        _(
            ": {owner}, by {until}, before {before}",
            owner=clip(one.owner, MOST_NAMES),
            until=until,
            before=_(one.before),
        ),
    )


def _is_plain(step: CardStep) -> bool:
    return not step.is_by_name and step.kept_version is None and step.required == 1


def step_text(step: CardStep) -> str:
    """A step: done with a mark and by whom, else how far it is and why it asks."""
    name = clip(step.name, MOST_NAMES)
    if step.kept_version is not None:
        return _(
            "✓ {name} (agreed to version {kept_version}; for them nothing has changed)",
            name=name,
            kept_version=step.kept_version,
        )
    if step.is_done:
        return f"✓ {name} ({', '.join(step.agreed)})" if step.agreed != (step.name,) else f"✓ {name}"
    counted = _("{count} of {required}", count=len(step.agreed), required=step.required) if step.required > 1 else ""
    reason = "" if step.reasons == (_(ALL_DEALS),) else clip("; ".join(step.reasons), MOST_REASON)
    inside = ", ".join(filter(None, (counted, reason)))
    return f"{name} ({inside})" if inside else name
