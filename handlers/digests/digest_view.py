"""Digests as messages: a line an item, the most urgent first, and how many more there are where."""

from collections.abc import Sequence

from babel import Locale
from slack_sdk.models.blocks import Block, ButtonElement, RawTextObject, TableBlock, TableBlockColumnSettings

from handlers.deals.targets import ContestTarget
from handlers.deals.turn_words import time_left
from handlers.deals.words import deal_title
from handlers.slack.ids import Act
from handlers.slack.pictures import percent
from handlers.slack.text import Bold, Link, Part, Sentence, When, as_sentence, clip
from handlers.slack.view_parts import actions, button, header, line
from models.base.language import N_, _, ngettext
from models.base.words import HasCurrency, amount_words, money_text, week_text
from models.digests.contents import Behind, Pipeline, QueueItem, Rank, RedWeek, ResourceLoad

MOST_ITEMS = 25
MOST_RED = 10
MOST_BEHIND = 4
MOST_RESOURCES = 15
HEADINGS = {
    Rank.OVERDUE: N_("Overdue"),
    Rank.BROKEN: N_("Promises that cannot be kept"),
    Rank.ANSWER: N_("To answer"),
    Rank.DELIVERY: N_("Delivered?"),
}


def queue_blocks(items: Sequence[QueueItem], company: HasCurrency, locale: Locale) -> list[Block]:
    """What operations must decide today."""
    blocks: list[Block] = [header(queue_text(items))]
    for rank, heading in HEADINGS.items():
        ranked = [item for item in items[:MOST_ITEMS] if item.rank is rank]
        if ranked:
            blocks.append(line((Bold(_(heading)),), *(_queue_item(item, company, locale) for item in ranked)))
    if len(items) > MOST_ITEMS:
        blocks.append(
            line(as_sentence(_("And {count} more: `/deal list` shows them all.", count=len(items) - MOST_ITEMS)))
        )
    return blocks


def queue_text(items: Sequence[QueueItem]) -> str:
    """The same in a line."""
    overdue = sum(item.rank is Rank.OVERDUE for item in items)
    late = _(", {overdue} overdue", overdue=overdue) if overdue else ""
    return _("Operations queue: {count} to decide{late}", count=len(items), late=late)


def pipeline_blocks(pipeline: Pipeline, locale: Locale) -> list[Block]:
    """The weeks that are too full, with the deals behind them, and all of the coming weeks as a table."""
    blocks: list[Block] = [header(pipeline_text(pipeline))]
    blocks.append(line(*(_red_week(red, locale) for red in pipeline.red[:MOST_RED])))
    if len(pipeline.red) > MOST_RED:
        blocks.append(
            line(as_sentence(_("And {count} more weeks: `/capacity` shows them.", count=len(pipeline.red) - MOST_RED)))
        )
    blocks += actions(_compare(number, red, locale) for number, red in enumerate(pipeline.red[:MOST_RED], 1))
    blocks.append(_table(pipeline.resources[:MOST_RESOURCES], locale))
    if len(pipeline.resources) > MOST_RESOURCES:
        more = len(pipeline.resources) - MOST_RESOURCES
        blocks.append(line(as_sentence(_("These are the fullest. `/capacity` shows the other {more}.", more=more))))
    return blocks


def pipeline_text(pipeline: Pipeline) -> str:
    """The same in a line."""
    count = len(pipeline.red)
    weeks = ngettext("one week", "{count} weeks", count, count=count or _("no"))
    return _("Pipeline against capacity: {weeks} over what there is", weeks=weeks)


def lateness(due: When | None, skipped: int) -> list[Sentence]:
    """What a digest says of itself when it comes late, or after one that was left out."""
    sentences: list[Sentence] = []
    if due:
        sentences.append((_("This is late: it was due "), due, "."))
    if skipped:
        times = ngettext("The one before it was", "The {skipped} before it were", skipped, skipped=skipped)
        sentences.append((_("{times} left out, more than a day late.", times=times),))
    return sentences


def _queue_item(item: QueueItem, company: HasCurrency, locale: Locale) -> Sentence:
    title = clip(deal_title(item.deal), 110)
    name: Part = Link(title, item.link) if item.link else Bold(title)
    revenue = money_text(company, item.revenue, locale)
    return ("•  ", name, f" · {revenue}", *_due(item))


def _due(item: QueueItem) -> Sentence:
    if not item.clocks:
        return ()
    who = _(" and ").join(dict.fromkeys(clock.name for clock in item.clocks))
    return (f" · {who}, {time_left(item.clocks[0])}: ", When(item.clocks[0].due_at))


def _red_week(red: RedWeek, locale: Locale) -> Sentence:
    unit = red.resource.unit
    over = amount_words(red.cell.wanted - red.cell.load.offered, unit, locale)
    where = _("{name}, week of {week}", name=clip(red.resource.name, 40), week=week_text(red.cell.load.week, locale))
    more = len(red.behind) - MOST_BEHIND
    parts: list[Part] = [
        "•  ",
        Bold(where),
        _(": {percent}, {over} too many", percent=percent(red.cell.share), over=over),
    ]
    for number, behind in enumerate(red.behind[:MOST_BEHIND]):
        parts += [" — " if number == 0 else ", ", _behind_name(behind), f" {amount_words(behind.amount, unit, locale)}"]
        parts += [_(" (open)")] if behind.is_asking else []
    return (*parts, _(" and {more} more", more=more) if more > 0 else "")


def _compare(number: int, red: RedWeek, locale: Locale) -> ButtonElement | None:
    """The way to decide the deals that ask for a week together."""
    asking = [behind.deal.id for behind in red.behind if behind.is_asking]
    if len(asking) < 2:
        return None
    label = _("Compare: {name}, {week}", name=clip(red.resource.name, 40), week=week_text(red.cell.load.week, locale))
    week = red.cell.load.week.isoformat()
    target = ContestTarget(deal=min(asking), contest=number, resource=red.resource.name, week=week)
    return button(Act.COMPARE, label, target)


def _behind_name(behind: Behind) -> Part:
    name = f"#{behind.deal.number} {clip(behind.deal.customer, 30)}"
    return Link(name, behind.link) if behind.link else Bold(name)


def _table(loads: Sequence[ResourceLoad], locale: Locale) -> TableBlock:
    weeks = [week_text(cell.load.week, locale) for cell in loads[0].cells]
    rows = [[_("Resource"), *weeks]]
    rows += [[clip(load.resource.name, 40), *(percent(cell.share) for cell in load.cells)] for load in loads]
    settings = [TableBlockColumnSettings(align="left"), *(TableBlockColumnSettings(align="right") for _ in weeks)]
    return TableBlock(rows=[[RawTextObject(text=cell) for cell in row] for row in rows], column_settings=settings)
