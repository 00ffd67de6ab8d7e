"""`/deal export`: all deals as a CSV and a workbook, in the messages of whoever asks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial

from babel.dates import format_date
from sqlalchemy.orm import Session

from handlers.deals.history_files import history_csv, history_ndjson, history_rows
from handlers.slack.listening import listens
from handlers.slack.replies import Reply, Say
from handlers.slack.sheets import Cell, csv_of, workbook_of
from handlers.slack.text import escape
from handlers.slack.view_parts import line
from handlers.slack.web_calls import Call, message
from models.base.errors import NotYours
from models.base.language import _
from models.base.words import company_locale, locale_of
from models.company.clauses import ClauseRow, all_clauses
from models.deals.card_steps import turn_names
from models.deals.clauses import departures
from models.deals.exporting import DealsFile, Exported, exported_deals, has_deals
from models.deals.rows import Deal
from models.deals.rules import check_sees_deals, check_sees_numbers
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

DEALS = (
    *(
        "number",
        "customer",
        "state",
        "turn",
        "seller",
        "offers",
        "families",
        "units",
        "first week",
        "last week",
    ),
    *("sum", "list", "likelihood", "proposed", "promised", "decided by", "version", "decision", "by", "why"),
    "other terms",
)
NUMBERS = ("cost", "margin", "margin %", "below the floor")
DELIVERIES = (
    *(
        "number",
        "customer",
        "state",
        "seller",
        "offer",
        "family",
        "week",
        "quantity",
        "unit",
        "price",
        "list price",
    ),
    "sum",
)


@listens(command="/deal export", makes_a_file=True)
def export(workspace: Workspace, by: Member, now: datetime) -> Reply:
    """The deals that a person may see, on their way to them."""
    check_sees_deals(by)
    if not has_deals(workspace):
        return Say((_("There is no deal yet, so there is nothing to send."),))
    queue(workspace, News.DEALS, stream=by.user_id, member_id=by.id, payload=DealsFile(member=by.id), now=now)
    sentence = _("The deals are on their way to your messages with Belay, as a CSV and a workbook, with their history.")
    return Say((sentence,))


def render_export(session: Session, row: Outbox, _now: datetime) -> Call | None:
    """The message in whose thread the files follow; none for whoever has lost their roles."""
    member = session.get_one(Member, DealsFile.of(row).member)
    if not member.roles:
        return None
    day = format_date(row.workspace.today(row.queued_at), "medium", locale=locale_of(member.locale))
    text = _("All deals as of {day}, as a CSV and a workbook in this thread; their history, too.", day=day)
    return message(row, row.stream, escape(text), [line((text,)).to_dict()])


def deals_file(session: Session, row: Outbox) -> tuple[str, bytes]:
    """One of the files, by its name; cost and margin are for those who may see them now."""
    asked = DealsFile.of(row)
    member = session.get_one(Member, asked.member)
    check_sees_deals(member)
    has_numbers = _sees_numbers(member)
    deals = list(exported_deals(row.workspace, now=row.queued_at, has_numbers=has_numbers))
    day = row.workspace.today(row.queued_at).isoformat()
    return f"deals-{day}.{asked.name}", FILES[asked.name](row.workspace, deals, has_numbers)


def _sees_numbers(member: Member) -> bool:
    try:
        check_sees_numbers(member)
    except NotYours:
        return False
    return True


def _csv(workspace: Workspace, deals: Sequence[Exported], has_numbers: bool) -> bytes:
    return csv_of(_deals(workspace, deals, has_numbers), company_locale(workspace.country))


def _workbook(workspace: Workspace, deals: Sequence[Exported], has_numbers: bool) -> bytes:
    return workbook_of({"Deals": _deals(workspace, deals, has_numbers), "Deliveries": _deliveries(workspace, deals)})


def _history_csv(workspace: Workspace, _deals: Sequence[Exported], has_numbers: bool) -> bytes:
    rows = history_rows(workspace, has_numbers=has_numbers, only_deals=True)
    return history_csv(rows, company_locale(workspace.country))


def _history_ndjson(workspace: Workspace, _deals: Sequence[Exported], has_numbers: bool) -> bytes:
    return history_ndjson(history_rows(workspace, has_numbers=has_numbers, only_deals=True))


FILES: dict[str, Callable[[Workspace, Sequence[Exported], bool], bytes]] = {
    "csv": _csv,
    "xlsx": _workbook,
    "history.csv": _history_csv,
    "history.ndjson": _history_ndjson,
}


def _deals(workspace: Workspace, deals: Iterable[Exported], has_numbers: bool) -> Iterator[Sequence[Cell]]:
    yield [*DEALS, *(NUMBERS if has_numbers else ())]
    clauses = all_clauses(workspace)
    for one in deals:
        yield [*_deal(workspace, one.deal, clauses), *(_numbers(workspace, one) if has_numbers else ())]


def _deal(workspace: Workspace, deal: Deal, clauses: Sequence[ClauseRow]) -> Iterator[Cell]:
    lines, money = deal.proposal.lines, partial(_money, workspace)
    yield from (deal.number, deal.customer, deal.state.value)
    yield _(" and ").join(turn_names(deal))
    yield deal.seller.name
    yield "; ".join(dict.fromkeys(entry.offer.name for entry in lines))
    yield "; ".join(dict.fromkeys(entry.offer.family for entry in lines))
    yield sum(entry.quantity for entry in lines)
    yield min(entry.week for entry in lines).isoformat()
    yield max(entry.week for entry in lines).isoformat()
    yield money(sum(entry.quantity * entry.unit_price for entry in lines))
    yield money(sum(entry.quantity * entry.offer.list_price for entry in lines))
    yield "" if deal.likelihood is None else deal.likelihood
    yield from (_day(workspace, deal.proposed_at), _day(workspace, deal.promised_at))
    yield deal.win_by.isoformat() if deal.win_by else ""
    yield deal.proposal.version
    last = deal.decisions[-1] if deal.decisions else None
    yield from (last.move.value, last.signed, last.why or "") if last else ("", "", "")
    departing = departures(clauses, deal.proposal.clauses, company_locale(workspace.country))
    yield "; ".join(f"{one.name}: {one.said}" for one in departing)


def _numbers(workspace: Workspace, one: Exported) -> Iterator[Cell]:
    margin = one.margin
    if margin is not None:
        yield from (_money(workspace, margin.cost), _money(workspace, margin.margin))
        yield "" if margin.rate is None else Decimal(margin.rate).scaleb(-2)
        yield _money(workspace, margin.below_floor)


def _deliveries(workspace: Workspace, deals: Iterable[Exported]) -> Iterator[Sequence[Cell]]:
    yield DELIVERIES
    for deal in (one.deal for one in deals):
        for entry in deal.proposal.lines:
            offer, total = entry.offer, entry.quantity * entry.unit_price
            about: list[Cell] = [deal.number, deal.customer, deal.state.value, deal.seller.name]
            what: list[Cell] = [offer.name, offer.family, entry.week.isoformat(), entry.quantity, offer.unit]
            yield about + what + [_money(workspace, price) for price in (entry.unit_price, offer.list_price, total)]


def _money(workspace: Workspace, minor: int) -> Decimal:
    return Decimal(minor).scaleb(-workspace.places)


def _day(workspace: Workspace, at: datetime | None) -> str:
    return workspace.today(at).isoformat() if at else ""
