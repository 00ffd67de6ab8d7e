"""How far the set-up of a workspace is."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from models.base.language import _, ngettext
from models.company.offers import EVERY_FAMILY, OfferRow, families, family_channels, offered
from models.company.resources import ResourceRow, in_use
from models.deals.lists import count_deals
from models.digests.schedules import schedules_of
from models.workspace.members import members_with
from models.workspace.roles import SPEAKING, Role
from models.workspace.undelivered import remedy, waiting_for_a_person
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class SetupState:
    """What is there: offers, the channel of each family, how many people have each role, what cannot be delivered.

    `needless` are the offers that need nothing; time zone, country and lowest margin are assumed until they are said.
    """

    name: str
    offers: int
    channels: dict[str, str]
    families_without: tuple[str, ...]
    people: dict[Role, int]
    undelivered: tuple[str, ...]
    currency: str = "USD"
    resources: int = 0
    deals: int = 0
    schedules: int = 0
    needless: int = 0
    timezone: str = "UTC"
    country: str | None = None
    margin_floor: Decimal = Decimal(0)

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be done, a sentence each."""
        roles = [role for role in (Role.SALES, Role.OPERATIONS) if not self.people[role]]
        sentences: list[str] = []
        if not self.offers:
            sentences.append(_("The catalogue is empty: `/belay company` fills it."))
        if self.families_without:
            names = ", ".join(self.families_without[:8])
            sentences.append(_("No operations channel answers for {names}: `/belay channels`.", names=names))
        sentences += [_("Nobody speaks for {role}: `/belay roles`.", role=_(role)) for role in roles]
        if not self.people[Role.FINANCE] and not self.people[Role.LEADERSHIP]:
            sentences.append(_("Nobody can agree below the floor: give finance or leadership with `/belay roles`."))
        return (*sentences, *self.undelivered)


def needing_nothing(count: int) -> str:
    """That nothing holds an offer back, because nobody has said what it takes."""
    return ngettext(
        "{count} offer needs nothing yet, so every amount fits.",
        "{count} offers need nothing yet, so every amount fits.",
        count,
        count=count,
    )


def setup_state(workspace: Workspace) -> SetupState:
    """Look at a workspace."""
    session = workspace.session
    channels = family_channels(workspace)
    without = () if EVERY_FAMILY in channels else tuple(f for f in families(workspace) if f not in channels)
    count = select(func.count(OfferRow.id)).where(*offered(workspace))
    return SetupState(
        name=workspace.name,
        offers=session.scalar(count) or 0,
        channels=channels,
        families_without=without,
        people={role: len(members_with(workspace, role)) for role in SPEAKING},
        currency=workspace.currency,
        resources=session.scalar(select(func.count(ResourceRow.id)).where(*in_use(workspace))) or 0,
        deals=count_deals(session, workspace.id),
        schedules=len(schedules_of(workspace)),
        timezone=workspace.timezone,
        country=workspace.country,
        margin_floor=workspace.margin_floor,
        needless=session.scalar(count.where(~OfferRow.needs.any())) or 0,
        undelivered=tuple(dict.fromkeys(remedy(to, error) for to, error in waiting_for_a_person(workspace))),
    )
