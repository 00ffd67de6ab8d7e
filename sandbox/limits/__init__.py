"""Slack's limits on what an app sends: every rule yields what is wrong and where; nothing wrong yields nothing."""

from sandbox.limits.messages import check_message_blocks
from sandbox.limits.views import VIEW_BYTES, check_view

__all__ = ["VIEW_BYTES", "check_message_blocks", "check_view"]
