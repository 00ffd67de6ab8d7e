"""`/belay company`: what there is, in lists with search; each entry changed, renamed, retired or added."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View

from handlers.company.changes import foreseen, taken_over
from handlers.company.company_view import (
    EntryShown,
    entry_view,
    family_view,
)
from handlers.company.fields import CUSTOMER, OFFER, STOCK, TIME, EntryForm, read_entry, shown_entry, typed
from handlers.company.lists import done, listed, overview, retired_list
from handlers.company.targets import CompanyTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Reply, Show, Suggest
from handlers.slack.text import Sentence, clip
from handlers.slack.values import whole
from models.base.errors import Refused
from models.base.language import N_, _, ngettext
from models.base.words import locale_of
from models.capacity.adjusting import Breaking
from models.company.offers import OfferRow, families, offers_by_id, search_offers
from models.company.resources import ResourceRow
from models.promise import Kind as KindOfResource
from models.setup.catalogue import Named as NamedRow
from models.setup.catalogue import (
    bring_back,
    check_keeps_company,
    find_named,
    open_deals_with,
    rename,
    rename_family,
    retire,
)
from models.setup.company_tables import Document, find_entry, with_rows, with_stand_ins
from models.setup.company_words import said
from models.setup.exporting import company_document
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

FORMS: Mapping[str, tuple[EntryForm, str]] = {
    "offer": (OFFER, "offers"),
    "time": (TIME, "resources"),
    "stock": (STOCK, "resources"),
    "customer": (CUSTOMER, "customers"),
}
RETIRING = {
    "offer": N_("It is offered no more, and stands in for nothing. Deals that name it stay as they are."),
    "time": N_("It is counted no more. What it promised stays in the history."),
    "stock": N_("It is counted no more. What it promised stays in the history."),
    "customer": N_("It is suggested no more. Deals with it stay as they are."),
}


@opens(command="/belay company")
def open_company(workspace: Workspace, by: Member, admins: frozenset[str]) -> View:
    """What there is of the company."""
    check_keeps_company(by, admins)
    return overview(workspace)


@listens(Act.COMPANY, is_writing=False)
def show_company(workspace: Workspace, by: Member, admins: frozenset[str]) -> Reply:
    """Back to what there is."""
    check_keeps_company(by, admins)
    return Show(overview(workspace))


@listens(Act.LIST, is_writing=False)
def show_list(workspace: Workspace, by: Member, target: CompanyTarget, form: Filled, admins: frozenset[str]) -> Reply:
    """A page of a list."""
    check_keeps_company(by, admins)
    return Show(listed(workspace, by, target, form["words"]))


@listens(Act.LOOK_UP, is_writing=False)
@submits(Callback.COMPANY_LIST)
def look_up(
    workspace: Workspace, by: Member, form_target: CompanyTarget, form: Filled, admins: frozenset[str]
) -> Reply:
    """Those whose names hold what was typed."""
    check_keeps_company(by, admins)
    return Show(listed(workspace, by, form_target, form["words"]))


@listens(Act.CHANGE_ENTRY, is_writing=False)
def open_entry(workspace: Workspace, by: Member, target: CompanyTarget, admins: frozenset[str]) -> Reply:
    """The form of an entry, as it is now."""
    check_keeps_company(by, admins)
    kind, row = _entry(workspace, target)
    if row is None:
        return Show(entry_view(EntryShown(kind, FORMS[kind][0], {}, replace(target, kind=kind))))
    entry = _entry_of(company_document(workspace), kind, row)
    shown = shown_entry(FORMS[kind][0], entry, locale_of(by.locale))
    form = EntryShown(kind, FORMS[kind][0], shown, target, retire=_retiring(kind, row))
    return Show(entry_view(replace(form, stand_ins=_stand_ins(row))))


@listens(suggests=Act.STAND_IN)
def suggest_stand_ins(workspace: Workspace, by: Member, text: str, admins: frozenset[str]) -> Reply:
    """Offers that hold what was typed."""
    check_keeps_company(by, admins)
    return Suggest([Option(text=clip(row.name, 75), value=str(row.id)) for row in search_offers(workspace, text)])


@submits(Callback.ENTRY)
def save_entry(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: CompanyTarget, admins: frozenset[str]
) -> Reply:
    """As it was typed, once it was seen what that changes; a new one at once."""
    check_keeps_company(by, admins)
    workspace.lock()
    kind, row = _entry(workspace, target)
    fields = FORMS[kind][0]
    given = read_entry(fields, form, locale_of(by.locale))
    name = given["name"]
    stand_ins = _chosen(workspace, form) if kind == "offer" else []

    def change(document: Document) -> Document:
        changed = _with_entry(document, kind, given, is_new=row is None)
        return with_stand_ins(changed, name, [other.name for other in stand_ins]) if kind == "offer" else changed

    def taking() -> tuple[list[str], Breaking]:
        renamed = _renamed(row, name, by=by, now=now) if row else []
        said, breaks = taken_over(workspace, change, by=by, now=now)
        return [*renamed, *said], breaks

    if row is not None:
        said, told, seen = foreseen(workspace, taking, _beside(row))
        if not said:
            return done(workspace, by, kind, _("Nothing was changed."), Breaking(), now=now)
        if target.seen != seen:
            again = replace(target, seen=seen)
            shown = EntryShown(kind, fields, typed(fields, form), again, told, _retiring(kind, row))
            shown = replace(shown, stand_ins=[(other.id, other.name) for other in stand_ins])
            return Show(entry_view(shown))
    breaks = taking()[1]
    return done(workspace, by, kind, _("Saved: {name}.", name=name), breaks, now=now)


@listens(Act.RETIRE)
def retire_entry(
    workspace: Workspace, by: Member, now: datetime, target: CompanyTarget, admins: frozenset[str]
) -> Reply:
    """It is not used any more."""
    check_keeps_company(by, admins)
    kind, row = _entry(workspace, target)
    if row is None:
        raise Refused(_("Choose what to retire."))
    retire(row, by=by, now=now)
    return done(workspace, by, kind, _("Retired: {name}.", name=row.name), Breaking(), now=now)


@listens(Act.RETIRED, is_writing=False)
def show_retired(workspace: Workspace, by: Member, target: CompanyTarget, admins: frozenset[str]) -> Reply:
    """What is not used any more."""
    check_keeps_company(by, admins)
    return Show(retired_list(workspace, by, target))


@listens(Act.BRING_BACK)
def bring_back_entry(
    workspace: Workspace, by: Member, now: datetime, target: CompanyTarget, admins: frozenset[str]
) -> Reply:
    """It is used again."""
    check_keeps_company(by, admins)
    row = find_named(workspace, target.kind, target.row, is_retired=True)
    bring_back(row, by=by, now=now)
    return done(workspace, by, target.kind, _("Brought back: {name}.", name=row.name), Breaking(), now=now)


@listens(Act.RENAME_FAMILY, is_writing=False)
def open_family(workspace: Workspace, by: Member, admins: frozenset[str]) -> Reply:
    """A family and its new name."""
    check_keeps_company(by, admins)
    return Show(family_view(families(workspace)))


@submits(Callback.FAMILY)
def save_family(workspace: Workspace, by: Member, now: datetime, form: Filled, admins: frozenset[str]) -> Reply:
    """All that belongs to the family comes along."""
    check_keeps_company(by, admins)
    was = form.labels.get("family", "")
    known = {clip(name, 75): name for name in families(workspace)}
    if was not in known:
        raise Refused(_("Choose a family."), field="family")
    rename_family(workspace, known[was], form["name"], by=by, now=now)
    return done(
        workspace,
        by,
        "offer",
        _("{known} is called {form} now.", known=known[was], form=form["name"]),
        Breaking(),
        now=now,
    )


def _renamed(row: NamedRow, name: str, *, by: Member, now: datetime) -> list[str]:
    """Give another name, and say so where it is another one."""
    was = row.name
    rename(row, name, by=by, now=now)
    return [_("{was} is called {name}; deals and history come along", was=was, name=name)] if row.name != was else []


def _chosen(workspace: Workspace, form: Filled) -> list[OfferRow]:
    """The offers that may stand in, in their order."""
    ids = [number for text in form.many.get("substitutes", ()) if (number := whole(text))]
    known = offers_by_id(workspace, ids)
    return [known[number] for number in dict.fromkeys(ids)]


def _stand_ins(row: NamedRow) -> list[tuple[int, str]]:
    if not isinstance(row, OfferRow):
        return []
    return [(entry.substitute_id, entry.substitute.name) for entry in row.substitutes]


def _entry(workspace: Workspace, target: CompanyTarget) -> tuple[str, NamedRow | None]:
    """The kind of a form, and the row that it is about; none for a new one."""
    if not target.row:
        return (target.kind if target.kind in FORMS else "offer"), None
    row = find_named(workspace, "resource" if target.kind in {"time", "stock"} else target.kind, target.row)
    if isinstance(row, ResourceRow):
        return "stock" if row.kind == KindOfResource.STOCK else "time", row
    return target.kind, row


def _entry_of(document: Document, kind: str, row: NamedRow) -> Document:
    return find_entry(document, FORMS[kind][1], row.name) or {}


def _with_entry(document: Document, kind: str, given: Mapping[str, str], *, is_new: bool) -> Document:
    """The document with an entry as a form has it; an empty field is no value."""
    form, section = FORMS[kind]
    entry = find_entry(document, section, given["name"])
    if is_new and entry is not None:
        raise Refused(_("{given} is there already: open it in the list.", given=given["name"]), field="name")
    if entry is not None:
        emptied = {name: value for name, value in entry.items() if name not in form.labels or given.get(name)}
        kept = [emptied if each is entry else each for each in document[section]]
        document = {**document, section: kept}
    row = {**given, "resource": given["name"], "kind": "stock" if kind == "stock" else "time"}
    for table in form.kinds:
        document = with_rows(document, table, [row])
    return document


def _beside(row: NamedRow) -> list[Sentence]:
    """What else hangs on an entry."""
    count = open_deals_with(row) if isinstance(row, OfferRow) else 0
    names = ngettext("One open deal names it", "{count} open deals name it", count, count=count)
    return [(_("{names}; what is agreed in them stays as it is.", names=names),)] if count else []


def _retiring(kind: str, row: NamedRow) -> str:
    return f"{clip(row.name, 80)}: {said(_(RETIRING[kind]))}"
