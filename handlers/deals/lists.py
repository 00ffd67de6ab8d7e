"""`/deal list`, `/deal find` and `/deal mine`: one window with filters, each deal with *Open*; `/deal help`."""

from datetime import datetime

from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View

from handlers.deals.finding import ANY, MOST_WORDS, Looking, ToPage, family_of, listing, sought
from handlers.deals.finding_view import MOST_ON_PAGE, Listed, any_family, deal_help, found_view
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback, digest
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Say, Show, Suggest
from handlers.slack.text import clip
from models.base.errors import Refused
from models.base.words import company_locale, locale_of
from models.company.offers import families
from models.deals.card import cards_of
from models.deals.finding import find_deals
from models.deals.rules import check_sees_deals
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_OPTIONS = 99


@opens(command="/deal list")
def list_deals(workspace: Workspace, by: Member, now: datetime, text: str) -> View:
    """Deals that are not over, a page at a time."""
    return _found(workspace, by, now, listing(text))


@opens(command="/deal find")
def find(workspace: Workspace, by: Member, now: datetime, text: str) -> View:
    """Deals whose customer or offer holds the words, closed ones too."""
    return _found(workspace, by, now, Looking(state=ANY, words=" ".join(text.split()[1:])[:MOST_WORDS]))


@opens(command="/deal mine")
def find_own(workspace: Workspace, by: Member, now: datetime) -> View:
    """The person's own deals, closed ones too."""
    return _found(workspace, by, now, Looking(state=ANY, seller=by.user_id))


@submits(Callback.DEALS)
def search(workspace: Workspace, by: Member, now: datetime, form: Filled, target: Looking) -> Reply:
    """What the fields find."""
    return Show(_found(workspace, by, now, Looking.of(form, target)))


@listens(Act.SOUGHT, is_writing=False)
def filter_deals(workspace: Workspace, by: Member, now: datetime, form: Filled, form_target: Looking) -> Reply:
    """What the fields find, as soon as one of them changes."""
    return Show(_found(workspace, by, now, Looking.of(form, form_target)))


@listens(Act.FIND, is_writing=False)
def turn_page(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: ToPage, form_target: Looking, callback: str
) -> Reply:
    """Another page of the same; or back from one deal to where it was found."""
    if callback == Callback.DEAL:
        return Show(_found(workspace, by, now, form_target))
    return Show(_found(workspace, by, now, Looking.of(form, form_target).on_page(target.page)))


@listens(Act.FIND_ANEW, is_writing=False)
def clear_filters(workspace: Workspace, by: Member, now: datetime, form_target: Looking) -> Reply:
    """Every deal, under fields that are empty again."""
    return Show(_found(workspace, by, now, Looking(state=ANY, revision=form_target.revision + 1)))


@listens(suggests=Act.SOUGHT)
def suggest_families(workspace: Workspace, by: Member, text: str) -> Reply:
    """Families that hold what was typed; the first entry takes the filter away."""
    check_sees_deals(by)
    named = [name for name in families(workspace) if text.lower() in name.lower()][:MOST_OPTIONS]
    return Suggest([any_family(), *(Option(text=clip(name, 75), value=digest(name)) for name in named)])


@listens(command="/deal help", is_writing=False)
def help_with_deals() -> Reply:
    """What one can type."""
    return Say(deal_help())


def _found(workspace: Workspace, by: Member, now: datetime, looking: Looking) -> View:
    check_sees_deals(by)
    locale, shown = locale_of(by.locale), company_locale(workspace.country)
    family = family_of(workspace, looking)
    try:
        wanted = sought(workspace, looking, locale, now)
    except Refused as refused:
        return found_view(Listed(looking, family, workspace.currency, shown, wrong=refused.sentence))
    found = find_deals(workspace, wanted, first=looking.page * MOST_ON_PAGE, limit=MOST_ON_PAGE)
    if found.count and not found.deals:
        return _found(workspace, by, now, looking.on_page(0))
    cards = cards_of(found.deals, now=now)
    return found_view(Listed(looking, family, workspace.currency, shown, cards, found.count))
