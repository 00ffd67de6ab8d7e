"""The company's tables, both ways: rows as a spreadsheet has them, and the document that holds the whole company."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any

from models.base.errors import Refused
from models.base.language import N_, _, ngettext
from models.base.words import plain_number
from models.promise.facts import Kind as KindOfResource
from models.setup.company_needs import need_document, need_entry
from models.setup.company_words import label_of, said
from models.sheets.fields import SHAPES, Field, Kind, Role

Document = dict[str, Any]
Row = Mapping[str, str]
Cells = list[str | Decimal | int]
# Whoever comes later names who came before.
COMPANY_KINDS = (
    Kind.RESOURCES,
    Kind.STOCK,
    Kind.OFFERS,
    Kind.NEEDS,
    Kind.SUBSTITUTES,
    Kind.WEEKS,
    Kind.COMMITMENTS,
    Kind.CUSTOMERS,
)
NO_NEED: Document = {"offset": 0, "weeks": 1, "per_unit": Decimal(0), "fixed": Decimal(0)}
SHARES = ("margin_floor", "max_discount", "late_cost", "tight_at")
# More new ones than these are counted and named in one sentence.
MOST_ALONE = {"resources": 20, "customers": 1, "offers": 200}
MONEY = ("list_price", "unit_cost")
# Fields that their values name.
BARE = {"family": "", "needs": "needs"}
# What goes without saying of something new.
PLAIN: Mapping[str, Document] = {"resources": {"unit": "hour"}, "offers": {"unit": "piece", "standard": True}}
OF_TIME = ("weekly", "overtime", "overtime_cost")


def titles_of(kind: Kind) -> list[str]:
    """The titles of a table's columns."""
    return [field.label for field in SHAPES[kind].fields]


def rows_of(document: Document, kind: Kind) -> list[Cells]:
    """A table of the company, row by row."""
    return [[_shown(entry, field) for field in SHAPES[kind].fields] for entry in ENTRIES[kind](document)]


def entries_of(document: Document, kind: Kind) -> list[dict[str, str | Decimal | int]]:
    """The same by the names of its fields, each value as the document has it: given back so, nothing changes."""
    names = [field.name for field in SHAPES[kind].fields]
    return [{name: _cell(entry.get(name)) for name in names} for entry in ENTRIES[kind](document)]


def with_rows(document: Document, kind: Kind, rows: Sequence[Row]) -> Document:
    """The company with a table taken over: who is named is afterwards as the table says, the rest stays.

    What an offer needs and what may stand in for it are replaced as a whole, for each offer that the table names.
    """
    changed = deepcopy(document)
    WRITERS[kind](changed, [{field.name: _value(field, row) for field in SHAPES[kind].fields} for row in rows])
    return changed


WORDS = ((N_("resources"), N_("resource")), (N_("customers"), N_("customer")), (N_("offers"), N_("offer")))


def differences(before: Document, after: Document) -> list[str]:
    """What is new, with what is said of it, and what says something else, a sentence each."""
    told = _sentences("", "", before["company"], after["company"])
    for section, word in WORDS:
        known = {entry["name"]: entry for entry in before.get(section, ())}
        for entry in after.get(section, ()):
            if entry["name"] in known:
                told += _sentences(section, f"{entry['name']}: ", known[entry["name"]], entry)
        new = [entry for entry in after.get(section, ()) if entry["name"] not in known]
        if len(new) > MOST_ALONE[section]:
            told.append(
                _(
                    "{count} new {section}: {names}",
                    count=len(new),
                    section=_(section),
                    names=", ".join(entry["name"] for entry in new),
                )
            )
        else:
            told += [new_said(entry["name"], word) + _values(section, entry) for entry in new]
    loads = len(after.get("commitments", ())) - len(before.get("commitments", ()))
    return told + (
        [ngettext("{loads} new commitment", "{loads} new commitments", loads, loads=loads)] if loads > 0 else []
    )


def new_said(name: str, word: str) -> str:
    """That an entry is new."""
    return _("{name}: a new {word}", name=name, word=_(word))


def _values(section: str, entry: Document) -> str:
    """What is said of a new entry, but for what goes without saying."""
    plain = PLAIN.get(section, {})
    values = [
        f"{BARE.get(name, said(label_of(section, name)))} {_said(value, name)}".strip()
        for name, value in entry.items()
        if name not in {"name", "kind"} and (value or name in MONEY) and plain.get(name) != value
    ]
    kind = [_("a stock")] if entry.get("kind") == KindOfResource.STOCK else []
    lacking = [_("no hours a week yet")] if section == "resources" and not kind and not entry.get("weekly") else []
    shown = [*kind, *values, *lacking]
    return f" ({'; '.join(shown)})" if shown else ""


def find_entry(document: Document, section: str, name: str) -> Document | None:
    """An entry of a section, by its name; where there is none of just that name, whatever the capitals."""
    entries: Sequence[Document] = document.get(section, ())
    exact = (entry for entry in entries if entry["name"] == name)
    return next(exact, next((entry for entry in entries if entry["name"].casefold() == name.casefold()), None))


def _sentences(section: str, begin: str, was: Document, now: Document) -> list[str]:
    changed = [name for name in dict.fromkeys([*was, *now]) if was.get(name) != now.get(name)]
    return [
        f"{begin}{said(label_of(section, name))} {_said(was.get(name), name)} → {_said(now.get(name), name)}"
        for name in changed
    ]


def _said(value: Any, name: str = "") -> str:
    if value is None or value in ("", []):
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    if isinstance(value, dict):
        return (
            _need_said(value)
            if value.keys() & {"resource", "any_of"}
            else " ".join(_said(each) for each in value.values())
        )
    if isinstance(value, Decimal):
        return plain_number(f"{(value * 100).normalize():f}%" if name in SHARES else f"{value.normalize():f}")
    return str(value)


def _need_said(need: Document) -> str:
    each, fixed = (Decimal(need.get(name) or 0) for name in ("per_unit", "fixed"))
    amounts = [
        _("{amount} each", amount=_said(each)) if each else "",
        _("{said} a delivery", said=_said(fixed)) if fixed else "",
    ]
    offset, weeks = int(need.get("offset") or 0), int(need.get("weeks") or 1)
    where = _(" or ").join(need.get("any_of") or [need["resource"]])
    ahead = int(need.get("ahead") or 0)
    around = (
        ngettext("{count} week before", "{count} weeks before", -offset, count=-offset)
        if offset < 0
        else ngettext("{count} week after", "{count} weeks after", offset, count=offset)
    )
    when = [around if offset else "", _("over {weeks} weeks", weeks=weeks) if weeks > 1 else ""]
    when += (
        [ngettext("or up to {ahead} week earlier", "or up to {ahead} weeks earlier", ahead, ahead=ahead)]
        if ahead
        else []
    )
    return f"{where} ({', '.join(filter(None, [*amounts, *when]))})"


def _shown(entry: Document, field: Field) -> str | Decimal | int:
    """A cell: what its title counts the other way is written so."""
    value = entry.get(field.name)
    return _cell(-value if value and field.opposite else value)


def _cell(value: Any) -> str | Decimal | int:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _value(field: Field, row: Row) -> Any:
    text = row.get(field.name, "")
    if not text:
        return None
    if field.is_whole:
        return int(Decimal(text))
    if field.role in {Role.AMOUNT, Role.SHARE}:
        return Decimal(text)
    return text == "true" if field.name == "standard" else text


def _weeks(document: Document) -> Iterable[Document]:
    for resource in document["resources"]:
        for week in resource.get("weeks", ()):
            yield {"resource": resource["name"], **week}
        for receipt in resource.get("receipts", ()):
            yield {"resource": resource["name"], "week": receipt["week"], "receipt": receipt["quantity"]}


ENTRIES: Mapping[Kind, Callable[[Document], Iterable[Document]]] = {
    Kind.RESOURCES: lambda document: document["resources"],
    Kind.STOCK: lambda document: (
        {"resource": each["name"], **each} for each in document["resources"] if each["kind"] == KindOfResource.STOCK
    ),
    Kind.OFFERS: lambda document: document["offers"],
    Kind.NEEDS: lambda document: (
        {"offer": offer["name"], **need_entry(need)} for offer in document["offers"] for need in offer.get("needs", ())
    ),
    Kind.SUBSTITUTES: lambda document: (
        {"offer": offer["name"], "substitute": name}
        for offer in document["offers"]
        for name in offer.get("substitutes", ())
    ),
    Kind.WEEKS: _weeks,
    Kind.COMMITMENTS: lambda document: document.get("commitments", ()),
    Kind.CUSTOMERS: lambda document: document.get("customers", ()),
}


def _write_resources(document: Document, rows: Sequence[Document]) -> None:
    for row in rows:
        entry = _entry(document, "resources", row["name"])
        kind = row["kind"] or entry.get("kind") or str(KindOfResource.TIME)
        is_stock = kind == KindOfResource.STOCK
        given = {name: value for name, value in row.items() if not (is_stock and name in OF_TIME)}
        unit = entry.get("unit") or ("piece" if is_stock else "hour")
        entry |= {"kind": kind, "unit": unit} | _present({**given, "name": entry["name"]})


def _write_stock(document: Document, rows: Sequence[Document]) -> None:
    for row in rows:
        entry = _entry(document, "resources", row["resource"])
        if entry.get("kind") != KindOfResource.STOCK:
            raise Refused(_("{row} is no stock, so it has nothing on hand.", row=row["resource"]))
        entry |= _present({"on_hand": row["on_hand"], "as_of": row["as_of"]})


def _write_offers(document: Document, rows: Sequence[Document]) -> None:
    for row in rows:
        entry = _entry(document, "offers", row["name"])
        known = {offer["family"].casefold(): offer["family"] for offer in document["offers"] if offer.get("family")}
        family = known.get(str(row["family"]).casefold(), row["family"])
        entry |= {"unit": entry.get("unit") or "piece"} | _present({**row, "name": entry["name"], "family": family})


def _write_needs(document: Document, rows: Sequence[Document]) -> None:
    for offer, needs in _grouped(rows).items():
        for need in needs:
            resource = _entry(document, "resources", need["resource"])
            # A column of a grid may be of a resource that is not there yet: its hours are still to be said.
            resource |= {"kind": str(KindOfResource.TIME), "unit": "hour"} | resource
        amounts = [need_document(NO_NEED | _present(need)) for need in needs]
        _entry(document, "offers", offer)["needs"] = [each for each in amounts if each["per_unit"] or each["fixed"]]


def _write_substitutes(document: Document, rows: Sequence[Document]) -> None:
    for offer, others in _grouped(rows).items():
        _entry(document, "offers", offer)["substitutes"] = [other["substitute"] for other in others]


def _write_weeks(document: Document, rows: Sequence[Document]) -> None:
    for row in rows:
        entry = _entry(document, "resources", row["resource"])
        if entry.get("kind") == KindOfResource.STOCK:
            _replace(entry, "receipts", {"week": row["week"], "quantity": row["receipt"] or Decimal(0)})
        else:
            names = ("week", "available", "overtime", "reason")
            known: Document = next((week for week in entry.get("weeks", ()) if week["week"] == row["week"]), {})
            _replace(entry, "weeks", known | _present({name: row[name] for name in names}))


def _replace(entry: Document, section: str, week: Document) -> None:
    kept = [each for each in entry.get(section, ()) if each["week"] != week["week"]]
    entry[section] = sorted([*kept, week], key=lambda each: str(each["week"]))


def _write_commitments(document: Document, rows: Sequence[Document]) -> None:
    key = ("ref", "resource", "week")
    known = {tuple(entry[name] for name in key): entry for entry in document.get("commitments", ())}
    for row in rows:
        at = tuple(row[name] for name in key)
        known[at] = known.get(at, {}) | _present(row)
    document["commitments"] = list(known.values())


def _write_customers(document: Document, rows: Sequence[Document]) -> None:
    document.setdefault("customers", [])
    for row in rows:
        entry = _entry(document, "customers", row["name"])
        entry |= _present({**row, "name": entry["name"]})


WRITERS: Mapping[Kind, Callable[[Document, Sequence[Document]], None]] = {
    Kind.RESOURCES: _write_resources,
    Kind.STOCK: _write_stock,
    Kind.OFFERS: _write_offers,
    Kind.NEEDS: _write_needs,
    Kind.SUBSTITUTES: _write_substitutes,
    Kind.WEEKS: _write_weeks,
    Kind.COMMITMENTS: _write_commitments,
    Kind.CUSTOMERS: _write_customers,
}


def _entry(document: Document, section: str, name: str) -> Document:
    """The entry of a name, new where there is none."""
    entry = find_entry(document, section, name)
    if entry is None:
        entry = {"name": name}
        document[section].append(entry)
    return entry


def _grouped(rows: Sequence[Document]) -> dict[str, list[Document]]:
    groups: dict[str, list[Document]] = {}
    for row in rows:
        groups.setdefault(row["offer"], []).append({name: value for name, value in row.items() if name != "offer"})
    return groups


def with_stand_ins(document: Document, offer: str, names: Sequence[str]) -> Document:
    """The company with what may be delivered instead of an offer, the best first; nothing of it is itself."""
    wanted = [name for name in names if name != offer]
    changed = [
        {**entry, "substitutes": wanted} if entry["name"] == offer and entry.get("substitutes", []) != wanted else entry
        for entry in document["offers"]
    ]
    return {**document, "offers": changed}


def _present(values: Document) -> Document:
    return {name: value for name, value in values.items() if value is not None}
