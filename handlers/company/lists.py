"""What there is of the company, as windows: an overview, and lists with search."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from babel import Locale
from slack_sdk.models.views import View
from sqlalchemy import Select, func, select

from handlers.capacity.breaks import saved
from handlers.company.company_view import KINDS, ON_PAGE, Named, company_view, list_view, retired_view
from handlers.company.targets import CompanyTarget
from handlers.slack.replies import Reply, Show
from handlers.slack.text import Bold, Sentence
from handlers.slack.values import whole
from models.base.language import _
from models.base.words import amount_words, locale_of, money_text
from models.capacity.adjusting import Breaking
from models.company.customers import CustomerRow
from models.company.offers import OfferRow
from models.company.resources import ResourceRow
from models.promise import Kind as KindOfResource
from models.setup.catalogue import NAMED
from models.setup.catalogue import Named as NamedRow
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_RETIRED = 40


def overview(workspace: Workspace, heading: Sequence[Sentence] = ()) -> View:
    """What there is, with what was just done."""
    counts = {kind: _count(workspace, kind) for kind in KINDS}
    return company_view(workspace.name, workspace.currency, counts, heading)


def listed(
    workspace: Workspace, by: Member, target: CompanyTarget, words: str, heading: Sequence[Sentence] = ()
) -> View:
    """A page of a list."""
    kind = target.kind if target.kind in KINDS else "offer"
    count = _count(workspace, kind, words)
    page = min(target.page, max(0, (count - 1) // ON_PAGE))
    table: Any = NAMED[kind]
    rows = _named(workspace, kind, words).order_by(table.name).offset(page * ON_PAGE).limit(ON_PAGE)
    entries = [Named(row.id, _line(row, workspace, locale_of(by.locale))) for row in workspace.session.scalars(rows)]
    return list_view(kind, entries, count, replace(target, kind=kind, page=page), words, heading)


def retired_list(workspace: Workspace, by: Member, target: CompanyTarget) -> View:
    """What of a kind is not used any more, by name."""
    kind = target.kind if target.kind in KINDS else "offer"
    table: Any = NAMED[kind]
    rows = _of_kind(workspace, kind, is_retired=True).order_by(table.name).limit(MOST_RETIRED)
    locale = locale_of(by.locale)
    return retired_view(kind, [Named(row.id, _line(row, workspace, locale)) for row in workspace.session.scalars(rows)])


def done(workspace: Workspace, by: Member, kind: str, sentence: str, breaks: Breaking, *, now: datetime) -> Reply:
    """What was done, above the list; promises that break with it, with their ways."""
    if breaks.deals:
        return saved(workspace, f"{sentence} ", breaks, now=now)
    workspace.session.flush()
    of = "resource" if kind in {"time", "stock"} else kind
    return Show(listed(workspace, by, CompanyTarget(kind=of, revision=1), "", [(Bold(sentence),)]))


def _named(workspace: Workspace, kind: str, words: str = "") -> Select[Any]:
    table: Any = NAMED[kind]
    return _of_kind(workspace, kind, is_retired=False).where(
        func.lower(table.name).contains(words.strip().lower(), autoescape=True)
    )


def _of_kind(workspace: Workspace, kind: str, *, is_retired: bool) -> Select[Any]:
    table: Any = NAMED[kind]
    is_one = table.retired_at.is_not(None) if is_retired else table.retired_at.is_(None)
    return select(table).where(table.workspace_id == workspace.id, is_one)


def _count(workspace: Workspace, kind: str, words: str = "") -> int:
    rows = _named(workspace, kind, words).with_only_columns(func.count())
    return whole(str(workspace.session.scalar(rows))) or 0


def _line(row: NamedRow, workspace: Workspace, locale: Locale) -> str:
    if isinstance(row, OfferRow):
        needs = ", ".join(dict.fromkeys(need.resource.name for need in row.needs)) or _("nothing")
        return _(
            "{name}\n{family} · {money} · needs {needs}",
            name=row.name,
            family=row.family,
            money=money_text(workspace, row.list_price, locale),
            needs=needs,
        )
    if isinstance(row, ResourceRow):
        if row.kind == KindOfResource.STOCK:
            return _("{name}\n{amount} in stock", name=row.name, amount=amount_words(row.on_hand, row.unit, locale))
        return _("{name}\n{amount} a week", name=row.name, amount=amount_words(row.weekly, row.unit, locale))
    known: CustomerRow = row
    owner = known.owner.name if known.owner else ""
    return "\n".join(filter(None, (known.name, " · ".join(filter(None, (known.tier, owner, known.external_id))))))
