"""Capacity as views: the coming weeks, a week to adjust, and what a change breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ExternalDataSelectElement,
    Option,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from handlers.capacity.act_words import act_sentence
from handlers.capacity.targets import UndoTarget, WeeksTarget, WeekTarget
from handlers.capacity.week_rows import resource_option, week_rows
from handlers.deals.targets import DealTarget
from handlers.deals.verdict_words import broken_sentence
from handlers.deals.ways_view import ways_blocks
from handlers.deals.words import MOST_NAME
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Code, Link, Part, Sentence, When, clip
from handlers.slack.view_parts import actions, button, file_blocks, fixed, header, line, modal
from models.base.language import _
from models.base.words import amount_words, plural, week_text
from models.capacity.acts import Act as CapacityAct
from models.capacity.loads import Loading, Movable
from models.capacity.overview import ResourceWeeks
from models.deals.terms import Checked
from models.deals.ways import KnownWay

MOST_RESOURCES = 5
MOST_LOADS = 25
MOST_BROKEN = 5


@dataclass(frozen=True)
class Overview:
    """Eight weeks: of the fullest resources, or of one, with what loads one of its weeks.

    `first` is the first of them, `earlier` and `later` those that Back and Next begin with. Of one, `acts` are its last
    changes, the newest first, `undoable` is the newest where the person may undo it, and `groups` are those that it
    shares work with, each as if it were one.
    """

    resources: Sequence[ResourceWeeks]
    count: int
    may_adjust: bool
    locale: Locale
    is_one: bool = False
    week: date | None = None
    loads: Sequence[Loading] = ()
    first: date | None = None
    earlier: date | None = None
    later: date | None = None
    acts: Sequence[CapacityAct] = ()
    undoable: int = 0
    groups: Sequence[ResourceWeeks] = ()


@dataclass(frozen=True)
class Broken:
    """A promise that cannot be kept any more; its ways are None while they are looked for."""

    id: int
    number: int
    customer: str
    seller: str
    version: int
    checked: Checked
    ways: Sequence[KnownWay] | None = None


def capacity_view(overview: Overview) -> View:
    """The coming weeks by resource, and what one may do with them."""
    blocks: list[Block] = [_chooser(overview)]
    for resource in overview.resources:
        blocks.append(
            line((Bold(clip(resource.name, MOST_NAME)), _(", in {plural}", plural=plural(resource.unit, False))))
        )
        blocks.append(fixed(week_rows(resource, overview.locale)))
        notes = list(_notes(resource, overview.locale))
        blocks += [line(*notes)] if notes else []
    if len(overview.resources) < overview.count and not overview.is_one:
        more = overview.count - len(overview.resources)
        blocks.append(line((_("These are the fullest. Choose one of the other {more} above.", more=more),)))
    if not overview.resources:
        blocks.append(
            line((_("There is no resource yet. An admin loads the company with "), Code("belay import"), "."))
        )
    chosen = overview.resources[0].id if overview.is_one else 0
    turning = ((_("Back"), overview.earlier), (_("Next"), overview.later))
    blocks += actions(
        button(Act.WEEKS, label, WeeksTarget(resource=chosen, since=first.isoformat()))
        for label, first in turning
        if first
    )
    for group in overview.groups:
        blocks.append(
            line((Bold(clip(group.name, 120)), _(" together, in {plural}", plural=plural(group.unit, False))))
        )
        blocks.append(fixed(week_rows(group, overview.locale)))
    if overview.is_one:
        blocks += [*_loads(overview), *_changes(overview)]
    target = WeekTarget(resource=chosen, day=_iso(overview.week), since=_iso(overview.first))
    if overview.may_adjust:
        adjusting = button(Act.ADJUST, _("Adjust a week…"), target, style="primary")
        importing = button(Act.IMPORT, _("Import a table…"), target)
        blocks += actions([adjusting, button(Act.RESERVE, _("Reserve…"), target), importing])
    return modal(Callback.CAPACITY, _("Capacity"), blocks, target=target, submit=None)


def saved_view(sentence: Sentence, broken: Sequence[Broken], locale: Locale, *, more: int = 0) -> View:
    """What was saved, and the promises that cannot be kept any more, with their ways to yes."""
    blocks: list[Block] = [line(sentence)]
    for promise in broken:
        title = _(
            "#{number} · {customer} · {seller} sells",
            number=promise.number,
            customer=clip(promise.customer, 60),
            seller=promise.seller,
        )
        blocks += [header(title), line(broken_sentence(promise.checked, locale))]
        target = DealTarget(deal=promise.id, version=promise.version)
        blocks += ways_blocks(promise.ways, Act.COUNTER, target, most=3)
    if more:
        blocks.append(line((_("And {more} more: their cards show their ways.", more=more),)))
    if len(broken) > 1:
        together = DealTarget(deal=broken[0].id, version=broken[0].version)
        blocks[1:1] = actions([button(Act.COMPARE, _("Decide them together"), together, style="primary")])
    return modal(Callback.NOTICE, _("Capacity"), blocks, submit=None)


def import_view() -> View:
    """A table to hand in."""
    sentences: list[Sentence] = [
        (Bold(_("Weeks: ")), Code("resource,week,available,overtime,receipt,reason")),
        (Bold(_("Commitments: ")), Code("ref,resource,week,quantity,note")),
        (
            _(
                "A CSV or an .xlsx, with these columns or your own words for them; you see how it is "
                "read before it counts."
            ),
        ),
    ]
    return modal(Callback.IMPORT, _("Import capacity"), file_blocks(sentences), submit=_("Import"))


def capacity_help() -> Sentence:
    """The words after /capacity."""
    return (
        Bold("/capacity"),
        _(" shows the coming 8 weeks of the fullest resources, "),
        Code("/capacity Assembly"),
        _(" those of one, with who changed what and a way to undo the last change, "),
        Code("/capacity Assembly 18 Jan"),
        _(" those with a week and what loads it; Back and Next go on.\n"),
        Code("/capacity import"),
        _(" takes a table (CSV, .xlsx) of weeks or of commitments.\n"),
        Code("/capacity reserve"),
        _(" keeps hours for the customers of a tier or for a campaign until a date."),
    )


def _chooser(overview: Overview) -> ActionsBlock:
    chosen = resource_option(overview.resources[0]) if overview.is_one else None
    select = ExternalDataSelectElement(
        action_id=Act.RESOURCE, placeholder=_("Which resource?"), min_query_length=0, initial_option=chosen
    )
    return ActionsBlock(block_id="resource", elements=[select])


def _iso(week: date | None) -> str:
    return week.isoformat() if week else ""


def _notes(resource: ResourceWeeks, locale: Locale) -> Iterator[Sentence]:
    for week in resource.weeks:
        kept = (
            _("{amount} reserved", amount=amount_words(week.reserved, resource.unit, locale)) if week.reserved else ""
        )
        notes = "; ".join(filter(None, (clip(week.reason, 80), kept)))
        if notes:
            yield (f"{week_text(week.week, locale)}: {notes}",)


def _loads(overview: Overview) -> list[Block]:
    resource = overview.resources[0]
    options = [
        Option(text=_("Week of {week}", week=week_text(week.week, overview.locale)), value=week.week.isoformat())
        for week in resource.weeks
    ]
    chosen = next((o for o in options if overview.week and o.value == overview.week.isoformat()), None)
    select = StaticSelectElement(
        action_id=Act.WEEK, placeholder=_("What loads a week?"), options=options, initial_option=chosen
    )
    blocks: list[Block] = [ActionsBlock(block_id="week", elements=[select])]
    if overview.week:
        sentences = [_loading(entry, resource.unit, overview.locale) for entry in overview.loads[:MOST_LOADS]]
        more = len(overview.loads) - MOST_LOADS
        sentences += [(_("And {more} more.", more=more),)] if more > 0 else []
        blocks.append(line(*(sentences or [(_("Nothing loads that week."),)])))
    return blocks


def _changes(overview: Overview) -> list[Block]:
    """Who changed what, and the way back from the last change."""
    if not overview.acts:
        return []
    unit, locale = overview.resources[0].unit, overview.locale
    blocks: list[Block] = [
        line((Bold(_("Last changes")),), *(act_sentence(act, unit, locale) for act in overview.acts))
    ]
    undo = button(Act.UNDO, _("Undo the last one…"), UndoTarget(act=overview.undoable))
    return blocks + (actions([undo]) if overview.undoable else [])


def _loading(entry: Loading, unit: str, locale: Locale) -> Sentence:
    title: Part = Link(clip(entry.title, 120), entry.link) if entry.link else clip(entry.title, 120)
    held: tuple[Part, ...] = (_(", held until "), When(entry.until)) if entry.until else ()
    choice = f"  · {_choice(entry.movable, locale)}" if entry.movable else ""
    bought = (
        _(", {amount} of it overtime", amount=amount_words(entry.bought, "", locale).strip()) if entry.bought else ""
    )
    return (Bold(amount_words(entry.quantity, unit, locale)), "  ", title, *held, bought, choice)


def _choice(movable: Movable, locale: Locale) -> str:
    """Where else the work could be done."""
    earlier = _("could be done from {week} on", week=week_text(movable.earliest, locale)) if movable.earliest else ""
    others = (
        _("or on {names}", names=", ".join(clip(name, 40) for name in movable.others[:3])) if movable.others else ""
    )
    return " ".join(filter(None, (earlier, others)))
