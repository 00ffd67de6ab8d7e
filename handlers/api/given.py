"""What requests about deals bring: shapes that are checked before anything is done."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from models.deals.terms import LARGEST_QUANTITY, MOST_LINES

MOST_TEXT = 3000
Text = Annotated[str, Field(max_length=MOST_TEXT)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2099, 12, 31))]
Named = Annotated[
    dict[Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=300)]], Field(max_length=20)
]
Version = Annotated[
    int | None, Field(default=None, ge=1, le=10**6, description="The version of the terms that was seen.")
]


class Taken(BaseModel):
    """What a request brings; a name that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class GivenLine(Taken):
    """One delivery that is asked for."""

    offer: str = Field(min_length=1, max_length=200, description="The offer by its name.")
    quantity: int = Field(ge=1, le=LARGEST_QUANTITY)
    by: Day = Field(description="The day by which it is wanted: delivery is in its week.", examples=["2027-01-18"])
    unit_price: Decimal | None = Field(
        default=None, ge=0, le=10**12, decimal_places=6, description="For one unit; without it, the list price."
    )


class GivenTerms(Taken):
    """A deal to be checked."""

    customer: str = Field(default="", max_length=200)
    lines: list[GivenLine] = Field(min_length=1, max_length=MOST_LINES)
    terms: Named = Field(default_factory=dict, description="Terms beyond the lines, by name.")
    campaign: str = Field(default="", max_length=80)


class GivenDeal(GivenTerms):
    """A deal to be proposed."""

    customer: str = Field(min_length=1, max_length=200)
    told: Text = Field(default="", description="What the customer told the seller.")
    note: Text = ""
    likelihood: int | None = Field(default=None, ge=0, le=100, description="How likely it is, in percent.")
    external: Named = Field(
        default_factory=dict,
        description="What other systems call it. One that is known already is not proposed again.",
        examples=[{"salesforce": "006Qy00000A1b2C"}],
    )


class GivenVersion(Taken):
    """Whose terms are meant, where it matters."""

    version: Version = None


class GivenWhy(Taken):
    """Why, where somebody says so."""

    why: Text = ""


class GivenLoss(Taken):
    """Why a deal was lost."""

    reason: str = Field(description="price, delivery date, competitor, no budget, or other.", max_length=40)
    why: Text = ""


class GivenReport(Taken):
    """What came of one delivery."""

    delivery: int = Field(ge=1, le=2**31 - 1, description="Its id, as the deal tells it.")
    delivered: int = Field(ge=0, le=LARGEST_QUANTITY)
    arrived: Day


class GivenDelivery(Taken):
    """What was delivered; nothing: all that is open, as promised."""

    reports: list[GivenReport] | None = Field(default=None, max_length=100)
    rest: Day | None = Field(default=None, description="When what is short comes; without it, it does not.")
    why: Text = ""


class GivenReference(Taken):
    """What another system calls a deal."""

    external_id: str = Field(min_length=1, max_length=200)
