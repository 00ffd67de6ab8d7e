"""`/sop`: where the cycle stands, what ends a step, and the signature."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens
from handlers.slack.replies import Reply, Say, Show
from handlers.sop.page import page_window
from handlers.sop.standing_view import Standing, open_text, sop_help, standing_view
from handlers.sop.targets import ResolutionTarget
from models.base.language import _
from models.base.words import company_locale
from models.deals.rules import check_sees_deals
from models.sop import signing
from models.sop.page_making import page_of, silent_in
from models.sop.resolutions import decided_in
from models.sop.rows import DAYS, Cycle, Forecast, SupplyPlan
from models.sop.rules import may_close, moves_of
from models.sop.settings import instant, planning_of, present_cycle
from models.sop.steps import Move, Step
from models.sop.versions import changes_since
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

# The reviews have a day by which they are due.
DUE = (Step.DEMAND, Step.SUPPLY)


@opens(command="/sop")
def open_standing(workspace: Workspace, by: Member) -> View:
    """Where the cycle stands, and what the person may do."""
    check_sees_deals(by)
    return standing_view(standing_of(present_cycle(workspace), by))


@listens(command="/sop help", is_writing=False)
def help_with_sop() -> Reply:
    """What one can type."""
    return Say(sop_help())


@listens(Act.RECONCILED)
def reconcile(workspace: Workspace, by: Member, now: datetime, callback: str) -> Reply:
    """Nothing more is to be decided before the executive meeting."""
    signing.reconcile(present_cycle(workspace), by=by, now=now)
    return Show(_where_it_was_pressed(workspace, by, callback, _("Reconciled.")))


@listens(Act.CLOSE)
def close_decision(workspace: Workspace, by: Member, now: datetime, target: ResolutionTarget) -> Reply:
    """Nobody is reminded of it any more, and it leaves the page."""
    signing.close(workspace, target.resolution, by=by, now=now)
    return Show(standing_view(standing_of(present_cycle(workspace), by)))


@listens(Act.SIGN)
def sign(workspace: Workspace, by: Member, now: datetime, callback: str) -> Reply:
    """The plan is signed and published."""
    signing.sign(present_cycle(workspace), by=by, now=now)
    return Show(_where_it_was_pressed(workspace, by, callback, _("Signed. The page is on its way to the channel.")))


def standing_of(cycle: Cycle, by: Member) -> Standing:
    """Where a cycle stands, for a person."""
    workspace = cycle.workspace
    planning = planning_of(cycle.workspace)
    signed = cycle.latest_signed
    days = planning.days if planning else DAYS
    decided = [one for one in decided_in(cycle) if not one.is_closed]
    moves = moves_of(cycle, by)
    forecasts, supplies = cycle.forecasts, cycle.supplies
    silent = silent_in(cycle, forecasts, supplies)
    page = page_of(cycle) if signed is not None or Move.SIGN in moves else None
    return Standing(
        month=cycle.month,
        step=cycle.step,
        begins=[(step, instant(workspace, cycle.month, days[step])) for step in Step if step in days],
        due={step: instant(workspace, cycle.month, days[f"{step}_due"], is_end=True) for step in DUE},
        answered=answered_in(forecasts, supplies, silent),
        silent=silent,
        version=cycle.version,
        decided=decided,
        closable=frozenset(one.id for one in decided if may_close(one.user, by)),
        moves=moves,
        locale=company_locale(workspace.country),
        is_changed=bool(signed and page and changes_since(signed, page)),
        still_open=open_text(page) if page and Move.SIGN in moves else "",
        unsigned=cycle.unsigned_before,
    )


def answered_in(
    forecasts: Sequence[Forecast], supplies: Sequence[SupplyPlan], silent: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """Who has answered all that a review asks of them, by step."""
    sellers = [row.member for row in forecasts if row.answered_at is not None]
    planners = [row.by for row in supplies if row.by is not None and row.answered_at is not None]
    names = {step: dict.fromkeys(m.name for m in of) for step, of in ((Step.DEMAND, sellers), (Step.SUPPLY, planners))}
    return {step: tuple(name for name in of if name not in silent.get(step, ())) for step, of in names.items()}


def _where_it_was_pressed(workspace: Workspace, by: Member, callback: str, done: str) -> View:
    if callback == Callback.PAGE:
        return page_window(workspace, by, done)
    return standing_view(standing_of(present_cycle(workspace), by), done)
