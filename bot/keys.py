"""Tokens at rest: AES-GCM, bound to where they stand; a new key seals, the old ones still open."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.base.errors import Refused

KEY_BYTES, NONCE_BYTES = 32, 12


class WrongKey(Refused):
    """The key is gone that a token was kept with, or the token was put in another's place."""

    def __init__(self) -> None:
        super().__init__("A token cannot be opened with BELAY_KEYS: put the key back that it was kept with.")


@dataclass(frozen=True)
class Keys:
    """Keys by number, the newest first."""

    by_number: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)

    @classmethod
    def read(cls, written: str) -> "Keys":
        """From `2:…,1:…`, as the setting has them; ValueError where they are something else."""
        pairs = [part.partition(":") for part in written.replace(",", " ").split()]
        keys = tuple((number, urlsafe_b64decode(key)) for number, _, key in pairs)
        are_keys = all(number.isalnum() and len(key) == KEY_BYTES for number, key in keys)
        if not are_keys or len(dict(keys)) < len(keys):
            raise ValueError(f"not {KEY_BYTES} bytes each, or a number twice")
        return cls(keys)

    def __bool__(self) -> bool:
        """Whether there is a key."""
        return bool(self.by_number)

    def written(self) -> list[str]:
        """Each key as the setting has it."""
        return [f"{number}:{urlsafe_b64encode(key).decode()}" for number, key in self.by_number]

    def seal(self, text: str, *, place: str, field: str) -> str:
        """Encrypt what a field of an installation holds: `number.nonce and text`, good for that field alone."""
        number, key = self.by_number[0]
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, text.encode(), _about(place, field))
        return f"{number}.{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, *, place: str, field: str) -> str:
        """Decrypt it; WrongKey where the key is gone, or where it was moved here from another field."""
        number, _, content = sealed.partition(".")
        try:
            raw = urlsafe_b64decode(content)
            cipher = AESGCM(self._of_number.get(number, b""))
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _about(place, field)).decode()
        except (InvalidTag, ValueError):
            raise WrongKey from None

    def is_newest(self, sealed: str) -> bool:
        """Whether something is sealed with the newest key."""
        return sealed.partition(".")[0] == self.by_number[0][0]

    def next_key(self) -> str:
        """A fresh key as the setting has it, with the next number."""
        numbers = [int(number) for number, _ in self.by_number if number.isdecimal()]
        return Keys(((str(max(numbers, default=0) + 1), secrets.token_bytes(KEY_BYTES)),)).written()[0]

    @cached_property
    def _of_number(self) -> dict[str, bytes]:
        return dict(self.by_number)


def _about(place: str, field: str) -> bytes:
    """What a sealed text is bound to."""
    return f"{place}|{field}".encode()
