"""Every S&OP button and form × role × step against the table in `buttons_table`, through signed requests.

A window may have stood open while the cycle went on: so every button is pressed and every form submitted by everybody
at every step, whether it is shown there or not.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.sop.forecasting import find_forecast
from models.sop.rows import Cycle, Resolution
from models.sop.steps import Step
from models.sop.supplying import find_supply
from models.workspace.history import History
from models.workspace.members import Member, find_member
from models.workspace.outbox import News, Outbox
from models.workspace.workspaces import the_workspace
from tests.handlers.desk import (
    Desk,
    Rows,
)
from tests.handlers.sop.buttons_table import BUTTONS, ROLES, WHO_MAY, rows_of
from tests.handlers.sop.cycle_desk import FAMILY, PRESSED, SHOWN, SUBMITTED, WHY, CycleDesk


def _left_forecast(cycle: Cycle, by: Member) -> bool:
    row = find_forecast(cycle, by, FAMILY)
    return row.reason == WHY and row.answered_at is not None


def _left_all(cycle: Cycle, by: Member) -> bool:
    return not [row for row in cycle.forecasts if row.member_id == by.id and row.answered_at is None]


def _left_file(cycle: Cycle, by: Member) -> bool:
    last = cycle.session.scalars(select(Outbox).order_by(Outbox.id.desc()).limit(1)).one()
    return (last.kind, last.stream) == (News.REVIEW, by.user_id)


def _left_supply(cycle: Cycle, by: Member) -> bool:
    row = find_supply(cycle, FAMILY)
    return (row.by_id, row.limit) == (by.id, WHY)


def _left_decision(cycle: Cycle, by: Member) -> bool:
    made = select(Resolution).where(Resolution.cycle_id == cycle.id)
    return [(row.made_by_id, row.text) for row in cycle.session.scalars(made)] == [(by.id, WHY)]


def _left_signature(cycle: Cycle, by: Member) -> bool:
    signed = cycle.latest_signed
    return signed is not None and (signed.by_id, signed.version) == (by.id, cycle.version)


def _left_closed(cycle: Cycle, by: Member) -> bool:
    return cycle.session.scalars(select(Resolution.closed_by_id)).one() == by.id


LEFT: dict[str, Callable[[Cycle, Member], bool]] = {
    "submit a forecast": _left_forecast,
    "hand in the forecast's file": _left_forecast,
    "agree to all": _left_all,
    "send the forecast's file": _left_file,
    "send the supply's file": _left_file,
    "submit supply": _left_supply,
    "hand in the supply's file": _left_supply,
    "decide": _left_decision,
    "reconciled": lambda cycle, _: not cycle.open_tasks(Step.RECONCILIATION),
    "sign": _left_signature,
    "close the decision": _left_closed,
}


@pytest.mark.parametrize("step", WHO_MAY)
def test_button_does_what_the_table_allows_and_is_refused_otherwise(desk: CycleDesk, step: str) -> None:
    rows = rows_of(step)
    desk.go_to(step)
    before = desk.rows()
    wrong: list[str] = []
    for button in BUTTONS:
        who, after = rows.get(button, (frozenset(), ""))
        wrong += _refusals(desk, button, [role for role in ROLES if role not in who], before)
        for role in _sample(desk, button, sorted(who)):
            wrong += (f"{button} by {role}: {problem}" for problem in _act(desk, role, button, after, before))
            desk.restore(before)
    assert not wrong, "\n".join(["", *wrong])


def _refusals(desk: CycleDesk, button: str, roles: list[str], before: Rows) -> Iterator[str]:
    """Everybody who may not, one after the other: the rows stay as they are."""
    for role in _sample(desk, button, roles):
        for way, buttons in ((desk.press, PRESSED), (desk.submit, SUBMITTED)):
            if button not in buttons:
                continue
            answer, after = way(role, button), desk.rows()
            if not answer.is_refusal and not answer.text.startswith("(under a field)"):
                yield f"{button}, {way.__name__} by {role}: {answer}"
            if after != before:
                changed = ", ".join(name for name in after if after[name] != before[name])
                yield f"{button}, {way.__name__} by {role}: rows changed in {changed}"
                desk.restore(before)


def _act(desk: CycleDesk, role: str, button: str, after: str, before: Rows) -> Iterator[str]:
    """Who may does it: the form is shown and changes nothing, and what the act is about is left."""
    if button in PRESSED:
        answer = desk.press(role, button)
        if button in SHOWN and (answer.form.get("callback_id"), desk.rows()) != (SHOWN[button], before):
            yield f"{answer}, not the form, or rows changed"
    if button in SUBMITTED:
        answer = desk.submit(role, button)
    if button in LEFT:
        by_and_at = desk.look(partial(_last_act, user=desk.people[role]))
        is_noted = button.startswith("send") or by_and_at == (True, desk.now)
        if (*desk.left(LEFT[button], role), is_noted) != (after, True, True):
            yield f"{answer}, leaves {desk.left(LEFT[button], role)}, by and at {by_and_at}"
    elif desk.left_step() != after:
        yield f"leaves {desk.left_step()}"


def _last_act(session: Session, *, user: str) -> tuple[bool, datetime]:
    last = session.scalars(select(History).where(History.by_id.is_not(None)).order_by(History.id.desc())).first()
    assert last
    return last.by_id == find_member(the_workspace(session), user).id, last.at


def _sample(desk: Desk, button: str, roles: list[str]) -> list[str]:
    """Everybody; on PostgreSQL one of them in turn: what keeps rows depends on the database, the rules do not."""
    turn = BUTTONS.index(button) % max(1, len(roles))
    return roles if desk.bot.database.is_sqlite else roles[turn : turn + 1]
