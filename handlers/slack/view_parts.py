"""The small parts that every view is made of."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    InputBlock,
    InteractiveElement,
    Option,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    RichTextSectionElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.blocks.block_elements import FileInputElement, InputInteractiveElement, OverflowMenuElement
from slack_sdk.models.views import View

from handlers.slack.ids import Act, Callback, Target, action_id, overflow_value
from handlers.slack.text import Bold, Channel, Code, Link, Part, Person, Sentence, When, clip, utc_text
from models.base.language import _

MOST_HEADER = 150
MOST_BUTTON = 75
NO_TARGET = Target()
# A field that is checked while one types: many never press Enter.
AS_TYPED = DispatchActionConfig(trigger_actions_on=["on_enter_pressed", "on_character_entered"])
Parts = RichTextElementParts


def line(*sentences: Sentence) -> RichTextBlock:
    """One or several sentences, each on its line."""
    elements: list[RichTextElement] = []
    for number, sentence in enumerate(sentences):
        elements += [Parts.Text(text="\n")] if number else []
        elements += [_element(part) for part in sentence if part]
    return RichTextBlock(elements=[RichTextSectionElement(elements=elements)])


def quote(text: str) -> RichTextBlock:
    """What somebody said."""
    return RichTextBlock(elements=[RichTextQuoteElement(elements=[Parts.Text(text=text)])])


def fixed(rows: Sequence[str]) -> RichTextBlock:
    """Rows that line up."""
    return RichTextBlock(elements=[RichTextPreformattedElement(elements=[Parts.Text(text="\n".join(rows))])])


def header(text: str) -> HeaderBlock:
    """The title of a card."""
    return HeaderBlock(text=PlainTextObject(text=clip(text, MOST_HEADER), emoji=False))


def small(*texts: str) -> ContextBlock:
    """Small print."""
    return ContextBlock(elements=[PlainTextObject(text=clip(text, 2000), emoji=False) for text in texts[:10]])


def actions(elements: Iterable[InteractiveElement | None]) -> list[Block]:
    """A row of buttons; none when there is no button."""
    present = [element for element in elements if element is not None]
    return [ActionsBlock(elements=present)] if present else []


def button(
    act: Act, label: str, target: Target, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button that says what it does."""
    return ButtonElement(
        text=PlainTextObject(text=clip(label, MOST_BUTTON), emoji=False),
        action_id=action_id(act, target.key),
        value=target.encode(),
        style=style,
        confirm=confirm,
    )


def more(entries: Sequence[tuple[Act, str]], target: Target) -> OverflowMenuElement | None:
    """The acts that are rarer."""
    options = [Option(text=label, value=overflow_value(act, target)) for act, label in entries]
    return OverflowMenuElement(action_id=action_id(Act.MORE, target.key), options=options) if options else None


def confirmation(title: str, text: str, yes: str) -> ConfirmObject:
    """A question before what cannot be undone."""
    return ConfirmObject(
        title=PlainTextObject(text=clip(title, 100)),
        text=PlainTextObject(text=clip(text, 300)),
        confirm=PlainTextObject(text=clip(yes, 30)),
        deny=PlainTextObject(text=_("Back")),
    )


def field(
    block: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    is_optional: bool = False,
    is_live: bool = False,
) -> InputBlock:
    """A field of a form; a live one is checked when it changes."""
    return InputBlock(
        block_id=block,
        label=PlainTextObject(text=label, emoji=False),
        element=element,
        hint=PlainTextObject(text=hint, emoji=False) if hint else None,
        optional=is_optional,
        dispatch_action=is_live or None,
    )


def file_blocks(sentences: Sequence[Sentence], *kinds: str) -> list[Block]:
    """What a file should hold, and a field for it; of more `kinds` than tables."""
    files = FileInputElement(action_id=Act.EDIT, filetypes=["csv", "tsv", "txt", "xlsx", *kinds], max_files=1)
    return [line(*sentences), field("file", _("The file"), files)]


def modal(
    callback: Callback, title: str, blocks: Sequence[Block], *, target: Target = NO_TARGET, submit: str | None
) -> View:
    """A form."""
    return View(
        type="modal",
        callback_id=callback,
        title=clip(title, 24),
        submit=clip(submit, 24) if submit else None,
        close=_("Cancel") if submit else _("Close"),
        private_metadata=target.encode(),
        blocks=list(blocks),
    )


def notice(sentence: Sentence, *, more: Sequence[Block] = ()) -> View:
    """A sentence in a window, where there is no channel to say it in; with what belongs to it."""
    return modal(Callback.NOTICE, _("Belay"), [line(sentence), *more], submit=None)


def loading() -> View:
    """What stands while the real view is worked out."""
    return modal(Callback.LOADING, _("Belay"), [line((_("One moment…"),))], submit=None)


def _element(part: Part) -> RichTextElement:
    match part:
        case Bold(text):
            return Parts.Text(text=text, style=Parts.TextStyle(bold=True))
        case Code(text):
            return Parts.Text(text=text, style=Parts.TextStyle(code=True))
        case str(text):
            return Parts.Text(text=text)
        case _:
            return _reference(part)


def _reference(part: Person | Channel | Link | When) -> RichTextElement:
    match part:
        case Person(user_id):
            return Parts.User(user_id=user_id)
        case Channel(channel):
            return Parts.Channel(channel_id=channel)
        case Link(text, url):
            return Parts.Link(url=url, text=text)
        case When(at):
            return Parts.Date(
                timestamp=int(at.timestamp()), format="{date_short_pretty}, {time}", fallback=utc_text(at)
            )
