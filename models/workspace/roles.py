"""What people may speak for: roles that an admin gives, and the sides whose agreement a deal takes."""

from enum import StrEnum

from models.base.language import N_


class Role(StrEnum):
    """What a person may speak for; one person may have several."""

    SALES = N_("sales")
    OPERATIONS = N_("operations")
    FINANCE = N_("finance")
    LEADERSHIP = N_("leadership")
    DATA = N_("planner data")


# Who keeps the company's data has no say in deals and plans by that.
SPEAKING = (Role.SALES, Role.OPERATIONS, Role.FINANCE, Role.LEADERSHIP)


class Side(StrEnum):
    """Whose agreement a deal takes; `APPROVERS` are people whom a rule names."""

    SALES = N_("sales")
    OPERATIONS = N_("operations")
    FINANCE = N_("finance")
    LEADERSHIP = N_("leadership")
    APPROVERS = N_("approvers")


# The sides that somebody leads.
LED = (Side.SALES, Side.OPERATIONS, Side.FINANCE)
