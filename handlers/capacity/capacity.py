"""`/capacity`: the coming weeks, what loads them, a week to adjust, a table to import."""

from dataclasses import replace
from datetime import date, datetime

from babel import Locale
from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View

from handlers.capacity.adjusting_view import AdjustForm, adjust_view
from handlers.capacity.breaks import breaking_sentences, saved
from handlers.capacity.capacity_view import (
    capacity_help,
    capacity_view,
    import_view,
)
from handlers.capacity.naming import MOST_NAMES, read_named
from handlers.capacity.targets import WeekTarget, week_of
from handlers.capacity.weeks import weeks_of
from handlers.slack.commands import reads_all
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, digest
from handlers.slack.listening import fetches, listens, opens, submits
from handlers.slack.replies import Reply, Say, Show, Suggest
from handlers.slack.text import Bold, Sentence, as_sentence, clip, plain
from handlers.slack.uploads import Import, changes_sentence
from handlers.slack.values import format_amount, read_amount, whole
from models.base.attempts import attempt
from models.base.errors import Refused
from models.base.language import _, ngettext
from models.base.words import amount_words, locale_of, week_text
from models.capacity.adjusting import (
    Breaking,
    adjust,
    breaking,
    check_can_adjust,
    check_may_adjust,
    find_resource,
    lock_touched,
)
from models.capacity.overview import (
    ResourceWeeks,
    WeekLoad,
    coming_weeks,
    overbooked,
    search_resources,
)
from models.company.known import known_to
from models.company.resources import Commitment, ReceiptRow, ResourceRow, WeekExceptionRow
from models.deals.rules import check_sees_deals
from models.files.capacity import CAPACITY_KINDS, capacity_in
from models.promise import Adjustment, Kind
from models.setup.importing import import_capacity
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@opens(Act.CAPACITY, command="/capacity", reads=reads_all)
def open_capacity(workspace: Workspace, by: Member, now: datetime, text: str) -> View:
    """The coming weeks: of the fullest resources, or of the one that was named; or those with the week that was."""
    check_sees_deals(by)
    named = read_named(workspace, text, now)
    return capacity_view(weeks_of(workspace, by, now, named.resource, week=named.week))


@listens(Act.RESOURCE, is_writing=False)
def choose_resource(workspace: Workspace, by: Member, now: datetime, chosen: str, target: WeekTarget) -> Reply:
    """The weeks of one resource."""
    check_sees_deals(by)
    return Show(capacity_view(weeks_of(workspace, by, now, whole(chosen) or 0, since=target.first)))


@listens(Act.WEEK, is_writing=False)
def choose_week(workspace: Workspace, by: Member, now: datetime, chosen: str, target: WeekTarget) -> Reply:
    """What loads one of its weeks, with links to the deals."""
    check_sees_deals(by)
    shown = weeks_of(workspace, by, now, target.resource, since=target.first, week=week_of(chosen))
    return Show(capacity_view(shown))


@listens(suggests=Act.RESOURCE)
@listens(suggests=Act.ADJUST_RESOURCE)
def suggest_resources(workspace: Workspace, by: Member, text: str) -> Reply:
    """Resources that hold what was typed."""
    check_sees_deals(by)
    resources = search_resources(workspace, text)
    return Suggest([Option(text=clip(row.name, 75), value=str(row.id)) for row in resources])


@listens(command="/capacity help", is_writing=False)
def help_with_capacity() -> Reply:
    """What one can type."""
    return Say(capacity_help())


@opens(Act.ADJUST)
def open_adjust(workspace: Workspace, by: Member, now: datetime, target: WeekTarget) -> View:
    """A week to adjust, as it is."""
    check_may_adjust(by)
    return adjust_view(_form(workspace, by, now, target.resource, target.week))


@listens(Act.ADJUST_RESOURCE, is_writing=False)
@listens(Act.ADJUSTED, is_writing=False)
def check_adjusting(workspace: Workspace, by: Member, now: datetime, form: Filled, target: WeekTarget) -> Reply:
    """What would break, as far as the form is filled in; another week begins with what that offers."""
    check_may_adjust(by)
    resource, week = whole(form["resource"]) or 0, week_of(form["date"])
    shown = _form(workspace, by, now, resource, week, reason=form["reason"], revision=target.revision + 1)
    if (resource, week) != (target.resource, target.week):
        return Show(adjust_view(shown))
    return Show(adjust_view(_filled(workspace, shown, form, by, now, target)))


@submits(Callback.ADJUST)
def save_adjustment(workspace: Workspace, by: Member, now: datetime, form: Filled, target: WeekTarget) -> Reply:
    """The week is as it says now, if its person saw what that breaks; what breaks is listed with its ways."""
    check_may_adjust(by)
    row, adjustment = _read(workspace, form, by)
    check_can_adjust(row, adjustment, now=now)
    lock_touched(workspace, [row.name])
    shown = _form(workspace, by, now, row.id, adjustment.week, reason=form["reason"], revision=target.revision)
    filled = _filled(workspace, shown, form, by, now, target)
    if filled.seen != target.seen:
        return Show(adjust_view(replace(filled, sentences=[_look_again(target), *filled.sentences])))
    broken = adjust(row, adjustment, by=by, now=now)
    where = _("{name}, week of {week}", name=clip(row.name, 60), week=week_text(adjustment.week, locale_of(by.locale)))
    over = "".join(plain(sentence) for sentence in _overbooked(row, adjustment, by, now))
    return saved(workspace, _("Saved: {where}. {over} ", where=where, over=over).replace("  ", " "), broken, now=now)


@opens(Act.IMPORT, command="/capacity import")
def open_import(by: Member) -> View:
    """A table to hand in."""
    check_may_adjust(by)
    return import_view()


@fetches(Callback.IMPORT)
def take_import(workspace: Workspace, by: Member, now: datetime, handed: Import) -> Reply:
    """Weeks or commitments from a table, all or nothing; how it was read and what it breaks is seen before."""
    check_may_adjust(by)
    known = known_to(workspace, by=by, now=now)
    read = handed.read(handed.table.kind(CAPACITY_KINDS, known), known)
    if read.is_open:
        return handed.ask(read)
    rows = search_resources(workspace, "", limit=MOST_NAMES)
    given = capacity_in(read.preview, {row.name: row.kind for row in rows})

    def taking() -> Breaking:
        return import_capacity(workspace, given, by=by, now=now)

    breaks, changes = attempt(workspace.session, taking, (Commitment, ReceiptRow, WeekExceptionRow))
    count = len(given.adjustments) or len(given.commitments)
    what = (
        ngettext("{count} week", "{count} weeks", count, count=count)
        if given.adjustments
        else ngettext("{count} commitment", "{count} commitments", count, count=count)
    )
    told = [changes_sentence(what, count, changes), *breaking_sentences(breaks)]
    unseen = handed.unless_seen(told, read)
    if unseen is not None:
        return unseen
    handed.remember(read, now=now)
    return saved(workspace, _("Imported {what}. ", what=what), taking(), now=now)


def _form(
    workspace: Workspace,
    by: Member,
    now: datetime,
    resource: int,
    week: date | None,
    *,
    reason: str = "",
    revision: int = 0,
) -> AdjustForm:
    """The form with what the week offers now."""
    locale = locale_of(by.locale)
    overview = coming_weeks(workspace, now=now, only=resource, since=week, weeks=1) if resource else []
    shown = overview[0] if overview else None
    if shown is None or week is None:
        return AdjustForm(shown, None, reason, locale, revision)
    load = shown.weeks[0]
    sentences = [_standing(shown, load, locale)]
    amount, overtime = (format_amount(value, locale) for value in (load.offered, load.overtime))
    return AdjustForm(shown, load, reason, locale, revision, amount, overtime, amount, sentences)


def _standing(resource: ResourceWeeks, load: WeekLoad, locale: Locale) -> Sentence:
    promised, held, free = (
        amount_words(amount, resource.unit, locale) for amount in (load.committed, load.held, load.free)
    )
    left = _("left at its end") if resource.kind is Kind.STOCK else _("free")
    bought = (
        _(", {amount} of it overtime", amount=amount_words(load.bought, resource.unit, locale)) if load.bought else ""
    )
    return (
        _(
            "Now: {promised} promised, {held} held{bought}, {free} {left}.",
            promised=promised,
            held=held,
            bought=bought,
            free=free,
            left=left,
        ),
    )


def _look_again(target: WeekTarget) -> Sentence:
    again = _("It would now do something else than what you saw. ") if target.seen else _("This is what it would do. ")
    return (Bold(_("Nothing was saved yet. ")), _("{again}Press Save again to go on.", again=again))


def _filled(
    workspace: Workspace, shown: AdjustForm, form: Filled, by: Member, now: datetime, target: WeekTarget
) -> AdjustForm:
    """The form as it is filled in, with what that would break."""
    typed = replace(
        shown,
        revision=target.revision,
        available=form["available"],
        overtime=form["overtime"],
        receipt=form["receipt"],
    )
    try:
        row, adjustment = _read(workspace, form, by)
    except Refused as refused:
        return replace(typed, sentences=[*shown.sentences, as_sentence(refused.sentence)])
    breaks = breaking(workspace, adjustment, now=now)
    sentences = [*breaking_sentences(breaks), *_overbooked(row, adjustment, by, now)]
    seen = digest((replace(adjustment, reason=""), [plain(sentence) for sentence in sentences]))
    return replace(typed, sentences=[*shown.sentences, *sentences], seen=seen)


def _overbooked(row: ResourceRow, adjustment: Adjustment, by: Member, now: datetime) -> list[Sentence]:
    over = overbooked(row, adjustment, now=now)
    if not over:
        return []
    return [
        (
            _(
                "The week is overbooked by {amount}, overtime included.",
                amount=amount_words(over, row.unit, locale_of(by.locale)),
            ),
        )
    ]


def _read(workspace: Workspace, form: Filled, by: Member) -> tuple[ResourceRow, Adjustment]:
    row = find_resource(workspace, whole(form["resource"]) or 0)
    week = week_of(form["date"])
    if week is None:
        raise Refused(_("Choose a week."), field="date")
    locale = locale_of(by.locale)
    amounts = {name: read_amount(form[name], locale, name) for name in ("available", "overtime", "receipt")}
    return row, Adjustment(row.name, week, **amounts, reason=form["reason"])
