"""`/sop`: where the cycle stands, the page, decisions, the signature, accuracy."""

from collections.abc import Mapping
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.blocks.learning import learning_view
from handlers.blocks.page import page_blocks, page_text
from handlers.blocks.parts import modal, notice
from handlers.blocks.sop import Decided, Standing, decide_view, done_view, sop_help, standing_view
from handlers.forms import Filled
from handlers.ids import Act, Callback, Target
from handlers.listening import listens, opens, submits
from handlers.phrases import as_sentence
from handlers.replies import Reply, Say, Show
from handlers.terms import read_day
from models.deals.rules import check_sees_deals
from models.errors import Refused
from models.members import Member, Role, find_member
from models.sop import signing
from models.sop.cycle import find_cycle, instant, planning_of, present_cycle
from models.sop.learning import learning_for
from models.sop.page import open_resolutions, page_of
from models.sop.rows import DAYS, Cycle, Step
from models.words import company_locale
from models.workspaces import Workspace


@opens(command="/sop")
def open_standing(workspace: Workspace, by: Member) -> View:
    """Where the cycle stands, and what the person may do."""
    check_sees_deals(by)
    return standing_view(_standing(present_cycle(workspace), by))


@listens(command="/sop help", is_writing=False)
def help_with_sop() -> Reply:
    """What one can type."""
    return Say(sop_help())


@listens(command="/sop page", is_writing=False)
def show_page(workspace: Workspace, by: Member) -> Reply:
    """The page as it is now, privately; the numbers of all families are in the published workbook."""
    check_sees_deals(by)
    heading, blocks = _page_now(workspace)
    return Say((heading,), blocks)


@opens(Act.PAGE)
def open_page(workspace: Workspace, by: Member) -> View:
    """The page in a window, which holds no table: what stands out."""
    check_sees_deals(by)
    blocks = [block for block in _page_now(workspace)[1] if block.type != "table"]
    told = notice(as_sentence("`/sop page` shows the table of months as well."), more=blocks)
    return modal(Callback.NOTICE, "S&OP", told.blocks or [], target=Target(), submit=None)


@opens(command="/sop accuracy")
def open_learning(by: Member, now: datetime) -> View:
    """How good forecasts were: one's own; leadership sees all."""
    check_sees_deals(by)
    return learning_view(learning_for(by, now=now))


@opens(Act.DECIDE, command="/sop decide")
def open_decide(workspace: Workspace, by: Member) -> View:
    """What was decided."""
    cycle = present_cycle(workspace)
    signing.check_may_decide(cycle, by)
    return decide_view(cycle.id, sorted(cycle.baselines))


@submits(Callback.DECIDE)
def take_decision(session: Session, workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """It is recorded, and its owner is reminded."""
    cycle = find_cycle(session, workspace, form.target.cycle)
    families, number = sorted(cycle.baselines), int(form["family"] or 0)
    if number >= len(families):
        raise Refused("Choose a family.", field="family")
    due = read_day(form["due"], "due")
    owner = find_member(session, workspace, form["owner"])
    row = signing.decide(cycle, form["text"], family=families[number], month=None, owner=owner, due=due, by=by, now=now)
    return Show(done_view(f"Recorded: {row.owner.name} sees to it."), below=standing_view(_standing(cycle, by)))


@listens(Act.CLOSE)
def close_decision(workspace: Workspace, by: Member, now: datetime, target: Target) -> Reply:
    """It is done."""
    signing.close(workspace, target.resolution, by=by, now=now)
    return Show(standing_view(_standing(present_cycle(workspace), by)))


@listens(Act.SIGN)
def sign(workspace: Workspace, by: Member, now: datetime) -> Reply:
    """The plan is signed and published."""
    cycle = present_cycle(workspace)
    signing.sign(cycle, by=by, now=now)
    return Show(standing_view(_standing(cycle, by)))


def _page_now(workspace: Workspace) -> tuple[str, list[Block]]:
    """The page as it is, which says when it is no more what was signed."""
    cycle, locale = present_cycle(workspace), company_locale(workspace.country)
    page, signed = page_of(cycle), signing.latest_signed(cycle)
    heading = page_text(page, locale)
    if signed is not None and signing.numbers_of(page) != signed.numbers:
        heading += ", changed since"
    return heading, page_blocks(page, workspace, locale, heading)


def _standing(cycle: Cycle, by: Member) -> Standing:
    workspace = cycle.workspace
    planning = planning_of(workspace)
    days = planning.days if planning else DAYS
    begins = [(step, instant(workspace, cycle.month, days[step])) for step in Step if step in days]
    page_silent = page_of(cycle).silent
    resolutions = [
        Decided(row.id, row.text, row.family, row.owner.name, row.due, row.owner_id == by.id or by.has(Role.LEADERSHIP))
        for row in open_resolutions(cycle)
    ]
    may = frozenset(act for act, is_allowed in _allowed(cycle, by).items() if is_allowed)
    locale = company_locale(workspace.country)
    return Standing(cycle.month, Step(cycle.step), begins, page_silent, cycle.version, resolutions, may, locale)


def _allowed(cycle: Cycle, by: Member) -> Mapping[Act, bool]:
    step = Step(cycle.step)
    return {
        Act.FORECAST: step is not Step.DATA and by.has(Role.SALES),
        Act.SUPPLY: step in signing.DECIDING and by.has(Role.OPERATIONS),
        Act.PAGE: step is not Step.DATA,
        Act.DECIDE: step in signing.DECIDING and by.has(Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP),
        Act.SIGN: step in {Step.EXECUTIVE, Step.SIGNED} and by.has(Role.LEADERSHIP),
    }
