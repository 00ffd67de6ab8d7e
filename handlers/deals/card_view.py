"""The card of a deal, as each audience sees it, and the numbers for those who may."""

from collections.abc import Callable, Iterator

from babel import Locale
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.deals.card_buttons import deal_buttons
from handlers.deals.clauses_view import clause_change_sentences, departure_sentence
from handlers.deals.load_rows import load_rows
from handlers.deals.step_words import condition_sentences, steps_sentence
from handlers.deals.targets import DealTarget
from handlers.deals.turn_words import clock_sentences, turn_text
from handlers.deals.verdict_words import broken_sentence, deviation_sentence, rivalry_sentence, verdict_sentence
from handlers.deals.ways_view import MOST_ON_CARD, ways_blocks
from handlers.deals.words import (
    agreed_overtime_sentence,
    change_sentences,
    delivery_sentence,
    line_sentence,
    sums_sentence,
    title,
)
from handlers.slack.charts import aligned
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Link, Part, Sentence, When, clip, escape
from handlers.slack.view_parts import actions, button, fixed, header, line, modal, quote, small
from models.base.language import N_, _, in_quotes
from models.base.words import decimal_text, money_text
from models.deals.card import Card
from models.deals.card_cells import cells_of
from models.deals.card_messages import Audience
from models.deals.rivals import Rivalry
from models.deals.states import Move, State
from models.deals.terms import Checked
from models.deals.ways import needs_ways
from models.promise import Margin, WayKind

MOST_TOLD = 600
MOST_ASKED = 300
MOST_GUESTS = 8
MOST_DELIVERIES = 8
NUMBERS: tuple[tuple[str, Callable[[Margin], int]], ...] = (
    (N_("List"), lambda margin: margin.list),
    (N_("Revenue"), lambda margin: margin.revenue),
    (N_("Given away"), lambda margin: margin.leakage),
    (N_("Cost to serve"), lambda margin: margin.cost),
    (N_("Margin"), lambda margin: margin.margin),
    (N_("Floor"), lambda margin: margin.floor),
    (N_("Below the floor"), lambda margin: margin.below_floor),
)


def card_blocks(card: Card, moves: frozenset[Move], audience: Audience, *, sees_numbers: bool = True) -> list[Block]:
    """A deal on one card: what, whose turn, does it fit, what the customer said, and what one can do."""
    blocks: list[Block] = [header(title(card)), small(f"{turn_text(card)} · {_origin(card)}")]
    blocks.append(line(*clock_sentences(card), *_terms(card)))
    blocks += verdict_blocks(card.checked, card.locale, card.rivalry) if card.is_open else []
    steps = steps_sentence(card.steps)
    blocks += [line(steps)] if steps else []
    blocks += [line(*_broken(card))] if card.is_broken else []
    # While nothing has come, the terms say it all.
    blocks += [line(*_deliveries(card))] if any(one.arrived for one in card.deliveries) else []
    blocks += _said(card)
    blocks += _ways(card, moves, audience)
    blocks += deal_buttons(card, moves, audience, sees_numbers=sees_numbers)
    return blocks


def card_text(card: Card) -> str:
    """The card in a line, for notifications."""
    return escape(f"{title(card)}: {turn_text(card)}")


def verdict_blocks(
    checked: Checked, locale: Locale, rivalry: Rivalry | None = None, *, also: tuple[Sentence, ...] = ()
) -> list[Block]:
    """Whether it fits, the load of the tightest weeks, who else wants them, and what is beyond standard terms.

    What is `also` said stands in the last block: a long form has no room for another.
    """
    cells = cells_of(checked)
    deviating = deviation_sentence(checked, locale)
    blocks: list[Block] = [line(verdict_sentence(checked, locale))]
    blocks += [fixed(load_rows(cells, locale))] if cells else []
    blocks += [line(rivalry_sentence(rivalry, locale))] if rivalry else []
    last = (deviating, *also) if deviating else also
    return [*blocks, line(*last)] if last else blocks


def numbers_view(card: Card) -> View:
    """Cost, margin and floor: only for operations, finance and leadership."""
    blocks = numbers_blocks(card)
    if card.is_open:
        blocks += actions([button(Act.WHAT_IF_WON, _("What if we win it?"), DealTarget(deal=card.id))])
    return modal(Callback.NOTICE, _("#{number}: the numbers", number=card.number), blocks, submit=None)


def numbers_blocks(card: Card) -> list[Block]:
    """The numbers as a table; of a promise those that were agreed beside those of today, where they differ."""
    agreed, now = card.margin, card.check.margin
    columns = [agreed] if agreed == now else [agreed, now]
    heads = [] if agreed == now else [("", _("agreed"), _("now"))]
    rows = [(_(label), *(_money(card, value(margin)) for margin in columns)) for label, value in NUMBERS]
    rate = (
        "" if agreed.rate is None else _("The margin is {rate} % of revenue. ", rate=decimal_text(agreed.rate / 100, 2))
    )
    sentence: Sentence = (rate, _("Only operations, finance and leadership see this."))
    return [fixed(aligned([*heads, *rows])), line(sentence)]


def _money(card: Card, minor: int) -> str:
    return money_text(card.company, minor, card.locale)


def _terms(card: Card) -> Iterator[Sentence]:
    for entry in card.lines:
        yield line_sentence(entry, card.company, card.locale, is_only=len(card.lines) == 1)
    yield sums_sentence(card.margin, card.company, card.locale)
    overtime = agreed_overtime_sentence(card)
    if overtime:
        yield overtime
    departing = departure_sentence(card.departures)
    if departing:
        yield departing
    if (card.changes or card.clause_changes) and card.is_open:
        yield (_("{author} changed:", author=card.author),)
        yield from change_sentences(card.changes, card.company, card.locale)
        yield from clause_change_sentences(card.clause_changes)


def _broken(card: Card) -> Iterator[Sentence]:
    """What broke, by how much, and why."""
    yield broken_sentence(card.checked, card.locale)
    if card.broken_why:
        yield (Bold(_("Why: ")), clip(card.broken_why, MOST_TOLD))


def _deliveries(card: Card) -> list[Sentence]:
    more = len(card.deliveries) - MOST_DELIVERIES
    sentences = [delivery_sentence(one, card.locale) for one in card.deliveries[:MOST_DELIVERIES]]
    return sentences + ([(_("And {more} more.", more=more),)] if more > 0 else [])


def _attached(card: Card) -> Sentence:
    links: list[Part] = []
    for number, (name, url) in enumerate(card.attached):
        links += [" · "] if number else []
        links.append(Link(clip(name, 60), url))
    return (Bold(_("Attached: ")), *links)


def _said(card: Card) -> Iterator[Block]:
    if card.told:
        yield quote(_("The customer: “{told}”", told=clip(card.told, MOST_TOLD)))
    if card.note:
        yield quote(f"{in_quotes(clip(card.note, MOST_TOLD))} — {card.author}")
    if card.returned:
        yield quote(clip(card.returned, MOST_TOLD))
    for asked in card.questions[:3] if not card.is_over else ():
        yield quote(_("Question from {by}: {text}", by=asked.by, text=clip(asked.text, MOST_ASKED)))
    facts = list(_facts(card))
    if facts:
        yield line(*facts)


def _ways(card: Card, moves: frozenset[Move], audience: Audience) -> list[Block]:
    """The best three, each with the button of whoever may take it."""
    if not (card.is_open and needs_ways(card.checked)) and not card.is_broken:
        return []
    takers = (Act.REVISE, Act.COUNTER_BACK) if audience is Audience.SELLER else (Act.COUNTER,)
    act = next((act for act in takers if Move(act) in moves), None)
    target = DealTarget(deal=card.id, version=card.version)
    is_complete, ways = card.is_search_complete, card.ways
    if audience is Audience.APPROVER and ways:
        # Finance changes prices only.
        ways = tuple(way for way in ways if way.kind is WayKind.REPRICE)
    return ways_blocks(ways, act, target, most=MOST_ON_CARD, is_complete=is_complete)


def _facts(card: Card) -> Iterator[Sentence]:
    yield from condition_sentences(card.conditions, card.locale)
    if card.held_until and card.is_open:
        times = {1: _(", extended once"), 2: _(", extended twice")}.get(card.extensions, "")
        yield (_("Capacity is held until "), When(card.held_until), times)
    if card.state is State.COUNTERED and not card.held_until:
        yield (_("The hold has expired; accepting checks afresh."),)
    if card.undo_until:
        yield (_("Operations can undo it until "), When(card.undo_until))
    if card.is_change:
        yield (_("The earlier promise stands until this change is agreed."),)
    if card.guests:
        more = _(" and {count} more", count=len(card.guests) - MOST_GUESTS) if len(card.guests) > MOST_GUESTS else ""
        yield (_("On the customer’s call: {guests}{more}", guests=", ".join(card.guests[:MOST_GUESTS]), more=more),)
    if card.attached:
        yield _attached(card)
    if card.call_at:
        yield (Bold(_("Call: ")), When(card.call_at))
    if card.ending and card.ending.why:
        label = _("Delivery: ") if card.ending.move is Move.DELIVER else _("Why: ")
        yield (Bold(label), clip(card.ending.why, MOST_TOLD))


def _origin(card: Card) -> str:
    likely = (
        _(" · {likelihood} % likely", likelihood=card.likelihood)
        if card.likelihood is not None and card.is_open
        else ""
    )
    campaign = _(" · for {campaign}", campaign=clip(card.campaign, 60)) if card.campaign else ""
    return _(
        "version {version} · {seller} sells{likely}{campaign}",
        version=card.version,
        seller=card.seller,
        likely=likely,
        campaign=campaign,
    )
