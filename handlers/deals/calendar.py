"""`/deal calendar`: calls and deliveries as a calendar file, in the messages of whoever asks."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event
from sqlalchemy.orm import Session

from handlers.slack.listening import listens
from handlers.slack.replies import Reply, Say
from handlers.slack.text import clip, escape
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, message
from models.base.language import N_, _
from models.base.words import company_locale, quantity_words
from models.deals.calendar import CALL_LASTS, Appointment, CalendarFile, appointments_of
from models.deals.card_messages import links_of
from models.deals.rules import check_sees_deals
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

ON_ITS_WAY = N_("Your calls and deliveries are on their way to your messages with Belay, as a calendar file.")
SENT = N_(
    "Calls and deliveries, as a calendar file in this thread. Opened again later, it puts the same entries right."
)
MOST_CUSTOMER = 80
WORKING_DAYS = 5


@listens(command="/deal calendar", makes_a_file=True)
def send_calendar(workspace: Workspace, by: Member, now: datetime) -> Reply:
    """What is to be, for a calendar."""
    check_sees_deals(by)
    if not appointments_of(by, now=now):
        return Say((_("There is no call and no delivery to come."),))
    file = CalendarFile(member=by.id)
    queue(workspace, News.CALENDAR, stream=by.user_id, member_id=by.id, payload=file, now=now)
    return Say((_(ON_ITS_WAY),))


def render_calendar(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """The message in whose thread the file follows; none for whoever has lost their roles."""
    if not session.get_one(Member, CalendarFile.of(row).member).roles:
        return None
    return message(row, row.stream, escape(_(SENT)), [line((_(SENT),)).to_dict()])


def calendar_file(session: Session, row: Outbox) -> tuple[str, bytes]:
    """The file: entries keep their names, so that a later file changes them and doubles none."""
    member = session.get_one(Member, CalendarFile.of(row).member)
    check_sees_deals(member)
    appointments = appointments_of(member, now=row.queued_at)
    links = links_of(row.workspace, [one.deal.id for one in appointments], member)
    calendar = Calendar()
    calendar.add("prodid", "-//Belay//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Belay")
    for one in appointments:
        calendar.add_component(_event(one, links.get(one.deal.id), row))
    return "belay.ics", calendar.to_ical()


def _event(one: Appointment, link: str | None, row: Outbox) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{row.workspace.team_id or 'belay'}.belay")
    event.add("dtstamp", row.queued_at)
    event.add("summary", _title(one))
    if one.at is not None:
        event.add("dtstart", one.at)
        event.add("dtend", one.at + CALL_LASTS)
    elif one.week is not None:
        event.add("dtstart", one.week)
        event.add("dtend", one.week + timedelta(days=WORKING_DAYS))
        event.add("transp", "TRANSPARENT")
    if link:
        event.add("url", link)
    return event


def _title(one: Appointment) -> str:
    about = f"#{one.deal.number} {clip(one.deal.customer, MOST_CUSTOMER)}"
    if one.delivery is None:
        return _("Call with {about}", about=about)
    offer, locale = one.delivery.offer, company_locale(one.deal.workspace.country)
    return _(
        "Deliver {quantity} {name}: {about}",
        quantity=quantity_words(one.delivery.quantity, offer.unit, locale),
        name=offer.name,
        about=about,
    )
