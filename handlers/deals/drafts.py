"""Terms as they are typed into a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as kept

from handlers.slack.forms import Filled

CLAUSE = "clause."


@dataclass(frozen=True)
class LineDraft:
    """A line as it is typed; the offer by id and by name."""

    offer: str = ""
    offer_name: str = ""
    quantity: str = ""
    price: str = ""
    day: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has typed anything."""
        return not (self.offer or self.quantity or self.price or self.day)


@dataclass(frozen=True)
class TermsDraft:
    """Terms as they are typed; `clauses` are those beyond the lines that stand in the form, by id."""

    customer: str = ""
    lines: tuple[LineDraft, ...] = (LineDraft(),)
    told: str = ""
    likelihood: str = ""
    note: str = ""
    whose: str = ""
    campaign: str = ""
    clauses: Mapping[str, str] = kept(default_factory=dict)


def draft_of(form: Filled, lines: int) -> TermsDraft:
    """The terms in a form, as many lines as it shows."""
    return TermsDraft(
        customer=form["customer"],
        lines=tuple(_line(form, number) for number in range(max(1, lines))),
        told=form["told"],
        likelihood=form["likelihood"],
        note=form["note"],
        whose=form["whose"],
        campaign=form["campaign"],
        clauses={name.removeprefix(CLAUSE): form[name] for name in form.values if name.startswith(CLAUSE)},
    )


def _line(form: Filled, number: int) -> LineDraft:
    return LineDraft(
        offer=form[f"offer.{number}"],
        offer_name=form.labels.get(f"offer.{number}", ""),
        quantity=form[f"quantity.{number}"],
        price=form[f"price.{number}"],
        day=form[f"date.{number}"],
    )
