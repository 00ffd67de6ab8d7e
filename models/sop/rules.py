"""Who may do what to a cycle, and when: one question, asked by the button and by the verb."""

from collections.abc import Callable, Mapping

from models.base.errors import NotYours, Refused, TooLate
from models.base.language import N_, _
from models.sop.rows import Cycle
from models.sop.settings import planning_of
from models.sop.steps import TRANSITIONS, Move, Step
from models.workspace.members import Member, check_admin
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

Rule = Callable[[Cycle, Member], str | None]


def objection(cycle: Cycle, move: Move, *, by: Member) -> Refused | None:
    """Why a person may not make a move now; None when they may."""
    sentence = WHO[move](cycle, by)
    if sentence:
        return NotYours(sentence)
    if not cycle.is_present:
        return TooLate(_("That was last month's cycle; a new one has begun. `/sop` shows it."))
    if not is_possible(cycle, move):
        return TooLate(_(WHEN[move]))
    late = MOMENT[move](cycle, by) if move in MOMENT else None
    return TooLate(late) if late else None


def check_may(cycle: Cycle, move: Move, *, by: Member) -> None:
    """Refuse who may not, before a form is filled in for nothing."""
    refused = objection(cycle, move, by=by)
    if refused:
        raise refused


def is_possible(cycle: Cycle, move: Move) -> bool:
    """Whether the step allows a move to anybody."""
    return (cycle.step, move) in TRANSITIONS


def moves_of(cycle: Cycle, member: Member) -> frozenset[Move]:
    """What a person may do now."""
    return frozenset(move for move in Move if objection(cycle, move, by=member) is None)


def may_close(owner: str, member: Member) -> bool:
    """Whoever sees to a decision (by Slack's id) says that it is done, or leadership."""
    return owner == member.user_id or member.has(Role.LEADERSHIP)


def check_may_import(by: Member) -> None:
    """Actuals come from those who keep the books and the shop floor."""
    if not by.has(Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP):
        raise NotYours(_("Actuals are imported by operations, finance and leadership."))


def check_may_budget(by: Member) -> None:
    """The budget is finance's and leadership's."""
    if not by.has(Role.FINANCE, Role.LEADERSHIP):
        raise NotYours(_("The budget is imported by finance and leadership."))


def sees_money(by: Member) -> bool:
    """Money by family is not for sellers: divided by units it is a unit cost, which cards keep from them."""
    return by.has(Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP)


def check_may_name_owners(workspace: Workspace, by: Member, admins: frozenset[str]) -> None:
    """Admins and the coordinator; so for targets of stock."""
    planning = planning_of(workspace)
    if planning is None or planning.coordinator_id != by.id or not by.roles:
        check_admin(by, admins)


def check_sees_accuracy(by: Member) -> None:
    """Sellers see their own; leadership, finance and the coordinator all."""
    if not by.has(Role.SALES) and not sees_all_accuracy(by):
        raise NotYours(
            _("Sellers see the accuracy of their own forecasts; leadership, finance and the coordinator see all.")
        )


def sees_all_accuracy(by: Member) -> bool:
    """Whoever answers for the plan as a whole."""
    planning = planning_of(by.workspace)
    is_coordinator = planning is not None and planning.coordinator_id == by.id and bool(by.roles)
    return is_coordinator or by.has(Role.LEADERSHIP, Role.FINANCE)


def _nobody(_cycle: Cycle, by: Member) -> str | None:
    return _("Only the clock does this, not {name}.", name=by.name)


def _sales(_cycle: Cycle, by: Member) -> str | None:
    return None if by.has(Role.SALES) else _("Forecasts are for sales, and everybody there forecasts for themselves.")


def _operations(_cycle: Cycle, by: Member) -> str | None:
    return None if by.has(Role.OPERATIONS) else _("Supply is planned by operations.")


def _leadership(_cycle: Cycle, by: Member) -> str | None:
    return None if by.has(Role.LEADERSHIP) else _("Leadership signs the plan.")


def _decides(cycle: Cycle, by: Member) -> str | None:
    planning = planning_of(cycle.workspace)
    is_coordinator = planning is not None and planning.coordinator_id == by.id
    if by.has(Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP) or (is_coordinator and by.roles):
        return None
    return _("Decisions are recorded by operations, finance, leadership and the coordinator.")


def _coordinates(cycle: Cycle, by: Member) -> str | None:
    planning = planning_of(cycle.workspace)
    is_coordinator = planning is not None and planning.coordinator_id == by.id and bool(by.roles)
    if is_coordinator or by.has(Role.LEADERSHIP):
        return None
    return _("The consensus is the coordinator’s and leadership’s to record.")


def _imagines(cycle: Cycle, by: Member) -> str | None:
    if _decides(cycle, by) is None:
        return None
    return _("Scenarios are for operations, finance, leadership and the coordinator: they show money.")


def _anybody(_cycle: Cycle, by: Member) -> str | None:
    return None if by.roles else _("Comments are for those who have a role. An admin gives one with `/belay roles`.")


def _not_reconciled_yet(cycle: Cycle, _by: Member) -> str | None:
    return None if cycle.open_tasks(Step.RECONCILIATION) else _("It is reconciled already.")


WHO: Mapping[Move, Rule] = {
    Move.GO_ON: _nobody,
    Move.FORECAST: _sales,
    Move.SUPPLY: _operations,
    Move.DECIDE: _decides,
    Move.RECONCILE: _decides,
    Move.AGREE: _coordinates,
    Move.IMAGINE: _imagines,
    Move.COMMENT: _anybody,
    Move.SIGN: _leadership,
}

WHEN: Mapping[Move, str] = {
    Move.GO_ON: N_("The last step has begun."),
    Move.FORECAST: N_("The demand review has not begun yet. `/sop` shows where the cycle stands."),
    Move.SUPPLY: N_("The supply review has not begun yet. `/sop` shows where the cycle stands."),
    Move.DECIDE: N_("Decisions follow the supply review. `/sop` shows where the cycle stands."),
    Move.IMAGINE: N_("Scenarios follow the supply review. `/sop` shows where the cycle stands."),
    Move.COMMENT: N_("No cycle has begun yet."),
    Move.AGREE: N_("The consensus follows the supply review. `/sop` shows where the cycle stands."),
    Move.RECONCILE: N_("Reconciliation follows the supply review. `/sop` shows when."),
    Move.SIGN: N_("The plan is signed in the executive meeting. `/sop` shows where the cycle stands."),
}

MOMENT: Mapping[Move, Rule] = {Move.RECONCILE: _not_reconciled_yet}
