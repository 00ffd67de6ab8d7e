"""Words after a command: those that are known, a number, a line, and what nobody knows."""

import pytest

import handlers
from handlers.deals.words_read import is_a_deal
from handlers.slack.commands import nearest, read_number, unknown_sentence, word_of
from handlers.slack.listening import words_after
from tests.stage import OPS, Stage

DEAL = ("#", "export", "find", "help", "list", "mine", "show")
SENTENCES = {
    "/deal lsit": "/deal lsit is nothing that I know. Did you mean /deal list? /deal help says what is.",
    "/deal lsit 2": "/deal lsit 2 is nothing that I know. Did you mean /deal list? /deal help says what is.",
    "/deal shwo 42": "/deal shwo 42 is nothing that I know. Did you mean /deal show? /deal help says what is.",
    "/deal qwertz": "/deal qwertz is nothing that I know. /deal help says what is.",
    "/sop pgae": "/sop pgae is nothing that I know. Did you mean /sop page? /sop help says what is.",
    "/sop 42": "/sop 42 is nothing that I know. /sop help says what is.",
    "/belay role": "/belay role is nothing that I know. Did you mean /belay roles? /belay help says what is.",
    "/belay `x` <!channel>": "/belay ’x’ <!channel> is nothing that I know. /belay help says what is.",
}


def test_every_command_says_its_words_in_its_help() -> None:
    assert handlers.SUBJECTS
    assert set(DEAL) <= set(words_after("/deal"))
    assert {"help", "import"} <= set(words_after("/capacity"))
    assert {"help", "page", "forecast", "supply"} <= set(words_after("/sop"))


@pytest.mark.parametrize(
    ("text", "word"), [("", ""), ("42", "#"), ("#42", "#"), (" #42 ", "#"), ("List 2", "list"), ("42 tents", "42")]
)
def test_word_tells_one_command_from_another(text: str, word: str) -> None:
    assert word_of(text) == word


@pytest.mark.parametrize("text", ["", "#", "²", "٤", "4 2", "-4", "##4", "1234567890"])
def test_number_is_of_plain_digits(text: str) -> None:
    assert (read_number(text), read_number("#123456789")) == (None, 123456789)


def test_nearest_words_are_few_and_never_the_number() -> None:
    assert nearest("LITS", DEAL) == ["list"]
    assert nearest("#", DEAL) == []
    assert nearest("sewin", ["Sewing", "Assembly"]) == ["Sewing"]


def test_long_word_is_cut_where_it_is_said() -> None:
    assert unknown_sentence("/sop", "x" * 3000, ()).startswith(f"`/sop {'x' * 39}…` is nothing")


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Acme 100 Summit tent by 18 Jan", True),
        ("Acme 100", True),
        ("Acme Corp", True),
        ("Lsit 100 Summit tent", True),
        ("Fine Foods 100 Summit tent by 18 Jan", True),
        ("Acme by 18 Jan", True),
        ("3M", True),
        ("Acme", False),
        ("lsit", False),
        ("lsit 2", False),
        ("fnd Acme Corp", False),
    ],
)
def test_line_of_a_deal_is_told_from_a_word_that_was_mistyped(line: str, is_one: bool) -> None:
    assert is_a_deal(line, DEAL) is is_one


def test_unknown_word_is_said_and_opens_nothing(stage: Stage) -> None:
    sara = stage.person("Sara")
    for line, sentence in SENTENCES.items():
        sara.command(OPS, line)
        assert sara.channel(OPS)[-1].as_text() == sentence
        assert sara.modals() == []
    sara.command(OPS, "/deal Acme 100 Summit tent by 18 Jan")
    stage.sb.settle()
    opened = sara.modal()
    assert opened
    assert "Quantity: 100" in opened.as_text()
    assert stage.sb.violations() == []
