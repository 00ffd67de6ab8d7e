"""What is kept of a workspace, as views."""

from collections.abc import Sequence

from slack_sdk.models.blocks import PlainTextInputElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target
from handlers.slack.text import Bold, Code, Sentence, When, clip
from handlers.slack.view_parts import actions, button, field, line, modal
from models.workspace.history import History

KEPT = "Belay keeps the company, deals with their history, plans, and the names and roles of people."


def data_view(name: str, attempts: Sequence[History]) -> View:
    """Take it along, or erase it; who asked lately for what is not theirs."""
    blocks = [
        line(
            (KEPT,), ("The file holds all of it. Whoever runs Belay can put it back with ", Code("belay import"), ".")
        ),
        *actions(
            [
                button(Act.EXPORT_ALL, "Send me everything", Target()),
                button(Act.ERASE, "Erase everything…", Target(), style="danger"),
            ]
        ),
        *([line((Bold("Refused lately"),), *map(_attempt, attempts))] if attempts else []),
    ]
    return modal(Callback.DATA, clip(f"Data of {name or 'Belay'}", 24), blocks, submit=None)


def _attempt(attempt: History) -> Sentence:
    asked = str(attempt.details["asked"]).replace("_", " ")
    return (f"{attempt.by.name if attempt.by else 'Somebody'} asked for ", Code(asked), " · ", When(attempt.at))


def erase_view(name: str) -> View:
    """The name, typed, is the consent."""
    element = PlainTextInputElement(action_id=Act.EDIT, placeholder=clip(name or "Belay", 150))
    blocks = [
        line(
            (Bold("Everything is deleted, and cannot be brought back without the file."),),
            (
                "Deals, promises, plans, history, people and roles. Nothing more is posted, and nobody is reminded. ",
                "What was posted in Slack stays there.",
            ),
        ),
        field("name", clip(f"Type {name or 'Belay'} to erase everything", 200), element),
    ]
    return modal(Callback.ERASE, "Erase everything", blocks, submit="Erase")
