"""`/sop targets`: what of each family should lie in stock."""

import re
from datetime import datetime
from decimal import Decimal

from babel import Locale
from slack_sdk.models.views import View

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.values import number_of
from handlers.sop.families import chosen_family
from handlers.sop.stock_targets_view import targets_view
from models.base.errors import Refused
from models.base.language import _
from models.base.words import locale_of
from models.company.offers import families
from models.sop.rules import check_may_name_owners
from models.sop.stock_targets import StockLevel, set_stock_target, stock_targets
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MONTHS = re.compile(r"\b(?:months?|monate?n?)$")


@opens(command="/sop targets")
def open_targets(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """The targets, and one to change."""
    check_may_name_owners(workspace, by, admins)
    if not workspace.keeps_stock:
        raise Refused(
            _("Your company keeps no stock, so there is nothing to target. `/belay company` has the setting.")
        )
    return targets_view(stock_targets(workspace), locale_of(by.locale))


@listens(Act.TARGETED, is_writing=False)
def show_target(workspace: Workspace, by: Member, form: Filled, target: Target, admins: frozenset[str]) -> Reply:
    """The target of the family that was chosen."""
    check_may_name_owners(workspace, by, admins)
    family = chosen_family(families(workspace), form["family"])
    return Show(targets_view(stock_targets(workspace), locale_of(by.locale), family, target.revision + 1))


@submits(Callback.TARGETS)
def keep_target(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: Target, admins: frozenset[str]
) -> Reply:
    """Gaps are told by it from now on."""
    check_may_name_owners(workspace, by, admins)
    family = chosen_family(families(workspace), form["family"])
    locale = locale_of(by.locale)
    least = _level(form["target"], "target", locale) or StockLevel(Decimal(0))
    most = _level(form["ceiling"], "ceiling", locale)
    tolerance = number_of(form["tolerance"].strip().removesuffix("%").strip(), locale)
    if tolerance is None:
        raise Refused(_("A percentage such as 5."), field="tolerance")
    set_stock_target(workspace, family, target=least, ceiling=most, tolerance=tolerance, by=by, now=now)
    return Show(targets_view(stock_targets(workspace), locale, family, target.revision + 1))


def _level(text: str, field: str, locale: Locale) -> StockLevel | None:
    """Units, or months of cover; None where nothing is typed."""
    typed = text.strip().lower()
    if not typed:
        return None
    number = MONTHS.sub("", typed).strip()
    is_cover = number != typed
    amount = number_of(number, locale)
    if amount is None or amount < 0 or (not is_cover and amount != amount.to_integral_value()):
        raise Refused(_("Units such as 200, or months such as 1.5 months."), field=field)
    return StockLevel(amount, is_cover)
