"""What words in a thread come to."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from handlers.deals.thread_words import Heard, Meaning, hear
from models.words import Reader

JAN_18 = date(2027, 1, 18)
READER = Reader(date(2026, 11, 23), Locale("en", "US"), "US")
GERMAN = Reader(READER.today, Locale("de", "DE"), "DE")
YES, NO = Heard(Meaning.YES), Heard(Meaning.NO)


def later(weeks: int) -> Heard:
    return Heard(Meaning.LATER, weeks=weeks)


def at(price: str) -> Heard:
    return Heard(Meaning.PRICE, price=Decimal(price))


def only(quantity: int) -> Heard:
    return Heard(Meaning.QUANTITY, quantity=quantity)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        *((text, YES) for text in ("ok", "OK!", "Looks good", "looks good to me", "👍", ":+1:", "LGTM")),
        *((text, YES) for text in ("Approved.", "sounds good", "works for me", "Let’s do it", "<@U1> ok", "go ahead")),
        *((text, NO) for text in ("no", "can't do that", "Not possible.", "too late", "this won’t work")),
        *((text, later(1)) for text in ("next week instead?", "the week after?", "a week later would be fine")),
        ("two weeks later?", later(2)),
        ("in 3 weeks", later(3)),
        ("could we do 25 Jan instead?", later(1)),
        ("How about February 8th?", later(3)),
        ("rather by 2027-01-11", later(-1)),
        ("only 150", only(150)),
        ("can do 116", only(116)),
        ("how about 90 instead?", only(90)),
        ("only 1,200", only(1200)),
        ("can do 1.2k", only(1200)),
        ("how about $420?", at("420")),
        ("could do 419.50 each", at("419.50")),
        ("how about end of January?", later(1)),
        ("could we do KW 5?", later(2)),
        # What could mean anything, or two things, is left alone.
        *((text, None) for text in ("", "hm", "ok but not before Friday", "is it blue?", "not ok", "I said yes")),
        *((text, None) for text in ("150 tents were damaged", "18 Jan", "25 Jan or 1 Feb?", "how about 90 or 100?")),
        *(
            (text, None)
            for text in (
                "next Friday",
                "last year in 2019",
                "only 10 % less",
                "only $50 off",
                "0 instead",
                "by 3/4 instead",
                "x" * 4000,
            )
        ),
    ],
)
def test_words_are_heard_as_what_they_mean(text: str, heard: Heard | None) -> None:
    assert hear(text, week=JAN_18, reader=READER) == heard


@pytest.mark.parametrize("reader", [READER, GERMAN], ids=["en", "de"])
@pytest.mark.parametrize(
    ("text", "heard"),
    [
        *((text, YES) for text in ("ja", "Passt mir.", "Geht klar!", "einverstanden", "klingt gut", "machen wir so")),
        *((text, NO) for text in ("Nein", "geht leider nicht", "das schaffen wir nicht", "zu spät", "nicht möglich")),
        *((text, later(1)) for text in ("nächste Woche?", "in der folgenden Woche", "eine Woche später ginge")),
        ("zwei Wochen später?", later(2)),
        ("lieber in 3 Wochen", later(3)),
        ("lieber am 8. Februar", later(3)),
        ("Ende Januar ginge", later(1)),
        ("nur 150", only(150)),
        ("wie wäre es mit 90?", only(90)),
        ("wie wär’s mit 90?", only(90)),
        ("höchstens 420 € pro Stück", at("420")),
        *((text, None) for text in ("geht so", "nicht ok", "ja, aber nicht vor Freitag", "so nicht", "90 oder 100?")),
    ],
)
def test_german_is_heard_whoever_reads_along(text: str, heard: Heard | None, reader: Reader) -> None:
    assert hear(text, week=JAN_18, reader=reader) == heard


def test_a_number_is_read_as_its_writer_writes_numbers() -> None:
    assert hear("nur 1.200", week=JAN_18, reader=GERMAN) == only(1200)
    assert hear("nur 1.200", week=JAN_18, reader=READER) is None
