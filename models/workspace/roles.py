"""What people may speak for: roles that an admin gives, and the sides whose agreement a deal takes."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may speak for; one person may have several."""

    SALES = "sales"
    OPERATIONS = "operations"
    FINANCE = "finance"
    LEADERSHIP = "leadership"
    DATA = "planner data"


# Who keeps the company's data has no say in deals and plans by that.
SPEAKING = (Role.SALES, Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP)


class Side(StrEnum):
    """Whose agreement a deal takes; `APPROVERS` are people whom a rule names."""

    SALES = "sales"
    OPERATIONS = "operations"
    FINANCE = "finance"
    LEADERSHIP = "leadership"
    APPROVERS = "approvers"


# The sides that somebody leads.
LED = (Side.SALES, Side.OPERATIONS, Side.FINANCE)
