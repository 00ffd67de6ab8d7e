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
from models.base.language import N_, _, within
from models.setup.company_words import label_of

ON_PAGE = 12
MOST_LINE = 300
MOST_NEEDS = 40
KINDS: Mapping[str, tuple[str, str]] = {
    "offer": (N_("Offers"), N_("what is sold")),
    "resource": (N_("Resources"), N_("what it takes: people, machines, stock")),
    "customer": (N_("Customers"), N_("who buys, who looks after them")),
}
NEW: Mapping[str, Sequence[tuple[str, str]]] = {
    "offer": (("offer", N_("Add an offer…")),),
    "resource": (("time", N_("Add people or machines…")), ("stock", N_("Add a stock…"))),
    "customer": (("customer", N_("Add a customer…")),),
}
TITLES = {"offer": N_("Offer"), "time": N_("People or machines"), "stock": N_("Stock"), "customer": N_("Customer")}


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
    blocks.append(line((Bold(name or _("Your company")), f" · {currency}")))
    for kind, (title, what) in KINDS.items():
        opening = button(Act.LIST, _("Open"), CompanyTarget(kind=kind))
        text = PlainTextObject(text=f"{_(title)}: {counts[kind]}\n{_(what)}", emoji=False)
        blocks.append(SectionBlock(text=text, accessory=opening))
    ways = [
        button(Act.BRING, _("Bring a file…"), CompanyTarget()),
        button(Act.SEND_COMPANY, _("Send me a workbook"), CompanyTarget()),
        button(Act.SAMPLES, _("Try a sample…"), CompanyTarget()) if not any(counts.values()) else None,
        button(Act.COMPANY_SETTINGS, _("Settings…"), CompanyTarget()),
    ]
    blocks += [DividerBlock(), *actions(ways)]
    return modal(Callback.COMPANY, _("The company"), blocks, submit=None)


def list_view(
    kind: str, entries: Sequence[Named], count: int, target: CompanyTarget, words: str, heading: Sequence[Sentence] = ()
) -> View:
    """A page of the entries whose names hold the words."""
    title = _(KINDS[kind][0])
    search = PlainTextInputElement(action_id=Act.LOOK_UP, initial_value=words or None, max_length=80)
    blocks: list[Block] = [line(*heading)] if heading else []
    blocks.append(
        field(block_id("words", target.revision), _("Search by name"), search, is_optional=True, is_live=True)
    )
    blocks += [_row(kind, entry) for entry in entries]
    if not entries:
        blocks.append(
            line(
                (
                    _("No {title} with that name.", title=within(title))
                    if words
                    else _("No {title} yet.", title=within(title)),
                )
            )
        )
    last = (target.page + 1) * ON_PAGE
    more = [
        button(Act.LIST, _("Previous"), CompanyTarget(kind=kind, page=target.page - 1)) if target.page else None,
        button(Act.LIST, _("Next"), CompanyTarget(kind=kind, page=target.page + 1)) if last < count else None,
    ]
    new = [button(Act.CHANGE_ENTRY, _(text), CompanyTarget(kind=which)) for which, text in NEW[kind]]
    family = button(Act.RENAME_FAMILY, _("Rename a family…"), CompanyTarget()) if kind == "offer" and count else None
    retired = button(Act.RETIRED, _("Retired…"), CompanyTarget(kind=kind))
    back = button(Act.COMPANY, _("Back"), CompanyTarget())
    blocks += [DividerBlock(), *actions([*new, family, *more, retired, back])]
    here = CompanyTarget(kind=kind, revision=target.revision)
    view = modal(Callback.COMPANY_LIST, title, blocks, target=here, submit=_("Search"))
    view.close = PlainTextObject(text=_("Close"))
    return view


def retired_view(kind: str, entries: Sequence[Named]) -> View:
    """What is not used any more, each with the way back."""
    title = _(KINDS[kind][0])
    blocks: list[Block] = [
        line(
            (
                _("{title} that are retired.", title=title)
                if entries
                else _("No {title} are retired.", title=within(title)),
            )
        )
    ]
    for entry in entries:
        bringing = button(Act.BRING_BACK, _("Bring it back"), CompanyTarget(kind=kind, row=entry.row))
        text = PlainTextObject(text=clip(entry.text, MOST_LINE), emoji=False)
        blocks.append(SectionBlock(text=text, accessory=bringing))
    back = button(Act.LIST, _("Back"), CompanyTarget(kind=kind))
    return modal(
        Callback.COMPANY,
        _("Retired {title}", title=within(title)),
        [*blocks, DividerBlock(), *actions([back])],
        submit=None,
    )


def entry_view(entry: EntryShown) -> View:
    """One entry to change, or a new one."""
    blocks: list[Block] = [*actions(_beside(entry))]
    blocks += field_blocks(entry.form, entry.shown, entry.target.revision)
    blocks += [_stand_ins(entry)] if entry.kind == "offer" else []
    return _to_save(Callback.ENTRY, _(TITLES[entry.kind]), blocks, entry.target, entry.sentences)


def _to_save(
    callback: Callback, title: str, blocks: list[Block], target: CompanyTarget, sentences: Sequence[Sentence]
) -> View:
    """A form; once it was sent, what it would change stands above the button that does it."""
    told = [DividerBlock(), line(*sentences)] if sentences else []
    return modal(callback, title, [*blocks, *told], target=target, submit=_(SAVE_ANYWAY if sentences else SAVE))


def needs_view(offer: str, needs: Sequence[str], target: CompanyTarget, heading: Sequence[Sentence] = ()) -> View:
    """What one delivery of an offer takes."""
    blocks: list[Block] = [line(*heading)] if heading else []
    blocks.append(
        line((_("What a delivery of "), Bold(clip(offer, 100)), _(" takes:") if needs else _(" takes: nothing yet.")))
    )
    for number, need in enumerate(needs[:MOST_NEEDS], 1):
        changing = button(Act.CHANGE_NEED, _("Change…"), CompanyTarget(kind="offer", row=target.row, need=number))
        blocks.append(SectionBlock(text=PlainTextObject(text=clip(need, MOST_LINE), emoji=False), accessory=changing))
    here = CompanyTarget(kind="offer", row=target.row)
    ways = [button(Act.CHANGE_NEED, _("Add a need…"), here), button(Act.CHANGE_ENTRY, _("Back"), here)]
    return modal(Callback.COMPANY, _("What it needs"), [*blocks, DividerBlock(), *actions(ways)], submit=None)


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
    removing = button(Act.REMOVE_NEED, _("Remove it"), target, style="danger") if target.need else None
    blocks: list[Block] = [line((_("A delivery of "), Bold(clip(offer, 100)), _(" takes:"))), *actions([removing])]
    blocks.append(field(block_id("resource", target.revision), _("Resource"), select))
    blocks += field_blocks(NEED, shown, target.revision)
    return _to_save(Callback.NEED, _("A need"), blocks, target, sentences)


def family_view(families: Sequence[str]) -> View:
    """A family and its new name."""
    options = [Option(text=clip(name, 75), value=str(number)) for number, name in enumerate(families[:100])]
    sentence = _("Its offers, channel, closed months, forecasts and plans come along.")
    blocks: list[Block] = [
        line((sentence,)),
        field("family", _("Family"), StaticSelectElement(action_id=Act.EDIT, options=options)),
        field("name", _("New name"), PlainTextInputElement(action_id=Act.EDIT, max_length=200)),
    ]
    return modal(Callback.FAMILY, _("Rename a family"), blocks, submit=_("Rename"))


def settings_view(entries: Mapping[str, str], country: Option, target: CompanyTarget, told: Sequence[Sentence]) -> View:
    """What counts for the whole company."""
    blocks: list[Block] = []
    for name, hint in HINTS.items():
        element = PlainTextInputElement(action_id=Act.EDIT, initial_value=entries[name] or None, max_length=100)
        blocks.append(field(block_id(name, target.revision), label_of("", name), element, hint=_(hint) or None))
    countries = ExternalDataSelectElement(
        action_id=Act.COUNTRY, placeholder=_("Type a name"), min_query_length=0, initial_option=country
    )
    blocks.insert(len(blocks) - len(HINTS) + 3, field("country", label_of("", "country"), countries))
    choices = [Option(text=_(text), value=value) for value, text in STOCK.items()]
    chosen = next(option for option in choices if option.value == entries["keeps_stock"])
    stock = StaticSelectElement(action_id=Act.EDIT, options=choices, initial_option=chosen)
    blocks.append(field(block_id("keeps_stock", target.revision), label_of("", "keeps_stock"), stock))
    return _to_save(Callback.COMPANY_SETTINGS, _("Settings"), blocks, target, told)


HINTS: Mapping[str, str] = {
    "name": "",
    "currency": N_("Three letters, such as USD. It cannot change once there are deals."),
    "timezone": N_("Such as America/Denver or Europe/Berlin."),
    "margin_floor": N_("A share such as 30%; below it finance must agree. Offers may have their own."),
    "late_cost": N_("A share of revenue such as 2%, by which ways to say yes are compared."),
    "tight_at": N_("A share of its capacity such as 90%."),
    "horizon_weeks": N_("A whole number."),
    "max_deliveries": N_("A whole number."),
    "hold_days": N_("Working days."),
}
STOCK = {
    "yes": N_("Yes: what is made can wait on a shelf"),
    "no": N_("No: hours of people are sold, and plans speak of load"),
}


def samples_view(samples: Sequence[tuple[str, str]]) -> View:
    """Companies to try Belay with."""
    options = [Option(text=_(text), value=name) for name, text in samples]
    told: Sentence = (
        _("To try things out. It can be erased with all that is done with it: "),
        Code("/belay data"),
        ".",
    )
    select = StaticSelectElement(action_id=Act.EDIT, options=options)
    return modal(Callback.SAMPLE, _("A sample"), [line(told), field("sample", _("Which"), select)], submit=_("Take it"))


def _stand_ins(entry: EntryShown) -> Block:
    """What may be delivered instead, the best first."""
    options = [Option(text=clip(name, 75), value=str(row)) for row, name in entry.stand_ins]
    element = ExternalDataMultiSelectElement(
        action_id=Act.STAND_IN, placeholder=_("Type a name"), min_query_length=0, initial_options=options or None
    )
    hint = _("Offered as a way to say yes where this one does not fit.")
    name = block_id("substitutes", entry.target.revision)
    return field(name, _("May be replaced by"), element, is_optional=True, hint=hint)


def _row(kind: str, entry: Named) -> SectionBlock:
    changing = button(Act.CHANGE_ENTRY, _("Open"), CompanyTarget(kind=kind, row=entry.row))
    return SectionBlock(text=PlainTextObject(text=clip(entry.text, MOST_LINE), emoji=False), accessory=changing)


def _beside(entry: EntryShown) -> list[ButtonElement | None]:
    """What else can be done with an entry that is there."""
    kind = "resource" if entry.kind in {"time", "stock"} else entry.kind
    back = button(Act.LIST, _("Back"), CompanyTarget(kind=kind))
    if not entry.target.row:
        return [back]
    here = CompanyTarget(kind=kind, row=entry.target.row)
    sure = confirmation(_("Retire it?"), entry.retire, _("Retire it"))
    return [
        button(Act.NEEDS, _("What it needs…"), here) if kind == "offer" else None,
        button(Act.RETIRE, _("Retire…"), here, style="danger", confirm=sure),
        back,
    ]
