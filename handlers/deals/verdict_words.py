"""What is said of a check: does it fit, what is missing, who else wants it, what a counter holds, what is special."""

from collections.abc import Mapping
from datetime import date, datetime

from babel import Locale

from handlers.deals.words import MOST_NAME
from handlers.slack.text import Bold, Sentence, When, clip
from models.base.language import _
from models.base.words import amount_words, money_text, week_text
from models.deals.reservations import Cell
from models.deals.rivals import Rivalry
from models.deals.terms import Checked
from models.promise import Deviation, Resource
from models.promise.check import Verdict
from models.promise.words import shortage_sentence

MOST_NEEDS = 4


def verdict_sentence(checked: Checked, locale: Locale) -> Sentence:
    """Whether it fits, and what is in the way."""
    check = checked.check
    if check.verdict is Verdict.FITS:
        return (Bold(_("Fits, but tightly.") if check.tight else _("Fits.")),)
    if check.verdict is Verdict.OVERTIME:
        cost = money_text(checked.company, check.overtime_cost, locale)
        weeks = [
            _("{resource}, week of {week}", resource=clip(use.resource, MOST_NAME), week=week_text(use.week, locale))
            for use in check.overtime
        ]
        more = _("; and {count} more", count=len(weeks) - 3) if len(weeks) > 3 else ""
        uses = [(checked.company.resources[use.resource], use.week) for use in check.overtime[:3]]
        kept = "".join(_reserved_text(resource, week, locale) for resource, week in uses)
        listed = "; ".join(weeks[:3]) + more
        return (
            Bold(_("Fits with overtime, {cost}.", cost=cost)),
            f" {listed}{'.' if kept and not listed.endswith('.') else ''}{kept}",
        )
    worst = check.bottleneck or check.shortages[0]
    rest = [shortage for shortage in check.shortages if shortage is not worst]
    also = ", ".join(
        _("{resource}, week of {week}", resource=clip(s.resource, MOST_NAME), week=week_text(s.week, locale))
        for s in rest[:2]
    )
    more = _(" Also short: {also}{value}.", also=also, value=", …" if len(rest) > 2 else "") if rest else ""
    resource = checked.company.resources[worst.resource]
    sentence = shortage_sentence(worst, resource.unit, locale)
    return (Bold(_("Does not fit. ")), sentence, more + _reserved_text(resource, worst.week, locale))


def _reserved_text(resource: Resource, week: date, locale: Locale) -> str:
    """What of a week is kept for others, and until when."""
    kept = [
        _(
            "{amount} reserved for {whom} until {week}",
            amount=amount_words(one.quantity, resource.unit, locale),
            whom=clip(one.whom, 80),
            week=week_text(one.until, locale),
        )
        for one in resource.reserved.get(week, ())
    ]
    return f" {'; '.join(kept)}." if kept else ""


def rivalry_sentence(rivalry: Rivalry, locale: Locale) -> Sentence:
    """Who else wants the same capacity, and what they would leave of what this deal needs."""
    shown = [f"#{rival.number} {clip(rival.customer, 30)}" for rival in rivalry.rivals[:3]]
    more = _(" and {count} more", count=len(rivalry.rivals) - 3) if len(rivalry.rivals) > 3 else ""
    who = (_("Also wanted by "), Bold(", ".join(shown) + more))
    if rivalry.is_enough:
        return (*who, _("; there is enough for all."))
    where = _(
        "{resource}, week of {week}", resource=clip(rivalry.resource, MOST_NAME), week=week_text(rivalry.week, locale)
    )
    needed = amount_words(rivalry.needed, rivalry.unit, locale)
    left = amount_words(rivalry.left, "", locale).strip() if rivalry.left else _("nothing")
    return (
        *who,
        _(
            ". If they get theirs, {left} is left of the {needed} needed: {where}.",
            left=left,
            needed=needed,
            where=where,
        ),
    )


def counter_sentences(
    checked: Checked, asked: Checked, promised: Mapping[Cell, int], until: datetime, locale: Locale
) -> list[Sentence]:
    """What a counter costs against what was asked, and what it holds until when, beyond what is promised already."""
    less = asked.check.margin.revenue - checked.check.margin.revenue
    money = money_text(checked.company, abs(less), locale)
    costs = (
        [_("{money} less revenue", money=money) if less > 0 else _("{money} more revenue", money=money)] if less else []
    )
    if checked.check.verdict is Verdict.OVERTIME:
        costs.append(_("{money} of overtime", money=money_text(checked.company, checked.check.overtime_cost, locale)))
    sentences: list[Sentence] = [(Bold(_("Against what was asked: ")), f"{_(' and ').join(costs)}.")] if costs else []
    return [
        *sentences,
        (
            Bold(_("Sending it holds ")),
            _("{held}, until ", held=_held_text(checked, promised, locale)),
            When(until),
            ".",
        ),
    ]


def _held_text(checked: Checked, promised: Mapping[Cell, int], locale: Locale) -> str:
    beyond = [
        (week, name, need - promised.get((name, week), 0))
        for name, weeks in checked.check.needs.items()
        for week, need in weeks.items()
    ]
    needs = sorted(entry for entry in beyond if entry[2] > 0)
    units = {name: resource.unit for name, resource in checked.company.resources.items()}
    parts = [
        _(
            "{amount} of {name} ({week})",
            amount=amount_words(n, units[name], locale),
            name=clip(name, 30),
            week=week_text(week, locale),
        )
        for week, name, n in needs[:MOST_NEEDS]
    ]
    more = _(" and {count} more", count=len(needs) - MOST_NEEDS) if len(needs) > MOST_NEEDS else ""
    return (", ".join(parts) + more) or _("nothing")


def broken_sentence(checked: Checked, locale: Locale) -> Sentence:
    """A promise that cannot be kept, and what is missing."""
    lacking = [shortage for shortage in checked.check.shortages if not shortage.past]
    worst = max(lacking, key=lambda s: (s.short * 1000 // s.needed, -s.week.toordinal(), s.resource))
    sentence = shortage_sentence(worst, checked.company.resources[worst.resource].unit, locale)
    return (Bold(_("This promise can no longer be kept. ")), sentence)


def deviation_sentence(checked: Checked, locale: Locale) -> Sentence | None:
    """Where the deal leaves standard terms; the margin's own line is for those who may see it."""
    deviations = [deviation for deviation in checked.check.deviations if deviation.kind != "margin"]
    if not deviations:
        return None
    words = "; ".join(_deviation(deviation, checked, locale) for deviation in deviations[:6])
    more = _("; and {count} more", count=len(deviations) - 6) if len(deviations) > 6 else ""
    return (_("Beyond standard terms: "), words + more)


def _deviation(deviation: Deviation, checked: Checked, locale: Locale) -> str:
    asked, standard, offer = deviation.asked, deviation.standard, clip(deviation.offer or "", MOST_NAME)
    match deviation.kind:
        case "discount" if isinstance(asked, int) and isinstance(standard, int):
            lowest = money_text(checked.company, standard, locale)
            return _("{offer} under {lowest}, the lowest standard price", offer=offer, lowest=lowest)
        case "lead_time" if isinstance(standard, date):
            return _("{offer} before {week}, the standard lead time", offer=offer, week=week_text(standard, locale))
        case "lot":
            return _("{offer} under the smallest delivery of {standard}", offer=offer, standard=standard)
        case _:
            return _("{offer} is not in the standard catalogue", offer=offer)
