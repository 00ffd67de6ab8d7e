"""Every table, so that whoever needs the whole of the metadata imports one module."""

from models import agendas, cards, catalog, history, leads, members, outbox, requests, resources, schedules, workspaces
from models.base import Base
from models.deals import deviating, rows, turns
from models.sop import rows as planning

MODULES = (agendas, cards, catalog, deviating, history, leads, members, outbox, requests, resources, rows, schedules)
FURTHER = (planning, turns, workspaces)
METADATA = Base.metadata
