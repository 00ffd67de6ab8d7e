"""The promise: what a capacity check says, and the ways to yes. The arithmetic is that of the specification, exact."""

from models.promise.check import Check, Shortage, Use, check
from models.promise.facts import (
    Adjustment,
    Company,
    Deal,
    Kind,
    Line,
    Need,
    Offer,
    Place,
    Reserved,
    Resource,
    WeekException,
)
from models.promise.margin import Deviation, Margin
from models.promise.report import report
from models.promise.ways import Concession, Way, WayKind, Ways, ways_to_yes

__all__ = [
    "Adjustment",
    "Check",
    "Company",
    "Concession",
    "Deal",
    "Deviation",
    "Kind",
    "Line",
    "Margin",
    "Need",
    "Offer",
    "Place",
    "Reserved",
    "Resource",
    "Shortage",
    "Use",
    "Way",
    "WayKind",
    "Ways",
    "WeekException",
    "check",
    "report",
    "ways_to_yes",
]
