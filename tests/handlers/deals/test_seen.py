"""Seen before done: what each form that decides on numbers does with what its person has not seen.

Every form is submitted unchecked, as it was seen, after the world has changed, and twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from handlers.capacity.targets import WeekTarget
from handlers.deals.targets import TermsTarget
from handlers.slack.ids import Callback
from models.capacity.adjusting import adjust
from models.deals.deciding import approve
from models.deals.proposing import propose_deal
from models.deals.terms import TermLine, Terms
from models.promise import Adjustment
from tests.handlers.deals.test_card_buttons import LIST, PEOPLE, ROOMY, DealDesk, Subject, assembly, tent
from tests.handlers.desk import Answer, Window, chosen, fields_of, opened, typed
from tests.world import NOW

WEEK = timedelta(weeks=1)
# Who submits which form, and the state of the deal.
FORMS = {
    "propose": ("seller", "proposed"),
    "revise": ("seller", "proposed"),
    "counter": ("operations", "proposed"),
    "counter back": ("seller", "countered"),
    "change": ("seller", "approved"),
    "adjust a week": ("operations", "approved"),
}


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[DealDesk]:
    with opened(DealDesk, database_url, PEOPLE, monkeypatch) as desk:
        yield desk


@dataclass
class Filling:
    """A form of a kind, as somebody fills it in."""

    desk: DealDesk
    form: str
    subject: Subject

    @property
    def role(self) -> str:
        return FORMS[self.form][0]

    def window(self, metadata: str = "", quantity: str = "12") -> Window:
        """The form with what it carries: nothing seen, or what an answer has put there."""
        if self.form == "adjust a week":
            week = WeekTarget(resource=self.desk.look(lambda session: assembly(session).id), day=self.week.isoformat())
            fields = fields_of(
                resource=chosen("external_select", str(week.resource)),
                date={"type": "datepicker", "selected_date": self.week.isoformat()},
                available=typed(f"3{quantity}"),
                overtime=typed("80"),
                reason=typed("Inventory."),
            )
            return Window(Callback.ADJUST, metadata or week.encode(), fields)
        given = self.desk.fields("revise", self.subject) | {"customer": typed("Umbrella")}
        given["quantity.0"] = {"type": "number_input", "value": quantity}
        target = TermsTarget(deal=self.subject.deal, version=self.subject.version, lines=1)
        if self.form == "propose":
            target = replace(target, deal=0, version=0)
        return Window(Callback(self.form.replace(" ", "_")), metadata or target.encode(), fields_of(**given))

    @property
    def week(self) -> date:
        """The week of assembly that the terms need."""
        return ROOMY - 2 * WEEK

    def submit(self, metadata: str = "", quantity: str = "12") -> Answer:
        return self.desk.submit_form(self.role, self.window(metadata, quantity))

    def seen(self, quantity: str = "12") -> str:
        """What the form carries when its person has seen what it says."""
        return str(self.submit(quantity=quantity).form["private_metadata"])

    def change_the_world(self) -> None:
        """Somebody else takes most of the week: the terms need overtime, and less of the week breaks a promise."""
        with self.desk.bot.database.writing() as session:
            olga, pete = (self.desk.member(session, role) for role in ("operations", "other seller"))
            offered = Adjustment("Assembly", self.week, available=500_000, overtime=80_000, reason="A second shift.")
            adjust(assembly(session), offered, by=olga, now=NOW)
            terms = Terms((TermLine(tent(session).id, 970, LIST, ROOMY),))
            deal = propose_deal(olga.workspace, by=pete, now=NOW, customer="Borealis", terms=terms)
            approve(deal, by=olga, now=NOW)


def unchecked(filling: Filling) -> list[Answer]:
    return [filling.submit()]


def as_it_was_seen(filling: Filling) -> list[Answer]:
    return [filling.submit(filling.seen())]


def another_number(filling: Filling) -> list[Answer]:
    return [filling.submit(filling.seen(), quantity="13")]


def after_a_change(filling: Filling) -> list[Answer]:
    seen = filling.seen()
    filling.change_the_world()
    return [filling.submit(seen)]


def after_a_change_again(filling: Filling) -> list[Answer]:
    (stays,) = after_a_change(filling)
    return [filling.submit(str(stays.form["private_metadata"]))]


def twice(filling: Filling) -> list[Answer]:
    seen = filling.seen()
    return [filling.submit(seen), filling.submit(seen)]


# What comes of the last submissions. Of a deal that is open already one is asked; a week may be adjusted again.
TABLE: tuple[tuple[Callable[[Filling], list[Answer]], str], ...] = (
    (unchecked, "stays"),
    (as_it_was_seen, "done"),
    (another_number, "stays"),
    (after_a_change, "stays"),
    (after_a_change_again, "done"),
    (twice, "done, refused"),
)
AGAIN = {"adjust a week": "done, done", "propose": "done, stays"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("case", "expected"), TABLE, ids=[case.__name__ for case, _ in TABLE])
def test_form_does_what_was_seen_and_nothing_else(
    desk: DealDesk, form: str, case: Callable[[Filling], list[Answer]], expected: str
) -> None:
    filling = Filling(desk, form, desk.make(FORMS[form][1]))
    expected = AGAIN.get(form, expected) if case is twice else expected
    assert ", ".join(_told(answer) for answer in case(filling)) == expected


def test_form_that_stays_changes_nothing_and_says_what_is_different(desk: DealDesk) -> None:
    filling = Filling(desk, "propose", desk.make("proposed"))
    seen = filling.seen()
    before = desk.rows()
    first, _, *rest = filling.submit(seen, quantity="5000").text.splitlines()
    assert first == (
        "Nothing was sent yet. Changed since it was checked: Summit tent: 12 → 5,000. Press Post again to go on."
    )
    assert rest[0].startswith("Does not fit. Assembly, week of Jan 18: needs 2,504 hours")
    assert desk.rows() == before
    filling.change_the_world()
    before = desk.rows()
    assert filling.submit(seen).text.splitlines()[0] == (
        "Nothing was sent yet. When you looked, it fitted; now it is as below. Press Post again to go on."
    )
    assert desk.rows() == before


def _told(answer: Answer) -> str:
    first = (answer.text.splitlines() or [""])[0]
    if answer.form and ("yet." in first or first.startswith("Is it open already?")):
        return "stays"
    return "done" if not answer.text or answer.text.startswith("Saved") else "refused"
