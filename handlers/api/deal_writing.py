"""From a deal's card to the document that the API tells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.api import deal_documents as documents
from handlers.deals.history_words import TELLINGS, history_sentences
from handlers.deals.verdict_words import verdict_sentence
from handlers.slack.text import plain
from models.base.arithmetic import amount_text, scaled_text
from models.base.words import company_locale
from models.company.clauses import ClauseRow, all_clauses
from models.company.offers import offers_by_id
from models.deals.card import Card, CardLine, cards_of
from models.deals.card_messages import links_of
from models.deals.deliveries import Delivery, deliveries_of
from models.deals.proposals import Proposal, ProposalLine
from models.deals.references import references_of
from models.deals.rows import Deal
from models.deals.rules import may_see_numbers, moves_of
from models.deals.states import State
from models.deals.terms import Checked, TermLine
from models.deals.ways import KnownWay
from models.promise import Margin
from models.workspace.history import History
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

Names = Mapping[int, str]


@dataclass(frozen=True)
class _Reader:
    """For whom deals are written, and what all of them have in common."""

    by: Member
    offers: Names
    clauses: Sequence[ClauseRow]
    places: int

    def money(self, minor: int) -> str:
        """An amount of money as it travels."""
        return scaled_text(minor, self.places)


def deal_documents(deals: Sequence[Deal], *, by: Member, now: datetime) -> list[documents.Deal]:
    """Deals of a workspace as a person may see them; as many queries as for one."""
    if not deals:
        return []
    workspace, ids = deals[0].workspace, [deal.id for deal in deals]
    cards, links, known = cards_of(deals, now=now), links_of(workspace, ids, by), references_of(workspace, ids)
    ways = {line.offer_id for card in cards for way in card.ways or () for line in way.lines}
    reader = _reader(workspace, by, _names(workspace, ways))
    delivered = deliveries_of(workspace, ids)
    return [
        _deal(deal, card, reader, known.get(deal.id, {}), links.get(deal.id), delivered.get(deal.id, []))
        for deal, card in zip(deals, cards, strict=True)
    ]


def whole_deal(deal: Deal, *, by: Member, now: datetime) -> documents.WholeDeal:
    """A deal with each version of its terms."""
    (document,) = deal_documents([deal], by=by, now=now)
    clauses = all_clauses(deal.workspace)
    proposals = [proposal_document(proposal, clauses) for proposal in deal.proposals]
    return documents.WholeDeal(**dict(document), proposals=proposals)


def checked_document(workspace: Workspace, checked: Checked, asked: Sequence[str], *, by: Member) -> documents.Checked:
    """A check of terms that nobody has put forward; ways are looked for afterwards."""
    reader = _reader(workspace, by, {})
    return documents.Checked(
        currency=workspace.currency,
        fit=fit_document(checked, workspace),
        money=_money(checked.check.margin, reader),
        asked=list(asked),
        ways=[],
    )


def proposal_document(proposal: Proposal, clauses: Sequence[ClauseRow]) -> documents.Proposal:
    """Complete terms, as one side put them forward."""
    places = proposal.workspace.places
    return documents.Proposal(
        version=proposal.version,
        side=proposal.side,
        author=proposal.author.name,
        proposed_at=proposal.proposed_at,
        note=proposal.note,
        lines=[_line(line, line.offer.name, places) for line in proposal.lines],
        terms=_terms(proposal, clauses),
    )


def _terms(proposal: Proposal, clauses: Sequence[ClauseRow]) -> dict[str, str]:
    names = {str(row.id): row.name for row in clauses}
    return {names[key]: value for key, value in proposal.clauses.items() if key in names}


def act_words(deal: Deal, act: History) -> str:
    """What the deal's thread says of an act; nothing where it says nothing."""
    return " ".join(plain(sentence) for sentence in history_sentences(deal, act)) if act.move in TELLINGS else ""


def way_documents(ways: Iterable[KnownWay], offers: Names, places: int) -> list[documents.Way]:
    """Ways to yes, with their offers by name."""
    return [
        documents.Way(
            kind=way.kind,
            sentence=way.said,
            cost=way.cost,
            lines=[_line(line, offers[line.offer_id], places) for line in way.lines],
        )
        for way in ways
    ]


def history_document(deal: Deal, acts: Iterable[History]) -> documents.History:
    """What happened, in the words of the deal's thread."""
    return documents.History(number=deal.number, acts=[_happened(deal, act) for act in acts])


def fit_document(checked: Checked, workspace: Workspace) -> documents.Fit:
    """The verdict, with its numbers."""
    check, company = checked.check, checked.company
    return documents.Fit(
        verdict=check.verdict,
        is_tight=check.tight,
        sentence=plain(verdict_sentence(checked, company_locale(company.country))),
        shortages=[
            documents.Shortage(
                resource=one.resource,
                week=one.week,
                needed=amount_text(one.needed),
                free=amount_text(one.free),
                short=amount_text(one.short),
                is_past=one.past,
            )
            for one in check.shortages
        ],
        overtime=[
            documents.Overtime(
                resource=use.resource,
                week=use.week,
                quantity=amount_text(use.quantity),
                cost=scaled_text(use.cost, workspace.places),
            )
            for use in check.overtime
        ],
    )


def _reader(workspace: Workspace, by: Member, offers: Names) -> _Reader:
    return _Reader(by, offers, all_clauses(workspace), workspace.places)


def _names(workspace: Workspace, offers: Iterable[int]) -> Names:
    return {key: row.name for key, row in offers_by_id(workspace, offers).items()}


def _deal(
    deal: Deal,
    card: Card,
    reader: _Reader,
    external: Mapping[str, str],
    link: str | None,
    deliveries: Sequence[Delivery],
) -> documents.Deal:
    return documents.Deal(
        number=deal.number,
        state=deal.state,
        customer=deal.customer,
        seller=card.seller,
        version=card.version,
        external=dict(external),
        currency=deal.workspace.currency,
        lines=[_priced(line, reader) for line in card.lines],
        terms=_terms(deal.proposal, reader.clauses),
        told=card.told,
        note=card.note,
        likelihood=card.likelihood,
        campaign=card.campaign,
        proposed_at=deal.proposed_at,
        fit=fit_document(card.checked, deal.workspace),
        money=_money(card.margin, reader),
        ways=None if card.ways is None else way_documents(card.ways, reader.offers, reader.places),
        waits_for=list(card.turn_names),
        turns=[
            documents.Turn(side=clock.side, name=clock.name, due_at=clock.due_at, is_overdue=clock.is_overdue)
            for clock in card.clocks
        ],
        questions=[documents.Question(id=q.id, text=q.text, by=q.by, to=q.to) for q in card.questions],
        deliveries=[_delivery(one) for one in deliveries],
        call_at=card.call_at,
        held_until=card.held_until,
        win_by=card.win_by,
        is_change=card.is_change,
        is_broken=card.is_broken,
        ending=documents.Ending(**vars(card.ending)) if card.ending else None,
        may=sorted(moves_of(deal, reader.by)),
        link=link,
    )


def _priced(line: CardLine, reader: _Reader) -> documents.PricedLine:
    return documents.PricedLine(
        offer=line.offer,
        quantity=line.quantity,
        unit_price=reader.money(line.unit_price),
        week=line.week,
        unit=line.unit,
        list_price=reader.money(line.list_price),
    )


def _money(margin: Margin, reader: _Reader) -> documents.Money:
    numbers = None
    if may_see_numbers(reader.by):
        numbers = documents.Numbers(
            cost=reader.money(margin.cost),
            margin=reader.money(margin.margin),
            rate=None if margin.rate is None else scaled_text(margin.rate, 4),
            floor=reader.money(margin.floor),
            below_floor=reader.money(margin.below_floor),
        )
    revenue, listed = reader.money(margin.revenue), reader.money(margin.list)
    return documents.Money(revenue=revenue, list=listed, band=margin.band, numbers=numbers)


def _line(line: TermLine | ProposalLine, offer: str, places: int) -> documents.Line:
    price = scaled_text(line.unit_price, places)
    return documents.Line(offer=offer, quantity=line.quantity, unit_price=price, week=line.week)


def _delivery(one: Delivery) -> documents.Delivery:
    return documents.Delivery(
        id=one.id,
        offer=one.offer.name,
        week=one.week,
        quantity=one.quantity,
        arrived=one.arrived,
        delivered=one.delivered,
        outcome=one.outcome,
    )


def _happened(deal: Deal, act: History) -> documents.Happened:
    return documents.Happened(
        id=act.id,
        at=act.at,
        move=act.move,
        by=act.by.name if act.by else None,
        before=State(act.from_state) if act.from_state else None,
        after=State(act.to_state) if act.to_state else None,
        why=act.why,
        sentence=act_words(deal, act),
    )
