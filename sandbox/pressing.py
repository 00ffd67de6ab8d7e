"""Buttons, menus and fields."""

from typing import Any

from sandbox.acting import Actor, Reply, reply_to
from sandbox.entries import TYPED, entry_of, offered_options
from sandbox.limits.objects import suggestions
from sandbox.lookup import Target, find_field, find_pressable, surfaces, top_modal, view_surface
from sandbox.wire import Impossible, Json

EXTERNAL = {"external_select", "multi_external_select"}
DEFAULT_QUERY_LENGTH = 3


class Pressing(Actor):
    """What a person does to the elements in front of them."""

    async def press(self, what: str, where: Any = None, *, confirm: bool = True, block_id: str = "") -> Reply:
        """Press a button or an entry of an overflow menu."""
        target = find_pressable(surfaces(self.ws, self.person, where), what, block_id)
        element = target.element
        if target.option:
            action: Json = {"type": "overflow", "selected_option": target.option}
        else:
            action = {key: element[key] for key in ("type", "text", "value", "style", "url") if key in element}
        return await self._act_on(target, action, confirm=confirm)

    async def choose(
        self,
        what: str,
        value: Any,
        where: Any = None,
        *,
        confirm: bool = True,
        action_id: str = "",
        enter: bool = False,
    ) -> Reply:
        """Choose from a select, a menu or a picker, or type into a field of a Home tab."""
        target = find_field(surfaces(self.ws, self.person, where), what, action_id)
        if target.element["type"] == "overflow":
            chosen = entry_of(target.element, value)["selected_option"]
            return await self._act_on(target, {"type": "overflow", "selected_option": chosen}, confirm=confirm)
        return await self._enter(target, value, enter=enter, confirm=confirm)

    async def fill(self, what: str, value: Any, *, enter: bool = False, action_id: str = "") -> Reply:
        """Fill in a field of the top modal; `enter` presses the Enter key afterwards."""
        view = top_modal(self.ws, self.person)
        return await self._enter(find_field([view_surface(view)], what, action_id), value, enter=enter)

    async def suggest(self, what: str, query: str, where: Any = None, *, action_id: str = "") -> Json:
        """Type into a select whose options come from the app, and see what it offers."""
        target = find_field(surfaces(self.ws, self.person, where), what, action_id)
        if target.element["type"] not in EXTERNAL:
            raise Impossible(f"{what} has its own options")
        return await self._suggestions(target, query)

    async def _act_on(self, target: Target, action: Json, *, confirm: bool) -> Reply:
        dialog = target.element.get("confirm")
        if dialog and not confirm:
            return Reply(confirm=dialog, raw={"sent": False})
        reply = reply_to(await self._deliver(self.payloads.block_actions(target, action)))
        reply.confirm = dialog
        return reply

    async def _enter(self, target: Target, value: Any, *, enter: bool, confirm: bool = True) -> Reply:
        element = target.element
        if element["type"] in EXTERNAL and value not in (None, "", []):
            value = await self._pick(target, value)
        before = target.entry
        target.enter(entry_of(element, self._ids(element, value)))
        if not _dispatches(target, enter=enter, changed=target.entry != before):
            return Reply(raw={"sent": False})
        return await self._act_on(target, dict(target.entry), confirm=confirm)

    def _ids(self, element: Json, value: Any) -> Any:
        kind = element["type"].removeprefix("multi_")
        if kind not in {"users_select", "channels_select", "conversations_select"} or value in (None, "", []):
            return value
        named = value if isinstance(value, list) else [value]
        ids = [(self.ws.person(one) if kind == "users_select" else self.ws.channel(one)).id for one in named]
        return ids if isinstance(value, list) else ids[0]

    async def _pick(self, target: Target, value: Any) -> Any:
        if isinstance(value, list):
            return [await self._pick(target, one) for one in value]
        if isinstance(value, dict):
            return value
        offered = offered_options(await self._suggestions(target, str(value)))
        exact = [option for option in offered if value in {option["text"]["text"], option["value"]}]
        options = exact or offered
        if len(options) != 1:
            names = ", ".join(option["text"]["text"] for option in offered) or "nothing"
            raise Impossible(f"{value!r} is not one option; offered was: {names}")
        return options[0]

    async def _suggestions(self, target: Target, query: str) -> Json:
        least = target.element.get("min_query_length", DEFAULT_QUERY_LENGTH)
        if len(query) < least:
            raise Impossible(f"options appear only after {least} characters")
        answer = await self._deliver(self.payloads.suggestion(target, query))
        if not answer.ok:
            raise Impossible("the app offered no options: " + str(reply_to(answer).error))
        offered = answer.body if isinstance(answer.body, dict) else {}
        problems = list(suggestions(offered, "")) or []
        if problems:
            self.ws.violate("invalid_options", "block_suggestion", messages=problems)
            raise Impossible("the app offered options that Slack does not accept: " + problems[0])
        return offered


def _dispatches(target: Target, *, enter: bool, changed: bool) -> bool:
    if target.block["type"] != "input":
        return changed
    if not target.block.get("dispatch_action"):
        return False
    if target.element["type"] not in TYPED:
        return changed
    on = (target.element.get("dispatch_action_config") or {}).get("trigger_actions_on") or ["on_enter_pressed"]
    return ("on_enter_pressed" in on and enter) or ("on_character_entered" in on and changed)
