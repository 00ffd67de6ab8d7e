"""Capacity: the coming weeks of resources, as `/capacity` shows them."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from handlers.api.endpoints import Act, serves
from models.api.tokens import Scope
from models.base.arithmetic import amount_text, monday
from models.base.errors import NotFound
from models.capacity.overview import ResourceWeeks, WeekLoad, coming_weeks, search_resources
from models.deals.rules import check_sees_deals
from models.promise import Kind

MOST_WEEKS = 52


class Week(BaseModel):
    """A week of a resource, by its Monday; amounts as strings."""

    week: date
    offered: str = Field(description="Hours that are there; of stock, what arrives.")
    overtime: str = Field(description="What can be bought beyond.")
    promised: str
    held: str
    reserved: str
    free: str = Field(description="What is left; of stock, at the end of the week.")
    reason: str = Field(description="Why the week is not as usual.")


class Resource(BaseModel):
    """A resource with its coming weeks."""

    name: str
    kind: Kind
    unit: str
    weeks: list[Week]


class Capacity(BaseModel):
    """The coming weeks, the fullest resource first."""

    resources: list[Resource]


@serves("GET", "/capacity", Scope.READ_CAPACITY, others=[304])
def read_capacity(
    act: Act,
    resource: Annotated[str, Query(max_length=200, description="Only this one, by its name.")] = "",
    since: Annotated[
        date | None, Query(ge=date(2000, 1, 1), le=date(2099, 12, 31), description="From the week of this day on.")
    ] = None,
    weeks: Annotated[int, Query(ge=1, le=MOST_WEEKS)] = 8,
) -> Capacity:
    """What is offered, promised, held and free, week by week."""
    check_sees_deals(act.by)
    first = monday(since) if since else None
    shown = coming_weeks(act.workspace, now=act.now, only=_named(act, resource), since=first, weeks=weeks)
    return Capacity(resources=[_resource(one) for one in shown])


def _named(act: Act, name: str) -> int:
    if not name:
        return 0
    found = search_resources(act.workspace, name, limit=1)
    if not found or found[0].name.casefold() != name.strip().casefold():
        raise NotFound(f"There is no resource “{name}”.")
    return found[0].id


def _resource(one: ResourceWeeks) -> Resource:
    return Resource(name=one.name, kind=one.kind, unit=one.unit, weeks=[_week(week) for week in one.weeks])


def _week(load: WeekLoad) -> Week:
    names = {"offered": "offered", "overtime": "overtime", "promised": "committed", "held": "held"}
    names |= {"reserved": "reserved", "free": "free"}
    amounts = {name: amount_text(getattr(load, column)) for name, column in names.items()}
    return Week(week=load.week, reason=load.reason, **amounts)
