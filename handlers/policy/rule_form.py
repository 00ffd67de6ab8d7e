"""The form of one rule: who, how many of them, when, and for which deals; a field for each criterion."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from babel import Locale
from babel.numbers import format_decimal, get_currency_symbol
from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DividerBlock,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from handlers.policy.targets import PolicyTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.text import clip
from handlers.slack.values import number_of, whole
from handlers.slack.view_parts import field, line, modal
from models.base.errors import Refused
from models.base.language import N_, _, at_the_head, ngettext
from models.base.words import HasCurrency
from models.policy.criteria import CRITERIA, Shape, Value
from models.policy.rules import ALL, ANY, MOST_HOURS, MOST_ORDER, ROLES, Kind, Rule, Who, check_rules
from models.policy.words import DEVIATION_WORDS, VERDICT_WORDS

LEAD = "lead"
MOST_CHOICES = 100
MOST_PEOPLE = 20
NEEDS = {str(ANY): N_("Any one of them"), str(ALL): N_("All of them"), "2": N_("Two of them"), "3": N_("Three of them")}
LABELS = {
    "beyond_standard": N_("Only what is beyond standard terms"),
    "size": N_("Of this value or more"),
    "discount": N_("With a larger discount than, in %"),
    "margin_short": N_("More than so many points below the floor"),
    "verdict": N_("Only deals"),
    "overtime_cost": N_("With overtime for this or more"),
    "deviation": N_("Beyond standard terms in"),
    "term": N_("With other terms than standard in"),
    "family": N_("With something of these families"),
    "tier": N_("Of customers of these tiers"),
    "weeks_ahead": N_("That come more than so many weeks ahead"),
    "seller": N_("Sold by"),
}
NO_GROUPS: Mapping[str, str] = MappingProxyType({})
HINTS = {"margin_short": N_("0: whatever is below the floor. 10: a margin under 20 %, where the floor is 30 %.")}
WORDS: Mapping[str, Mapping[str, str]] = {
    "verdict": VERDICT_WORDS,
    "deviation": DEVIATION_WORDS,
}
PLACES = {Shape.SHARE: 2, Shape.POINTS: 2}


def rule_view(
    rule: Rule | None,
    target: PolicyTarget,
    company: HasCurrency,
    locale: Locale,
    *,
    families: Sequence[str],
    tiers: Sequence[str],
    terms: Sequence[str] = (),
    groups: Mapping[str, str] = NO_GROUPS,
) -> View:
    """A rule to fill in, or to change."""
    chosen = dict(rule.when) if rule else {}
    listed = {"family": families, "tier": tiers, "term": terms}
    ours = {criterion: {word: _(label) for word, label in known.items()} for criterion, known in WORDS.items()}
    words = {**ours, **{criterion: {name: name for name in names} for criterion, names in listed.items()}}
    blocks: list[Block] = [*_who(rule, groups), DividerBlock(), line((_("For deals of which all of this holds:"),))]
    for name, criterion in CRITERIA.items():
        element = _element(name, criterion.shape, chosen.get(name), words.get(name, {}), company, locale)
        if element is not None:
            blocks.append(field(name, _(LABELS[name]), element, is_optional=True, hint=_(HINTS.get(name, ""))))
    return modal(Callback.RULE, _("A rule") if rule else _("A new rule"), blocks, target=target, submit=_("Try it"))


def read_rule(form: Filled, company: HasCurrency, locale: Locale) -> Rule:
    """The rule that was filled in; a refusal names the field."""
    hours = whole(form["hours"], most=MOST_HOURS) if form["hours"] else None
    if form["hours"] and not hours:
        raise Refused(_("From 1 to {most_hours} working hours.", most_hours=MOST_HOURS), field="hours")
    rule = Rule(
        who=_read_who(form),
        when=tuple(_read(form, company, locale)),
        need=whole(form["need"] or str(ANY)) or 0,
        order=whole(form["order"] or "1") or 0,
        hours=hours,
    )
    check_rules([rule])
    return rule


def _read_who(form: Filled) -> Who:
    """One of a role, people by name and a user group."""
    people = form.many.get("people", ())
    given = [field for field in ("who", "people", "group") if form[field] or form.many.get(field)]
    if not given:
        raise Refused(_("Who is asked?"), field="who")
    if len(given) > 1:
        raise Refused(_("Either a role, or people by name, or a user group: two rules ask both."), field=given[-1])
    if people:
        return Who(Kind.PEOPLE, tuple(people[:MOST_PEOPLE]))
    if form["group"]:
        return Who(Kind.GROUP, (form["group"],))
    if form["who"] not in {*ROLES, LEAD}:
        raise Refused(_("Choose one."), field="who")
    return Who(Kind.LEAD) if form["who"] == LEAD else Who(Kind.ROLE, (form["who"],))


def _who(rule: Rule | None, groups: Mapping[str, str]) -> Iterator[Block]:
    who = rule.who if rule else None
    roles = {**{role: at_the_head(_(role)) for role in ROLES}, LEAD: _("The lead of sales")}
    chosen = LEAD if who and who.kind is Kind.LEAD else who.names[0] if who and who.kind is Kind.ROLE else ""
    yield field("who", _("Who is asked"), _select(roles, chosen), is_optional=True)
    people = list(who.names) if who and who.kind is Kind.PEOPLE else None
    users = UserMultiSelectElement(action_id=Act.EDIT, initial_users=people, max_selected_items=MOST_PEOPLE)
    yield field("people", _("Or these people"), users, is_optional=True)
    group = who.names[0] if who and who.kind is Kind.GROUP else ""
    if groups or group:
        known = dict(list({**({group: group} if group else {}), **groups}.items())[:MOST_CHOICES])
        yield field("group", _("Or a user group"), _select(known, group), is_optional=True)
    yield field("need", _("How many of them"), _select(NEEDS, str(rule.need if rule else ANY)))
    orders = {str(n): ngettext("At once", "In step {n}, after those before", n, n=n) for n in range(1, MOST_ORDER + 1)}
    yield field("order", _("When"), _select(orders, str(rule.order if rule else 1)))
    hours = NumberInputElement(
        action_id=Act.EDIT,
        is_decimal_allowed=False,
        min_value="1",
        initial_value=str(rule.hours) if rule and rule.hours else None,
    )
    yield field(
        "hours", _("Working hours to answer"), hours, is_optional=True, hint=_("Empty: as many as the company’s.")
    )


def _select(choices: Mapping[str, str], chosen: str) -> StaticSelectElement:
    options = [Option(text=clip(_(label), 75), value=value) for value, label in choices.items()]
    initial = next((option for option in options if option.value == chosen), None)
    return StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=initial)


def _element(
    name: str, shape: Shape, value: Value | None, words: Mapping[str, str], company: HasCurrency, locale: Locale
) -> InputInteractiveElement | None:
    if name == "seller":
        users = list(value) if isinstance(value, tuple) else None
        return UserMultiSelectElement(action_id=Act.EDIT, initial_users=users, max_selected_items=MOST_PEOPLE)
    if shape is Shape.FLAG:
        option = Option(text=_("A discount or a date beyond policy, overtime, or what does not fit"), value="1")
        return CheckboxesElement(action_id=Act.EDIT, options=[option], initial_options=[option] if value else None)
    if shape is Shape.WORDS:
        return _several(words, value if isinstance(value, tuple) else ()) if words else None
    typed = "" if value is None or isinstance(value, tuple) else _typed(value, _places(shape, company), locale)
    return PlainTextInputElement(action_id=Act.EDIT, initial_value=typed or None, max_length=20)


def _several(words: Mapping[str, str], chosen: Sequence[str]) -> StaticMultiSelectElement:
    known = {**{word: word for word in chosen}, **dict(list(words.items())[: MOST_CHOICES - len(chosen)])}
    options = [Option(text=clip(label, 75), value=clip(word, 150)) for word, label in known.items()]
    initial = [option for option in options if option.value in chosen]
    return StaticMultiSelectElement(action_id=Act.EDIT, options=options, initial_options=initial or None)


def _typed(value: int, places: int, locale: Locale) -> str:
    return str(format_decimal(Decimal(value).scaleb(-places), "0.##", locale=locale))


def _places(shape: Shape, company: HasCurrency) -> int:
    return company.places if shape is Shape.MONEY else PLACES.get(shape, 0)


def _read(form: Filled, company: HasCurrency, locale: Locale) -> Iterator[tuple[str, Value]]:
    for name, criterion in CRITERIA.items():
        if criterion.shape in {Shape.WORDS, Shape.FLAG}:
            chosen = form.many.get(name, ())
            if chosen:
                yield name, 1 if criterion.shape is Shape.FLAG else tuple(chosen)
        elif form[name]:
            yield name, _number(_bare(form[name], company, locale), name, _places(criterion.shape, company), locale)


def _bare(text: str, company: HasCurrency, locale: Locale) -> str:
    """An amount without its currency and percent sign."""
    for mark in (company.currency, get_currency_symbol(company.currency, locale=locale), "%"):
        text = text.replace(mark, "")
    return text.strip()


def _number(text: str, name: str, places: int, locale: Locale) -> int:
    thousands = 3 if text[-1:].lower() == "k" else 0
    number = number_of(text[:-1] if thousands else text, locale)
    number = number.scaleb(thousands) if number is not None else None
    scaled = number.scaleb(places) if number is not None else None
    if scaled is None or scaled < 0 or scaled != scaled.to_integral_value() or scaled > 10**12:
        raise Refused(_("A number of 0 or more, such as 10."), field=name)
    return int(scaled)
