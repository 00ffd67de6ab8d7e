"""Deals side by side: what each asks for, what it may be answered, and what is proposed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from babel import Locale
from slack_sdk.models.blocks import ActionsBlock, Block, CheckboxesElement, Option, StaticSelectElement
from slack_sdk.models.views import View

from handlers.compare.targets import target_of
from handlers.deals.clauses_view import departure_sentence
from handlers.deals.words import MOST_NAME, deal_title, titled
from handlers.slack.ids import Act, Callback, action_id, block_id
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import line, modal
from models.base.language import N_, _, ngettext
from models.base.words import HasCurrency, amount_words, money_text, week_text
from models.compare.answers import Choices, Chosen, Freedom, Possible, PossibleAnswer, Usual, Wishes
from models.compare.comparison import UNKNOWN, ComparedDeal, Comparison
from models.compare.sending import Sent
from models.deals.rows import Deal

LIKELIHOOD, NOBODY_LATER, NO_TIER = "likelihood", "nobody_later", "-"
MOST_OPTION = 75
# Of each deal; the card has all.
MOST_DEPARTURES = 2
# What a window of Slack carries.
MOST_CARRIED = 3000
LEFT = N_("Belay proposes")
FREEDOMS = {Freedom.MAY_MOVE: N_("may move, not shrink"), Freedom.MAY_SHRINK: N_("may shrink")}


def _too_much() -> Sentence:
    return (Bold(_("These are too many lines to send at once.")), _(" Choose “not now” for some of the deals."))


@dataclass(frozen=True)
class ComparedView:
    """Deals around one of them; what each may be answered and what is proposed are None while they are worked out."""

    around: int
    comparison: Comparison
    wishes: Wishes
    locale: Locale
    revision: int
    may_send: bool
    possible: Possible | None = None
    choices: Choices | None = None


def compare_view(view: ComparedView) -> View:
    """The deals in the order in which they came, each with its choice."""
    sent = [_sent(chosen, view.wishes) for chosen in _answered(view)]
    target = target_of(view.around, view.comparison.scarce, view.wishes, revision=view.revision, sent=sent)
    is_too_much = len(target.encode()) > MOST_CARRIED
    if is_too_much:
        target = replace(target, sent=())
    blocks: list[Block] = [line(_scarce(view)), *_weights(view)]
    for number, deal in enumerate(view.comparison.deals):
        blocks.append(line(*_deal(view, deal), *_proposal(view, number)))
        blocks += _select(view, number) if view.possible and view.may_send else []
    blocks.append(line(_too_much()) if is_too_much else line(*_ending(view)))
    is_ready = bool(target.sent) and view.may_send
    return modal(Callback.COMPARE, _("Compare"), blocks, target=target, submit=_("Send these") if is_ready else None)


def sent_view(deals: Sequence[Deal], sent: Sequence[Sent], company: HasCurrency, locale: Locale) -> View:
    """What was sent."""
    sentences: list[Sentence] = []
    for deal, one in zip(deals, sent, strict=True):
        bought = (
            _(", with overtime for {money}", money=money_text(company, one.overtime, locale)) if one.overtime else ""
        )
        done = (
            _("countered, and held")
            if one.lines
            else (_("approved") if not deal.is_open else _("agreed to by operations"))
        )
        sentences.append((Bold(clip(deal_title(deal), 120)), f": {done}{bought}"))
    return modal(Callback.NOTICE, _("Compare"), [line((Bold(_("Sent.")),), *sentences)], submit=None)


def _answered(view: ComparedView) -> Iterator[Chosen]:
    """The choices that are sent: what waits, or stays as it was promised, is not."""
    for chosen in view.choices.chosen if view.choices else ():
        if chosen.answer.key not in {Usual.WAIT, Usual.KEEP}:
            yield chosen


def _sent(chosen: Chosen, wishes: Wishes) -> Sent:
    deal, answer = chosen.deal, chosen.answer
    return Sent(
        deal=deal.id,
        version=deal.version,
        lines=() if answer.key == Usual.ASKED else answer.terms(deal.checked.ids),
        overtime=chosen.overtime,
        weight=wishes.weight_of(deal),
        goes_first=wishes.puts_first(deal),
    )


def _scarce(view: ComparedView) -> Sentence:
    comparison = view.comparison
    count = len(comparison.deals)
    if comparison.is_about_promises:
        what = ngettext("One promise", "{count} promises", count, count=count)
        aim = _(" As many as can be are kept; the others come as soon as they can.")
        return (Bold(_("{what} can no longer be kept.", what=what)), aim)
    if comparison.scarce is None:
        return (Bold(_("{count} deals want the same capacity.", count=count)),)
    name, week = comparison.scarce
    resource = comparison.company.resources[name]
    takes = list(map(comparison.takes, comparison.deals))
    asked = amount_words(sum(takes), resource.unit, view.locale)
    free = amount_words(max(0, resource.room(week)), "", view.locale).strip()
    where = _("{name}, week of {week}", name=clip(name, MOST_NAME), week=week_text(week, view.locale))
    return (
        Bold(where),
        _(": {map} deals ask for {asked}, {free} can be had.", map=sum(map(bool, takes)), asked=asked, free=free),
    )


def _weights(view: ComparedView) -> list[Block]:
    """What counts, as far as it may be changed."""
    if view.comparison.is_about_promises:
        return []
    wishes = view.wishes
    options = [
        Option(text=_("Likelihood counts"), value=LIKELIHOOD, description=_("Unknown is {unknown} %", unknown=UNKNOWN)),
        Option(text=_("Nobody later than asked"), value=NOBODY_LATER),
    ]
    is_on = {LIKELIHOOD: wishes.by_likelihood, NOBODY_LATER: wishes.nobody_later}
    chosen = [option for option in options if is_on[option.value]]
    boxes = CheckboxesElement(action_id=Act.WEIGHED, options=options, initial_options=chosen or None)
    blocks: list[Block] = [ActionsBlock(block_id="wishes", elements=[boxes])]
    if view.comparison.tiers:
        first = [clip(_("{tier} customers first", tier=tier), MOST_OPTION) for tier in view.comparison.tiers]
        tiers = [Option(text=_("No tier goes first"), value=NO_TIER)]
        tiers += [Option(text=text, value=tier) for text, tier in zip(first, view.comparison.tiers, strict=True)]
        initial = next((option for option in tiers if option.value == wishes.tier), tiers[0])
        select = StaticSelectElement(action_id=Act.WEIGHED, options=tiers, initial_option=initial)
        blocks.append(ActionsBlock(block_id="tier", elements=[select]))
    return blocks


def _deal(view: ComparedView, deal: ComparedDeal) -> list[Sentence]:
    comparison, locale = view.comparison, view.locale
    totals: Counter[str] = Counter()
    for entry in deal.checked.check.deal.lines:
        totals[entry.offer] += entry.quantity
    margin = deal.checked.check.margin
    about = [money_text(comparison.company, margin.revenue, locale), _(margin.band), deal.tier]
    about.append(
        "" if deal.likelihood is None or deal.is_promise else _("{likelihood} % likely", likelihood=deal.likelihood)
    )
    takes = comparison.takes(deal)
    if comparison.scarce and takes:
        unit = comparison.company.resources[comparison.scarce[0]].unit
        about.append(_("takes {amount} of it", amount=amount_words(takes, unit, locale)))
    about.append(_("{seller} sells", seller=deal.seller))
    title = titled(deal.number, deal.customer, totals, locale)
    departing = departure_sentence(deal.departures[:MOST_DEPARTURES])
    return [(Bold(clip(title, 150)),), (" · ".join(filter(None, about)),), *([departing] if departing else [])]


def _proposal(view: ComparedView, number: int) -> list[Sentence]:
    if view.choices is None or not view.choices.chosen:
        return []
    chosen = view.choices.chosen[number]
    answer = chosen.answer
    bought = (
        _("overtime, {money}", money=money_text(view.comparison.company, chosen.overtime, view.locale))
        if chosen.overtime
        else ""
    )
    others = chosen.deal.others if answer.key == Usual.ASKED else ()
    waits = _("{names} must agree too, and nothing is held until then", names=", ".join(others)) if others else ""
    choice = _("your choice") if _is_fixed(view, chosen.deal) else ""
    costs = " · ".join(filter(None, (answer.cost, bought, waits, choice)))
    return [("→ ", Bold(clip(answer.said, 200)), f" · {costs}" if costs else "")]


def _is_fixed(view: ComparedView, deal: ComparedDeal) -> bool:
    return view.wishes.fixed.get(deal.id, "") not in {"", *FREEDOMS}


def _select(view: ComparedView, number: int) -> list[Block]:
    deal = view.comparison.deals[number]
    fixed = view.wishes.fixed.get(deal.id, "")
    answers = view.possible[number] if view.possible else ()
    options = [_option(deal, "", _(LEFT))]
    options += [_option(deal, key, _(said)) for key, said in FREEDOMS.items()] if deal.is_promise else []
    options += [_option(deal, answer.key, _said(answer)) for answer in answers]
    initial = next((option for option in options if option.value == f"{deal.id}|{fixed}"), options[0])
    select = StaticSelectElement(action_id=action_id(Act.COMPARED, deal.id), options=options, initial_option=initial)
    return [ActionsBlock(block_id=block_id(f"answer-{deal.id}", view.revision), elements=[select])]


def _option(deal: ComparedDeal, key: str, said: str) -> Option:
    return Option(text=clip(said, MOST_OPTION), value=f"{deal.id}|{key}")


def _said(answer: PossibleAnswer) -> str:
    return f"{answer.said} · {answer.cost}" if answer.cost else answer.said


def _ending(view: ComparedView) -> list[Sentence]:
    """How good the choices are, and what sending them does."""
    if view.choices is None:
        return [(_("Working out what goes together best…"),)]
    if not view.choices.chosen:
        return [(Bold(_("What you have chosen cannot be had.")), _(" Leave one of them to Belay."))]
    best = _("Nothing goes better with what you chose.") if view.wishes.fixed else _("Nothing goes together better.")
    proven = best if view.choices.is_proven else _("This is the best that was found in the time.")
    if not view.may_send:
        return [(proven,), (_("Operations send these."),)]
    keys = [chosen.answer.key for chosen in view.choices.chosen]
    stay, wait = keys.count(Usual.KEEP), keys.count(Usual.WAIT)
    rest = ngettext(" {stay} stays as promised.", " {stay} stay as promised.", stay, stay=stay) if stay else ""
    rest += ngettext(" {wait} gets no answer yet.", " {wait} get no answer yet.", wait, wait=wait) if wait else ""
    if view.comparison.is_about_promises:
        return [(proven,), (_("Sending counters the others at once, all or none.{rest}", rest=rest),)]
    return [(proven,), (_("Sending approves and counters all of them at once, or none.{rest}", rest=rest),)]
