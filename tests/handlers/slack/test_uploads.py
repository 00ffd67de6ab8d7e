"""Files that are handed in: fetched again when their person has seen what they would change, and nothing before."""

import json
from typing import Any

import pytest

from handlers.slack.replies import Show
from handlers.slack.text import Sentence
from handlers.slack.uploads import HandedIn, Import, _where, changes_sentence
from models.base.attempts import Changes
from models.base.errors import Refused

FILE = HandedIn(file_url="https://files.example.com/1", file_size=12)
SENTENCE: Sentence = ("One week read: 1 new.",)


def importing(text: str, file: HandedIn, metadata: str = '{"cycle":7}') -> Import:
    return Import("import", "Import", metadata, text, file)


def looked(shown: Show | None) -> dict[str, Any]:
    assert shown is not None
    return dict(json.loads(shown.view.private_metadata or ""))


def test_file_is_taken_over_when_it_does_what_was_seen() -> None:
    carried = looked(importing("a", FILE).unless_seen([SENTENCE]))
    # What the form carried before goes on.
    assert (carried["cycle"], carried["file_url"]) == (7, FILE.file_url)
    seen = HandedIn.decode(json.dumps(carried))
    assert importing("a", seen).unless_seen([SENTENCE]) is None
    for text, sentence in (("b", SENTENCE), ("a", ("Two weeks read.",))):
        again = importing(text, seen).unless_seen([sentence])
        assert "It would now do something else than what you saw" in str(again.view.to_dict() if again else "")


def test_place_of_a_file_is_that_of_the_one_chosen_now() -> None:
    chosen = {"url_private_download": "https://files.example.com/2", "size": 3}
    view: dict[str, Any] = {"state": {"values": {"file": {"edit": {"files": [chosen]}}}}, "private_metadata": ""}
    assert _where(view) == HandedIn(file_url="https://files.example.com/2", file_size=3)
    assert _where({"state": {"values": {}}, "private_metadata": FILE.encode()}) == FILE
    with pytest.raises(Refused, match=r"Choose a file\."):
        _where({"state": {"values": {}}, "private_metadata": ""})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (Changes(), "2 rows read: nothing would change."),
        (Changes(1, 0), "2 rows read: 1 new."),
        (Changes(1, 1), "2 rows read: 1 new and 1 changed."),
    ],
)
def test_changes_are_counted(changes: Changes, said: str) -> None:
    sentence = changes_sentence("2 rows", 2, changes)
    assert "".join(part if isinstance(part, str) else part.text for part in sentence) == said  # type: ignore[union-attr]
