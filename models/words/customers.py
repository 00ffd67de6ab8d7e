"""Who the deal is for: what stands before the first item, without the words that lead to it, or after *for*."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.words.names import words_of
from models.words.pieces import Kind, Piece, text_between
from models.words.text import fold
from models.words.vocabulary import any_of, one_word
from models.words.vocabulary import words as known_words

MOST_LETTERS = 200
CAN = r"(?:can|could|would|will|do|should|might|may)"
PEOPLE = r"(?:we|you|i|us|they)"
LEADS = re.compile(
    "|".join(
        (
            rf"{one_word('customers.greeting')}(?: {one_word('customers.greeted')})?(?:[,!. ]+|$)",
            rf"{one_word('customers.opening')}[:,]? *",
            rf"{CAN} {PEOPLE}(?: please)?(?: {one_word('customers.doing')})?(?!\w) *",
            rf"{PEOPLE}(?:'d| would)? (?:just )?(?:need|want|like|have|got|require)s?(?!\w) *",
            r"to (?:quote|order|sell|ship)(?!\w) *",
            rf"{one_word('customers.asking')}[: ]*",
            rf"(?:a |an |the )?(?:new |my )?{one_word('customers.order')}(?! of )[: -]*",
            r"(?:the )?(?:customer|client|kunde|account|firma)(?!\w)(?: is| ist)?[: ]*",
            r"(?:for|für|from|von|to|an)(?!\w) *",
            r"@[a-z][\w.-]* *",
            r"[-,:;.*>|] *",
        )
    )
)
VERBS = re.compile(rf"(?:^|[ ,])(?:{any_of('customers.before_verb')} *)*{any_of('customers.verb')}$")
ENDS = " ,:;-–—|>=\t"
NAME = re.compile(r"(?:[A-ZÄÖÜ0-9][\w&.'’-]*)(?: (?:&|and|of|de|von|by|on) (?=[A-Z])| (?=[A-ZÄÖÜ0-9]))?", re.UNICODE)
LEGAL = re.compile(rf"(?<!\w){one_word('customers.legal')}\.?$")
# What stands between a customer and the first item, and is of neither.
LABEL = re.compile(
    r" [+&/]+$|[,;|] *(?:offer|product|item|article|artikel|produkt)$|'s (?:new |next )?(?:order|deal|request|quote)$"
    r"|[ ,;:-]+(?:new|repeat|next)(?: order| deal| quote| request)?$"
)
OUTER = f"{ENDS}()[].'\""
MOST_NAME_WORDS = 7


@dataclass(frozen=True)
class Customer:
    """A customer, or the names that it may be; nothing where nobody is named."""

    name: str = ""
    likely: tuple[str, ...] = ()
    is_open: bool = False
    is_cut: bool = False


def customer_before(words: str, known: Sequence[str]) -> Customer:
    """The customer in what stands before the first item."""
    name = _stripped(words)
    same = next((each for each in known if fold(each) in {fold(name), fold(words.strip(ENDS))}), None)
    if same:
        return Customer(same)
    if not name or fold(name) in known_words("customers.pronoun") or not any(letter.isalnum() for letter in name):
        return Customer()
    if _is_sentence(name):
        named = known_in(name, known)
        if named:
            return Customer(named, is_cut=True)
        return Customer(likely=tuple(names_in(name)), is_open=True)
    before, colon, after = name.partition(": ")
    if colon:
        return Customer(likely=tuple(each.strip(ENDS) for each in (after, before) if each.strip(ENDS)), is_open=True)
    # Need Supply is a name, Need 200 is none: what was cut is said.
    return Customer(name[:MOST_LETTERS], is_cut=not fold(words).strip(OUTER).startswith(fold(name)))


def known_in(words: str, known: Sequence[str]) -> str | None:
    """The longest customer that is known and named in some words."""
    folded = _spaced(words)
    return max((name for name in known if name.strip() and _spaced(name) in folded), key=len, default=None)


def _spaced(text: str) -> str:
    return f" {' '.join(words_of(text))} "


def names_in(words: str) -> list[str]:
    """Words that look like names: with large letters, not only because a sentence begins there."""
    runs, run = [], ""
    for match in NAME.finditer(words):
        run += match[0]
        if not match[0].endswith(" "):
            runs.append(run.strip(ENDS))
            run = ""
    runs = [*runs, run.strip(ENDS)]
    return list(
        dict.fromkeys(
            each
            for each in runs
            if len(each) > 1 and fold(each) not in known_words("customers.sentence") | known_words("customers.pronoun")
        )
    )[:5]


def _stripped(words: str) -> str:
    """Without greetings and orders before the name, and without what is said of it after."""
    name = words.strip(ENDS).rstrip("( ").lstrip(") ")
    name = name[1:-1] if name[:1] + name[-1:] in {"()", "[]"} else name
    while (lead := LEADS.match(fold(name))) and lead.end():
        rest = name[lead.end() :]
        if not rest.strip(ENDS):
            return ""
        name = rest.lstrip(ENDS)
    label = LABEL.search(fold(name))
    name = name[: label.start()].rstrip(ENDS) if label else name
    while (verb := VERBS.search(fold(name))) and name[verb.start() :].strip(ENDS).islower():
        name = name[: verb.start()].rstrip(ENDS)
    return _unquoted(name if LEGAL.search(fold(name)) or name.count(".") > 1 else name.rstrip(f"{ENDS}."))


def _unquoted(name: str) -> str:
    inner = name.strip()
    if len(inner) > 2 and fold(inner)[0] in "'\"" and fold(inner)[-1] == fold(inner)[0]:
        return inner[1:-1].strip()
    return inner


def _is_sentence(name: str) -> bool:
    words = name.split()
    plain = {word.strip(".,!?:;") for word in words}
    is_said = fold(words[0]).strip(".,!?:;") in known_words("customers.sentence") and (
        len(words) == 1 or words[1][0].islower()
    )
    if is_said:
        return True
    return (
        len(words) > MOST_NAME_WORDS
        or bool(plain & known_words("customers.sentence"))
        or "I" in plain
        or any(
            word[-1] in "!?" or (word[-1] == "." and len(word) > 4 and not LEGAL.fullmatch(fold(word)))
            for word in words[:-1]
        )
    )


def customer_after(text: str, folded: str, pieces: Sequence[Piece], begin: int, is_item: Sequence[bool]) -> int:
    """Up to which piece a name goes that begins after *for*."""
    end = begin
    while (
        end < min(len(pieces), begin + MOST_NAME_WORDS + 3)
        and not (end > begin and leads_away(text, pieces, end))
        and _goes_on(text, folded, pieces, end, begin, is_item)
    ):
        end += 1
    while (
        end > begin
        and pieces[end - 1].kind in {Kind.SEPARATOR, Kind.STOP, Kind.WITH, Kind.CUE}
        and not _is_dot(folded, pieces[end - 1])
    ):
        end -= 1
    return end


def leads_away(text: str, pieces: Sequence[Piece], at: int) -> bool:
    """Whether it is said from here on where something goes: shipped to Denver."""
    words = [fold(text_between(text, [piece])).strip(": ") for piece in pieces[at : at + 2]]
    return len(words) > 1 and words[0] in known_words("pieces.going") and words[1] in known_words("pieces.toward")


def name_of(text: str, pieces: Sequence[Piece]) -> str:
    """The name that some pieces are; nothing where they say *the shop* or *us*."""
    words = text_between(text, pieces).strip(ENDS)
    first, _, rest = words.partition(" ")
    is_name = first[:1].isupper() and rest[:1].isupper()
    return "" if fold(first) in known_words("customers.no_name") and not is_name else _unquoted(words)[:MOST_LETTERS]


def _goes_on(text: str, folded: str, pieces: Sequence[Piece], at: int, begin: int, is_item: Sequence[bool]) -> bool:
    piece = pieces[at]
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    ahead = next((p for p in pieces[at + 1 : at + 4] if p.kind not in {Kind.STOP, Kind.NOISE, Kind.CUE}), None)
    is_large = ahead is not None and text[ahead.start].isupper()
    match piece.kind:
        case Kind.WORD | Kind.OFFER:
            return True
        case Kind.NUMBER:
            return not is_item[at]
        case Kind.SEPARATOR:
            mark = folded[piece.start : piece.end]
            if mark == "," and following:
                return bool(LEGAL.match(folded[following.start : following.end]))
            return (
                mark in {"&", "and", "und", "+", "-", "'", "."} and (is_large or mark in {"'", "."}) and at > begin - 1
            )
        case Kind.STOP | Kind.WITH | Kind.CUE | Kind.NOISE | Kind.PART | Kind.ABOUT:
            return (is_large and at > begin) or text[piece.start].isupper()
        case _:
            return False


def _is_dot(folded: str, piece: Piece) -> bool:
    return folded[piece.start : piece.end] == "."
