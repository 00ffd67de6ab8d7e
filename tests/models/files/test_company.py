"""A company's file: what it says, what is usual, and what is refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.files.company import GivenCommitment, read_company
from models.files.reading import BadFile
from models.promise import Company, Kind, Need, Offer, Resource, WeekException

HEAD = '[company]\nname = "Bench"\ncurrency = "USD"\n'
SAW = '[[resources]]\nname = "Saw"\nkind = "time"\nunit = "hour"\n'
GLUE = '[[resources]]\nname = "Glue"\nkind = "stock"\nunit = "pot"\n'
CHAIR = '[[offers]]\nname = "Chair"\nfamily = "Chairs"\nunit = "chair"\nlist_price = 1.5\nunit_cost = 1\n'
LOAD = '[[commitments]]\nref = "SO-1"\nresource = "Saw"\nweek = "2027-01-07"\nquantity = 2.5\n'
W0, W1 = date(2027, 1, 4), date(2027, 1, 11)


def company_of(folder: Path, *tables: str) -> Company:
    path = folder / "company.toml"
    path.write_text("".join(tables))
    return read_company(path).company


def test_company_of_two_words_is_as_usual(tmp_path: Path) -> None:
    assert company_of(tmp_path, HEAD) == Company(
        name="Bench",
        currency="USD",
        places=2,
        resources={},
        offers={},
        timezone="UTC",
        country=None,
        horizon_weeks=26,
        margin_floor=Decimal(0),
        late_cost=Decimal("0.02"),
        tight_at=Decimal("0.90"),
        max_deliveries=3,
        hold_days=5,
    )


def test_resources_are_read_in_thousandths_by_week(tmp_path: Path) -> None:
    week, receipt = '[[resources.weeks]]\nweek = "2027-01-', '[[resources.receipts]]\nweek = "2027-01-'
    weeks = f'{week}10"\navailable = 0\n{week}11"\novertime = 1.5\n'
    receipts = f'{receipt}04"\nquantity = 1\n{receipt}08"\nquantity = 2\n'
    saw = SAW + "weekly = 40\novertime = 8\novertime_cost = 55.5\n" + weeks
    company = company_of(tmp_path, HEAD, saw, GLUE, 'on_hand = 3\nas_of = "2026-12-31"\n', receipts)
    exceptions = {W0: WeekException(available=0), W1: WeekException(overtime=1_500)}
    assert company.resources == {
        "Saw": Resource(
            "Saw", Kind.TIME, "hour", weekly=40_000, overtime=8_000, overtime_cost=5_550, exceptions=exceptions
        ),
        # What arrives in one week is added up.
        "Glue": Resource("Glue", Kind.STOCK, "pot", on_hand=3_000, as_of=date(2026, 12, 31), receipts={W0: 3_000}),
    }


def test_offer_takes_the_companys_floor_unless_it_has_its_own(tmp_path: Path) -> None:
    needs = '[[offers.needs]]\nresource = "Saw"\noffset = -2\nper_unit = 0.5\n'
    head = HEAD + "margin_floor = 0.3\n"
    gift = CHAIR.replace("Chair", "Gift") + 'margin_floor = 0\nstandard = false\nsubstitutes = ["Chair"]\n'
    assert company_of(tmp_path, head, SAW, CHAIR, needs, gift).offers == {
        "Chair": Offer("Chair", "Chairs", "chair", 150, 100, Decimal("0.3"), needs=(Need("Saw", -2, per_unit=500),)),
        "Gift": Offer("Gift", "Gifts", "chair", 150, 100, Decimal(0), standard=False, substitutes=("Chair",)),
    }


def test_load_is_what_is_committed_in_a_week(tmp_path: Path) -> None:
    path = tmp_path / "company.toml"
    path.write_text(HEAD + SAW + LOAD + LOAD.replace("SO-1", "SO-2") + 'note = "Spring"\n')
    given = read_company(path)
    assert given.commitments == (
        GivenCommitment("SO-1", "Saw", W0, 2_500, None),
        GivenCommitment("SO-2", "Saw", W0, 2_500, "Spring"),
    )
    assert given.company.resources["Saw"].load == {W0: 5_000}


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ([SAW], "the table [company] is missing."),
        ([HEAD.replace("USD", "XXQ")], 'company: currency should be a currency of ISO 4217 such as "USD", not "XXQ".'),
        (
            [HEAD, 'timezone = "Mars"\n'],
            'company: timezone should be a time zone such as "America/Denver", not "Mars".',
        ),
        ([HEAD, 'country = "XX"\n'], 'company: country should be a country of ISO 3166 such as "US", not "XX".'),
        ([HEAD, SAW, SAW], "resources: the name “Saw” stands 2 times; a name must be unique."),
        (
            [HEAD, CHAIR, "max_discount = 1.5\n"],
            "offers 1 (Chair): max_discount should be a share from 0 to 1, not 1.5.",
        ),
        (
            [HEAD, CHAIR, 'substitutes = ["Chair"]\n'],
            "offers (Chair): substitutes should be names of other offers, not “Chair”.",
        ),
        (
            [HEAD, CHAIR, '[[offers.needs]]\nresource = "Saw"\n'],
            'offers 1 (Chair), needs 1 (Saw): resource should be the name of a resource, not "Saw".',
        ),
        ([HEAD, SAW, LOAD, LOAD], "commitments (SO-1): Saw in the week 2027-01-04 stands 2 times."),
        ([HEAD, LOAD], 'commitments 1 (SO-1): resource should be the name of a resource, not "Saw".'),
        (
            [HEAD, SAW, '[[resources.weeks]]\nweek = "2027-01-04"\n[[resources.weeks]]\nweek = "2027-01-05"\n'],
            "resources 1 (Saw): the week 2027-01-04 has two exceptions in weeks.",
        ),
        ([HEAD, GLUE, "weekly = 1\n"], None),
    ],
)
def test_first_thing_that_is_wrong_is_the_error(tmp_path: Path, tables: list[str], sentence: str | None) -> None:
    with pytest.raises(BadFile) as refused:
        company_of(tmp_path, *tables)
    known = "resources 1 (Glue): “weekly” is not known here; expected are as_of, kind, name, on_hand, receipts, unit."
    assert refused.value.sentence == f"company.toml: {sentence or known}"
