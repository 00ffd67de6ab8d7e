"""Deals as the API tells them. Money and amounts travel as strings, days by ISO 8601, instants in UTC."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from models.deals.states import Move, State
from models.promise.check import Verdict
from models.promise.margin import Band
from models.workspace.roles import Side


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
