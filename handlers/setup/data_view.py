"""What is kept of a workspace, as views."""

from collections.abc import Sequence

from slack_sdk.models.blocks import PlainTextInputElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target
from handlers.slack.text import Bold, Code, Sentence, When, clip
from handlers.slack.view_parts import actions, button, field, line, modal
from models.base.language import N_, _
from models.workspace.history import History

KEPT = N_("Belay keeps the company, deals with their history, plans, and the names and roles of people.")


def data_view(name: str, attempts: Sequence[History]) -> View:
    """Take it along, or erase it; who asked lately for what is not theirs."""
    blocks = [
        line(
            (_(KEPT),),
            (_("The file holds all of it. Whoever runs Belay can put it back with "), Code("belay import"), "."),
        ),
        *actions(
            [
                button(Act.EXPORT_ALL, _("Send me everything"), Target()),
                button(Act.ERASE, _("Erase everything…"), Target(), style="danger"),
            ]
        ),
        *([line((Bold(_("Refused lately")),), *map(_attempt, attempts))] if attempts else []),
    ]
    return modal(Callback.DATA, clip(_("Data of {name}", name=name or _("Belay")), 24), blocks, submit=None)


def _attempt(attempt: History) -> Sentence:
    asked = str(attempt.details["asked"]).replace("_", " ")
    name = attempt.by.name if attempt.by else _("Somebody")
    return (_("{name} asked for ", name=name), Code(asked), " · ", When(attempt.at))


def erase_view(name: str) -> View:
    """The name, typed, is the consent."""
    element = PlainTextInputElement(action_id=Act.EDIT, placeholder=clip(name or _("Belay"), 150))
    blocks = [
        line(
            (Bold(_("Everything is deleted, and cannot be brought back without the file.")),),
            (
                _(
                    "Deals, promises, plans, history, people and roles. Nothing more is posted, and nobody "
                    "is reminded. "
                ),
                _("What was posted in Slack stays there."),
            ),
        ),
        field("name", clip(_("Type {name} to erase everything", name=name or _("Belay")), 200), element),
    ]
    return modal(Callback.ERASE, _("Erase everything"), blocks, submit=_("Erase"))
