"""The two reviews as people meet them: a form for a family, a file for all of them, and what they are called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale
from slack_sdk.models.views import View

from handlers.slack.ids import Callback
from handlers.slack.text import Bold, Sentence, clip
from handlers.sop.gap_sections import gap_months
from handlers.sop.review_view import ReviewForm, review_view
from models.base.language import N_, _
from models.base.months import month_after
from models.base.words import locale_of, month_text
from models.sop.baseline import accuracy_unseen, baseline
from models.sop.baseline_words import accuracy_text, seen_text
from models.sop.forecasting import DEMAND_REVIEW, find_forecast, forecasts_due
from models.sop.gaps import gaps_of
from models.sop.open_deals import open_units
from models.sop.past_sales import past_of
from models.sop.plan import present_plan
from models.sop.reviews import EDITED, Review
from models.sop.rows import Cycle
from models.sop.supplying import SUPPLY_REVIEW, find_supply, supplies_due
from models.workspace.members import Member

MOST_DEALS = 6
LIMIT = N_("What limits it, needed where net stock is short")


@dataclass(frozen=True)
class ReviewForms:
    """A review's form and file, how a person's numbers are called, and what is said where nothing waits.

    `build` makes the form of a family in a revision, below what was just done; `rows` are those of the file.
    """

    review: Review
    form: Callback
    file: Callback
    name: str
    nothing: str
    build: Callable[[Cycle, Member, str, int, str], View]
    rows: Callable[[Cycle, Member], Iterator[Sequence[str]]]


def _forecast_form(cycle: Cycle, by: Member, family: str, revision: int, done: str = "") -> View:
    row = find_forecast(cycle, by, family)
    rows = [("certain", _("Certain"), row.certain[:EDITED]), ("contingent", _("Contingent"), row.contingent[:EDITED])]
    sentences: list[Sentence] = [(Bold(done),)] if done else []
    sentences.append(
        (_("Units, of all customers. Certain: what you have won. Contingent: your share of what nobody has won yet."),)
    )
    sentences += _past(cycle, family, locale_of(by.locale))
    sentences += _open_deals(cycle, by, family)
    if row.answered_at:
        sentences.append((Bold(_("Answered. ")), _("Submitting again replaces it.")))
    if row.frozen is not None:
        late = _("The demand review is over: a change counts in the plan, and accuracy goes by what stood then.")
        sentences.append((late,))
    return review_view(
        ReviewForm(
            callback=Callback.FORECAST,
            name=_("Forecast"),
            cycle=cycle.id,
            family=family,
            months=cycle.months,
            rows=rows,
            sentences=sentences,
            reason=("reason", _("Reason, needed if you change a number"), row.reason),
            agreeable=len(DEMAND_REVIEW.left(cycle, by)),
            locale=locale_of(by.locale),
            revision=revision,
        )
    )


def _supply_form(cycle: Cycle, by: Member, family: str, revision: int, done: str = "") -> View:
    row = find_supply(cycle, family)
    locale = locale_of(by.locale)
    plan = present_plan(cycle).of(family)
    gaps = [
        _("{gap_months} by up to {units}", gap_months=gap_months(gap, cycle.months, locale), units=gap.units)
        for gap in gaps_of(plan)
        if gap.is_short
    ]
    sentences: list[Sentence] = [(Bold(done),)] if done else []
    keeps_stock = cycle.workspace.keeps_stock
    built = _("what brings net stock to its target, built ahead in earlier months where one is too full.")
    sentences.append(
        (
            _(
                "Filled in: {built}",
                built=built if keeps_stock else _("what is wanted, as far as there are hours for it."),
            ),
        )
    )
    if keeps_stock:
        net = ", ".join(f"{month_text(cycle.months[n], locale)} {plan.net[n]}" for n in range(EDITED))
        opening = _(
            "{inventory} in stock, {backlog} in backlog. Net stock as supplied: {net}.",
            inventory=plan.inventory,
            backlog=plan.backlog,
            net=net,
        )
        sentences.append((Bold(_("It begins with ")), opening.replace("-", "−")))
    sentences += [(Bold(_("Short: ")), f"{', '.join(gaps)}.")] if gaps else []
    if row.answered_at and row.by:
        sentences.append((Bold(_("Answered by {name}. ", name=row.by.name)), _("Submitting again replaces it.")))
    return review_view(
        ReviewForm(
            callback=Callback.SUPPLY,
            name=_("Supply"),
            cycle=cycle.id,
            family=family,
            months=cycle.months,
            rows=[("supply", _("Supply"), row.units[:EDITED])],
            sentences=sentences,
            reason=("limit", _(LIMIT) if keeps_stock else _("What limits it, needed where somebody waits"), row.limit),
            locale=locale,
            revision=revision,
            seen=row.answered_at.isoformat() if row.answered_at else "",
            demand=plan.demand,
        )
    )


def _past(cycle: Cycle, family: str, locale: Locale) -> list[Sentence]:
    """What the baseline saw, how good it was, the range of the months ahead, and what they sold a year ago."""
    past = past_of(cycle.workspace, cycle.month, also=[family])
    closed = past.closed[family]
    made = baseline(closed.history(), horizon=EDITED + closed.missing)
    low, high = (bounds[closed.missing :] for bounds in made.unit_range())
    months = [month_text(month, locale) for month in cycle.months[:EDITED]]
    ranges = ", ".join(f"{month} {a}–{b}" for month, a, b in zip(months, low, high, strict=True))
    good = accuracy_text(accuracy_unseen(closed.history()))
    sentences: list[Sentence] = [
        (
            Bold(_("Baseline: ")),
            _(
                "{seen}{value}. Eight of ten times: {ranges}.",
                seen=seen_text(made),
                value=f", {good}" if good else "",
                ranges=ranges,
            ),
        )
    ]
    booked = closed.booked()
    before = [(month, booked.get(month_after(month, -12))) for month in cycle.months[:EDITED]]
    known = [f"{month_text(month_after(month, -12), locale)} {units}" for month, units in before if units is not None]
    return sentences + ([(Bold(_("A year ago: ")), f"{', '.join(known)}.")] if known else [])


def _open_deals(cycle: Cycle, by: Member, family: str) -> list[Sentence]:
    """The seller's own deals that are still being negotiated: what of the contingent units has a name."""
    units = open_units(cycle.workspace, seller=by)
    locale = locale_of(by.locale)
    named = [(month, deal) for month in cycle.months for deal in units.get((family, month), ())]
    deals = [
        _(
            "#{deal} {customer} {units} in {month}",
            deal=d.deal,
            customer=clip(d.customer, 40),
            units=d.units,
            month=month_text(m, locale),
        )
        for m, d in named[:MOST_DEALS]
    ]
    more = _(" and {count} more", count=len(named) - MOST_DEALS) if len(named) > MOST_DEALS else ""
    return [(Bold(_("Your open deals: ")), f"{', '.join(deals)}{more}.")] if named else []


def _forecast_rows(cycle: Cycle, member: Member) -> Iterator[Sequence[str]]:
    months = cycle.months
    for row in sorted(forecasts_due(cycle, member), key=lambda row: row.family):
        for month, sure, perhaps in zip(months, row.certain, row.contingent, strict=True):
            yield row.family, f"{month:%Y-%m}", str(sure), str(perhaps), row.reason


def _supply_rows(cycle: Cycle, member: Member) -> Iterator[Sequence[str]]:
    months = cycle.months
    demand = cycle.demand
    for row in sorted(supplies_due(cycle, member), key=lambda row: row.family):
        for month, wanted, units in zip(months, demand.get(row.family, row.units), row.units, strict=True):
            yield row.family, f"{month:%Y-%m}", str(wanted), str(units), row.limit


FORECAST = ReviewForms(
    review=DEMAND_REVIEW,
    form=Callback.FORECAST,
    file=Callback.FORECAST_FILE,
    name=N_("forecast"),
    nothing=N_("No forecast waits for you: the demand review has not begun, or you are not in sales."),
    build=_forecast_form,
    rows=_forecast_rows,
)
SUPPLY = ReviewForms(
    review=SUPPLY_REVIEW,
    form=Callback.SUPPLY,
    file=Callback.SUPPLY_FILE,
    name=N_("supply plan"),
    nothing=N_("No supply plan waits for you: the supply review has not begun, or the families are not yours."),
    build=_supply_form,
    rows=_supply_rows,
)
FORMS: Mapping[str, ReviewForms] = {forms.form: forms for forms in (FORECAST, SUPPLY)}
FILES: Mapping[str, ReviewForms] = {forms.file: forms for forms in (FORECAST, SUPPLY)}
KINDS: Mapping[str, ReviewForms] = {forms.review.kind: forms for forms in (FORECAST, SUPPLY)}
