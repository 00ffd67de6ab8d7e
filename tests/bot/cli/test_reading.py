"""`belay read`: one line of JSON for each line."""

import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.reading import as_json
from tests.models.words.shop import reading
from tests.world import COMPANY


def test_lines_are_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["Acme 2 Summit tents by 18 Jan at 10% off", "Acme 5 kayaks by 3/4"]
    assert main(["read", str(COMPANY), "--today", "2026-11-23", "--locale", "en-GB", *lines]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    line = {"offer": "Summit tent", "quantity": 2, "date": "2027-01-18", "price": None, "discount": "10"}
    assert first == {"customer": "Acme", "lines": [line], "said": [], "open": []}
    line = {"offer": None, "quantity": 5, "date": "2027-04-03", "price": None, "discount": None}
    said = ["“by 3/4”: that is 3 Apr 2027.", "“kayaks” is no offer."]
    assert second == {"customer": "Acme", "lines": [line], "said": said, "open": ["lines.0.offer"]}


def test_money_and_percents_are_decimal_strings() -> None:
    lines = as_json(reading("Acme 5 Ridge tents at $280.5, 5 Pole sets at 12.50% off"))["lines"]
    assert [(line["price"], line["discount"]) for line in lines] == [("280.50", None), (None, "12.5")]


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (("--today", "tomorrow"), "belay: --today should be a date such as 2027-01-18, not tomorrow.\n"),
        (("--locale", "xx-?"), "belay: --locale should be a locale such as en-US or de-DE, not xx-?.\n"),
    ],
)
def test_wrong_option_is_said(capsys: pytest.CaptureFixture[str], option: tuple[str, str], sentence: str) -> None:
    assert main(["read", str(COMPANY), *option, "Acme"]) == 2
    assert capsys.readouterr().err == sentence


def test_company_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "none.toml"), "Acme"]) == 2
    assert "cannot be read" in capsys.readouterr().err
