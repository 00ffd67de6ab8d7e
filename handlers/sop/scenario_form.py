"""The form of a scenario: what changes, of what, when and by how much; shown and read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from babel import Locale
from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.values import number_of, read_change, read_choice
from handlers.slack.view_parts import field, modal
from handlers.sop.families import chosen_family
from handlers.sop.targets import CycleTarget
from models.base.errors import Refused
from models.base.language import N_, _
from models.base.words import locale_of, month_text
from models.sop.plan import present_plan
from models.sop.rows import Cycle
from models.sop.what_if import ChangeKind, ScenarioChange
from models.workspace.members import Member

KINDS = {
    ChangeKind.DEMAND: N_("Demand of a family"),
    ChangeKind.CAPACITY: N_("Capacity of a resource: a shift, a machine down"),
    ChangeKind.OVERTIME: N_("Overtime allowed"),
    ChangeKind.LAUNCH: N_("Launch of a family, in the first month"),
    ChangeKind.END: N_("End of a family, after the last month"),
    ChangeKind.PRICE: N_("Price of a family"),
    ChangeKind.COST: N_("Cost of a family"),
}
HINT = N_("Such as +100% or -20%; or units of demand a month, or hours of capacity a month, such as 40 or -40.")


def new_scenario_view(cycle: int, months: Sequence[date], locale: Locale) -> View:
    """What changes, of what, when and by how much; its name and what it assumes."""
    kinds = [Option(text=_(label), value=kind) for kind, label in KINDS.items()]
    options = [Option(text=month_text(month, locale), value=month.isoformat()) for month in months]
    which = ExternalDataSelectElement(
        action_id=Act.SCENARIO_OF, placeholder=_("Which family or resource?"), min_query_length=0
    )

    def typed(most: int) -> PlainTextInputElement:
        return PlainTextInputElement(action_id=Act.EDIT, max_length=most)

    def month() -> StaticSelectElement:
        return StaticSelectElement(action_id=Act.EDIT, options=options)

    like = ExternalDataSelectElement(action_id=Act.LIKE_OF, placeholder=_("Which family?"), min_query_length=0)
    blocks: list[Block] = [
        field("kind", _("What changes"), StaticSelectElement(action_id=Act.EDIT, options=kinds)),
        field("which", _("Of which family or resource"), which, is_optional=True, hint=_("Empty: of all.")),
        field("amount", _("By how much"), typed(20), is_optional=True, hint=_(HINT)),
        field("first", _("From month"), month(), is_optional=True, hint=_("Empty: from the first.")),
        field("last", _("To month"), month(), is_optional=True, hint=_("Empty: to the last.")),
        field(
            "like",
            _("A launch sells like"),
            like,
            is_optional=True,
            hint=_("Empty: as it is planned, in another month."),
        ),
        field("name", _("Name"), typed(60), is_optional=True, hint=_("Empty: what it changes.")),
        field("assumption", _("What it assumes"), typed(500), is_optional=True),
    ]
    return modal(Callback.SCENARIO, _("What if"), blocks, target=CycleTarget(cycle=cycle), submit=_("Show"))


def resources_of(cycle: Cycle) -> list[str]:
    """The resources that a scenario may change, by name."""
    return [one.name for one in present_plan(cycle).capacity]


def change_in(form: Filled, cycle: Cycle, by: Member) -> ScenarioChange:
    """What the form changes."""
    kind = read_choice(ChangeKind, form["kind"], "kind")
    is_of_resource = kind in {ChangeKind.CAPACITY, ChangeKind.OVERTIME}
    names = resources_of(cycle) if is_of_resource else cycle.families
    try:
        name = chosen_family(names, form["which"]) if form["which"] else ""
    except Refused:
        wanted = (
            _("Choose a resource for that, or none for all.")
            if is_of_resource
            else _("Choose a family for that, or none for all.")
        )
        raise Refused(wanted, field="which") from None
    months = [month.isoformat() for month in cycle.months]
    first = months.index(form["first"]) if form["first"] in months else 0
    last = months.index(form["last"]) if form["last"] in months else len(months) - 1
    if last < first:
        raise Refused(_("That is before the first month."), field="last")
    if kind in {ChangeKind.LAUNCH, ChangeKind.END}:
        return _life(ScenarioChange(kind, name, first, last), cycle, by, form)
    percent, units = (Fraction(0), 0) if kind is ChangeKind.OVERTIME else _amount(kind, form["amount"], by)
    return ScenarioChange(kind, name, first, last, percent, units)


def _life(change: ScenarioChange, cycle: Cycle, by: Member, form: Filled) -> ScenarioChange:
    """A launch takes the month in which it is, and perhaps a family that it is like, at so many percent."""
    needed = "first" if change.kind is ChangeKind.LAUNCH else "last"
    if not change.name or not form[needed]:
        raise Refused(_("Choose the family and the month."), field="which" if not change.name else needed)
    like = chosen_family(cycle.families, form["like"], field="like") if form["like"] else ""
    level = number_of(form["amount"].strip().removesuffix("%").strip() or "100", locale_of(by.locale))
    if change.kind is ChangeKind.END or not like:
        return change
    if level is None or not 0 < level <= 1000:
        raise Refused(_("At how many % of it? Such as 80%."), field="amount")
    return replace(change, like=like, percent=Fraction(level) - 100)


def _amount(kind: ChangeKind, text: str, by: Member) -> tuple[Fraction, int]:
    """A percentage; or units a month, of capacity in thousandths."""
    typed, locale = text.strip(), locale_of(by.locale)
    is_percent = typed.endswith("%") or kind in {ChangeKind.PRICE, ChangeKind.COST}
    if is_percent:
        return read_change(typed, locale, "amount"), 0
    number = number_of(typed.removeprefix("+"), locale)
    scaled = None if number is None else number.scaleb(3 if kind is ChangeKind.CAPACITY else 0)
    if scaled is None or not scaled or scaled != scaled.to_integral_value() or abs(scaled) > 10**12:
        raise Refused(_("By how much? Such as +100%, -20% or 40."), field="amount")
    return Fraction(0), int(scaled)
