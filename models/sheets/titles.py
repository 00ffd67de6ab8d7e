"""Titles of columns: which field, period, name, unit or total they name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from models.sheets.cells import fold
from models.sheets.fields import SHAPES, Kind
from models.sheets.numbers import CURRENCIES, UNITS
from models.sheets.periods import is_coarse
from models.sheets.vocabulary import title_words, vocabulary

UNIT = re.compile(
    r"(?P<base>.*?)\s*(?:[(\[](?P<unit>[^)\]]*)[)\]]|\bin\s+(?P<in>[^\W\d_]+\.?)|/\s*(?P<per>h|hrs?|std))\s*"
)
TOTAL_HINT = re.compile(
    r"tot|su[mb]|gesamt|ergebnis|overall|ytd|all|tou|every|company|unternehmen|average|avg|mittel|durchschnitt|[Σ∑]",
    re.IGNORECASE,
)
TOTAL_SORTS = ("total_last", "total_first", "total_only")
ANY_LAST, ANY_FIRST, ANY_ONLY = ("|".join(sorted(title_words(sort))) for sort in TOTAL_SORTS)
TOTAL = re.compile(rf"(?:.*\b)?(?:{ANY_LAST})(?:\s+(?:20)?\d{{2}})?|(?:{ANY_FIRST})\b.*|{ANY_ONLY}")
FILLING, OF_UNITS, FOREIGN_UNITS = (title_words(sort) for sort in ("filling", "of_units", "other_units"))
PLAN_WORDS, MONEY_WORDS = title_words("plan"), title_words("money")
BARE_TOTALS = frozenset[str]().union(*map(title_words, TOTAL_SORTS))
LONGEST = 200
YEAR_WORD = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Words:
    """The words of a kind: which field each phrase names, and how likely it is meant (0 is the likeliest)."""

    fields: Mapping[str, tuple[tuple[str, int], ...]]

    def fields_of(self, title: str) -> tuple[tuple[str, int], ...]:
        """The fields that a title may name, the likeliest first; words that say nothing are dropped if need be."""
        words = fold(title).split()
        for without in (frozenset[str](), FILLING, FILLING | OF_UNITS):
            kept = [word for word in words if word not in without and not (without and YEAR_WORD.fullmatch(word))]
            found = self.fields.get(" ".join(kept), ())
            if found:
                return found
        return ()


@cache
def words_of(kind: Kind) -> Words:
    """The words by which the fields of a kind are named."""
    phrases: dict[str, list[tuple[str, int]]] = {}
    for name, words in vocabulary()[kind.value].items():
        for rank, word in enumerate(words):
            phrases.setdefault(word, []).append((name, rank))
    return Words({phrase: tuple(sorted(found, key=lambda each: each[1])) for phrase, found in phrases.items()})


@cache
def modifiers() -> Words:
    """The words of columns that say how a row is to be read."""
    phrases: dict[str, list[tuple[str, int]]] = {}
    for name, words in (*vocabulary()["modifiers"].items(), *vocabulary()["any"].items()):
        for rank, word in enumerate(words):
            phrases.setdefault(word, []).append((f"@{name}", rank))
    return Words({phrase: tuple(found) for phrase, found in phrases.items()})


def is_word_of(sort: str, title: str) -> bool:
    """Whether a title is a word for a sort of period: `order_date`, `ship_date`, `week`."""
    folded = fold(split_unit(title)[0])
    return folded in vocabulary()["periods"][sort] or (
        sort == "week" and bool(set(folded.split()) & {"week", "kw", "cw"})
    )


def split_unit(title: str) -> tuple[str, str]:
    """A title, and the folded unit at its end."""
    found = UNIT.fullmatch(title) if len(title) <= LONGEST else None
    if found is None or not found["base"]:
        return title, ""
    unit = fold(found["unit"] or found["in"] or found["per"] or "")
    known = UNITS.keys() | CURRENCIES | FOREIGN_UNITS
    is_unit = any(word in known for word in unit.split())
    return (found["base"], unit) if is_unit or found["unit"] is not None else (title, "")


def is_money(title: str, unit: str) -> bool:
    """Whether a title names money."""
    return bool(set(fold(title).split()) & MONEY_WORDS or set(unit.split()) & CURRENCIES)


def is_total(text: str) -> bool:
    """Whether a text names a sum of other rows or columns."""
    if len(text) > LONGEST or not TOTAL_HINT.search(text):
        return False
    folded = fold(text)
    return TOTAL.fullmatch(folded) is not None or text.strip() in {"Σ", "∑"}


def is_bare_total(text: str) -> bool:
    """Whether a text is a word for a sum and nothing else."""
    return len(text) <= LONGEST and TOTAL_HINT.search(text) is not None and fold(text) in BARE_TOTALS


def is_aside(title: str) -> bool:
    """Whether a title names what is beside the months: a total, a year, a quarter."""
    return is_total(title) or is_coarse(title)


def is_plan(title: str) -> bool:
    """Whether a title names what was planned, or what was before."""
    return bool(set(fold(title).split()) & PLAN_WORDS)


def amounts_in(kind: Kind, texts: Iterable[str]) -> set[str]:
    """The amounts that some texts mention: a title above a table, the name of its sheet."""
    found: dict[str, str] = {}
    for text in texts:
        folded = f" {fold(text)} "
        for name in SHAPES[kind].amounts:
            words = (f" {word} " for word in vocabulary()[kind.value][name] if len(word) > 3)
            found |= {word: name for word in words if word in folded}
    # The longest phrase counts: hours of overtime are no hours.
    return {name for word, name in found.items() if not any(word != other and word in other for other in found)}
