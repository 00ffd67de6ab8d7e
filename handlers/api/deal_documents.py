"""Deals as the API tells and takes them. Money and amounts travel as strings, days by ISO 8601, instants in UTC."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from models.deals.states import Move, State
from models.deals.terms import LARGEST_QUANTITY, MOST_LINES
from models.promise.check import Verdict
from models.promise.margin import Band
from models.workspace.roles import Side

MOST_TEXT = 3000
Text = Annotated[str, Field(max_length=MOST_TEXT)]
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
    by: date = Field(description="The day by which it is wanted: delivery is in its week.", examples=["2027-01-18"])
    unit_price: Decimal | None = Field(
        default=None, ge=0, le=10**12, description="For one unit; without it, the list price."
    )


class GivenTerms(Taken):
    """A deal to be checked."""

    customer: str = Field(default="", max_length=200)
    lines: list[GivenLine] = Field(min_length=1, max_length=MOST_LINES)
    terms: dict[str, str] = Field(default_factory=dict, description="Terms beyond the lines, by name.")
    campaign: str = Field(default="", max_length=80)


class GivenDeal(GivenTerms):
    """A deal to be proposed."""

    customer: str = Field(min_length=1, max_length=200)
    told: Text = Field(default="", description="What the customer told the seller.")
    note: Text = ""
    likelihood: int | None = Field(default=None, ge=0, le=100, description="How likely it is, in percent.")
    external: dict[str, str] = Field(
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
    arrived: date


class GivenDelivery(Taken):
    """What was delivered; nothing: all that is open, as promised."""

    reports: list[GivenReport] | None = Field(default=None, max_length=100)
    rest: date | None = Field(default=None, description="When what is short comes; without it, it does not.")
    why: Text = ""


class GivenReference(Taken):
    """What another system calls a deal."""

    external_id: str = Field(min_length=1, max_length=200)


class Line(BaseModel):
    """One delivery of terms; the week by its Monday."""

    offer: str
    quantity: int
    unit_price: str
    week: date


class PricedLine(Line):
    """The same with what the price list says."""

    unit: str
    list_price: str


class Shortage(BaseModel):
    """Where capacity lacks, or the week is over."""

    resource: str
    week: date
    needed: str
    free: str
    short: str
    is_past: bool


class Overtime(BaseModel):
    """Overtime that it takes, and what that costs."""

    resource: str
    week: date
    quantity: str
    cost: str


class Fit(BaseModel):
    """Whether it fits, as a person would read it, and where it does not."""

    verdict: Verdict
    is_tight: bool
    sentence: str
    shortages: list[Shortage]
    overtime: list[Overtime]


class Numbers(BaseModel):
    """What it leaves: for operations, finance and leadership."""

    cost: str
    margin: str
    rate: str | None
    floor: str
    below_floor: str


class Money(BaseModel):
    """What the customer pays; `numbers` are there for those who may see them."""

    revenue: str
    list: str
    band: Band
    numbers: Numbers | None = None


class Way(BaseModel):
    """A way to yes: what it is in words, what is given up for it, and its lines."""

    kind: str
    sentence: str
    cost: str
    lines: list[Line]


class Checked(BaseModel):
    """A check that changes nothing."""

    currency: str
    fit: Fit
    money: Money
    asked: list[str] = Field(description="Who would have to agree; nobody: it would be approved on the spot.")
    ways: list[Way]


class Proposal(BaseModel):
    """Complete terms that one side put forward."""

    version: int
    side: Side
    author: str
    proposed_at: datetime
    note: str
    lines: list[Line]
    terms: dict[str, str]


class Turn(BaseModel):
    """Who owes an answer until when."""

    side: Side
    name: str
    due_at: datetime
    is_overdue: bool


class Question(BaseModel):
    """A question that waits."""

    id: int
    text: str
    by: str
    to: Side


class Delivery(BaseModel):
    """A delivery as promised, and what became of it."""

    id: int
    offer: str
    week: date
    quantity: int
    arrived: date | None
    delivered: int | None
    outcome: str | None


class Ending(BaseModel):
    """The last decision, where nothing is negotiated."""

    move: Move
    by: str
    at: datetime
    why: str


class Deal(BaseModel):
    """A deal as it stands, as far as the token's person may see it."""

    number: int
    state: State
    customer: str
    seller: str
    version: int
    external: dict[str, str]
    currency: str
    lines: list[PricedLine]
    terms: dict[str, str]
    told: str
    note: str
    likelihood: int | None
    campaign: str
    proposed_at: datetime
    fit: Fit
    money: Money
    ways: list[Way] | None = Field(description="Ways to yes; null while nobody has looked.")
    waits_for: list[str] = Field(description="Who has to act.")
    turns: list[Turn]
    questions: list[Question]
    deliveries: list[Delivery]
    call_at: datetime | None
    held_until: datetime | None
    win_by: date | None
    is_change: bool
    is_broken: bool
    ending: Ending | None
    may: list[Move] = Field(description="What the token's person may do now.")
    link: str | None = Field(description="Its card in Slack.")


class WholeDeal(Deal):
    """A deal with each version of its terms."""

    proposals: list[Proposal]


class Deals(BaseModel):
    """A page of deals, the latest first; `next` is the cursor of the page after it."""

    deals: list[Deal]
    count: int
    next: str | None


class Happened(BaseModel):
    """An act upon a deal, as its thread tells it."""

    id: int
    at: datetime
    move: str
    by: str | None
    before: State | None
    after: State | None
    why: str | None
    sentence: str


class History(BaseModel):
    """What happened to a deal, the first act first."""

    number: int
    acts: list[Happened]
