"""Tokens at rest: what one key sealed for one field, only that key opens, for that field."""

import pytest

from bot.keys import Keys, WrongKey

OLD = Keys.read(Keys().next_key())
BOTH = Keys.read(f"{OLD.next_key()},1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
ABOUT = {"place": "T1", "field": "token"}


def test_what_is_sealed_is_opened_and_never_twice_the_same() -> None:
    sealed = OLD.seal("xoxb-1", **ABOUT)
    assert "xoxb" not in sealed
    assert OLD.open(sealed, **ABOUT) == "xoxb-1"
    assert sealed != OLD.seal("xoxb-1", **ABOUT)


@pytest.mark.parametrize("moved", [{"place": "T2", "field": "token"}, {"place": "T1", "field": "refresh_token"}])
def test_what_was_moved_is_not_opened(moved: dict[str, str]) -> None:
    with pytest.raises(WrongKey):
        OLD.open(OLD.seal("xoxb-1", **ABOUT), **moved)


@pytest.mark.parametrize("sealed", ["", "1", "1.", "1.AAAA", "9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "1.é"])
def test_what_was_never_sealed_is_not_opened(sealed: str) -> None:
    with pytest.raises(WrongKey):
        OLD.open(sealed, **ABOUT)


def test_what_was_changed_is_not_opened() -> None:
    sealed = OLD.seal("xoxb-1", **ABOUT)
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(WrongKey):
        OLD.open(changed, **ABOUT)


def test_newest_key_seals_and_older_ones_open() -> None:
    first, second = Keys(BOTH.by_number[1:]), BOTH
    sealed = first.seal("xoxb-1", **ABOUT)
    assert (second.open(sealed, **ABOUT), second.is_newest(sealed)) == ("xoxb-1", False)
    assert second.is_newest(second.seal("xoxb-1", **ABOUT))
    assert second.next_key().startswith("3:")


ZEROS = "A" * 43 + "="


@pytest.mark.parametrize("written", ["1", "1:", "1:AAAA", f":{ZEROS}", f"1:{ZEROS},1:{ZEROS}", "a b"])
def test_setting_that_holds_no_keys_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Keys.read(written)


def test_no_key_is_no_keys() -> None:
    assert (bool(Keys.read("")), bool(OLD), "AAAA" in repr(BOTH)) == (False, True, False)
