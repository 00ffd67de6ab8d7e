"""What a delivery of an offer takes of which resource, and when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from babel import Locale
from slack_sdk.models.views import View

from handlers.capacity.breaks import saved
from handlers.company.changes import foreseen, taken_over
from handlers.company.company_view import need_view, needs_view
from handlers.company.fields import NEED, read_entry, shown_entry, typed
from handlers.company.targets import CompanyTarget
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, submits
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence
from handlers.slack.values import whole
from models.base.errors import NotFound, Refused
from models.base.language import _, ngettext
from models.base.words import amount_words, locale_of
from models.capacity.adjusting import Breaking
from models.company.offers import OfferRow
from models.setup.catalogue import check_keeps_company, find_named
from models.setup.company_needs import need_document, need_entry
from models.setup.company_tables import Document, find_entry
from models.setup.exporting import company_document
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


@listens(Act.NEEDS, is_writing=False)
def show_needs(workspace: Workspace, by: Member, target: CompanyTarget, admins: frozenset[str]) -> Reply:
    """All that a delivery takes."""
    check_keeps_company(by, admins)
    return Show(_needs_view(workspace, by, target))


@listens(Act.CHANGE_NEED, is_writing=False)
def open_need(workspace: Workspace, by: Member, target: CompanyTarget, admins: frozenset[str]) -> Reply:
    """One of them to change, or a new one."""
    check_keeps_company(by, admins)
    offer = _offer(workspace, target)
    document = company_document(workspace)
    if not document["resources"]:
        raise Refused(_("There is no resource yet. Add one under Resources first."))
    need = _needs(document, offer.name)[target.need - 1] if target.need else {}
    first = need_entry(need)["resource"] if need else ""
    return Show(_need_view(document, offer.name, first, _shown(need, by), target))


@submits(Callback.NEED)
def save_need(
    workspace: Workspace, by: Member, now: datetime, form: Filled, target: CompanyTarget, admins: frozenset[str]
) -> Reply:
    """As it was typed, once it was seen what that changes."""
    check_keeps_company(by, admins)
    workspace.lock()
    offer = _offer(workspace, target)
    document = company_document(workspace)
    resource = _chosen(document, form["resource"])
    given = read_entry(NEED, form, locale_of(by.locale))
    need = _read(resource, given)

    def change(needs: list[Document]) -> list[Document]:
        return [*needs[: target.need - 1], need, *needs[target.need :]] if target.need else [*needs, need]

    def again(told: Sequence[Sentence], seen: str) -> View:
        return _need_view(document, offer.name, resource, typed(NEED, form), replace(target, seen=seen), told)

    return _changed(workspace, by, now, target, change, again)


@listens(Act.REMOVE_NEED)
def remove_need(
    workspace: Workspace, by: Member, now: datetime, target: CompanyTarget, admins: frozenset[str]
) -> Reply:
    """It takes that no more: nothing can break by it."""
    check_keeps_company(by, admins)
    workspace.lock()

    def change(needs: list[Document]) -> list[Document]:
        return needs[: target.need - 1] + needs[target.need :] if target.need else needs

    return _changed(workspace, by, now, target, change, None)


def _changed(
    workspace: Workspace,
    by: Member,
    now: datetime,
    target: CompanyTarget,
    change: Callable[[list[Document]], list[Document]],
    again: Callable[[Sequence[Sentence], str], View] | None,
) -> Reply:
    """Change the needs of an offer; where it may break something, once that was seen."""
    name = _offer(workspace, target).name

    def with_needs(document: Document) -> Document:
        offers = [
            {**each, "needs": change(each.get("needs", []))} if each["name"] == name else each
            for each in document["offers"]
        ]
        return {**document, "offers": offers}

    def taking() -> tuple[list[str], Breaking]:
        return taken_over(workspace, with_needs, by=by, now=now)

    if again is not None:
        said, told, seen = foreseen(workspace, taking)
        if said and target.seen != seen and target.need:
            return Show(again(told, seen))
    breaks = taking()[1]
    if breaks.deals:
        return saved(workspace, _("Saved. "), breaks, now=now)
    workspace.session.expire_all()
    return Show(_needs_view(workspace, by, target, [(Bold(_("Saved.")),)]))


def _needs_view(workspace: Workspace, by: Member, target: CompanyTarget, heading: Sequence[Sentence] = ()) -> View:
    offer = _offer(workspace, target)
    document = company_document(workspace)
    units = {each["name"]: each["unit"] for each in document["resources"]}
    locale = locale_of(by.locale)
    needs = [_line(need, units, offer.unit, locale) for need in _needs(document, offer.name)]
    return needs_view(offer.name, needs, target, heading)


def _need_view(
    document: Document,
    offer: str,
    resource: str,
    shown: Mapping[str, str],
    target: CompanyTarget,
    told: Sequence[Sentence] = (),
) -> View:
    names = [each["name"] for each in document["resources"]]
    return need_view(offer, names, resource, shown, target, told)


def _line(need: Document, units: Mapping[str, str], unit: str, locale: Locale) -> str:
    names = need.get("any_of") or [need["resource"]]
    of = units.get(names[0], "")

    def amount(name: str, each: str) -> str:
        thousandths = int(Decimal(need.get(name) or 0).scaleb(3))
        return (
            _("{amount} for each {each}", amount=amount_words(thousandths, of, locale), each=each)
            if thousandths
            else ""
        )

    parts = filter(None, (amount("per_unit", unit), amount("fixed", _("delivery"))))
    offset, weeks = (int(need.get(name) or 0) for name in ("offset", "weeks"))
    before = -offset
    when = ngettext(", {before} week before", ", {before} weeks before", before, before=before) if before > 0 else ""
    during = _(", over {weeks} weeks", weeks=weeks) if weeks > 1 else ""
    ahead = int(need.get("ahead") or 0)
    earlier = (
        ngettext(", or up to {ahead} week earlier", ", or up to {ahead} weeks earlier", ahead, ahead=ahead)
        if ahead
        else ""
    )
    return f"{_(' or ').join(names)}: {_(' and ').join(parts)}{when}{during}{earlier}"


def _shown(need: Document, by: Member) -> dict[str, str]:
    entry = need_entry(need) if need else need
    entry = {**entry, "offset": -int(need["offset"])} if need.get("offset") else entry
    return shown_entry(NEED, entry, locale_of(by.locale))


def _read(resource: str, given: Mapping[str, str]) -> Document:
    amounts = {name: Decimal(given[name] or 0) for name in ("per_unit", "fixed")}
    if not any(amounts.values()):
        raise Refused(_("How much does it take: for each unit, or for each delivery?"), field="per_unit")
    numbers = {
        "offset": -int(given["offset"] or 0),
        "weeks": int(given["weeks"] or 1),
        "ahead": int(given["ahead"] or 0),
    }
    return need_document({"resource": resource, "any_of": given["any_of"], **numbers, **amounts})


def _chosen(document: Document, number: str) -> str:
    names: list[str] = [each["name"] for each in document["resources"]]
    index = whole(number)
    if index is None or index >= len(names):
        raise Refused(_("Choose a resource."), field="resource")
    return names[index]


def _needs(document: Document, offer: str) -> list[Document]:
    entry = find_entry(document, "offers", offer)
    if entry is None:
        raise NotFound(_("That offer is not there any more."))
    return list(entry.get("needs", ()))


def _offer(workspace: Workspace, target: CompanyTarget) -> OfferRow:
    row = find_named(workspace, "offer", target.row)
    assert isinstance(row, OfferRow)  # noqa: S101 - asked by its kind
    return row
