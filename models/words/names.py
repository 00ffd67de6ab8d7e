"""Which offer words name: its name, a part of it that no other has, its unit, or the nearest name to a typo."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from models.words.text import fold
from models.words.values import CatalogueOffer
from models.words.vocabulary import words as words_known

WORD = re.compile(r"[^\W_]+")
MOST_LIKELY = 5
NEAR = 60
# How many letters may be wrong: short words and numbers are right or are others.
SHORTEST, LONG, LONGEST = 4, 8, 14


@dataclass(frozen=True)
class Named:
    """The offer that some words name; else those that they may name. `is_guess`: by a part, a unit or a typo."""

    offer: CatalogueOffer | None
    likely: tuple[CatalogueOffer, ...] = ()
    is_guess: bool = False


class Names:
    """The offers of a catalogue by their words."""

    def __init__(self, offers: Sequence[CatalogueOffer]) -> None:
        self.offers = offers
        # The same words are asked for again and again, in one text and in many.
        self._named = lru_cache(maxsize=4096)(self._find)
        self._right = lru_cache(maxsize=4096)(self._spelled)
        self.words: defaultdict[str, set[int]] = defaultdict(set)
        self.full: dict[tuple[str, ...], int] = {}
        self.joined: dict[str, int] = {}
        for number, offer in enumerate(offers):
            name = tuple(map(singular, words_of(offer.name)))
            self.full.setdefault(name, number)
            self.joined.setdefault("".join(name), number)
            for word in (*name, *map(singular, words_of(offer.unit)), *map(singular, words_of(offer.family))):
                self.words[word].add(number)
        self.long_words = [word for word in self.words if len(word) >= SHORTEST]
        self.all_joined = list(self.joined)
        self.folded = [fold(offer.name) for offer in offers]
        self.longest = max(map(len, self.full), default=0)

    def full_at(self, words: Sequence[str]) -> tuple[CatalogueOffer, int] | None:
        """The longest whole name that some words begin with, and how many they are."""
        known = [self._known(word) for word in words[: self.longest]]
        for count in range(len(known), 0, -1):
            number = self.full.get(tuple(known[:count]))
            if number is not None:
                return self.offers[number], count
        return None

    def named(self, words: Sequence[str]) -> Named:
        """What offer some words name, all of them."""
        known = [
            self._known(word) for word in words if word in self.words or word not in words_known("offers.articles")
        ]
        return self._named(tuple(known))

    def near(self, words: Sequence[str]) -> tuple[CatalogueOffer, ...]:
        """Offers that share a word with what is no offer, or look alike."""
        key = [self._known(word) for word in words]
        shared = sorted({number for word in key for number in self.words.get(word, ())})
        if shared:
            return self._offers(shared)
        alike = process.extract(
            " ".join(key)[:80], self.folded, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_LIKELY
        )
        return self._offers(number for _, _, number in alike)

    def _find(self, key: tuple[str, ...]) -> Named:
        number = self.full.get(key, self.joined.get("".join(key)))
        if number is not None:
            return Named(self.offers[number])
        return self._by_parts(key) or self._by_typo(key) or Named(None)

    def _known(self, word: str) -> str:
        """A word of the catalogue that another one is a plural of, in English or German."""
        one = singular(word)
        if one in self.words or word in self.words:
            return one if one in self.words else word
        stems = (word.removesuffix(ending) for ending in ("en", "er", "e", "n") if len(word) > 4)
        return next((stem for stem in stems if stem in self.words), one)

    def _by_parts(self, key: Sequence[str]) -> Named | None:
        sets = [self.words.get(word, set()) for word in key]
        both = set.intersection(*sets) if sets else set()
        if len(both) == 1:
            return Named(self.offers[both.pop()], is_guess=True)
        return Named(None, self._offers(sorted(both)), is_guess=True) if both else None

    def _by_typo(self, key: Sequence[str]) -> Named | None:
        """Each word is right, or near to one word of the catalogue alone; or the name was written in other parts."""
        right = list(takewhile(bool, map(self._right, key)))
        if right and len(right) == len(key):
            named = self._whole([word for word in right if word])
            return Named(named.offer, named.likely, is_guess=True) if named else None
        joined = "".join(key)
        near = (
            _nearest(joined, self.all_joined)
            if len(key) <= self.longest + 1 and len(joined) >= LONG and all(len(word) >= SHORTEST for word in key)
            else None
        )
        is_in_other_parts = near is not None and len(self._key(near)) != len(key)
        return Named(self.offers[self.joined[near]], is_guess=True) if near and is_in_other_parts else None

    def _spelled(self, word: str) -> str | None:
        return word if word in self.words else _nearest(word, self.long_words)

    def _whole(self, key: Sequence[str]) -> Named | None:
        number = self.full.get(tuple(key))
        return Named(self.offers[number]) if number is not None else self._by_parts(key)

    def _key(self, joined: str) -> tuple[str, ...]:
        return tuple(words_of(self.offers[self.joined[joined]].name))

    def _offers(self, numbers: Iterable[int]) -> tuple[CatalogueOffer, ...]:
        return tuple(self.offers[number] for number in numbers)[:MOST_LIKELY]


@lru_cache(maxsize=16)
def names_of(offers: tuple[CatalogueOffer, ...]) -> Names:
    """The offers by their words; made once for a catalogue."""
    return Names(offers)


def words_of(text: str) -> list[str]:
    """The words of a name, folded."""
    return WORD.findall(fold(text))


def singular(word: str) -> str:
    """One of what an English plural names; the same for a name and for what is typed."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("ves"):
        return f"{word[:-3]}f"
    return word[:-1] if len(word) > 2 and word[-1] == "s" and word[-2] not in "sui" else word


def _nearest(word: str, words: Sequence[str]) -> str | None:
    """The only word that a typo can have been; letters that changed places are one mistake."""
    if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return None
    most = 1 if len(word) < LONG else 2 if len(word) < LONGEST else 3
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=2)
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return None
    return near[0][0]
