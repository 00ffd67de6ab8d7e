"""What a rule does, in words."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal

from models.base.words import HasCurrency, money_text
from models.policy.criteria import Value
from models.policy.facts import TERMS
from models.policy.rules import ALL, ANY, Kind, Rule, Who

DEVIATION_WORDS = {
    "discount": "a discount beyond policy",
    "lead_time": "a short lead time",
    "not_standard": "what is not in the catalogue",
    "lot": "a small delivery",
    TERMS: "other terms than standard",
}
VERDICT_WORDS = {"fits": "that fit", "overtime": "that need overtime", "short": "that do not fit"}
Names = Callable[[str], str]
Phrase = Callable[[Value, HasCurrency, Locale, Names], str]


def rule_words(rule: Rule, company: HasCurrency, locale: Locale, *, names: Names, after: Iterable[str] = ()) -> str:
    """A rule as a sentence: for which deals, who, how many of them, after whom, and by when."""
    after = list(after)
    parts = [who_words(rule.who, rule.need, names)]
    parts += [f"after {_and(after)} where asked"] if after else []
    parts += [f"within {rule.hours} working hours"] if rule.hours else []
    reason = reason_words(rule, company, locale, names=names)
    return f"{reason[0].upper()}{reason[1:]}: {', '.join(parts)}"


def reason_words(
    rule: Rule, company: HasCurrency, locale: Locale, *, names: Names = str, is_public: bool = False
) -> str:
    """For which deals a rule is; in public without how far below the floor they are."""
    phrases = [PHRASES[name](value, company, locale, names) for name, value in rule.when]
    if is_public:
        far = [name == "margin_short" and value != 0 for name, value in rule.when]
        phrases = ["far below the floor" if hides else phrase for phrase, hides in zip(phrases, far, strict=True)]
    return f"deals {' '.join(phrases)}" if phrases else "all deals"


def who_words(who: Who, need: int, names: Names) -> str:
    """Who is asked, and how many of them."""
    match who.kind:
        case Kind.ROLE:
            text = who.names[0]
        case Kind.LEAD:
            text = "the lead of sales"
        case Kind.GROUP:
            text = names(who.names[0])
        case Kind.PEOPLE:
            text = _and([names(name) for name in who.names])
    return f"{text}{_how_many(need, len(who.names) if who.kind is Kind.PEOPLE else None)}"


def _how_many(need: int, asked: int | None) -> str:
    if asked == 1 or (need == ANY and asked is None):
        return ""
    if need in {ALL, asked}:
        return ", both" if asked == 2 else ", all of them"
    return ", any one" if need == ANY else f", {need} of them"


def _and(words: Iterable[str], last: str = "and") -> str:
    known = list(words)
    return f" {last} ".join(filter(None, (", ".join(known[:-1]), *known[-1:])))


def _number(value: Value, places: int, locale: Locale) -> str:
    return format_decimal(Decimal(_whole(value)).scaleb(-places), locale=locale)


def _money(words: str) -> Phrase:
    return lambda value, company, locale, _: f"{words} {money_text(company, _whole(value), locale)} or more"


def _whole(value: Value) -> int:
    if isinstance(value, tuple):
        raise TypeError(value)
    return value


def _any_of(words: str, known: Mapping[str, str] | None = None, *, after: str = "") -> Phrase:
    def phrase(value: Value, _company: HasCurrency, _locale: Locale, names: Names) -> str:
        words_said = value if isinstance(value, tuple) else ()
        said = [known.get(word, word) if known is not None else names(word) for word in words_said]
        return f"{words}{_and(said, 'or')}{after}"

    return phrase


def _short(value: Value, _company: HasCurrency, locale: Locale, _names: Names) -> str:
    return f"more than {_number(value, 2, locale)} points below the floor" if value else "below the floor"


PHRASES: Mapping[str, Phrase] = {
    "beyond_standard": lambda *_: "beyond standard terms",
    "size": _money("of"),
    "discount": lambda value, _company, locale, _: f"with more than {_number(value, 2, locale)} % off the list",
    "margin_short": _short,
    "verdict": _any_of("", VERDICT_WORDS),
    "overtime_cost": _money("with overtime for"),
    "deviation": _any_of("with ", DEVIATION_WORDS),
    "term": _any_of("with other ", {}),
    "family": _any_of("with ", {}),
    "tier": _any_of("of ", {}, after=" customers"),
    "weeks_ahead": lambda value, *_: f"that come more than {value} weeks ahead",
    "seller": _any_of("sold by "),
}
