"""What is said of a change of capacity: who, when, what it was and what it is since, and why."""

from collections.abc import Iterator, Sequence

from babel import Locale

from handlers.slack.text import Bold, Part, Sentence, When, clip
from models.base.language import N_, _, in_quotes
from models.base.words import amount_words, week_text
from models.capacity.acts import Act
from models.capacity.changes import Change, Values, What

MOST_CHANGES = 3
MOST_WHY = 120
MOST_REF = 40
# How each column of a row is called, and what it is where there is no row.
COLUMNS = {
    What.WEEK: (("available", "", N_("usual")), ("overtime", N_("overtime "), N_("usual"))),
    What.RECEIPT: (("quantity", N_("arrives "), N_("nothing")),),
    What.LOAD: (("quantity", "", N_("nothing")),),
}


def act_sentence(act: Act, unit: str, locale: Locale) -> Sentence:
    """A change of a resource in one sentence."""
    what = _(" imported") if act.is_import else ""
    changes = changes_text(act.changes, unit, locale, is_complete=act.is_complete)
    why: tuple[Part, ...] = (" " + in_quotes(clip(act.why, MOST_WHY)),) if act.why else ()
    return (Bold(act.by), f"{what} ", When(act.at), f": {changes}", *why)


def changes_text(
    changes: Sequence[Change], unit: str, locale: Locale, *, is_complete: bool = True, most: int = MOST_CHANGES
) -> str:
    """What was changed, week by week; the rest is counted."""
    said = [_change(change, unit, locale, is_complete=is_complete) for change in changes[:most]]
    more = _("; and {count} more", count=len(changes) - most) if len(changes) > most else ""
    return ("; ".join(said) or _("nothing that was different")) + more


def _change(change: Change, unit: str, locale: Locale, *, is_complete: bool) -> str:
    ref = _("{ref} in the ", ref=clip(change.key.ref, MOST_REF)) if change.key.ref else ""
    said = ", ".join(_columns(change, unit, locale, is_complete=is_complete)) or _("another note")
    return _("{ref}week of {week}: {said}", ref=ref, week=week_text(change.key.week, locale), said=said)


def _columns(change: Change, unit: str, locale: Locale, *, is_complete: bool) -> Iterator[str]:
    """Those that are different; all where nobody knows what was before."""
    for column, name, usual in COLUMNS[change.key.what]:
        before, after = (_value(values, column, usual, unit, locale) for values in (change.before, change.after))
        if not is_complete:
            yield f"{_(name)}→ {after}"
        elif before != after:
            yield f"{_(name)}{before} → {after}"


def _value(values: Values, column: str, usual: str, unit: str, locale: Locale) -> str:
    value = values[column] if values else None
    return amount_words(value, unit, locale) if isinstance(value, int) else _(usual)
