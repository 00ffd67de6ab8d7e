"""The company as windows: an overview, a list of each kind with search, and the forms of one entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DividerBlock,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from handlers.company.changes import SAVE, SAVE_ANYWAY
from handlers.company.fields import NEED, EntryForm, field_blocks
from handlers.company.targets import CompanyTarget
from handlers.slack.ids import Act, Callback, block_id
from handlers.slack.text import Bold, Code, Sentence, clip
from handlers.slack.view_parts import actions, button, confirmation, field, line, modal
from models.setup.company_words import label_of

ON_PAGE = 12
MOST_LINE = 300
MOST_NEEDS = 40
KINDS: Mapping[str, tuple[str, str]] = {
    "offer": ("Offers", "what is sold"),
    "resource": ("Resources", "what it takes: people, machines, stock"),
    "customer": ("Customers", "who buys, who looks after them"),
}
NEW: Mapping[str, Sequence[tuple[str, str]]] = {
    "offer": (("offer", "Add an offer…"),),
    "resource": (("time", "Add people or machines…"), ("stock", "Add a stock…")),
    "customer": (("customer", "Add a customer…"),),
}
TITLES = {"offer": "Offer", "time": "People or machines", "stock": "Stock", "customer": "Customer"}


@dataclass(frozen=True)
class Named:
    """An entry of a list."""

    row: int
    text: str


@dataclass(frozen=True)
class EntryShown:
    """The form of an entry: what stands in it, and what it would change (`sentences`)."""

    kind: str
    form: EntryForm
    shown: Mapping[str, str]
    target: CompanyTarget
    sentences: Sequence[Sentence] = ()
    retire: str = ""
    stand_ins: Sequence[tuple[int, str]] = ()


def company_view(name: str, currency: str, counts: Mapping[str, int], heading: Sequence[Sentence] = ()) -> View:
    """What there is of each kind, and the ways in and out."""
    blocks: list[Block] = [line(*heading)] if heading else []
    blocks.append(line((Bold(name or "Your company"), f" · {currency}")))
    for kind, (title, what) in KINDS.items():
        opening = button(Act.LIST, "Open", CompanyTarget(kind=kind))
        text = PlainTextObject(text=f"{title}: {counts[kind]}\n{what}", emoji=False)
        blocks.append(SectionBlock(text=text, accessory=opening))
    ways = [
        button(Act.BRING, "Bring a file…", CompanyTarget()),
        button(Act.SEND_COMPANY, "Send me a workbook", CompanyTarget()),
        button(Act.SAMPLES, "Try a sample…", CompanyTarget()) if not any(counts.values()) else None,
        button(Act.COMPANY_SETTINGS, "Settings…", CompanyTarget()),
    ]
    blocks += [DividerBlock(), *actions(ways)]
    return modal(Callback.COMPANY, "The company", blocks, submit=None)


def list_view(
    kind: str, entries: Sequence[Named], count: int, target: CompanyTarget, words: str, heading: Sequence[Sentence] = ()
) -> View:
    """A page of the entries whose names hold the words."""
    title, _ = KINDS[kind]
    search = PlainTextInputElement(action_id=Act.LOOK_UP, initial_value=words or None, max_length=80)
    blocks: list[Block] = [line(*heading)] if heading else []
    blocks.append(field(block_id("words", target.revision), "Search by name", search, is_optional=True, is_live=True))
    blocks += [_row(kind, entry) for entry in entries]
    if not entries:
        blocks.append(line((f"No {title.lower()} with that name." if words else f"No {title.lower()} yet.",)))
    last = (target.page + 1) * ON_PAGE
    more = [
        button(Act.LIST, "Previous", CompanyTarget(kind=kind, page=target.page - 1)) if target.page else None,
        button(Act.LIST, "Next", CompanyTarget(kind=kind, page=target.page + 1)) if last < count else None,
    ]
    new = [button(Act.CHANGE_ENTRY, text, CompanyTarget(kind=which)) for which, text in NEW[kind]]
    family = button(Act.RENAME_FAMILY, "Rename a family…", CompanyTarget()) if kind == "offer" and count else None
    retired = button(Act.RETIRED, "Retired…", CompanyTarget(kind=kind))
    back = button(Act.COMPANY, "Back", CompanyTarget())
    blocks += [DividerBlock(), *actions([*new, family, *more, retired, back])]
    here = CompanyTarget(kind=kind, revision=target.revision)
    view = modal(Callback.COMPANY_LIST, title, blocks, target=here, submit="Search")
    view.close = PlainTextObject(text="Close")
    return view


def retired_view(kind: str, entries: Sequence[Named]) -> View:
    """What is not used any more, each with the way back."""
    title, _ = KINDS[kind]
    blocks: list[Block] = [line((f"{title} that are retired." if entries else f"No {title.lower()} are retired.",))]
    for entry in entries:
        bringing = button(Act.BRING_BACK, "Bring it back", CompanyTarget(kind=kind, row=entry.row))
        text = PlainTextObject(text=clip(entry.text, MOST_LINE), emoji=False)
        blocks.append(SectionBlock(text=text, accessory=bringing))
    back = button(Act.LIST, "Back", CompanyTarget(kind=kind))
    return modal(Callback.COMPANY, f"Retired {title.lower()}", [*blocks, DividerBlock(), *actions([back])], submit=None)


def entry_view(entry: EntryShown) -> View:
    """One entry to change, or a new one."""
    blocks: list[Block] = [*actions(_beside(entry))]
    blocks += field_blocks(entry.form, entry.shown, entry.target.revision)
    blocks += [_stand_ins(entry)] if entry.kind == "offer" else []
    return _to_save(Callback.ENTRY, TITLES[entry.kind], blocks, entry.target, entry.sentences)


def _to_save(
    callback: Callback, title: str, blocks: list[Block], target: CompanyTarget, sentences: Sequence[Sentence]
) -> View:
    """A form; once it was sent, what it would change stands above the button that does it."""
    told = [DividerBlock(), line(*sentences)] if sentences else []
    return modal(callback, title, [*blocks, *told], target=target, submit=SAVE_ANYWAY if sentences else SAVE)


def needs_view(offer: str, needs: Sequence[str], target: CompanyTarget, heading: Sequence[Sentence] = ()) -> View:
    """What one delivery of an offer takes."""
    blocks: list[Block] = [line(*heading)] if heading else []
    blocks.append(line(("What a delivery of ", Bold(clip(offer, 100)), " takes:" if needs else " takes: nothing yet.")))
    for number, need in enumerate(needs[:MOST_NEEDS], 1):
        changing = button(Act.CHANGE_NEED, "Change…", CompanyTarget(kind="offer", row=target.row, need=number))
        blocks.append(SectionBlock(text=PlainTextObject(text=clip(need, MOST_LINE), emoji=False), accessory=changing))
    here = CompanyTarget(kind="offer", row=target.row)
    ways = [button(Act.CHANGE_NEED, "Add a need…", here), button(Act.CHANGE_ENTRY, "Back", here)]
    return modal(Callback.COMPANY, "What it needs", [*blocks, DividerBlock(), *actions(ways)], submit=None)


def need_view(
    offer: str,
    resources: Sequence[str],
    chosen: str,
    shown: Mapping[str, str],
    target: CompanyTarget,
    sentences: Sequence[Sentence] = (),
) -> View:
    """One need of an offer."""
    options = [Option(text=clip(name, 75), value=str(number)) for number, name in enumerate(resources[:100])]
    initial = options[resources.index(chosen)] if chosen in resources[:100] else None
    select = StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=initial)
    removing = button(Act.REMOVE_NEED, "Remove it", target, style="danger") if target.need else None
    blocks: list[Block] = [line(("A delivery of ", Bold(clip(offer, 100)), " takes:")), *actions([removing])]
    blocks.append(field(block_id("resource", target.revision), "Resource", select))
    blocks += field_blocks(NEED, shown, target.revision)
    return _to_save(Callback.NEED, "A need", blocks, target, sentences)


def family_view(families: Sequence[str]) -> View:
    """A family and its new name."""
    options = [Option(text=clip(name, 75), value=str(number)) for number, name in enumerate(families[:100])]
    sentence = "Its offers, channel, closed months, forecasts and plans come along."
    blocks: list[Block] = [
        line((sentence,)),
        field("family", "Family", StaticSelectElement(action_id=Act.EDIT, options=options)),
        field("name", "New name", PlainTextInputElement(action_id=Act.EDIT, max_length=200)),
    ]
    return modal(Callback.FAMILY, "Rename a family", blocks, submit="Rename")


def settings_view(entries: Mapping[str, str], country: Option, target: CompanyTarget, told: Sequence[Sentence]) -> View:
    """What counts for the whole company."""
    blocks: list[Block] = []
    for name, (label, hint) in SETTINGS.items():
        element = PlainTextInputElement(action_id=Act.EDIT, initial_value=entries[name] or None, max_length=100)
        blocks.append(field(block_id(name, target.revision), label, element, hint=hint or None))
    countries = ExternalDataSelectElement(
        action_id=Act.COUNTRY, placeholder="Type a name", min_query_length=0, initial_option=country
    )
    blocks.insert(len(blocks) - len(SETTINGS) + 3, field("country", label_of("", "country"), countries))
    choices = [Option(text=text, value=value) for value, text in STOCK.items()]
    chosen = next(option for option in choices if option.value == entries["keeps_stock"])
    stock = StaticSelectElement(action_id=Act.EDIT, options=choices, initial_option=chosen)
    blocks.append(field(block_id("keeps_stock", target.revision), label_of("", "keeps_stock"), stock))
    return _to_save(Callback.COMPANY_SETTINGS, "Settings", blocks, target, told)


HINTS: Mapping[str, str] = {
    "name": "",
    "currency": "Three letters, such as USD. It cannot change once there are deals.",
    "timezone": "Such as America/Denver or Europe/Berlin.",
    "margin_floor": "A share such as 30%; below it finance must agree. Offers may have their own.",
    "late_cost": "A share of revenue such as 2%, by which ways to say yes are compared.",
    "tight_at": "A share of its capacity such as 90%.",
    "horizon_weeks": "A whole number.",
    "max_deliveries": "A whole number.",
    "hold_days": "Working days.",
}
STOCK = {"yes": "Yes: what is made can wait on a shelf", "no": "No: hours of people are sold, and plans speak of load"}
SETTINGS: Mapping[str, tuple[str, str]] = {name: (label_of("", name), hint) for name, hint in HINTS.items()}


def samples_view(samples: Sequence[tuple[str, str]]) -> View:
    """Companies to try Belay with."""
    options = [Option(text=text, value=name) for name, text in samples]
    told: Sentence = ("To try things out. It can be erased with all that is done with it: ", Code("/belay data"), ".")
    select = StaticSelectElement(action_id=Act.EDIT, options=options)
    return modal(Callback.SAMPLE, "A sample", [line(told), field("sample", "Which", select)], submit="Take it")


def _stand_ins(entry: EntryShown) -> Block:
    """What may be delivered instead, the best first."""
    options = [Option(text=clip(name, 75), value=str(row)) for row, name in entry.stand_ins]
    element = ExternalDataMultiSelectElement(
        action_id=Act.STAND_IN, placeholder="Type a name", min_query_length=0, initial_options=options or None
    )
    hint = "Offered as a way to say yes where this one does not fit."
    name = block_id("substitutes", entry.target.revision)
    return field(name, "May be replaced by", element, is_optional=True, hint=hint)


def _row(kind: str, entry: Named) -> SectionBlock:
    changing = button(Act.CHANGE_ENTRY, "Open", CompanyTarget(kind=kind, row=entry.row))
    return SectionBlock(text=PlainTextObject(text=clip(entry.text, MOST_LINE), emoji=False), accessory=changing)


def _beside(entry: EntryShown) -> list[ButtonElement | None]:
    """What else can be done with an entry that is there."""
    kind = "resource" if entry.kind in {"time", "stock"} else entry.kind
    back = button(Act.LIST, "Back", CompanyTarget(kind=kind))
    if not entry.target.row:
        return [back]
    here = CompanyTarget(kind=kind, row=entry.target.row)
    sure = confirmation("Retire it?", entry.retire, "Retire it")
    return [
        button(Act.NEEDS, "What it needs…", here) if kind == "offer" else None,
        button(Act.RETIRE, "Retire…", here, style="danger", confirm=sure),
        back,
    ]
