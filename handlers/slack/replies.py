"""What a listener returns: the reply, as data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.views import View

from handlers.slack.text import Sentence


@dataclass(frozen=True)
class Say:
    """A private answer where the person is; `later` works out what follows a moment afterwards."""

    sentence: Sentence
    blocks: Sequence[Block] = ()
    later: "Callable[[], Say] | None" = None


@dataclass(frozen=True)
class Show:
    """A view in place of the present one, or on top of it; `later` works out what it shows a moment afterwards.

    `below` replaces the view that lies below a form.
    """

    view: View
    is_on_top: bool = False
    later: Callable[[], View] | None = None
    below: View | None = None


@dataclass(frozen=True)
class Wrong:
    """Sentences under the fields of a form."""

    errors: Mapping[str, str]


@dataclass(frozen=True)
class Suggest:
    """Options for a select that asks while one types."""

    options: Sequence[Option]


@dataclass(frozen=True)
class Home:
    """The App Home of the person."""

    view: View


@dataclass(frozen=True)
class Whisper:
    """A private answer in a thread."""

    sentence: Sentence
    blocks: Sequence[Block]
    channel: str
    thread: str


Reply = Say | Show | Wrong | Suggest | Home | Whisper | None
