"""The card of a deal, as each audience sees it, and the numbers for those who may."""

from collections.abc import Iterator

from babel import Locale
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.deals.card_buttons import deal_buttons
from handlers.deals.ways_view import MOST_ON_CARD, ways_blocks
from handlers.deals.words import (
    broken_sentence,
    change_sentences,
    clock_sentences,
    deviation_sentence,
    line_sentence,
    rivalry_sentence,
    sums_sentence,
    title,
    turn_text,
    verdict_sentence,
)
from handlers.slack.charts import load_rows
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.text import Bold, Sentence, When, clip, escape
from handlers.slack.view_parts import fixed, header, line, modal, quote, small
from models.base.words import money_text
from models.deals.card import Sheet, cells_of
from models.deals.card_messages import Audience
from models.deals.rivals import Rivalry
from models.deals.states import Move, State
from models.deals.terms import Checked
from models.deals.ways import needs_ways

MOST_TOLD = 600
MOST_ASKED = 300
MOST_GUESTS = 8


def card(sheet: Sheet, moves: frozenset[Move], audience: Audience) -> list[Block]:
    """A deal on one card: what, whose turn, does it fit, what the customer said, and what one can do."""
    blocks: list[Block] = [header(title(sheet)), small(f"{turn_text(sheet)} · {_origin(sheet)}")]
    blocks.append(line(*clock_sentences(sheet), *_terms(sheet)))
    blocks += verdict_blocks(sheet.checked, sheet.locale, sheet.rivalry) if sheet.is_open else []
    blocks += [line(broken_sentence(sheet.checked, sheet.locale))] if sheet.is_broken else []
    blocks += _said(sheet)
    blocks += _ways(sheet, moves, audience)
    blocks += deal_buttons(sheet, moves, audience)
    return blocks


def card_text(sheet: Sheet) -> str:
    """The card in a line, for notifications."""
    return escape(f"{title(sheet)}: {turn_text(sheet)}")


def verdict_blocks(checked: Checked, locale: Locale, rivalry: Rivalry | None = None) -> list[Block]:
    """Whether it fits, the load of the tightest weeks, who else wants them, and what is beyond standard terms."""
    cells = cells_of(checked)
    deviating = deviation_sentence(checked, locale)
    blocks: list[Block] = [line(verdict_sentence(checked, locale))]
    blocks += [fixed(load_rows(cells, locale))] if cells else []
    blocks += [line(rivalry_sentence(rivalry, locale))] if rivalry else []
    blocks += [line(deviating)] if deviating else []
    return blocks


def numbers_view(sheet: Sheet) -> View:
    """Cost, margin and floor: only for operations, finance and leadership."""
    margin, company, locale = sheet.check.margin, sheet.company, sheet.locale
    rows = [
        ("List", margin.list),
        ("Revenue", margin.revenue),
        ("Given away", margin.leakage),
        ("Cost to serve", margin.cost),
        ("Margin", margin.margin),
        ("Floor", margin.floor),
        ("Below the floor", margin.below_floor),
    ]
    texts = [(label, money_text(company, value, locale)) for label, value in rows]
    width = max(len(text) for _, text in texts)
    table = [f"{label:<16}{text:>{width}}" for label, text in texts]
    rate = "" if margin.rate is None else f"The margin is {margin.rate / 100:.2f} % of revenue. "
    told: Sentence = (rate, "Only operations, finance and leadership see this.")
    return modal(
        Callback.NOTICE, f"#{sheet.number}: the numbers", [fixed(table), line(told)], target=Target(), submit=None
    )


def _terms(sheet: Sheet) -> Iterator[Sentence]:
    for entry in sheet.lines:
        yield line_sentence(entry, sheet.company, sheet.locale, is_only=len(sheet.lines) == 1)
    yield sums_sentence(sheet.checked, sheet.locale)
    if sheet.changes and sheet.is_open:
        yield (f"{sheet.author} changed:",)
        yield from change_sentences(sheet.changes, sheet.company, sheet.locale)


def _said(sheet: Sheet) -> Iterator[Block]:
    if sheet.told:
        yield quote(f"“{clip(sheet.told, MOST_TOLD)}” — {sheet.seller}")
    if sheet.note:
        yield quote(f"“{clip(sheet.note, MOST_TOLD)}” — {sheet.author}")
    for asked in sheet.questions[:3] if not sheet.is_over else ():
        yield quote(f"Question from {asked.by}: {clip(asked.text, MOST_ASKED)}")
    facts = list(_facts(sheet))
    if facts:
        yield line(*facts)


def _ways(sheet: Sheet, moves: frozenset[Move], audience: Audience) -> list[Block]:
    """The best three, each with the button of whoever may take it."""
    if not (sheet.is_open and needs_ways(sheet.checked)) and not sheet.is_broken:
        return []
    takers = (Act.REVISE, Act.COUNTER_BACK) if audience is Audience.SELLER else (Act.COUNTER,)
    act = next((act for act in takers if Move(act) in moves), None)
    target, is_complete = Target(deal=sheet.id, version=sheet.version), sheet.is_search_complete
    return ways_blocks(sheet.ways, act, target, most=MOST_ON_CARD, is_complete=is_complete)


def _facts(sheet: Sheet) -> Iterator[Sentence]:
    if sheet.held_until and sheet.is_open:
        times = {1: ", extended once", 2: ", extended twice"}.get(sheet.extensions, "")
        yield ("Capacity is held until ", When(sheet.held_until), times)
    if sheet.state is State.COUNTERED and not sheet.held_until:
        yield ("The hold has expired; accepting checks afresh.",)
    if sheet.is_change:
        yield ("The earlier promise stands until this change is agreed.",)
    if sheet.guests:
        more = f" and {len(sheet.guests) - MOST_GUESTS} more" if len(sheet.guests) > MOST_GUESTS else ""
        yield (f"On the customer’s call: {', '.join(sheet.guests[:MOST_GUESTS])}{more}",)
    if sheet.call_at:
        yield (Bold("Call: "), When(sheet.call_at))
    if sheet.ending and sheet.ending.why:
        label = "Delivery: " if sheet.ending.move is Move.DELIVER else "Why: "
        yield (Bold(label), clip(sheet.ending.why, MOST_TOLD))


def _origin(sheet: Sheet) -> str:
    likely = f" · {sheet.likelihood} % likely" if sheet.likelihood is not None and sheet.is_open else ""
    return f"version {sheet.version} · {sheet.seller} sells{likely}"
