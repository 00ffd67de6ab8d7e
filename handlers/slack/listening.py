"""Kinds of listener: a function that answers a command, a button, a form or an event.

`@listens` answers a command, a button or an event; `@submits` a form; `@opens` shows a view at once and fills it in.
A listener declares what it wants by name (see `request.wanted`), makes one call into the firm, and returns its reply.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, TypeVar

from slack_sdk import WebClient

from handlers.slack.commands import Reads, reads_nothing
from handlers.slack.ids import Act, Callback
from handlers.slack.request import Request, wanted
from handlers.slack.uploads import fetch_file
from models.base.language import _

Function = TypeVar("Function", bound=Callable[..., Any])


class Door(StrEnum):
    """By which way a request comes."""

    COMMAND = "command"
    ACTION = "action"
    SUBMISSION = "submission"
    SUGGESTION = "suggestion"
    SHORTCUT = "shortcut"
    EVENT = "event"


class TwoListeners(Exception):
    """Two functions answer the same request: one of them would never be called."""


@dataclass(frozen=True)
class Listener:
    """A function with what it is asked for by, and the way in which it is called."""

    function: Callable[..., Any]
    name: str = ""
    is_writing: bool = False
    is_opening: bool = False
    prepare: Callable[[dict[str, Any], WebClient], Any] | None = None
    is_slow: bool = False
    is_asked: bool = False
    makes_a_file: bool = False
    concerns: Callable[[dict[str, Any]], bool] | None = None
    reads: Reads = reads_nothing

    def call(self, request: Request) -> Any:
        """Call the function with what it declares."""
        return self.function(**{name: wanted(request, name, kind) for name, kind in self.wants.items()})

    @cached_property
    def wants(self) -> Mapping[str, Any]:
        """What it declares: names of parameters, with their types."""
        parameters = inspect.signature(self.function, eval_str=True).parameters.values()
        return {parameter.name: parameter.annotation for parameter in parameters}


LISTENERS: dict[tuple[Door, str], Listener] = {}
SHOWN_AGAIN: dict[str, Listener] = {}


def listens(
    act: Act | None = None,
    *,
    command: str | None = None,
    event: str | None = None,
    suggests: Act | None = None,
    is_writing: bool = True,
    is_asked: bool = False,
    makes_a_file: bool = False,
    concerns: Callable[[dict[str, Any]], bool] | None = None,
) -> Callable[[Function], Function]:
    """Answer a button, a command (`/deal list`), an event or a select that asks while one types.

    Events that it does not `concern` are put aside before anything is opened for them. One by which somebody `is_asked`
    gets an answer whatever happens, where it was written. Who asks for what `makes_a_file` does so less often.
    """
    names = [(Door.ACTION, act), (Door.COMMAND, command), (Door.EVENT, event), (Door.SUGGESTION, suggests)]
    how: dict[str, Any] = {"is_asked": is_asked, "makes_a_file": makes_a_file, "concerns": concerns}
    return partial(_keep, names, is_writing=is_writing and suggests is None, **how)


def submits(callback: Callback) -> Callable[[Function], Function]:
    """Take a form; a refusal lands under its field."""
    return partial(_keep, [(Door.SUBMISSION, callback)], is_writing=True)


def fetches(callback: Callback) -> Callable[[Function], Function]:
    """Take a form with a file: something stands there at once, and the file is fetched outside of any transaction."""
    return prepares(callback, lambda body, client: fetch_file(body["view"], client))


def prepares(callback: Callback, prepare: Callable[[dict[str, Any], WebClient], Any]) -> Callable[[Function], Function]:
    """Take a form for which something is done in Slack before, outside of any transaction: it comes as `prepared`."""
    return partial(_keep, [(Door.SUBMISSION, callback)], is_writing=True, prepare=prepare, is_slow=True)


def works(callback: Callback) -> Callable[[Function], Function]:
    """Take a form whose work may take longer than Slack waits for an answer: something stands there at once."""
    return partial(_keep, [(Door.SUBMISSION, callback)], is_writing=True, is_slow=True)


def opens(
    act: Act | None = None,
    *,
    command: str | None = None,
    shortcut: str | None = None,
    reads: Reads = reads_nothing,
) -> Callable[[Function], Function]:
    """Open a view: something stands there at once, because a trigger id lives for 3 seconds.

    What a command does not read, and is none of its words, is said to be unknown.
    """
    names = [(Door.ACTION, act), (Door.COMMAND, command), (Door.SHORTCUT, shortcut)]
    return partial(_keep, names, is_opening=True, reads=reads)


def shows_again(callback: Callback) -> Callable[[Function], Function]:
    """What a window shows after a button in it that has no other answer: the same, as it is now."""

    def keep(function: Function) -> Function:
        SHOWN_AGAIN[callback] = Listener(function)
        return function

    return keep


def words_after(command: str) -> list[str]:
    """The words that a command knows."""
    return [key.split()[1] for door, key in LISTENERS if door is Door.COMMAND and key.startswith(f"{command} ")]


def _keep(names: list[tuple[Door, Any]], function: Function, **how: Any) -> Function:
    for door, name in names:
        if name is not None:
            key = door, str(name)
            if key in LISTENERS and LISTENERS[key].function is not function:
                raise TwoListeners(
                    _(
                        "{qualname} and {function_qualname}: both for {name}",
                        qualname=LISTENERS[key].function.__qualname__,
                        function_qualname=function.__qualname__,
                        name=name,
                    )
                )
            LISTENERS[key] = Listener(function, str(name), **how)
    return function
