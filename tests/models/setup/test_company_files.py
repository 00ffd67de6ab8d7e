"""A file of the company: what it is, and in what it counts."""

from collections.abc import Sequence

import pytest

from handlers.slack.sheets import workbook_of
from models.files import read_company
from models.setup.company_files import currency_in, is_toml
from models.setup.samples import SAMPLES, sample_file
from models.sheets.preview import TableFile


@pytest.mark.parametrize(
    ("cells", "currency"), [(["£5", "Cost (£)"], "GBP"), (["$5"], ""), (["5 €", "£5"], ""), (["5"], "")]
)
def test_currency_is_the_one_that_is_written(cells: Sequence[str], currency: str) -> None:
    file = TableFile.open(workbook_of({"Prices": [["Name", *cells], ["a", "1"]]}), "x.xlsx")
    assert currency_in(file) == currency
    assert not is_toml(file)
    assert is_toml(TableFile("Company.TOML", ()))


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_is_a_company(name: str) -> None:
    assert len(read_company(sample_file(name)).company.offers) >= 3
