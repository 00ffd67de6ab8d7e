"""What a company knows, for reading the tables that its people bring."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select

from models.base.words import locale_of
from models.company.offers import OfferRow, offered
from models.company.resources import ResourceRow, in_use
from models.sheets.names import Known
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


def known_to(
    workspace: Workspace,
    *,
    by: Member,
    now: datetime,
    families: Sequence[str] | None = None,
    months: Collection[date] | None = None,
) -> Known:
    """The names, units and dates by which a person's table is read; only these families and months, where given."""
    of_offers = select(OfferRow.name, OfferRow.family, OfferRow.unit).where(*offered(workspace))
    of_resources = select(ResourceRow.name, ResourceRow.unit).where(*in_use(workspace))
    offers = workspace.session.execute(of_offers).all()
    resources = workspace.session.execute(of_resources).all()
    wanted = sorted({row.family for row in offers}) if families is None else families
    return Known(
        families=wanted,
        offers={row.name: row.family for row in offers if row.family in wanted},
        resources=[row.name for row in resources],
        locale=locale_of(by.locale),
        today=workspace.today(now),
        unit_names=sorted({row.unit for row in offers} | {row.unit for row in resources}),
        months=months,
    )
