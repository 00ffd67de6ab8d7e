"""Agreeing on a demand: the coordinator's number in the place of what sales believe, with its reason."""

from datetime import datetime

from babel import Locale
from slack_sdk.models.views import View

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show, Suggest
from handlers.slack.values import number_of, read_change
from handlers.sop.consensus_view import ConsensusForm, consensus_view
from handlers.sop.families import chosen_family
from handlers.sop.family_view import family_options
from handlers.sop.targets import CycleTarget
from models.base.errors import Refused
from models.base.language import _
from models.base.words import locale_of
from models.deals.rules import check_sees_deals
from models.sop.agreeing import agree_on
from models.sop.identities import HORIZON
from models.sop.reviews import moved
from models.sop.rows import Cycle
from models.sop.rules import check_may
from models.sop.settings import present_cycle
from models.sop.steps import Move
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@opens(Act.AGREE, command="/sop consensus")
def open_consensus(workspace: Workspace, by: Member) -> View:
    """The form; the numbers follow once a family is chosen."""
    check_sees_deals(by)
    cycle = present_cycle(workspace)
    check_may(cycle, Move.AGREE, by=by)
    return consensus_view(ConsensusForm(cycle.id, cycle.months, locale_of(by.locale)))


@listens(suggests=Act.AGREEING)
def suggest_families_to_agree_on(cycle: Cycle, by: Member, text: str) -> Reply:
    """Families that hold what was typed."""
    check_may(cycle, Move.AGREE, by=by)
    return Suggest(family_options(cycle.families, text))


@listens(Act.AGREEING, is_writing=False)
def choose_family_to_agree_on(cycle: Cycle, by: Member, form: Filled, target: CycleTarget) -> Reply:
    """What sales believe of the family, and what was agreed on."""
    check_may(cycle, Move.AGREE, by=by)
    return Show(_form(cycle, by, chosen_family(cycle.families, form["family"]), target.revision + 1))


@submits(Callback.AGREE)
def take_consensus(cycle: Cycle, by: Member, now: datetime, form: Filled, target: CycleTarget) -> Reply:
    """It counts as demand from now on; the form stays for the next months or family."""
    family = chosen_family(cycle.families, form["family"])
    numbers = _months(cycle, form)
    sales = cycle.demand_in(cycle.forecasts).get(family, [0] * HORIZON)
    locale = locale_of(by.locale)
    units = {number: _units(form["units"], sales[number], locale) for number in numbers}
    agree_on(cycle, family, units, form["reason"], by=by, now=now)
    return Show(_form(cycle, by, family, target.revision + 1, _("Agreed. {family} counts with it now.", family=family)))


def _form(cycle: Cycle, by: Member, family: str, revision: int, done: str = "") -> View:
    known = next((row for row in cycle.consensus if row.family == family), None)
    nothing = [0] * HORIZON
    return consensus_view(
        ConsensusForm(
            cycle=cycle.id,
            months=cycle.months,
            locale=locale_of(by.locale),
            family=family,
            baseline=cycle.baselines.get(family, nothing),
            sales=cycle.demand_in(cycle.forecasts).get(family, nothing),
            agreed=known.units if known else [None] * HORIZON,
            reason=known.reason if known else "",
            revision=revision,
            done=done,
        )
    )


def _months(cycle: Cycle, form: Filled) -> range:
    """The numbers of the months from one to another."""
    months = [month.isoformat() for month in cycle.months]
    if form["first"] not in months:
        raise Refused(_("Choose a month."), field="first")
    first = months.index(form["first"])
    last = months.index(form["last"]) if form["last"] in months else first
    if last < first:
        raise Refused(_("That is before the first month."), field="last")
    return range(first, last + 1)


def _units(text: str, sales: int, locale: Locale) -> int | None:
    """Units, or sales' number moved by a percentage; nothing typed is sales' number."""
    typed = text.strip()
    if not typed:
        return None
    if typed.endswith("%"):
        return moved(sales, read_change(typed, locale, "units"))
    number = number_of(typed, locale)
    if number is None or number < 0 or number != number.to_integral_value():
        raise Refused(_("Units such as 120, or a change such as +10% or -5%."), field="units")
    return int(number)
