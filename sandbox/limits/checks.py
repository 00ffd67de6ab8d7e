"""A small language of checks: each takes a value and its place, and yields what is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Problems = Iterator[str]
Check = Callable[[Any, str], Problems]


def anything(_value: Any, _at: str) -> Problems:
    """Accept whatever it is."""
    return iter(())


def boolean(value: Any, at: str) -> Problems:
    """Accept true and false."""
    if not isinstance(value, bool):
        yield f"must be a boolean [json-pointer:{at}]"


def string(most: int | None = None, least: int = 0) -> Check:
    """Accept strings of such a length."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str):
            yield f"must be a string [json-pointer:{at}]"
        elif most is not None and len(value) > most:
            yield f"must be less than {most + 1} characters [json-pointer:{at}]"
        elif len(value) < least:
            yield f"must be more than {least - 1} characters [json-pointer:{at}]"

    return check


def number(least: int | None = None, most: int | None = None) -> Check:
    """Accept whole numbers within bounds."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, int) or isinstance(value, bool):
            yield f"must be an integer [json-pointer:{at}]"
        elif (least is not None and value < least) or (most is not None and value > most):
            yield f"must be between {least} and {most} [json-pointer:{at}]"

    return check


def one_of(*values: str) -> Check:
    """Accept these strings alone."""

    def check(value: Any, at: str) -> Problems:
        if value not in values:
            yield f"must be one of {', '.join(values)} [json-pointer:{at}]"

    return check


def matching(accepts: Callable[[str], object], what: str) -> Check:
    """Accept strings that `accepts` reads without complaint."""

    def check(value: Any, at: str) -> Problems:
        try:
            accepts(value)
        except (ValueError, TypeError, KeyError):
            yield f"must be {what} [json-pointer:{at}]"

    return check


def items(check_item: Check, most: int, least: int = 1) -> Check:
    """Accept lists of such a length whose every item passes."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, list):
            yield f"must be an array [json-pointer:{at}]"
            return
        if len(value) > most:
            yield f"no more than {most} items allowed [json-pointer:{at}]"
        if len(value) < least:
            yield f"no fewer than {least} items allowed [json-pointer:{at}]"
        for index, item in enumerate(value):
            yield from check_item(item, f"{at}/{index}")

    return check


def fields(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Accept objects that have all these fields and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield f"must be an object [json-pointer:{at}]"
            return
        for name in required:
            if value.get(name) is None:
                yield f"missing required field: {name} [json-pointer:{at}]"
        for name, inner in value.items():
            if name not in known:
                yield f"invalid additional property: {name} [json-pointer:{at}]"
            elif inner is not None:
                yield from known[name](inner, f"{at}/{name}")

    return check


def by_type(kinds: Mapping[str, Check], what: str) -> Check:
    """Accept objects whose `type` is one of these kinds, each by its own check."""

    def check(value: Any, at: str) -> Problems:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            yield f"unsupported {what} type: {kind} [json-pointer:{at}]"
        else:
            yield from kinds[kind](value, at)

    return check


def both(*checks: Check) -> Check:
    """Accept what passes all of these."""

    def check(value: Any, at: str) -> Problems:
        for one in checks:
            yield from one(value, at)

    return check


def exactly_one(*names: str) -> Check:
    """Accept objects that have one of these fields and only one."""

    def check(value: Any, at: str) -> Problems:
        if isinstance(value, dict) and sum(value.get(name) is not None for name in names) != 1:
            yield f"must have exactly one of {', '.join(names)} [json-pointer:{at}]"

    return check


def at_least_one(*names: str) -> Check:
    """Accept objects that have one of these fields or several."""

    def check(value: Any, at: str) -> Problems:
        if isinstance(value, dict) and not any(value.get(name) for name in names):
            yield f"must have at least one of {', '.join(names)} [json-pointer:{at}]"

    return check
