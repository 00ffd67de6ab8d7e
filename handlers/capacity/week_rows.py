"""The weeks of a resource, as rows of text."""

from babel import Locale
from slack_sdk.models.blocks import Option

from handlers.slack.charts import WIDTH, aligned, bar, marks
from handlers.slack.text import clip
from models.base.language import _
from models.base.words import amount_words, week_text
from models.capacity.overview import ResourceWeeks, WeekLoad
from models.promise import Kind


def week_rows(resource: ResourceWeeks, locale: Locale) -> list[str]:
    """A row for each week: what it offers, what is committed, held and free, and how full that is.

    A week that needs overtime says how much.
    """
    is_time = resource.kind is Kind.TIME
    first, last = (_("available"), _("free")) if is_time else (_("arrives"), _("left"))
    heads = (_("week"), first, _("committed"), _("held"), last)
    rows = aligned([heads, *(_cells(week, locale) for week in resource.weeks)], left=0)
    if not is_time:
        return rows
    return rows[:1] + [
        f"{row}  {_filled(week)}{_beyond(week, locale)}" for row, week in zip(rows[1:], resource.weeks, strict=True)
    ]


def _cells(week: WeekLoad, locale: Locale) -> tuple[str, ...]:
    amounts = (week.offered, week.committed, week.held, week.free)
    return (week_text(week.week, locale), *(amount_words(amount, "", locale).strip() for amount in amounts))


def _filled(week: WeekLoad) -> str:
    """Dark is promised, middle is held or reserved, light is free."""
    if week.offered <= 0:
        return _("closed")
    taken = marks(week.committed, week.offered)
    kept = week.held + week.reserved
    both = marks(week.committed + kept, week.offered)
    return f"{bar(taken, min(WIDTH, max(taken + bool(kept), both)))} {round(week.share * 100)} %"


def _beyond(week: WeekLoad, locale: Locale) -> str:
    bought = _(", {amount} overtime", amount=amount_words(week.bought, "", locale).strip()) if week.bought else ""
    return bought + (_(", {amount} too much", amount=amount_words(week.over, "", locale).strip()) if week.over else "")


def resource_option(resource: ResourceWeeks) -> Option:
    """A resource in a select."""
    return Option(text=clip(resource.name, 75), value=str(resource.id))
