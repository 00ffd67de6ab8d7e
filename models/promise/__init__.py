"""The promise: what a capacity check says. The arithmetic is that of the specification, exact."""

from models.promise.check import Check, Shortage, Use, check
from models.promise.facts import Company, Deal, Kind, Line, Need, Offer, Resource, WeekException
from models.promise.margin import Deviation, Margin
from models.promise.report import report

__all__ = [
    "Check",
    "Company",
    "Deal",
    "Deviation",
    "Kind",
    "Line",
    "Margin",
    "Need",
    "Offer",
    "Resource",
    "Shortage",
    "Use",
    "WeekException",
    "check",
    "report",
]
