"""The worked examples of the documentation: what `belay check` prints of each."""

import re
from pathlib import Path

import pytest

from bot.cli import main
from tests.places import ROOT
from tests.world import COMPANY

BLOCK = re.compile(r'```(\w+) title="([^"]+)"\n(.*?)```', re.DOTALL)
BLOCKS = {(kind, title): body for kind, title, body in BLOCK.findall((ROOT / "docs" / "examples.md").read_text())}


@pytest.mark.parametrize("title", sorted({title for _, title in BLOCKS}))
def test_example_is_as_it_is_printed(title: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deal = tmp_path / "deal.json"
    deal.write_text(BLOCKS["json", title])
    assert main(["check", str(COMPANY), str(deal)]) == 0
    assert capsys.readouterr().out == BLOCKS["text", title]
