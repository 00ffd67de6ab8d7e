"""Every table, so that whoever needs the whole of the metadata imports one module."""

from models import cards, catalog, history, members, outbox, requests, resources, workspaces
from models.base import Base
from models.deals import rows

MODULES = (cards, catalog, history, members, outbox, requests, resources, rows, workspaces)
METADATA = Base.metadata
