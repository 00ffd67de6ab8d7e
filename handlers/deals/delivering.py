"""Delivered, objected to, handed over, edited, attached: what happens to a deal around its terms."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from slack_sdk.models.views import View

from handlers.deals import delivering_view as forms
from handlers.deals.small_forms_view import head_of
from handlers.deals.targets import DeliveriesTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import opens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import as_sentence
from handlers.slack.values import read_day, read_units, whole
from handlers.slack.view_parts import notice
from models.base.arithmetic import monday
from models.base.errors import Refused
from models.base.language import _
from models.base.words import locale_of
from models.company.reserves import campaigns
from models.deals import delivering, editing, handing_over
from models.deals.deliveries import open_deliveries
from models.deals.delivering import Report
from models.deals.rows import Deal
from models.deals.rules import check_may, check_sees_deals
from models.deals.states import Move
from models.workspace.members import Member, find_member
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace


@opens(Act.DELIVER)
def open_deliver(deal: Deal, by: Member, now: datetime) -> View:
    """What is owed, line by line and week by week."""
    check_may(deal, Move.DELIVER, by=by)
    return forms.deliver_view(head_of(deal), open_deliveries(deal), deal.workspace.this_week(now), locale_of(by.locale))


@submits(Callback.DELIVER)
def deliver(deal: Deal, by: Member, now: datetime, form: Filled, target: DeliveriesTarget) -> None:
    """What came counts in promises kept; what is short opens a new delivery, or ends."""
    owed = target.owed or [one.id for one in open_deliveries(deal)]
    rest = monday(read_day(form["rest"], "rest")) if form["rest"] else None
    delivering.deliver(deal, by=by, now=now, reports=list(_reports(form, owed)), rest=rest, why=form["why"])


@opens(Act.OBJECT)
def open_object(deal: Deal, by: Member, now: datetime) -> View:
    """What the customer says."""
    delivering.check_may_object(deal, by=by, now=now)
    return forms.object_view(head_of(deal))


@submits(Callback.OBJECT)
def object_to(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """Both leads are told."""
    delivering.object_to_delivery(deal, by=by, now=now, why=form["why"])


@opens(Act.HAND_OVER)
def open_hand_over(deal: Deal, by: Member) -> View:
    """To whom a deal goes."""
    check_may(deal, Move.HAND_OVER, by=by)
    return forms.hand_over_view(head_of(deal))


@submits(Callback.HAND_OVER)
def hand_over(workspace: Workspace, deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """Somebody else sells it from now on, and is told."""
    handing_over.hand_over(deal, _chosen(workspace, form["to"], "to"), by=by, now=now, why=form["why"])


@opens(command="/deal handover")
def open_hand_over_all(by: Member) -> View:
    """All that waits on a person."""
    check_sees_deals(by)
    return forms.hand_over_all_view(by.user_id)


@submits(Callback.HAND_OVER_ALL)
def hand_over_all(workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """How many deals went to whom."""
    former, to = _chosen(workspace, form["from"], "from"), _chosen(workspace, form["to"], "to")
    deals = handing_over.hand_over_all(former, to, by=by, now=now, why=form["why"])
    listed = ", ".join(f"#{deal.number}" for deal in deals[:20]) or _("no deal")
    return Show(
        notice(
            as_sentence(
                _(
                    "From {name} to {to_name}: {listed}, and what waited with them.",
                    name=former.name,
                    to_name=to.name,
                    listed=listed,
                )
            )
        )
    )


@opens(Act.EDIT_DEAL)
def open_edit(deal: Deal, by: Member, now: datetime) -> View:
    """Customer, what the customer told us, likelihood and note."""
    check_may(deal, Move.EDIT, by=by)
    note = deal.proposal.note if deal.proposal.side == Side.SALES else None
    known = campaigns(deal.workspace, now=now)
    head = head_of(deal)
    return forms.edit_view(head, deal.customer, deal.told, deal.likelihood, note, known, deal.campaign or "")


@submits(Callback.EDIT_DEAL)
def edit(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """The words as they are now; what they were stands in the history."""
    likelihood = whole(form["likelihood"])
    note = form["note"] if deal.proposal.side == Side.SALES else None
    words = {"customer": form["customer"], "told": form["told"]}
    campaign = form["campaign"] if "campaign" in form.values else None
    editing.edit(deal, by=by, now=now, **words, likelihood=likelihood, note=note, campaign=campaign)


@opens(Act.ATTACH)
def open_attach(deal: Deal, by: Member) -> View:
    """A file or an address."""
    check_may(deal, Move.ATTACH, by=by)
    return forms.attach_view(head_of(deal))


@submits(Callback.ATTACH)
def attach(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """It stands on the card as a link."""
    name, permalink = form.files.get("file", ("", ""))
    editing.attach(deal, form["title"] or name, form["url"] or permalink, by=by, now=now)


def _reports(form: Filled, owed: Sequence[int]) -> Iterator[Report]:
    for number, key in enumerate(owed):
        count = form[f"delivered.{number}"]
        if not count:
            continue
        delivered = read_units(count, f"delivered.{number}")
        yield Report(key, delivered, monday(read_day(form[f"arrived.{number}"], f"arrived.{number}")))


def _chosen(workspace: Workspace, user_id: str, field: str) -> Member:
    if not user_id:
        raise Refused(_("Choose a person."), field=field)
    return find_member(workspace, user_id)
