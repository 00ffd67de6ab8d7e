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
from models.base.language import N_, _
from models.base.words import HasCurrency, amount_words, decimal_text, money_text
from models.deals.standards import Beyond
from models.digests.scoreboard import Figures, Share, Speed, Waste
from models.digests.step_figures import StepBoard

NOTHING = "–"
MOST_RESOURCES = 5
MOST_STEPS = 8
MOST_NAME = 24
MOST_REASONS, MOST_REASON = 6, 80
WORDS = {
    Beyond.DISCOUNT: N_("deeper discount"),
    Beyond.LEAD_TIME: N_("shorter lead time"),
    Beyond.NOT_STANDARD: N_("added service"),
    Beyond.LOT: N_("smaller lot"),
}
DEFINITIONS: Sequence[tuple[str, str]] = (
    (
        N_("First answer"),
        N_("Working hours from the proposal to the first approval, counter or decline; a question is none."),
    ),
    (
        N_("Yes"),
        N_("Working hours from the proposal to the first promise. Still waiting: neither a yes nor an end."),
    ),
    (N_("Declined outright"), N_("Deals whose first answer was a decline. The aim is none.")),
    (
        N_("Promises kept"),
        N_("Deliveries in full and in the promised week, of those that were reported, or are overdue."),
    ),
    (
        N_("What was promised"),
        N_("The first promise counts; what the customer wished to change since counts as the first."),
    ),
    (
        N_("Promised anew"),
        N_("Promises that another one with other deliveries replaced; the days are those until delivery."),
    ),
    (N_("As asked"), N_("First promises on the seller’s own terms, without a counter.")),
    (
        N_("Counters accepted"),
        N_("Counters of operations that became the promise, of those that were decided, by what they changed."),
    ),
    (N_("Won after a counter"), N_("Orders won after operations made a counter.")),
    (N_("Holds converted"), N_("Counters that held capacity and became the promise.")),
    (N_("Held in vain"), N_("Hours that were held and not used, and for how long on average.")),
    (
        N_("Discounts given"),
        N_("What the list price would have brought more, on what is standard, when capacity was promised."),
    ),
    (
        N_("Beyond policy"),
        N_("The part of the discounts that goes deeper than the largest standard discount of an offer."),
    ),
    (N_("Services given away"), N_("List value of added services less what is paid for them.")),
    (N_("Below the floor"), N_("Promises whose margin is below the floor. Missing to the floor is that in money.")),
    (
        N_("Who agrees"),
        N_(
            "Working hours from being asked to the first answer. Counters, declines, conditions, "
            "sending back are changes."
        ),
    ),
    (N_("Not standard"), N_("Requests for a deeper discount, a shorter lead time, an added service or a smaller lot.")),
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
    blocks: list[Block] = [header(_("Scoreboard of sales and operations"))]
    for heading, rows in _sections(board):
        blocks += [line((Bold(heading),)), fixed(aligned(rows))]
    asked = ", ".join(f"{count} × {_(WORDS[kind])}" for kind, count in board.requests.items())
    if asked:
        blocks.append(line((Bold(_("Asked for beyond the standard: ")), asked)))
    sentences = list(_agreeing(board.steps[1]))
    blocks += [line(*sentences)] if sentences else []
    if board.head:
        blocks.append(small(_("History as of now: {head}", head=board.head)))
    return [*blocks, *actions([button(Act.DEFINITIONS, _("What these mean"), Target())])]


def board_text(board: Board) -> str:
    """The same in a line."""
    kept = board.quarter.kept
    answer = board.quarter.first_answer.median
    speed = _("first answer in {time}", time=_time(answer)) if answer is not None else _("no answers yet")
    return _("Scoreboard: {speed}, {count} of {of} promises kept", speed=speed, count=kept.count, of=kept.of)


def board_view(board: Board, picture: Block | None = None) -> View:
    """The scoreboard in a window."""
    first, *rest, meaning = board_blocks(board)
    # The keyboard begins at the first button of a window: it stands on top, so that nothing scrolls.
    shown = [first, *([picture] if picture else []), meaning, *rest]
    return modal(Callback.SCOREBOARD, _("Scoreboard"), shown, submit=None)


def definitions_view() -> View:
    """What each figure means."""
    sentences: list[Sentence] = [(Bold(f"{_(name)}. "), _(meaning)) for name, meaning in DEFINITIONS]
    last: Sentence = (_("In brackets: how many deals. Nobody is ranked."),)
    return modal(Callback.NOTICE, _("What these mean"), [line(*sentences, last)], submit=None)


def own_sentence(figures: Figures) -> Sentence | None:
    """A person's own figures, for their Home only."""
    if figures.is_empty:
        return None
    parts = [
        _("first answer {time}", time=_time(figures.first_answer.median)) if figures.first_answer.count else "",
        _("yes {time}", time=_time(figures.to_yes.median)) if figures.to_yes.count else "",
        _("{share} as asked", share=_share(figures.as_asked)) if figures.as_asked.of else "",
        _("{share} counters accepted", share=_share(figures.counters)) if figures.counters.of else "",
        _("{share} promises kept", share=_share(figures.kept)) if figures.kept.of else "",
    ]
    return (Bold(_("Your last twelve weeks: ")), ", ".join(filter(None, parts)) or _("nothing to count yet"), ".")


def _sections(board: Board) -> list[tuple[str, list[tuple[str, str, str]]]]:
    w, q = board.week, board.quarter
    speed = [
        _row(_("First answer: half within"), _half(w.first_answer), _half(q.first_answer)),
        _row(_("  nine of ten within"), _time(w.first_answer.p90), _time(q.first_answer.p90)),
        _row(_("Yes: half within"), _half(w.to_yes), _half(q.to_yes)),
        _row(_("  nine of ten within"), _time(w.to_yes.p90), _time(q.to_yes.p90)),
        _row(_("  still waiting"), _count(w.waiting), _count(q.waiting)),
        _row(_("Declined outright"), _share(w.plain_no), _share(q.plain_no)),
    ]
    guard = [
        _row(_("Promises kept"), _share(w.kept), _share(q.kept)),
        _row(_("Promised anew (days ahead)"), _again(w), _again(q)),
    ]
    yes = [
        _row(_("As asked"), _share(w.as_asked), _share(q.as_asked)),
        _row(_("Counters accepted"), _share(w.counters), _share(q.counters)),
        *(
            _row(f"  {_(kind)}", _share(w.counters_by_kind.get(kind, Share())), _share(s))
            for kind, s in q.counters_by_kind.items()
        ),
        _row(_("Won after a counter"), _share(w.won_after_counter), _share(q.won_after_counter)),
        _row(_("Holds converted"), _share(w.converted), _share(q.converted)),
        *(
            _row(
                _("Held in vain: {name}", name=clip(name, 24)), _waste(w.wasted.get(name), board), _waste(waste, board)
            )
            for name, waste in most_wasted(q.wasted)
        ),
    ]
    money = [
        _row(_("Discounts given"), _money(w.discount, board), _money(q.discount, board)),
        _row(_("  beyond policy"), _money(w.discount_beyond, board), _money(q.discount_beyond, board)),
        _row(_("Services given away"), _money(w.services, board), _money(q.services, board)),
        _row(_("Below the floor"), _share(w.deals_below_floor), _share(q.deals_below_floor)),
    ]
    if board.sees_margin:
        money.append(_row(_("Missing to the floor"), _money(w.below_floor, board), _money(q.below_floor, board)))
    heads = ("", _("last week"), _("12 weeks"))
    steps = _step_rows(*board.steps)
    return [
        (_("Speed, and promises kept"), [heads, *speed, *guard]),
        (_("Ways to yes"), [heads, *yes]),
        (_("Speed, and margin"), [heads, *money]),
        *([(_("Who agrees"), [heads, *steps])] if steps else []),
    ]


def _step_rows(week: StepBoard, quarter: StepBoard) -> list[tuple[str, str, str]]:
    """Each step: how long it takes, and how often it changes anything."""
    rows: list[tuple[str, str, str]] = []
    last = {one.name: one for one in week.steps}
    for one in quarter.steps[:MOST_STEPS]:
        now = last.get(one.name)
        name = clip(one.name, MOST_NAME)
        rows.append(_row(f"{name[0].upper()}{name[1:]}", _half(now.times) if now else NOTHING, _half(one.times)))
        rows.append(_row(_("  changed something"), _share(now.changed) if now else NOTHING, _share(one.changed)))
    return rows


def _agreeing(quarter: StepBoard) -> Iterator[Sentence]:
    """What was let through and why, and which step could be dropped."""
    granted = list(quarter.exceptions.items())
    if granted:
        told = ", ".join(f"{count} × {clip(reason, MOST_REASON)}" for reason, count in granted[:MOST_REASONS])
        more = _(", and {count} more", count=len(granted) - MOST_REASONS) if len(granted) > MOST_REASONS else ""
        yield (Bold(_("Promised after somebody was asked: ")), told + more)
    for one in quarter.steps[:MOST_STEPS]:
        if one.is_idle:
            said = _(" changed nothing in {of} answers: a candidate to be dropped from the policy.", of=one.changed.of)
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
        return _("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return f"{hours} h" if hours else _("{minutes} min", minutes=minutes)


def _share(share: Share) -> str:
    return _("{count} of {of}", count=share.count, of=share.of) if share.of else NOTHING


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
    held = _("{days} d", days=decimal_text(days, 1)) if days >= 1 else _("{hours} h", hours=decimal_text(days * 24, 0))
    return _("{amount} for {held}", amount=amount_words(waste.amount, "", board.locale).strip(), held=held)


def _count(count: int) -> str:
    return str(count) if count else NOTHING


def _money(minor: int, board: Board) -> str:
    return money_text(board.company, minor, board.locale) if minor else NOTHING
