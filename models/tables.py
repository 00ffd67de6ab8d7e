"""Every table, so that whoever needs the whole of the metadata imports one module."""

# ruff: noqa: F401 - imported for their tables

from models.api import repeats, tokens, webhooks
from models.base.declarative import Base
from models.company import clauses, customers, offers, policies, reserves, resources
from models.deals import (
    card_messages,
    conditions,
    decisions,
    deliveries,
    editing,
    executions,
    lost_demand,
    mend_requests,
    proposals,
    questions,
    references,
    rows,
    standards,
    steps,
    turns,
)
from models.digests import schedules
from models.sop import budgets, comments, launches, owners, scenarios
from models.sop import rows as sop_rows
from models.workspace import (
    absences,
    agendas,
    guides,
    history,
    history_chain,
    installations,
    members,
    outbox,
    requests,
    table_shapes,
    user_groups,
    workspaces,
)

METADATA = Base.metadata
