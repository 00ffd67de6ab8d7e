"""`/sop schedule`, `/sop owners`, `/sop import`: on which days, by whom, and what months really were."""

from datetime import datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from slack_sdk.models.views import View

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.listening import fetches, listens, opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence
from handlers.slack.uploads import Import, changes_sentence
from handlers.slack.values import read_percent, read_units, read_whole
from handlers.slack.view_parts import file_blocks, modal
from handlers.sop.families import chosen_family
from handlers.sop.settings_view import IN_ALL, PlanningMoney, owners_view, planning_view
from handlers.sop.standing_view import done_view
from models.base.attempts import attempt
from models.base.errors import Refused
from models.base.language import N_, _, ngettext
from models.base.months import closed_months, month_of
from models.base.words import locale_of
from models.company.known import known_to
from models.company.offers import families as all_families
from models.files.months import COLUMNS, MonthsKind, months_in
from models.sheets.fields import Kind
from models.sop.actuals import import_actuals
from models.sop.owners import name_owner, named_owners
from models.sop.rows import CARRYING_RATE, DAYS, Actual
from models.sop.rules import check_may_import, check_may_name_owners
from models.sop.settings import plan_monthly, planning_of
from models.workspace.members import Member, check_admin, find_member
from models.workspace.workspaces import Workspace

LABELS = {
    "data": N_("1 · Data: working day"),
    "demand": N_("2 · Demand review begins on working day"),
    "demand_due": N_("Demand review is due on working day"),
    "supply": N_("3 · Supply review begins on working day"),
    "supply_due": N_("Supply review is due on working day"),
    "reconciliation": N_("4 · Reconciliation: working day"),
    "executive": N_("5 · Executive meeting: working day"),
    "lag": N_("Forecasts are judged so many months ahead"),
}


@opens(command="/sop schedule")
def open_planning(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """Where the page goes, who coordinates, on which days."""
    check_admin(by, admins)
    planning = planning_of(workspace)
    channel, who = (planning.channel, planning.coordinator.user_id) if planning else ("", "")
    days, lag = (planning.days, planning.lag) if planning else (dict(DAYS), 1)
    carrying, shows_money = (planning.carrying_rate, planning.shows_money) if planning else (CARRYING_RATE, False)
    money = PlanningMoney(format_decimal(carrying * 100, "0.##", locale=locale_of(by.locale)), shows_money)
    return planning_view(channel, who, {**days, "lag": lag}, LABELS, money)


@submits(Callback.PLANNING)
def keep_planning(workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]) -> Reply:
    """Cycles open by themselves from now on."""
    check_admin(by, admins)
    if not form["channel"] or not form["coordinator"]:
        raise Refused(_("Choose a channel and a coordinator."), field="channel")
    row = plan_monthly(
        workspace,
        channel=form["channel"],
        coordinator=find_member(workspace, form["coordinator"]),
        days={name: read_whole(form[name], name, most=23) for name in DAYS},
        lag=read_units(form["lag"], "lag"),
        carrying_rate=Decimal(read_percent(form["carrying"] or "20", locale_of(by.locale), "carrying")) / 10_000,
        shows_money=form["money"] == IN_ALL,
        by=by,
        now=now,
    )
    day = format_date(workspace.today(row.next_at), locale=locale_of(by.locale)) if row.next_at else ""
    return Show(done_view(_("Saved. The next cycle opens on {day}.", day=day)))


@opens(command="/sop owners")
def open_owners(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """Who answers for the supply of which family."""
    check_may_name_owners(workspace, by, admins)
    return owners_view(_owners(workspace))


@listens(Act.OWNED, is_writing=False)
def show_owner(workspace: Workspace, by: Member, form: Filled, target: Target, admins: frozenset[str]) -> Reply:
    """The owner of the family that was chosen."""
    check_may_name_owners(workspace, by, admins)
    family = chosen_family(all_families(workspace), form["family"])
    return Show(owners_view(_owners(workspace), family, target.revision + 1))


@submits(Callback.OWNERS)
def keep_owner(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: Target, admins: frozenset[str]
) -> Reply:
    """They are asked for its supply from now on."""
    check_may_name_owners(workspace, by, admins)
    family = chosen_family(all_families(workspace), form["family"])
    owner = find_member(workspace, form["owner"]) if form["owner"] else None
    name_owner(workspace, family, owner, by=by, now=now)
    return Show(owners_view(_owners(workspace), family, target.revision + 1))


@opens(command="/sop import")
def open_import(by: Member) -> View:
    """A table of actuals."""
    check_may_import(by)
    sentences: list[Sentence] = [(Bold(_("Actuals: ")), ", ".join(COLUMNS[MonthsKind.ACTUALS].all))]
    sentences.append(
        (_("A CSV or an .xlsx, with these columns or your own words for them. Months that are there are replaced."),)
    )
    return modal(Callback.ACTUALS, _("Import actuals"), file_blocks(sentences), submit=_("Import"))


@fetches(Callback.ACTUALS)
def take_actuals(workspace: Workspace, by: Member, now: datetime, handed: Import) -> Reply:
    """What the file names is replaced, once it was seen how it is read and what that changes; all or nothing."""
    check_may_import(by)
    closed = closed_months(month_of(workspace.today(now)))
    read = handed.read(Kind.ACTUALS, known_to(workspace, by=by, now=now, months=closed))
    if read.is_open:
        return handed.ask(read)
    given = months_in(read.preview)

    def taking() -> int:
        return import_actuals(workspace, given, by=by, now=now)

    count, changes = attempt(workspace.session, taking, [Actual])
    unseen = handed.unless_seen(
        [changes_sentence(ngettext("one row", "{count} rows", count, count=count), count, changes)], read
    )
    if unseen is not None:
        return unseen
    taking()
    handed.remember(read, now=now)
    return Show(done_view(ngettext("Imported one row.", "Imported {count} rows.", count, count=count)))


def _owners(workspace: Workspace) -> dict[str, str]:
    return {family: member.user_id for family, member in sorted(named_owners(workspace).items())}
