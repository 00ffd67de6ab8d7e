"""People who look before they decide: a form that stays and says what it would do is submitted once more."""

from collections.abc import Callable
from datetime import datetime

from handlers.capacity import capacity
from handlers.capacity.targets import WeekTarget
from handlers.slack.forms import Filled
from handlers.slack.replies import Reply, Show
from handlers.slack.uploads import HandedIn, Import
from models.sheets.preview import TableFile
from models.workspace.members import Member
from models.workspace.workspaces import Workspace
from sandbox.client import Person

STAYS = ("Nothing was saved yet", "Nothing was sent yet", "Nothing has been changed yet", "Is it open already?")


def save_adjustment(workspace: Workspace, by: Member, now: datetime, form: Filled) -> Reply:
    """Save a week after a look at what that breaks."""
    looked = capacity.save_adjustment(workspace, by, now, form, WeekTarget())
    assert isinstance(looked, Show)
    return capacity.save_adjustment(workspace, by, now, form, WeekTarget.decode(looked.view.private_metadata))


def take_over(listener: Callable[..., Reply], text: str, **given: object) -> Reply:
    """Hand a file in, look at what it would change, and take it over."""
    file = HandedIn(file_url="https://files.slack.com/a", file_name="a.csv", file_size=len(text))
    table = TableFile.open(text.encode(), "a.csv")
    looked = listener(handed=Import("import", "Import", "", table, file), **given)
    assert isinstance(looked, Show)
    seen = HandedIn.decode(looked.view.private_metadata)
    return listener(handed=Import("import", "Import", "", table, seen), **given)


def submit_seen(person: Person, settle: Callable[[], object]) -> None:
    """Submit a form, and once more where it stays and says what it would do."""
    assert person.submit().ok
    settle()
    stays = person.modal()
    if stays and any(words in stays.as_text() for words in STAYS):
        assert person.submit().ok
        settle()
