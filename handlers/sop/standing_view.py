"""Where the cycle stands, as a view: its steps, who is silent, what was decided, and what a person may do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from babel import Locale
from babel.dates import format_skeleton
from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback
from handlers.slack.text import Bold, Code, Part, Sentence, When, as_sentence, clip
from handlers.slack.view_parts import NO_TARGET, actions, button, confirmation, header, line, modal, notice
from handlers.sop.targets import ResolutionTarget
from models.base.language import N_, _
from models.base.words import month_text
from models.sop.page import Page
from models.sop.resolutions import Decided
from models.sop.steps import Move, Step

MOST_NAMES = 12
STEPS = {
    Step.DATA: N_("1 · Data"),
    Step.DEMAND: N_("2 · Demand review"),
    Step.SUPPLY: N_("3 · Supply review"),
    Step.RECONCILIATION: N_("4 · Reconciliation"),
    Step.EXECUTIVE: N_("5 · Executive meeting"),
    Step.SIGNED: N_("Signed"),
}
ACTS = {
    Move.FORECAST: Act.FORECAST,
    Move.SUPPLY: Act.SUPPLY,
    Move.DECIDE: Act.DECIDE,
    Move.AGREE: Act.AGREE,
    Move.RECONCILE: Act.RECONCILED,
    Move.SIGN: Act.SIGN,
}
LABELS = {
    Move.FORECAST: N_("Submit forecast…"),
    Move.SUPPLY: N_("Submit supply…"),
    Move.DECIDE: N_("Decide…"),
    Move.AGREE: N_("Agree on demand…"),
    Move.RECONCILE: N_("Mark as reconciled"),
}


@dataclass(frozen=True)
class Standing:
    """Where a cycle stands: who has answered and who is silent, when steps begin and are due, what a person may do.

    `closable` are the decisions that the reader may close. `still_open` is what is open at the signature; `is_changed`:
    it is no more what was signed. `unsigned` is the month before, where nobody signed it.
    """

    month: date
    step: Step
    begins: Sequence[tuple[Step, datetime]]
    due: Mapping[Step, datetime]
    answered: Mapping[str, tuple[str, ...]]
    silent: dict[str, tuple[str, ...]]
    version: int
    decided: Sequence[Decided]
    closable: frozenset[int]
    moves: frozenset[Move]
    locale: Locale
    is_changed: bool = False
    still_open: str = ""
    unsigned: date | None = None


def standing_view(standing: Standing, done: str = "") -> View:
    """Where the cycle stands."""
    blocks: list[Block] = [line((Bold(done),))] if done else []
    blocks.append(header(_("S&OP {month}", month=month_text(standing.month, standing.locale))))
    blocks.append(line(*_steps(standing)))
    blocks += actions(
        [
            _button(standing.moves, Move.FORECAST, style="primary"),
            _button(standing.moves, Move.SUPPLY, style="primary"),
            button(Act.PAGE, _("Show the page"), NO_TARGET) if standing.step is not Step.DATA else None,
            _button(standing.moves, Move.DECIDE),
            _button(standing.moves, Move.AGREE),
            button(Act.WHAT_IF, _("What if…"), NO_TARGET) if Move.IMAGINE in standing.moves else None,
            _button(standing.moves, Move.RECONCILE),
            _sign(standing.moves, standing.still_open, standing.version),
        ]
    )
    for decided in standing.decided[:MOST_NAMES]:
        blocks.append(line(_resolution(decided, standing.locale)))
        if decided.id in standing.closable:
            blocks += actions([button(Act.CLOSE, _("It is done"), ResolutionTarget(resolution=decided.id))])
    return modal(Callback.SOP, "S&OP", blocks, submit=None)


def finishing(moves: frozenset[Move], still_open: str = "", version: int = 0) -> list[Block]:
    """The buttons below the page: what ends the step."""
    return actions([_button(moves, Move.RECONCILE), _sign(moves, still_open, version)])


def open_text(page: Page) -> str:
    """What is open when a plan is signed, by name: gaps without a decision, silent people, decisions that wait."""
    gaps = list(dict.fromkeys(gap.family for gap in page.gaps if not page.is_decided(gap)))
    silent = list(dict.fromkeys(chain.from_iterable(page.silent.get(step, ()) for step in (Step.DEMAND, Step.SUPPLY))))
    waiting = [one.text for one in page.open_decisions if one.due < page.month]
    beyond = [one.name for one in page.capacity if any(map(one.is_beyond, range(len(page.months))))]
    parts = [
        _("No decision on the gaps of {names}.", names=_named(gaps)) if gaps else "",
        _("Beyond its overtime: {names}.", names=_named(beyond)) if beyond else "",
        _("Silent: {names}.", names=_named(silent)) if silent else "",
        _("Overdue: {names}.", names=_named(waiting)) if waiting else "",
    ]
    return " ".join(filter(None, parts))


def done_view(sentence: str) -> View:
    """What was done."""
    return notice((Bold(sentence), " ", *as_sentence(_("`/sop` shows where the cycle stands."))))


def sop_help() -> Sentence:
    """The words after /sop."""
    return (
        Code("/sop"),
        _(" shows where the cycle stands.\n"),
        Code("/sop forecast"),
        _(" and "),
        Code("/sop supply"),
        _(" answer the reviews.\n"),
        Code("/sop page"),
        _(" shows the page, "),
        Code("/sop comment"),
        _(" says something of a gap or a family.\n"),
        Code("/sop consensus"),
        _(" puts the demand that was agreed on in its place.\n"),
        Code("/sop decide"),
        _(" decides on a gap, "),
        Code("/sop what-if"),
        _(" shows scenarios beside the plan.\n"),
        Code("/sop accuracy"),
        _(" says how good forecasts were.\n"),
        Code("/sop import"),
        _(" takes closed months from a table, "),
        Code("/sop budget"),
        _(" the budget.\n"),
        Code("/sop schedule"),
        _(" sets the days, "),
        Code("/sop owners"),
        _(" who answers for which family.\n"),
        Code("/sop targets"),
        _(" says what should lie in stock, "),
        Code("/sop launch"),
        _(" what begins and ends, "),
        Code("/sop mark"),
        _(" which months the baseline leaves out."),
    )


def _steps(standing: Standing) -> Iterator[Sentence]:
    begins = dict(standing.begins)
    for step, name in STEPS.items():
        if step is Step.SIGNED:
            continue
        at: tuple[Part, ...] = (" · ", When(begins[step])) if step in begins else ()
        due: tuple[Part, ...] = (_(", due "), When(standing.due[step])) if step in standing.due else ()
        answered, silent = standing.answered.get(step, ()), standing.silent.get(step, ())
        names = _(" · answered: {names}", names=_all_of(answered)) if answered else ""
        names += _(" · waiting for {names}", names=_all_of(silent)) if silent else ""
        yield ((Bold(f"▸ {_(name)}") if step is standing.step else _(name)), *at, *due, names)
    if standing.version:
        yield (
            Bold(_("Signed, version {version}", version=standing.version)),
            _(", changed since") if standing.is_changed else "",
        )
    if standing.unsigned:
        yield (_("{month} was not signed.", month=month_text(standing.unsigned, standing.locale)),)


def _all_of(names: Sequence[str]) -> str:
    more = _(" and {count} more", count=len(names) - MOST_NAMES) if len(names) > MOST_NAMES else ""
    return f"{', '.join(names[:MOST_NAMES])}{more}"


def _button(moves: frozenset[Move], move: Move, style: str | None = None) -> ButtonElement | None:
    return button(ACTS[move], _(LABELS[move]), NO_TARGET, style=style) if move in moves else None


def _sign(moves: frozenset[Move], still_open: str, version: int) -> ButtonElement | None:
    if Move.SIGN not in moves:
        return None
    text = _("It is published in the S&OP channel; a later change is a new version.")
    sure = confirmation(
        _("Sign the plan?"),
        _("Still open: {still_open} {text}", still_open=still_open, text=text) if still_open else text,
        _("Sign"),
    )
    label = _("Sign version {version} and publish", version=version + 1) if version else _("Sign and publish")
    return button(Act.SIGN, label, NO_TARGET, style="primary", confirm=sure)


def _named(texts: Sequence[str]) -> str:
    """The first three, and how many more."""
    more = _(" and {count} more", count=len(texts) - 3) if len(texts) > 3 else ""
    return f"{', '.join(clip(text, 24) for text in texts[:3])}{more}"


def _resolution(decided: Decided, locale: Locale) -> Sentence:
    due = str(format_skeleton("MMMd", decided.due, locale=locale))
    return (
        Bold(clip(decided.family, 60)),
        _(": {text} — {owner}, by {due}", text=clip(decided.text, 300), owner=decided.owner, due=due),
    )
