"""The scoreboard as a table, with its definitions; the same for both teams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from babel import Locale
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.slack.charts import aligned
from handlers.slack.ids import Act, Callback, Target
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import actions, button, fixed, header, line, modal, small
from models.base.words import HasCurrency, amount_words, money_text
from models.deals.standards import Beyond
from models.digests.scoreboard import Figures, Share, Speed, Waste
from models.digests.step_figures import StepBoard

NOTHING = "–"
MOST_RESOURCES = 5
MOST_STEPS = 8
MOST_NAME = 24
MOST_REASONS, MOST_REASON = 6, 80
WORDS = {
    Beyond.DISCOUNT: "deeper discount",
    Beyond.LEAD_TIME: "shorter lead time",
    Beyond.NOT_STANDARD: "added service",
    Beyond.LOT: "smaller lot",
}
DEFINITIONS: Sequence[tuple[str, str]] = (
    ("First answer", "Working hours from the proposal to the first approval, counter or decline; a question is none."),
    (
        "Yes",
        "Working hours from the proposal to the first promise. Still waiting: neither a yes nor an end.",
    ),
    ("Declined outright", "Deals whose first answer was a decline. The aim is none."),
    ("Promises kept", "Deliveries in full and in the promised week, of those that were reported, or are overdue."),
    ("What was promised", "The first promise counts; what the customer wished to change since counts as the first."),
    ("Promised anew", "Promises that another one with other deliveries replaced; the days are those until delivery."),
    ("As asked", "First promises on the seller’s own terms, without a counter."),
    (
        "Counters accepted",
        "Counters of operations that became the promise, of those that were decided, by what they changed.",
    ),
    ("Won after a counter", "Orders won after operations made a counter."),
    ("Holds converted", "Counters that held capacity and became the promise."),
    ("Held in vain", "Hours that were held and not used, and for how long on average."),
    (
        "Discounts given",
        "What the list price would have brought more, on what is standard, when capacity was promised.",
    ),
    ("Beyond policy", "The part of the discounts that goes deeper than the largest standard discount of an offer."),
    ("Services given away", "List value of added services less what is paid for them."),
    ("Below the floor", "Promises whose margin is below the floor. Missing to the floor is that in money."),
    (
        "Who agrees",
        "Working hours from being asked to the first answer. Counters, declines, conditions, sending back are changes.",
    ),
    ("Not standard", "Requests for a deeper discount, a shorter lead time, an added service or a smaller lot."),
)


@dataclass(frozen=True)
class Board:
    """Two periods side by side, and the requests in the longer one; `sees_margin`: money below the floor is shown.

    `steps` are those who agree, in both periods.
    """

    week: Figures
    quarter: Figures
    requests: dict[Beyond, int]
    company: HasCurrency
    locale: Locale
    sees_margin: bool = False
    head: str = ""
    steps: tuple[StepBoard, StepBoard] = (StepBoard(), StepBoard())


def board_blocks(board: Board) -> list[Block]:
    """The figures, each speed beside what it must not cost."""
    blocks: list[Block] = [header("Scoreboard of sales and operations")]
    for heading, rows in _sections(board):
        blocks += [line((Bold(heading),)), fixed(aligned(rows))]
    asked = ", ".join(f"{count} × {WORDS[kind]}" for kind, count in board.requests.items())
    if asked:
        blocks.append(line((Bold("Asked for beyond the standard: "), asked)))
    sentences = list(_agreeing(board.steps[1]))
    blocks += [line(*sentences)] if sentences else []
    if board.head:
        blocks.append(small(f"History as of now: {board.head}"))
    return [*blocks, *actions([button(Act.DEFINITIONS, "What these mean", Target())])]


def board_text(board: Board) -> str:
    """The same in a line."""
    kept = board.quarter.kept
    answer = board.quarter.first_answer.median
    speed = f"first answer in {_time(answer)}" if answer is not None else "no answers yet"
    return f"Scoreboard: {speed}, {kept.count} of {kept.of} promises kept"


def board_view(board: Board, picture: Block | None = None) -> View:
    """The scoreboard in a window."""
    first, *rest, meaning = board_blocks(board)
    # The keyboard begins at the first button of a window: it stands on top, so that nothing scrolls.
    shown = [first, *([picture] if picture else []), meaning, *rest]
    return modal(Callback.SCOREBOARD, "Scoreboard", shown, submit=None)


def definitions_view() -> View:
    """What each figure means."""
    sentences: list[Sentence] = [(Bold(f"{name}. "), meaning) for name, meaning in DEFINITIONS]
    last: Sentence = ("In brackets: how many deals. Nobody is ranked.",)
    return modal(Callback.NOTICE, "What these mean", [line(*sentences, last)], submit=None)


def own_sentence(figures: Figures) -> Sentence | None:
    """A person's own figures, for their Home only."""
    if figures.is_empty:
        return None
    parts = [
        f"first answer {_time(figures.first_answer.median)}" if figures.first_answer.count else "",
        f"yes {_time(figures.to_yes.median)}" if figures.to_yes.count else "",
        f"{_share(figures.as_asked)} as asked" if figures.as_asked.of else "",
        f"{_share(figures.counters)} counters accepted" if figures.counters.of else "",
        f"{_share(figures.kept)} promises kept" if figures.kept.of else "",
    ]
    return (Bold("Your last twelve weeks: "), ", ".join(filter(None, parts)) or "nothing to count yet", ".")


def _sections(board: Board) -> list[tuple[str, list[tuple[str, str, str]]]]:
    w, q = board.week, board.quarter
    speed = [
        _row("First answer: half within", _half(w.first_answer), _half(q.first_answer)),
        _row("  nine of ten within", _time(w.first_answer.p90), _time(q.first_answer.p90)),
        _row("Yes: half within", _half(w.to_yes), _half(q.to_yes)),
        _row("  nine of ten within", _time(w.to_yes.p90), _time(q.to_yes.p90)),
        _row("  still waiting", _count(w.waiting), _count(q.waiting)),
        _row("Declined outright", _share(w.plain_no), _share(q.plain_no)),
    ]
    guard = [
        _row("Promises kept", _share(w.kept), _share(q.kept)),
        _row("Promised anew (days ahead)", _again(w), _again(q)),
    ]
    yes = [
        _row("As asked", _share(w.as_asked), _share(q.as_asked)),
        _row("Counters accepted", _share(w.counters), _share(q.counters)),
        *(
            _row(f"  {kind}", _share(w.counters_by_kind.get(kind, Share())), _share(s))
            for kind, s in q.counters_by_kind.items()
        ),
        _row("Won after a counter", _share(w.won_after_counter), _share(q.won_after_counter)),
        _row("Holds converted", _share(w.converted), _share(q.converted)),
        *(
            _row(f"Held in vain: {clip(name, 24)}", _waste(w.wasted.get(name), board), _waste(waste, board))
            for name, waste in most_wasted(q.wasted)
        ),
    ]
    money = [
        _row("Discounts given", _money(w.discount, board), _money(q.discount, board)),
        _row("  beyond policy", _money(w.discount_beyond, board), _money(q.discount_beyond, board)),
        _row("Services given away", _money(w.services, board), _money(q.services, board)),
        _row("Below the floor", _share(w.deals_below_floor), _share(q.deals_below_floor)),
    ]
    if board.sees_margin:
        money.append(_row("Missing to the floor", _money(w.below_floor, board), _money(q.below_floor, board)))
    heads = ("", "last week", "12 weeks")
    steps = _step_rows(*board.steps)
    return [
        ("Speed, and promises kept", [heads, *speed, *guard]),
        ("Ways to yes", [heads, *yes]),
        ("Speed, and margin", [heads, *money]),
        *([("Who agrees", [heads, *steps])] if steps else []),
    ]


def _step_rows(week: StepBoard, quarter: StepBoard) -> list[tuple[str, str, str]]:
    """Each step: how long it takes, and how often it changes anything."""
    rows: list[tuple[str, str, str]] = []
    last = {one.name: one for one in week.steps}
    for one in quarter.steps[:MOST_STEPS]:
        now = last.get(one.name)
        name = clip(one.name, MOST_NAME)
        rows.append(_row(f"{name[0].upper()}{name[1:]}", _half(now.times) if now else NOTHING, _half(one.times)))
        rows.append(_row("  changed something", _share(now.changed) if now else NOTHING, _share(one.changed)))
    return rows


def _agreeing(quarter: StepBoard) -> Iterator[Sentence]:
    """What was let through and why, and which step could be dropped."""
    granted = list(quarter.exceptions.items())
    if granted:
        told = ", ".join(f"{count} × {clip(reason, MOST_REASON)}" for reason, count in granted[:MOST_REASONS])
        more = f", and {len(granted) - MOST_REASONS} more" if len(granted) > MOST_REASONS else ""
        yield (Bold("Promised after somebody was asked: "), told + more)
    for one in quarter.steps[:MOST_STEPS]:
        if one.is_idle:
            said = f" changed nothing in {one.changed.of} answers: a candidate to be dropped from the policy."
            yield (Bold(clip(one.name, MOST_NAME)), said)


def _row(label: str, week: str, quarter: str) -> tuple[str, str, str]:
    return label, week, quarter


def _half(speed: Speed) -> str:
    return f"{_time(speed.median)} ({speed.count})" if speed.count else NOTHING


def _time(time: timedelta | None) -> str:
    if time is None:
        return NOTHING
    hours, minutes = divmod(round(time.total_seconds() / 60), 60)
    if hours and minutes:
        return f"{hours} h {minutes} min"
    return f"{hours} h" if hours else f"{minutes} min"


def _share(share: Share) -> str:
    return f"{share.count} of {share.of}" if share.of else NOTHING


def _again(figures: Figures) -> str:
    if not figures.repromised:
        return NOTHING
    return f"{figures.repromised} ({figures.notice_days or 0:g})"


def most_wasted(wasted: dict[str, Waste]) -> list[tuple[str, Waste]]:
    """The resources of which the most was held in vain."""
    return sorted(wasted.items(), key=lambda entry: (-entry[1].amount, entry[0]))[:MOST_RESOURCES]


def _waste(waste: Waste | None, board: Board) -> str:
    if waste is None:
        return NOTHING
    days = waste.time / timedelta(days=1)
    held = f"{days:.1f} d" if days >= 1 else f"{days * 24:.0f} h"
    return f"{amount_words(waste.amount, '', board.locale).strip()} for {held}"


def _count(count: int) -> str:
    return str(count) if count else NOTHING


def _money(minor: int, board: Board) -> str:
    return money_text(board.company, minor, board.locale) if minor else NOTHING
