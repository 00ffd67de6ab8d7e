"""The page as it is now: privately, and in a window."""

from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens
from handlers.slack.replies import Reply, Say
from handlers.slack.text import Bold, as_sentence
from handlers.slack.view_parts import NO_TARGET, actions, button, line, modal
from handlers.sop.page_view import ShownPage, page_blocks, page_text
from handlers.sop.standing_view import finishing, open_text
from handlers.sop.targets import CycleTarget
from models.base.language import _
from models.base.words import company_locale
from models.deals.rules import check_sees_deals
from models.sop.page_making import page_of
from models.sop.rows import Cycle
from models.sop.rules import moves_of, sees_money
from models.sop.settings import present_cycle
from models.sop.steps import Move
from models.sop.versions import changes_since
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@listens(command="/sop page", is_writing=False)
def show_page(workspace: Workspace, by: Member) -> Reply:
    """The page as it is now, privately; the numbers of all families are in the published workbook."""
    check_sees_deals(by)
    shown = _shown_page(present_cycle(workspace), by)
    return Say((page_text(shown),), page_blocks(shown))


@opens(Act.PAGE)
def open_page(workspace: Workspace, by: Member) -> View:
    """The page in a window, which holds no table: what stands out."""
    check_sees_deals(by)
    return page_window(workspace, by)


def page_window(workspace: Workspace, by: Member, done: str = "") -> View:
    """The page without its table, and what ends the step; above it what was done."""
    cycle = present_cycle(workspace)
    shown = _shown_page(cycle, by)
    blocks = [block for block in page_blocks(shown) if block.type != "table"]
    hint = line(as_sentence(_("`/sop page` shows the table of months as well.")))
    moves = moves_of(cycle, by)
    ending = finishing(moves, open_text(shown.page), cycle.version)
    money = [button(Act.SEND_PLAN, _("Workbook with money"), NO_TARGET) if sees_money(by) else None]
    comment = button(Act.COMMENT, _("Comment…"), CycleTarget(cycle=cycle.id)) if Move.COMMENT in moves else None
    above = [line((Bold(done),))] if done else []
    return modal(Callback.PAGE, "S&OP", [*above, hint, *blocks, *actions([*money, comment]), *ending], submit=None)


def _shown_page(cycle: Cycle, by: Member) -> ShownPage:
    """The page as it is, which says when it is no more what was signed."""
    page = page_of(cycle)
    signed = cycle.latest_signed
    return ShownPage(
        page=page,
        company=cycle.workspace,
        locale=company_locale(cycle.workspace.country),
        changed_since=changes_since(signed, page) if signed else "",
        is_deciding=Move.DECIDE in moves_of(cycle, by),
        sees_money=sees_money(by),
    )
