"""Terms as they are typed into a form."""

from dataclasses import dataclass

from handlers.slack.forms import Filled


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
    """Terms as they are typed."""

    customer: str = ""
    lines: tuple[LineDraft, ...] = (LineDraft(),)
    told: str = ""
    likelihood: str = ""
    note: str = ""
    whose: str = ""
    campaign: str = ""


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
    )


def _line(form: Filled, number: int) -> LineDraft:
    return LineDraft(
        offer=form[f"offer.{number}"],
        offer_name=form.labels.get(f"offer.{number}", ""),
        quantity=form[f"quantity.{number}"],
        price=form[f"price.{number}"],
        day=form[f"date.{number}"],
    )
