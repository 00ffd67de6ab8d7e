"""Views that stand before a person at once, come later, and are shown again where Slack did not take them."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from handlers.slack.callers import (
    NOT_SHOWN,
    ONCE_MORE,
    TWICE,
    Caller,
    Shown,
    name_of,
    say,
    tell,
    update,
    update_patiently,
)
from handlers.slack.replies import Reply, Say, Show
from handlers.slack.view_parts import loading, notice
from models.base.language import N_, _

log = logging.getLogger("belay")
SURELY = 1.0
# An answer that Slack did not take is shown again after so many seconds.
SHOWN_AGAIN_AFTER = (0.5, 2.0)
DONE = N_("That is done; only Slack did not show what came of it. Open it again to see it.")
NOT_SEEN = N_("Slack did not show the answer, and nothing was changed. Once more, please.")


def shown_at_last(caller: Caller, reply: Reply, show: Callable[[], object], *, is_done: bool) -> None:
    """Show something, again where Slack did not take it; the last word is a message."""
    for pause in (*SHOWN_AGAIN_AFTER, None):
        try:
            show()
        except NOT_SHOWN as error:
            log.warning("an answer was not shown: %s", name_of(error))
        except Exception:
            log.exception("an answer could not be shown")
            break
        else:
            return
        time.sleep(pause or 0)
    tell(caller, reply if isinstance(reply, Say) else Say((_(DONE if is_done else NOT_SEEN),)))


def open_loading(caller: Caller) -> str | None:
    """Put a view up at once; its id, or None when Slack did not take it in time."""
    caller.ack()
    view = caller.body.get("view") or {}
    if _is_third(view):
        # Slack holds three: what comes takes the place of the last one.
        return str(view["id"])
    is_stacked = view.get("type") == "modal"
    open_view = caller.client.views_push if is_stacked else caller.client.views_open
    try:
        opened = open_view(trigger_id=caller.body.get("trigger_id") or "", view=loading())
    except SlackApiError as error:
        if error.response.get("error") != TWICE:
            _say_somehow(caller, error)
        return None
    except NOT_SHOWN as error:
        _say_somehow(caller, error)
        return None
    return str(opened["view"]["id"])


def _is_third(view: Mapping[str, Any]) -> bool:
    return view.get("previous_view_id") not in {None, view.get("root_view_id")}


def _say_somehow(caller: Caller, error: Exception) -> None:
    """The window did not open, and nothing was changed: that is said where it can be."""
    log.warning("a window was not opened: %s", name_of(error))
    try:
        say(caller, Say((_(ONCE_MORE),)))
    except NOT_SHOWN:
        tell(caller, Say((_(ONCE_MORE),)))


def show_instead(caller: Caller, view_id: str, view: View | dict[str, Any]) -> Shown:
    """Put the real view where the loading one stands; somebody may have closed it."""
    return update(caller, view_id, view, None)


def show_after_ack(caller: Caller, reply: Show, *, is_shown: bool = True) -> None:
    """Change what an ack has put into the submitted form.

    Slack may get the answer to the submission after the update and show it last: so the update is said once more.
    """
    view_id = caller.body["view"]["id"]
    view = reply.view
    if reply.later is not None:
        if not is_shown:
            update(caller, view_id, view, None)
        view = reply.later()
    elif is_shown:
        return
    update(caller, view_id, view, None)
    time.sleep(SURELY)
    update(caller, view_id, view, None)


def show_below(caller: Caller, reply: Show) -> None:
    """Make the view below a form true."""
    below = caller.body["view"].get("previous_view_id")
    if reply.below is not None and below:
        update(caller, below, reply.below, None)


def show_later(caller: Caller, reply: Reply, shown: Shown) -> None:
    """What takes longer, a moment afterwards; dropped when the form has moved on meanwhile."""
    if not isinstance(reply, Show | Say) or reply.later is None:
        return
    further = reply.later()
    if isinstance(further, View):
        if shown:
            update_patiently(caller, shown["id"], further, shown["hash"])
    elif shown and isinstance(reply, Say):
        update(caller, shown["id"], notice(reply.sentence, more=further.blocks), shown["hash"])
    else:
        say(caller, further)
