"""What a person can do in Slack's interface, and what comes of it; an act ends when the app has answered."""

from typing import Any

from sandbox.acting import Reply, reply_to
from sandbox.attaching import Attaching
from sandbox.entries import refusals
from sandbox.lookup import top_modal
from sandbox.pressing import Pressing
from sandbox.rows import View
from sandbox.speaking import Speaking
from sandbox.stacks import close_top, push_view, update_view
from sandbox.wire import Impossible, Json, SlackError


class Acts(Speaking, Pressing, Attaching):
    """All acts of one person; here, what they do with a modal as a whole."""

    async def submit(self, shown: str = "") -> Reply:
        """Send the top modal as the person saw it, by its hash, unless Slack itself finds something missing."""
        view = top_modal(self.ws, self.person)
        if not view.body.get("submit"):
            raise Impossible("this modal has no button to submit it")
        view.errors = refusals(view.blocks, view.values)
        if view.errors:
            return Reply(errors=view.errors, raw={"sent": False})
        answer = await self._deliver(self.payloads.submission(view, shown))
        reply = reply_to(answer)
        if answer.ok:
            self._respond_to_submission(view, answer.body, reply)
        return reply

    async def close(self) -> Reply:
        """Close the top modal, or the whole stack where that is what the modal says."""
        top = top_modal(self.ws, self.person)
        cleared = bool(top.body.get("clear_on_close"))
        reply = Reply(raw={"sent": False})
        for _ in range(len(self.ws.stacks[self.person.id]) if cleared else 1):
            view = close_top(self.ws, self.person.id)
            if view.body.get("notify_on_close"):
                reply = reply_to(await self._deliver(self.payloads.closed(view, cleared=cleared)))
        return reply

    def _respond_to_submission(self, view: View, body: Any, reply: Reply) -> None:
        answer = body if isinstance(body, dict) else {}
        try:
            self._follow(view, answer)
        except SlackError as error:
            self.ws.violate(error.error, "response_action", messages=error.messages)
            reply.error = "dispatch_failed"
        reply.errors = view.errors

    def _follow(self, view: View, answer: Json) -> None:
        stack = self.ws.stacks[self.person.id]
        action = answer.get("response_action")
        if action is None:
            stack[:] = [one for one in stack if one is not view]
        elif action == "clear":
            stack.clear()
        elif action == "errors":
            view.errors = _errors_of(view, answer)
        elif action == "update":
            update_view(self.ws, view, answer.get("view"))
        elif action == "push":
            push_view(self.ws, self.ws.apps[view.app_id], self.person.id, answer.get("view"))
        else:
            raise SlackError("invalid_arguments", [f"unknown response_action: {action}"])


def _errors_of(view: View, answer: Json) -> dict[str, str]:
    errors: dict[str, str] = answer.get("errors") or {}
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or set(errors) - inputs:
        raise SlackError("invalid_arguments", [f"errors must name input blocks: {', '.join(errors)}"])
    return errors
