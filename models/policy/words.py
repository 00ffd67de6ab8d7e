"""What a rule does, in words."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal

from models.base.language import N_, _
from models.base.words import HasCurrency, money_text
from models.policy.criteria import Value
from models.policy.facts import TERMS
from models.policy.rules import ALL, ANY, Kind, Rule, Who

DEVIATION_WORDS = {
    "discount": N_("a discount beyond policy"),
    "lead_time": N_("a short lead time"),
    "not_standard": N_("what is not in the catalogue"),
    "lot": N_("a small delivery"),
    TERMS: N_("other terms than standard"),
}
ALL_DEALS = N_("all deals")
VERDICT_WORDS = {"fits": N_("that fit"), "overtime": N_("that need overtime"), "short": N_("that do not fit")}
Names = Callable[[str], str]
Phrase = Callable[[Value, HasCurrency, Locale, Names], str]


def rule_words(rule: Rule, company: HasCurrency, locale: Locale, *, names: Names, after: Iterable[str] = ()) -> str:
    """A rule as a sentence: for which deals, who, how many of them, after whom, and by when."""
    after = list(after)
    parts = [who_words(rule.who, rule.need, names)]
    parts += [_("after {others} where asked", others=_and(after))] if after else []
    parts += [_("within {hours} working hours", hours=rule.hours)] if rule.hours else []
    reason = reason_words(rule, company, locale, names=names)
    return f"{reason[0].upper()}{reason[1:]}: {', '.join(parts)}"


def reason_words(
    rule: Rule, company: HasCurrency, locale: Locale, *, names: Names = str, is_public: bool = False
) -> str:
    """For which deals a rule is; in public without how far below the floor they are."""
    phrases = [PHRASES[name](value, company, locale, names) for name, value in rule.when]
    if is_public:
        far = [name == "margin_short" and value != 0 for name, value in rule.when]
        phrases = [_("far below the floor") if hides else phrase for phrase, hides in zip(phrases, far, strict=True)]
    return _("deals {phrases}", phrases=" ".join(phrases)) if phrases else _(ALL_DEALS)


def who_words(who: Who, need: int, names: Names) -> str:
    """Who is asked, and how many of them."""
    match who.kind:
        case Kind.ROLE:
            text = _(who.names[0])
        case Kind.LEAD:
            text = _("the lead of sales")
        case Kind.GROUP:
            text = names(who.names[0])
        case Kind.PEOPLE:
            text = _and([names(name) for name in who.names])
    return f"{text}{_how_many(need, len(who.names) if who.kind is Kind.PEOPLE else None)}"


def _how_many(need: int, asked: int | None) -> str:
    if asked == 1 or (need == ANY and asked is None):
        return ""
    if need in {ALL, asked}:
        return _(", both") if asked == 2 else _(", all of them")
    return _(", any one") if need == ANY else _(", {need} of them", need=need)


def _and(words: Iterable[str], last: str = "") -> str:
    known, joined = list(words), last or _("and")
    return f" {joined} ".join(filter(None, (", ".join(known[:-1]), *known[-1:])))


def _number(value: Value, places: int, locale: Locale) -> str:
    return format_decimal(Decimal(_whole(value)).scaleb(-places), locale=locale)


def _money(words: str) -> Phrase:
    return lambda value, company, locale, _names: _(
        "{words} {money} or more", words=_(words), money=money_text(company, _whole(value), locale)
    )


def _whole(value: Value) -> int:
    if isinstance(value, tuple):
        raise TypeError(value)
    return value


def _any_of(words: str, known: Mapping[str, str] | None = None, *, after: str = "") -> Phrase:
    def phrase(value: Value, _company: HasCurrency, _locale: Locale, names: Names) -> str:
        words_said = value if isinstance(value, tuple) else ()
        said = [
            _(known.get(word, word)) if known else word if known is not None else names(word) for word in words_said
        ]
        return _(words) + _and(said, _("or")) + _(after)

    return phrase


def _short(value: Value, _company: HasCurrency, locale: Locale, _names: Names) -> str:
    return (
        _("more than {number} points below the floor", number=_number(value, 2, locale))
        if value
        else _("below the floor")
    )


PHRASES: Mapping[str, Phrase] = {
    "beyond_standard": lambda *_given: _("beyond standard terms"),
    "size": _money(N_("of")),
    "discount": lambda value, _company, locale, _names: _(
        "with more than {number} % off the list", number=_number(value, 2, locale)
    ),
    "margin_short": _short,
    "verdict": _any_of("", VERDICT_WORDS),
    "overtime_cost": _money(N_("with overtime for")),
    "deviation": _any_of(N_("with "), DEVIATION_WORDS),
    "term": _any_of(N_("with other "), {}),
    "family": _any_of(N_("with "), {}),
    "tier": _any_of(N_("of "), {}, after=N_(" customers")),
    "weeks_ahead": lambda value, *_given: _("that come more than {value} weeks ahead", value=value),
    "seller": _any_of(N_("sold by ")),
}
